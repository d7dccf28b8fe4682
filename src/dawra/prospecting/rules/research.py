"""Reading a pasted page: sentences that may belong into slots of a research brief, English and Arabic. Pure, offline.

Nothing is written by these rules: they propose a sentence for a slot, and a person confirms it or not.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from dawra.figures.words import fold

MOST_TEXT = 200_000
MOST_SENTENCES = 3000
SHORTEST, LONGEST = 12, 400
MOST_A_SLOT = 3

_MONEY = (
    r"(?:[$€£]\s?\d|\b(?:usd|eur|gbp|sar|aed|egp|kwd|qar)\s?\d|\d[\d.,]*\s?(?:[kmb]n?\b|million|billion|thousand)"
    r"|\d[\d.,]*\s?(?:مليون|ملايين|مليار|الف)|(?:مليون|مليار)\s(?:دولار|ريال|درهم|جنيه|دينار))"
)
_PART = r"(?:\d[\d.,]*\s?(?:%|percent|per cent|بالميه|في الميه|بالمايه|في المايه|٪))"
# What speaks for a slot, on folded text; several hits make a sentence stronger.
PATTERNS: dict[str, tuple[str, ...]] = {
    "role": (
        (
            r"\b(?:appointed|promoted to|named|joined as|serves as|is (?:the|our) (?:new )?(?:head|chief|"
            r"director|vp|ceo|cfo|coo|cto))\b"
        ),
        r"\b(?:chief [a-z]+ officer|vice president|head of [a-z]+|director of [a-z]+|general manager)\b",
        r"(?:عين|تعيين|ترقيه|يشغل منصب|تشغل منصب|تولي منصب|انضم .{0,20} مديرا)",
        r"(?:الرييس التنفيذي|مدير عام|المدير العام|نايب الرييس|رييس قسم|مدير اداره)",
    ),
    "priorities": (
        (
            r"\b(?:priorit(?:y|ies)|strategic (?:goal|plan|focus)|our (?:goal|focus|aim|strategy)|plans? to|"
            r"aims? to|roadmap|committed to)\b"
        ),
        r"\b(?:by (?:the end of )?20\d\d|next (?:year|quarter))\b",
        r"(?:اولوي|تركز علي|يركز علي|استراتيجي|تهدف الي|يهدف الي|تخطط|يخطط|تسعي الي|خطتنا|رويه 20\d\d)",
    ),
    "growth": (
        (
            r"\b(?:grew|growth|growing|expand(?:s|ed|ing)?|expansion|opened|new (?:office|branch|plant|depot|"
            r"warehouse|store)s?|doubled|tripled)\b"
        ),
        (
            r"\b(?:headcount|employees|hir(?:e|ed|ing)|recruit(?:s|ed|ing)?|staff)\b.{0,60}\d|"
            r"\d[\d,]{0,9} (?:new )?(?:employees|people|jobs|staff)\b"
        ),
        r"(?:نمو|نمت|توسع|افتتح|افتتاح|فرع جديد|فروع جديده|مستودع جديد|ضاعف|تضاعف|ارتفع عدد|زاد عدد)",
        r"(?:توظيف|موظف|موظفا|فرصه عمل|وظيفه جديده)",
        _PART,
    ),
    "funding": (
        (
            r"\b(?:raised|raises|funding|series [a-f]\b|seed round|investment|invested|investors?|financing|"
            r"ipo|valuation|backed by|grant)\b"
        ),
        r"(?:جوله تمويل|تمويل|استثمار|مستثمر|اكتتاب|قرض|جمعت|الجوله (?:الاولي|الثانيه)|بقياده صندوق)",
        _MONEY,
    ),
    "competitors": (
        r"\b(?:competitors?|competes? with|rivals?|compared (?:to|with)|alternatives? to|versus|vs\.?|market leader)\b",
        r"(?:منافس|ينافس|تنافس|مقارنه ب|بديل عن|بدايل)",
    ),
    "current_product": (
        (
            r"\b(?:uses?|using|runs? on|powered by|implemented|deployed|migrat(?:ed|ing|es) (?:to|from)|"
            r"switched (?:to|from)|contract with|built on)\b"
        ),
        r"\b(?:salesforce|hubspot|sap|oracle|odoo|zoho|microsoft|dynamics|excel|spreadsheets?|crm|erp)\b",
        r"(?:تستخدم|يستخدم|تعتمد علي نظام|يعتمد علي|تعمل علي نظام|انتقلت من|طبقت نظام|عقد مع|جداول اكسل|نظام ساب)",
    ),
    "trigger": (
        (
            r"\b(?:announc(?:ed|es|ing)|launch(?:ed|es|ing)?|merg(?:er|ed|es)|acqui(?:red|res|sition)|"
            r"relocat(?:ed|es|ing)|restructur|tender|regulation|deadline|outage|complaints?|recall|"
            r"new (?:ceo|cfo|coo|law))"
        ),
        r"(?:اعلن|تعلن|اطلق|اطلاق|اندماج|استحواذ|استحوذ|انتقال المقر|مناقصه|لايحه جديده|نظام جديد|شكاوي|انقطاع)",
    ),
    "common_ground": (
        (
            r"\b(?:alumn(?:us|i|a)|graduated from|studied at|formerly (?:at|with)|previously (?:at|worked)|"
            r"member of|volunteers?|speaker at|spoke at|hobby|marathon)\b"
        ),
        r"(?:خريج|تخرج من|درس في|عمل سابقا|عملت سابقا|عضو في|متطوع|تحدث في|متحدث في|موتمر)",
    ),
}  # fmt: skip
_COMPILED = {slot: tuple(re.compile(one) for one in several) for slot, several in PATTERNS.items()}
# Money alone is no funding and a percentage alone no growth: one of the words must be there too.
_WORDS_NEEDED = {"funding": 2, "growth": 4}
_END = re.compile(r"(?<=[.!?\u061f\u061b])\s+|\n+")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence for a slot. strength: how many of the slot's signs stand in it."""

    slot: str
    text: str
    strength: int


def proposals(text: str, slots: tuple[str, ...]) -> list[Proposal]:
    """The strongest sentences for each slot, in the order of the slots; at most three each, none twice in a slot."""
    found: dict[str, dict[str, Proposal]] = {slot: {} for slot in slots}
    for sentence in sentences(text):
        folded = fold(sentence)
        for slot in slots:
            hits = [bool(pattern.search(folded)) for pattern in _COMPILED[slot]]
            if not any(hits[: _WORDS_NEEDED.get(slot, len(hits))]):
                continue
            found[slot].setdefault(folded, Proposal(slot, sentence, sum(hits)))
    return [
        one
        for slot in slots
        for one in sorted(found[slot].values(), key=lambda proposal: -proposal.strength)[:MOST_A_SLOT]
    ]


def sentences(text: str) -> list[str]:
    """Sentences and lines of a text, the too short and too long left out. A point inside 12.5 ends nothing."""
    parts = (_BLANKS.sub(" ", part).strip(" \u2022-*\u00b7") for part in _END.split(text[:MOST_TEXT]))
    return [part for part in parts if SHORTEST <= len(part) <= LONGEST][:MOST_SENTENCES]


def readable(data: bytes) -> str:
    """The text of a dropped file, plain or HTML, in whatever it was written; never fails."""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1256"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("utf-8", "replace")
    return plain_text(text)


def plain_text(text: str) -> str:
    """What a reader of a page sees; text that is no markup stays as it is."""
    if not re.search(r"<(?:html|body|p|div|br|h1|li|article)\b", text[:20_000], re.IGNORECASE):
        return text.replace("\x00", "")
    seen = _Seen()
    seen.feed(text[: MOST_TEXT * 4])
    seen.close()
    return "".join(seen.parts).replace("\x00", "")


class _Seen(HTMLParser):
    HIDDEN = frozenset({"script", "style", "noscript", "template", "nav", "footer", "svg"})
    LINES = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "article", "section", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self.HIDDEN
        if tag in self.LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in self.LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))
