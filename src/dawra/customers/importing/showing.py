"""The columns of a file as the wizard shows them: what each fills, how sure that is and why, and what is to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dawra.customers.importing import values
from dawra.customers.importing.arriving import Sample
from dawra.customers.importing.asking import Asked, Question, questions
from dawra.customers.importing.guessing import Guess, new_field, profile
from dawra.customers.importing.plan import FilePlan
from dawra.customers.importing.recognising import FORMATS, Column, Part
from dawra.customers.importing.saying import sentence
from dawra.customers.importing.words import LABELS
from dawra.customers.models import ImportFile
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard, Option
from dawra.figures.words import named

SURE = 0.7
"""From this confidence on a column is called sure."""
MOST_SHOWN = 200
"""Columns on one page; what is not matched beyond them stays out."""
NEW = "new"
NOBODY = UUID(int=0)
KINDS = {
    "person": "person", "contact": "person", "lead": "person", "company": "company", "account": "company",
    "opportunity": "deal", "odoo_lead": "deal", "deal": "deal",
}  # fmt: skip
"""Target → whose custom fields its files fill."""
_WHO = ("name", "name_ar", "given_name", "family_name", "company", "title", "parent", "subject", "person", "deal")
_REACH = (
    "email",
    "secondary_email",
    "phone",
    "mobile",
    "site",
    "address",
    "city",
    "state_name",
    "zip",
    "country",
    "language",
)


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the column could become. choices: one a line."""

    name: str
    type: str
    choices: str


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """tone: sure, check or skipped. why: a sentence. more: filled cells beyond those shown."""

    index: int
    header: str
    samples: tuple[str, ...]
    field: str
    into: str
    tone: str
    why: str
    on_match: str
    questions: tuple[Question, ...]
    new: NewField | None = None


@dataclass(frozen=True, slots=True)
class FileColumns:
    """groups: (title, [(field, shown name)]) for the choice of a column. hidden: columns beyond what a page shows."""

    id: UUID
    name: str
    what: str
    columns: tuple[ColumnCard, ...]
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    matched: int
    hidden: int
    policy: str
    country: str
    currency: str
    record_kind: str
    remembered: str
    missing: str


def columns_of(
    file: ImportFile, plan: FilePlan, seen: Sample, language: str, new: Mapping[int, NewField]
) -> FileColumns:
    """new: columns that are to become custom fields, with what was typed so far."""
    part = FORMATS[plan.system].part(plan.part)
    known = {column.field: column for column in part.all_columns()}
    kind = KINDS.get(part.target, "") if any(name.startswith("custom.") for name in known) or part.more else ""
    names = field_names(known.values(), kind, language)
    asked = Asked(kind, language)
    cards: list[ColumnCard] = []
    for one in plan.columns:
        cells = seen.cells[one.index] if one.index < len(seen.cells) else ()
        is_new = one.index in new
        if not one.field and not is_new and len(cards) >= MOST_SHOWN:
            continue
        tone, why = (
            ("check", _("It becomes a new custom field")) if is_new else _sure(one.header, one.field, cells, known)
        )
        column = new_column(new[one.index], one.header) if is_new else known.get(one.field)
        asks = questions(asked, column, cells, one.options) if column else ()
        cards.append(
            ColumnCard(
                one.index, one.header, _samples(cells), NEW if is_new else one.field, names.get(one.field, ""),
                "check" if any(q.is_open for q in asks) else tone, why, one.on_match, asks, new.get(one.index),
            )
        )  # fmt: skip
    policy = "both" if plan.create and plan.update else "create" if plan.create else "update"
    return FileColumns(
        file.pk, file.name, str(part.title), tuple(cards), grouped(names), sum(bool(c.field) for c in cards),
        len(plan.columns) - len(cards), policy, plan.country, plan.currency, kind, file.plan.get("remembered", ""),
        missing(part, {one.field for one in plan.columns} - {""}, names),
    )  # fmt: skip


def field_names(columns: Any, kind: str, language: str) -> dict[str, str]:
    """field → its name in the reader's language."""
    own = (
        {f"custom.{c.key}": f"\u2068{named(c.name, c.name_ar, language)}\u2069" for c in fields_of(kind)}
        if kind
        else {}
    )
    return {
        one.field: own.get(one.field)
        or str(one.label or LABELS.get(one.field, one.field.replace("_", " ").capitalize()))
        for one in columns
    }


def grouped(names: Mapping[str, str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    groups: dict[str, list[tuple[str, str]]] = {"who": [], "reach": [], "more": [], "own": []}
    for name, shown in names.items():
        own = "own" if name.startswith("custom.") else ""
        groups[own or ("who" if name in _WHO else "reach" if name in _REACH else "more")].append((name, shown))
    return tuple((str(_GROUPS[code]), tuple(found)) for code, found in groups.items() if found)


_GROUPS = {
    "who": gettext_lazy("Name and company"), "reach": gettext_lazy("Ways to reach"), "more": gettext_lazy("Details"),
    "own": gettext_lazy("Your own fields"),
}  # fmt: skip


def missing(part: Part, filled: set[str], names: Mapping[str, str]) -> str:
    """What must be matched before anything can be brought in, as a sentence; "" if nothing is."""
    needed = [names.get(name, name) for name in part.needs if name not in filled]
    if needed:
        return _("Say which column holds: %(names)s.") % {
            "names": "، ".join(needed) if _is_arabic() else ", ".join(needed)
        }
    if part.any_of and not filled.intersection(part.any_of):
        either = [names.get(name, name) for name in part.any_of]
        return _("Say which column holds one of these: %(names)s.") % {
            "names": "، ".join(either) if _is_arabic() else ", ".join(either)
        }
    return ""


def proposed_field(header: str, cells: Sequence[str]) -> NewField:
    found = new_field(header, cells)
    return NewField(found.name, found.type, "\n".join(found.choices))


def new_column(new: NewField, header: str) -> Column:
    """The column as it will be once the field is there, so that its questions are asked at once."""
    options = tuple(Option(f"option_{at}", name.strip()) for at, name in enumerate(new.choices.splitlines()))
    card = FieldCard(id=NOBODY, record_kind="", key="", type=new.type, name=header, options=options)
    return Column(NEW, values.custom(card), (), new.name)


def _sure(header: str, name: str, cells: Sequence[str], known: Mapping[str, Column]) -> tuple[str, str]:
    if not name or name not in known:
        return "skipped", _("Nothing is taken from this column")
    guess = next(iter(profile(header, cells[:300], [known[name]])), None)
    if guess is None:
        return "check", _("You have chosen this field")
    return ("sure" if guess.confidence >= SURE else "check"), _why(guess)


def _why(guess: Guess) -> str:
    if not guess.why or guess.confidence < 0.3:
        return _("You have chosen this field")
    return sentence({"code": guess.why, "like": guess.like})


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    different = list(dict.fromkeys(" ".join(cell.split()) for cell in cells[:200]))[:3]
    return tuple(cell if len(cell) <= 60 else cell[:59] + "…" for cell in different)


def _is_arabic() -> bool:
    from django.utils.translation import get_language

    return (get_language() or "").startswith("ar")
