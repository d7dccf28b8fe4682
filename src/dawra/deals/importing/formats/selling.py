"""Our own simple files of demos and objections, under plain headings in English or Arabic. No other system exports them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import column, identity, labelled, minutes, name, part, when
from dawra.customers.importing.recognising import Column
from dawra.customers.importing.values import Cell
from dawra.customers.importing.values.labels import choices_of, label
from dawra.deals.words import DEMO_STATE, DEMO_TYPE, OBJECTIONS, REACTION
from dawra.figures.words import fold

CATEGORY_WORDS = {
    "السعر": "price", "budget": "price", "الميزانية": "price", "المنتج": "product", "feature": "product",
    "المنافسة": "competition", "competitor": "competition", "المنافس": "competition", "التوقيت": "timing", "time": "timing",
    "الصلاحية": "authority", "decision": "authority", "الثقة": "trust", "risk": "trust", "الحاجة": "need",
    "غير ذلك": "own", "other": "own", "أخرى": "own",
}  # fmt: skip
TYPE_WORDS = {
    "عبر الإنترنت": "online", "remote": "online", "zoom": "online", "video": "online", "عن بعد": "online",
    "في الموقع": "on_site", "onsite": "on_site", "in person": "on_site", "حضوري": "on_site", "تجربة": "trial",
    "معاينة": "viewing", "تجربة قيادة": "test_drive", "حصة تجريبية": "trial_class",
}  # fmt: skip
STATE_WORDS = {
    "مخطط": "planned", "scheduled": "planned", "أُقيم": "held", "done": "held", "completed": "held", "تم": "held",
    "لم يحضر أحد": "no_show", "no show": "no_show", "missed": "no_show", "أُلغي": "cancelled", "canceled": "cancelled",
    "ملغى": "cancelled",
}  # fmt: skip
REACTION_WORDS = {
    "أحبّوه كثيرًا": "loved", "أعجبهم": "liked", "أخذوا علمًا": "neutral", "شكّوا فيه": "doubted", "لم يريدوه": "rejected",
}  # fmt: skip
_APART = re.compile(r"[;\n|؛]")
_REACTION = re.compile(r"\s*[:：(]\s*([^:：()]+?)\s*\)?\s*$")


@values.of("text")
def several(written: str, cell: Cell) -> list[str]:
    """Short texts, one after the other: a; b; c."""
    read = values.text(400)
    return [read(one, cell) for one in _APART.split(written) if one.strip()]


@values.of("text")
def features(written: str, cell: Cell) -> list[tuple[str, str]]:
    """What was shown, each with how it was taken if that is said: Live map: liked; Alerts (doubted); Reports."""
    known = choices_of(REACTION, REACTION_WORDS)
    found = []
    for one in several(written, cell):
        said = _REACTION.search(one)
        reaction = known.get(label(said[1])) if said else None
        found.append((one[: said.start()].strip(), reaction) if said and reaction else (one, ""))
    return [(feature, reaction or "") for feature, reaction in found if feature]


def _key(*fields: str) -> Any:
    """The row's own id, else what tells it from every other: its deal, its time and its words."""

    def key(row: Mapping[str, Any], file: str, number: int) -> str:
        if "id" in row:
            return f"id:{row['id']}"
        said = "\n".join(_plain(row.get(one, "")) for one in ("deal_id", "deal", "at", *fields))
        return f"said:{hashlib.sha256(said.encode()).hexdigest()}"

    return key


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else fold(str(value))


def _called(label_: Any, one: Column) -> Column:
    return replace(one, label=label_)


_DEAL_ID = column("deal_id", identity, "deal id", "opportunity id", "معرف الصفقة", "رقم الصفقة")
_DEAL = column("deal", name, "deal", "deal name", "opportunity", "الصفقة", "اسم الصفقة", "الفرصة")
OBJECTIONS_PART = part(
    "objections", _("Objections"), "objection",
    (
        column("id", identity, "objection id", "id", "معرف الاعتراض", "المعرف"),
        _DEAL_ID,
        _DEAL,
        _called(_("What it is about"), labelled("category", OBJECTIONS, CATEGORY_WORDS, "objection category",
                "objection type", "category", "about", "نوع الاعتراض", "فئة الاعتراض", "الفئة", "النوع")),
        _called(_("In a word"), column("label", values.text(60), "label", "own category", "بكلمة")),
        _called(_("The buyer's words"), column("words", values.prose(2000), "objection", "buyer's words", "buyers words",
                "words", "what they said", "الاعتراض", "كلام المشتري", "قال المشتري")),
        column("person", name, "person", "contact", "raised by", "said by", "contact email", "جهة الاتصال", "الشخص",
               "صاحب الاعتراض"),
        column("at", when, "raised at", "raised on", "objection date", "date", "when", "تاريخ الاعتراض", "التاريخ"),
        _called(_("What was answered"), column("answer", values.prose(2000), "answer", "our answer", "response",
                "response used", "الإجابة", "الرد", "ردّنا")),
        _called(_("Accepted"), column("accepted", values.yes_no, "accepted", "settled", "resolved", "مقبول",
                "قُبلت الإجابة", "تمت تسويته")),
        _called(_("Answered at"), column("answered_at", when, "answered at", "answered on", "settled at", "resolved at",
                "تاريخ الإجابة", "تاريخ الرد")),
    ),
    needs=("category",),
    any_of=("deal_id", "deal"),
    signs=("objection", "objection id", "objection category", "objection type", "objection date", "buyer's words",
           "الاعتراض", "نوع الاعتراض", "فئة الاعتراض", "تاريخ الاعتراض"),
    key=_key("category", "words"),
    weight=0.1,
)  # fmt: skip
DEMOS_PART = part(
    "demos", _("Demos"), "demo",
    (
        column("id", identity, "demo id", "id", "معرف العرض", "المعرف"),
        _DEAL_ID,
        _DEAL,
        column("at", when, "demo date", "demo at", "held at", "held on", "date", "when", "start", "تاريخ العرض",
               "تاريخ العرض التوضيحي", "موعد العرض", "التاريخ"),
        _called(_("Kind of demo"), labelled("type", DEMO_TYPE, TYPE_WORDS, "demo type", "type", "kind", "نوع العرض",
                "نوع العرض التوضيحي", "النوع")),
        _called(_("What became of it"), labelled("state", DEMO_STATE, STATE_WORDS, "demo status", "status", "result",
                "حالة العرض", "الحالة", "النتيجة")),
        column("minutes", minutes(), "minutes", "duration", "duration (min)", "المدة", "المدة بالدقائق"),
        _called(_("What was promised"), column("pains", several, "pains promised", "pains", "promised", "problems",
                "ما وُعد به", "المشكلات")),
        _called(_("What was shown"), column("features", features, "features shown", "features", "shown", "ما عُرض",
                "المزايا المعروضة", "المزايا")),
        _called(_("What was missed"), column("gaps", several, "gaps", "missing", "missed features", "ما نقص", "الثغرات")),
        _called(_("Who was there"), column("people", several, "people", "attendees", "participants", "الحاضرون",
                "المشاركون")),
        column("next_step", values.text(200), "next step"),
        _called(_("Next step's day"), column("next_step_on", values.day(), "next step on", "next step date",
                "تاريخ الخطوة التالية")),
    ),
    needs=("at",),
    any_of=("deal_id", "deal"),
    signs=("demo id", "demo date", "demo at", "demo type", "demo status", "features shown", "pains promised",
           "معرف العرض", "تاريخ العرض", "تاريخ العرض التوضيحي", "نوع العرض", "نوع العرض التوضيحي", "حالة العرض",
           "ما عُرض", "موعد العرض"),
    key=_key("type"),
    weight=0.1,
)  # fmt: skip
PARTS = (DEMOS_PART, OBJECTIONS_PART)
