"""A cell as a typed value, or a reason why it is none.

A reader is `(text, cell) -> value`; text is never blank. It raises Wrong(code, …); what it understood but reads
differently than written it says through cell.note(code, …).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dawra.customers import rules
from dawra.customers.importing.countries import country_of, name_of
from dawra.customers.importing.saying import Said
from dawra.figures.money import Money, NotMoney
from dawra.figures.words import fold, western_digits


class Wrong(Exception):
    """The cell cannot be used."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)


@dataclass(slots=True)
class Cell:
    """Where a value stands and what may be assumed about it.

    currency: of amounts without a sign of their own; country: where a phone without + is at home
    options:  what was answered once for the whole column: order ("ymd", "dmy", "mdy", "ydm"), calendar ("gregorian",
              "hijri", "excel"), decimal ("." or ","), labels (folded label as written → option key, "" = leave empty),
              two_digit ("past" or "window"), zone (of times that name none)
    """

    column: str
    currency: str = ""
    country: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def note(self, code: str, **facts: Any) -> None:
        self.said.append(Said(code, self.column, facts))


Read = Callable[[str, Cell], Any]

INVISIBLE = re.compile("[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
_DATE = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T].*)?")
FORMS = {"ymd": "2026-03-31", "mdy": "3/31/2026", "dmy": "31/3/2026"}


def text(most: int) -> Read:
    def read(written: str, cell: Cell) -> str:
        clean = written
        if INVISIBLE.search(clean):
            clean = INVISIBLE.sub("", clean)
            cell.note("invisible_removed")
        clean = " ".join(clean.split()) if most <= 420 else clean.strip()
        if len(clean) > most:
            raise Wrong("too_long", most=most)
        return unicodedata.normalize("NFC", clean)

    return read


def whole(least: int = 0, most: int = 2_000_000_000) -> Read:
    def read(written: str, cell: Cell) -> int:
        number = _decimal(written)
        if number != number.to_integral_value():
            raise Wrong("not_whole", value=_short(written))
        if not least <= number <= most:
            raise Wrong("out_of_range", value=_short(written), least=least, most=most)
        return int(number)

    return read


def amount(unit: int = 1) -> Read:
    """Money in the currency that stands in the cell, else in the cell's; unit=1_000_000 where the file counts so."""

    def read(written: str, cell: Cell) -> Money:
        try:
            if unit == 1:
                return Money.parse(written.lstrip("$€£﷼ "), cell.currency)
            return Money.of(_decimal(written) * unit, cell.currency)
        except (NotMoney, Wrong):
            raise Wrong("not_amount", value=_short(written)) from None

    return read


def day(order: str = "ymd") -> Read:
    """A date whose parts stand in this order; four digits in front are always a year."""

    def read(written: str, cell: Cell) -> date:
        match = _DATE.fullmatch(western_digits(written))
        if not match:
            raise Wrong("not_date", value=_short(written), form=FORMS[order])
        first, second, third = (int(part) for part in match.groups())
        if len(match.group(1)) == 4:
            year, month, day_ = first, second, third
        elif order == "mdy":
            month, day_, year = first, second, third
        else:
            day_, month, year = first, second, third
        if len(match.group(1)) != 4 and len(match.group(3)) != 4:
            raise Wrong("not_date", value=_short(written), form=FORMS[order])
        try:
            return date(year, month, day_)
        except ValueError:
            raise Wrong("no_such_day", value=_short(written)) from None

    return read


def email(written: str, cell: Cell) -> list[rules.Point]:
    """One or several addresses, the main one first."""
    parts = [part.strip() for part in re.split(r"[;\s|]+|,(?=\s|[^,]*@)", INVISIBLE.sub("", written)) if part.strip()]
    for part in parts:
        if not _EMAIL.fullmatch(part) or len(part) > 254:
            mended = part.replace(",", ".")
            if mended != part and _EMAIL.fullmatch(mended):
                raise Wrong("email_comma", value=_short(part), fix=mended)
            raise Wrong("not_email", value=_short(part))
    if len(parts) > 1:
        cell.note("several_emails")
    return [_point("email", part, "", "not_email") for part in parts]


def phone(written: str, cell: Cell) -> list[rules.Point]:
    """One or several numbers; without a country code they are of the row's or the company's country."""
    return [_point("phone", INVISIBLE.sub("", written), cell.country, "not_phone")]


def site(written: str, cell: Cell) -> rules.Point:
    return _point("site", INVISIBLE.sub("", written), "", "not_site")


def _point(kind: str, written: str, country_code: str, code: str) -> rules.Point:
    try:
        return rules.point(kind, written, country_code)
    except rules.Wrong:
        raise Wrong(code, value=_short(written)) from None


def custom(field_: rules.FieldCard) -> Read:
    """A custom field, by the room's own rules."""

    def read(written: str, cell: Cell) -> Any:
        try:
            return rules.parse(field_, INVISIBLE.sub("", written), currency=cell.currency)
        except rules.Wrong as wrong:
            raise Wrong("rule", sentence=wrong.sentence, **wrong.facts) from None

    return read


def country(written: str, cell: Cell) -> str:
    code, differently = country_of(written.strip())
    if not code:
        raise Wrong("not_country", value=_short(written))
    if differently:
        cell.note("read_as", value=_short(written), read=name_of(code))
    return code


def currency(written: str, cell: Cell) -> str:
    code = written.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Wrong("not_currency", value=_short(written))
    return code


def lifecycle(names: Mapping[str, str]) -> Read:
    """names: folded name in any language → code, the workspace's own names included."""

    def read(written: str, cell: Cell) -> str:
        folded = fold(written).replace("_", " ").replace("-", " ")
        code = names.get(folded, "")
        if not code:
            raise Wrong("not_lifecycle", value=_short(written), known=", ".join(rules.LIFECYCLE))
        return code

    return read


def words(written: str, cell: Cell) -> list[str]:
    """Several short texts in one cell."""
    parts = [INVISIBLE.sub("", part).strip() for part in re.split(r"[;,،|]", written)]
    found = list(dict.fromkeys(part for part in parts if part))
    if any(len(part) > 60 for part in found):
        raise Wrong("too_long", most=60)
    return found


def _decimal(written: str) -> Decimal:
    plain = western_digits(written).replace("\u066c", "").replace("\u066b", ".").replace("\u00a0", "")
    plain = plain.replace(" ", "").replace(",", "")
    if len(plain) > 24:
        raise Wrong("not_number", value=_short(written))
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise Wrong("not_number", value=_short(written)) from None
    if not found.is_finite() or abs(found) > Decimal(10) ** 15 or found.as_tuple().exponent < -12:  # type: ignore[operator]
        raise Wrong("not_number", value=_short(written))
    return found


def _short(written: str) -> str:
    clean = INVISIBLE.sub("", written.strip())
    return clean if len(clean) <= 60 else clean[:57] + "…"
