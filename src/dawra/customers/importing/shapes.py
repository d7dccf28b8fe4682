"""What the values of a column look like, and what they prove about it: order of dates, decimal sign, calendar. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dawra.customers.importing.countries import country_of, is_country
from dawra.customers.importing.values import Cell, Wrong, currency, email, label, language, time_zone
from dawra.customers.importing.values.cell import bare
from dawra.customers.importing.values.dates import understood
from dawra.customers.importing.values.labels import NO, YES
from dawra.customers.importing.values.markup import is_markup
from dawra.customers.importing.values.numbers import apart, exact
from dawra.figures.words import fold, western_digits

LOOKED_AT = 60
"""Different values by which the shape is judged; what is proved is proved by all that were given."""
ONCE_IN = 50
"""An order of dates holds against a few slips: so many proofs to one against it."""

_PHONE = re.compile(
    r"(?=(?:\D*\d){7,15}\D*(?:(?:ext|x|#)\D*\d{1,6})?$)(?:\+|00|0|\()?[\d()\s.\-/]{6,24}(?:\s*(?:ext|x|#)\.?\s*\d{1,6})?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})[-/.\s،,]+(\d{1,4})[-/.\s،,]+(\d{1,4})(?!\d)", re.ASCII)
_LINK = re.compile(r"(?:https?://\S+|www\.\S+|(?!.*@)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}(?:/\S*)?)", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:inc|llc|ltd|corp|co|company|gmbh|ag|kg|sarl|sa|sas|bv|plc|group|holding|holdings|industries|trading|bank|"
    r"solutions|systems|technologies|services|est|partners|associates|foundation|university)\b\.?|شركه|مؤسسه|مجموعه|مصنع|بنك|جامعه",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*")
_TITLE = re.compile(r"^(?:mr|mrs|ms|dr|prof|eng|السيد|السيده|الاستاذ|الدكتور|المهندس|د|م|ا)\.?\s", re.IGNORECASE)


def _reads(read: Callable[[str, Cell], Any]) -> Callable[[str], bool]:
    def fits(written: str) -> bool:
        try:
            return read(written, Cell("")) is not None
        except Wrong:
            return False

    return fits


def _is_date(written: str) -> bool:
    try:
        found = understood(written)
    except Wrong as wrong:
        return wrong.code in ("ambiguous_date", "no_such_day") or written.startswith("0000-00-00")
    # Bare numbers are dates only beside others that say so, or when asked: prices look the same.
    return found.note not in ("excel_date", "unix_date") and not written.strip().isdigit()


def _is_number(written: str) -> bool:
    try:
        exact(written)
    except Wrong:
        return False
    return True


def _is_amount(written: str) -> bool:
    code, rest, _dashed = apart(bare(written), "")
    return bool(code) and _is_number(rest)


def _is_percent(written: str) -> bool:
    plain = written.strip()
    return plain[-1:] in "%٪" and _is_number(plain[:-1].strip())


def _is_phone(written: str) -> bool:
    plain = western_digits(bare(written))
    if not _PHONE.fullmatch(plain):
        return False
    digits = sum(char.isdigit() for char in plain)
    return (
        plain[0] in "+0("
        or (digits >= 9 and "." not in plain)
        or ("-" in plain and digits >= 7 and not _is_date(plain))
    )


def _is_person(written: str) -> bool:
    """Two to four words of letters, each beginning like a name, none of them a word for a firm."""
    plain = _TITLE.sub("", bare(written).replace(",", " "))
    words = plain.split()
    if not 2 <= len(words) <= 4 or _FIRM.search(fold(plain)) or not all(_WORD.fullmatch(word) for word in words):
        return False
    latin = [word for word in words if word.isascii()]
    return all(word[0].isupper() or word in ("al", "bin", "bint", "van", "de", "von", "el") for word in latin)


FAMILIES: Mapping[str, Callable[[str], bool]] = {
    "email": lambda written: "@" in written and _reads(email)(written),
    "link": lambda written: bool(_LINK.fullmatch(bare(written))),
    "date": _is_date,
    "percent": _is_percent,
    "amount": _is_amount,
    "number": _is_number,
    "phone": _is_phone,
    "yes_no": lambda written: fold(bare(written)) in YES | NO,
    "country": lambda written: is_country(bare(written)),
    "currency": lambda written: not written.strip().isdigit() and _reads(currency)(written),
    "language": _reads(language),
    "time_zone": lambda written: "/" in written and _reads(time_zone)(written),
    "person": _is_person,
    "firm": lambda written: bool(_FIRM.search(fold(written))),
    "prose": lambda written: len(written) > 120 or "\n" in written or is_markup(written),
}
"""Family of values → whether one text is of it. What has no shape (text, words, labels) is judged by its header and options."""


@dataclass(frozen=True)
class Shape:
    """The filled cells of one column."""

    values: Sequence[str]
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, values: Iterable[str]) -> "Shape":
        kept = [stripped for value in values if (stripped := value.strip())]
        return cls(kept, Counter(kept))

    @cached_property
    def looked_at(self) -> list[str]:
        return [value for value, _count in self.counts.most_common(LOOKED_AT)]

    @cached_property
    def shares(self) -> dict[str, float]:
        """Family → share of the looked-at values that are of it."""
        sample = self.looked_at
        return {name: sum(map(fits, sample)) / len(sample) if sample else 0.0 for name, fits in FAMILIES.items()}

    def share(self, family: str) -> float:
        return self.shares.get(family, 0.0)

    @cached_property
    def kind(self) -> str:
        """The family that nearly all values are of, the narrowest first; "" if there is none."""
        narrow = (
            "email",
            "time_zone",
            "date",
            "percent",
            "amount",
            "yes_no",
            "phone",
            "number",
            "link",
            "currency",
            "country",
        )
        return next((name for name in narrow if self.share(name) >= 0.8), "")


@dataclass(frozen=True, slots=True)
class Proof:
    """options: what the values prove of their column. open: what they leave open, to be asked once."""

    options: dict[str, Any] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)


NO_PROOF = Proof()


def is_serial(written: str) -> bool:
    """A bare number that could be a date as spreadsheets and programs count: see values.dates."""
    try:
        return understood(written).note in ("excel_date", "unix_date")
    except Wrong:
        return False


def dates(shape: Shape) -> Proof:
    """The order of day, month and year; the calendar. Proved by parts above 12, over all values."""
    ambiguous, calendars = [], Counter[str]()
    for value in shape.counts:
        try:
            found = understood(value)
            calendars[{"hijri_date": "hijri", "excel_date": "excel"}.get(found.note, "")] += 1
        except Wrong as wrong:
            if wrong.code == "ambiguous_date":
                ambiguous.append(value)
    options: dict[str, Any] = {}
    calendar = calendars.most_common(1)[0][0] if calendars else ""
    if calendar and calendars[calendar] * 2 > len(shape.counts):
        options["calendar"] = calendar
    order = _order(shape.counts, ambiguous)
    if order:
        options["order"] = order
    return Proof(options, ("order",) if ambiguous and not order else ())


def _order(values: Iterable[str], ambiguous: Sequence[str]) -> str:
    """The one order that the values prove; "" if none does, or if some prove one and some another."""
    failures: dict[str, Counter[str]] = {"first": Counter(), "last": Counter()}
    seen: Counter[str] = Counter()
    for value in values:
        match = _NUMBERS.match(western_digits(bare(value)))
        if not match:
            continue
        parts = match.groups()
        place = "first" if len(parts[0]) == 4 else "last"
        seen[place] += 1
        for order in ("ymd", "ydm") if place == "first" else ("dmy", "mdy", "ymd"):
            failures[place][order] += not _fits(dict(zip(order, parts, strict=True)))
    if seen["first"] and not failures["first"]["ydm"] and failures["first"]["ymd"]:
        return "ydm"
    if not seen["last"]:
        return ""
    fewest = sorted((failures["last"][order], order) for order in ("dmy", "mdy", "ymd"))
    (best, order), (second, _other) = fewest[0], fewest[1]
    return order if second > best * ONCE_IN else ""


def _fits(parts: Mapping[str, str]) -> bool:
    """Whether the parts can be a date. A year has four digits, or two where none has four."""
    if len(parts["m"]) > 2 or len(parts["d"]) > 2 or len(parts["y"]) not in (2, 4):
        return False
    return 1 <= int(parts["m"]) <= 12 and 1 <= int(parts["d"]) <= 31


def numbers(shape: Shape, *, money: bool = False) -> Proof:
    """The decimal sign. 12,50 proves a comma, 1,234.5 a point; 1.234 alone proves nothing and is asked about."""
    proofs: Counter[str] = Counter()
    is_open = False
    for value in shape.counts:
        plain = (apart(bare(value), "")[1] if money else value).strip("%٪ ")
        reads = {mark: _reads_as(plain, mark) for mark in (".", ",")}
        if reads["."] != reads[","]:
            proofs["." if reads["."] else ","] += 1
        elif reads["."]:
            is_open = is_open or exact(plain).is_open
    points, commas = proofs["."], proofs[","]
    if commas > points * ONCE_IN:
        return Proof({"decimal": ","})
    if points > commas * ONCE_IN:
        return Proof({"decimal": "."})
    return Proof({}, ("decimal",) if is_open else ())


def _reads_as(plain: str, mark: str) -> bool:
    try:
        exact(plain, mark)
    except Wrong:
        return False
    return True


def shares(shape: Shape) -> Proof:
    """Whether 0.45 means 45 %: if no value is above 1 and some are between 0 and 1."""
    proof = numbers(shape)
    decimal = proof.options.get("decimal", "")
    found = []
    for value in shape.counts:
        if _is_percent(value):
            return proof
        try:
            found.append(exact(value, decimal).value)
        except Wrong:
            continue
    if found and max(found) <= 1 and any(0 < one < 1 for one in found):
        return Proof(proof.options | {"percent": "share"}, proof.open)
    return proof


def labels(shape: Shape, known: Mapping[str, str], *, several: bool = False) -> Proof:
    """Labels that stand for no option, with how often each occurs, the most frequent first."""
    unknown: Counter[str] = Counter()
    for value, count in shape.counts.items():
        parts = [value]
        if several and label(value) not in known:
            parts = [part for part in re.split(r"[;|\n،؛,]", value) if part.strip()]
        for part in parts:
            if label(part) not in known:
                unknown[part.strip()] += count
    return Proof({}, ("labels",) if unknown else (), dict(unknown.most_common()))


def unread(shape: Shape, family: str) -> Proof:
    """Like labels, for words of a fixed list."""
    fits = (lambda value: country_of(bare(value))[0] != "") if family == "country" else FAMILIES[family]
    unknown = Counter({value: count for value, count in shape.counts.items() if not fits(value)})
    return Proof({}, ("labels",) if unknown else (), dict(unknown.most_common()))
