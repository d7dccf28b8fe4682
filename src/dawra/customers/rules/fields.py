"""Custom fields: usable values, typed, and their words. Pure.

Custom values stand in a record's `custom` by key, typed:
    text, long_text, link: str · number: int or float, at most 15 significant digits · date: "2026-11-23"
    money: {"minor": 120000, "currency": "SAR"} · choice: option code · choices: [codes] · yes_no: bool · person: id as text
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from dawra.customers.rules.points import web
from dawra.customers.rules.wrong import Wrong
from dawra.figures.money import Money, NotMoney
from dawra.figures.words import fold, named, western_digits

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 10_000
MOST_DIGITS = 15
_YES = frozenset({"1", "true", "yes", "y", "on", "نعم"})
_NO = frozenset({"0", "false", "no", "n", "off", "لا"})


def _(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    name: str
    name_ar: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One custom field as every room sees it."""

    id: UUID
    record_kind: str
    key: str
    type: str
    name: str
    name_ar: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    required_at: tuple[str, ...] = ()
    searchable: bool = False
    position: int = 0
    archived: bool = False
    version: int = 1

    @property
    def input_name(self) -> str:
        return f"custom_{self.key}"


def parse(field: FieldCard, written: Any, *, currency: str = "", now: Any = None) -> Any:
    """The stored value of what a person, file or program wrote; None for nothing. Raises Wrong.

    currency: taken where an amount names none. now: what is stored already; an archived option may stay.
    Dates are ISO; an import turns its own format into ISO first. Options go by code or by name, in either script.
    """
    if isinstance(written, str):
        written = written.strip()
    if written is None or written in ("", []):
        return None
    return _READ[field.type](field, written, currency, now)


def as_text(field: FieldCard, value: Any, language: str = "en") -> str:
    """A stored value as plain words, for files and for what is searched."""
    if value is None:
        return ""
    if field.type == "money":
        return f"{Money(value['minor'], value['currency']).amount} {value['currency']}"
    if field.type == "number":
        return format(number(value), "f")
    if field.type in ("choice", "choices"):
        names = {option.code: named(option.name, option.name_ar, language) for option in field.options}
        return ", ".join(str(names.get(code, code)) for code in (value if isinstance(value, list) else [value]))
    return ("yes" if value else "no") if field.type == "yes_no" else str(value)


def words(fields: Iterable[FieldCard], values: Mapping[str, Any]) -> list[str]:
    """What a record is found by in its searchable fields, in both scripts."""
    found: list[str] = []
    for field in fields:
        if field.searchable and values.get(field.key) is not None:
            found += dict.fromkeys(as_text(field, values[field.key], language) for language in ("en", "ar"))
    return found


def missing(
    fields: Iterable[FieldCard],
    values: Mapping[str, Any],
    stage: str,
    before: Collection[str] = (),
) -> list[FieldCard]:
    """Fields without a value that this stage, or one of those before it, requires."""
    passed = {stage, *before}
    return [f for f in fields if not f.archived and passed & set(f.required_at) and values.get(f.key) in (None, "", [])]


def number(stored: Any) -> Decimal:
    """A stored number, exact: JSON's 0.1 is read back as 0.1."""
    return Decimal(repr(stored))


def plain(value: Any) -> Any:
    """A stored value as the journal keeps it: numbers with a fraction as text."""
    return str(number(value)) if isinstance(value, float) else value


def from_plain(field: FieldCard | None, value: Any) -> Any:
    """The stored value of what the journal kept."""
    return _number(field, value, "", None) if field and field.type == "number" and isinstance(value, str) else value


def _text(field: FieldCard, written: Any, currency: str, now: Any) -> str:
    most = LONGEST_LONG_TEXT if field.type == "long_text" else LONGEST_TEXT
    text = str(written).replace("\x00", "")
    if len(text) > most:
        raise Wrong(_("Shorten this to %(most)s characters."), most=most)
    return text if field.type == "long_text" else " ".join(text.split())


def _number(field: FieldCard | None, written: Any, currency: str, now: Any) -> int | float:
    text = (
        western_digits(str(written))
        .replace("٬", "")
        .replace("٫", ".")
        .replace(",", "")
        .replace("\u00a0", "")
        .replace(" ", "")
    )
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Wrong(_("“%(value)s” is not a number."), value=str(written)[:40])
    digits = value.normalize().as_tuple()
    if len(digits.digits) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise Wrong(_("A number has at most %(most)s digits."), most=MOST_DIGITS)
    return int(value) if value == value.to_integral_value() else float(value)


def _money(field: FieldCard, written: Any, currency: str, now: Any) -> dict[str, Any]:
    if isinstance(written, Mapping):
        minor, code = written.get("minor"), str(written.get("currency", ""))
        if (
            isinstance(minor, int)
            and not isinstance(minor, bool)
            and abs(minor) < 10**15
            and re.fullmatch("[A-Z]{3}", code)
        ):
            return {"minor": minor, "currency": code}
        raise Wrong(_("An amount is a number and a currency: 1,200.50 SAR."))
    text = str(written).upper()
    marked = re.search(r"\b[A-Z]{3}\b", text)
    code = marked.group() if marked else currency
    try:
        amount = Money.parse(text.replace(marked.group(), "") if marked else text, code)
    except NotMoney:
        amount = None
    if amount is None or not code:
        raise Wrong(_("An amount is a number and a currency: 1,200.50 SAR."))
    return {"minor": amount.minor, "currency": amount.currency}


def _date(field: FieldCard, written: Any, currency: str, now: Any) -> str:
    try:
        return date.fromisoformat(western_digits(str(written))[:10]).isoformat()
    except ValueError:
        raise Wrong(
            _("“%(value)s” is not a date. Write it as 2026-11-23."),
            value=str(written)[:40],
        ) from None


def _choice(field: FieldCard, written: Any, currency: str, now: Any) -> str:
    kept = now if isinstance(now, list) else [now]
    wanted = fold(str(written))
    for option in field.options:
        if (option.code == written or wanted in (fold(option.name), fold(option.name_ar))) and (
            not option.archived or option.code in kept
        ):
            return option.code
    raise Wrong(_("“%(value)s” is not one of the choices."), value=str(written)[:60])


def _choices(field: FieldCard, written: Any, currency: str, now: Any) -> list[str]:
    parts: Sequence[Any] = re.split(r"[,،;؛\n]", written) if isinstance(written, str) else list(written)
    return list(dict.fromkeys(_choice(field, part.strip(), currency, now) for part in map(str, parts) if part.strip()))


def _yes_no(field: FieldCard, written: Any, currency: str, now: Any) -> bool:
    text = fold(str(written))
    if text not in _YES | _NO:
        raise Wrong(_("“%(value)s” is neither yes nor no."), value=str(written)[:40])
    return text in _YES


def _person(field: FieldCard, written: Any, currency: str, now: Any) -> str:
    try:
        return str(UUID(str(written)))
    except ValueError:
        raise Wrong(_("Choose a person from the list.")) from None


def _link(field: FieldCard, written: Any, currency: str, now: Any) -> str:
    text = web(str(written)).geturl()
    if len(text) > LONGEST_TEXT:
        raise Wrong(_("Shorten this to %(most)s characters."), most=LONGEST_TEXT)
    return str(text)


_READ = {
    "text": _text, "long_text": _text, "number": _number, "money": _money, "date": _date, "choice": _choice,
    "choices": _choices, "yes_no": _yes_no, "person": _person, "link": _link,
}  # fmt: skip
