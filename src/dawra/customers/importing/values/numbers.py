"""Numbers, amounts and percentages, exact, in any common style and script. No float anywhere.

With both separators the last one is the decimal; so is a single one that cannot stand between groups of three. What stays
open (1.234) is read as answered for the column, and without an answer the way English and Arabic files mean it: a comma
groups. Only an amount like 1.234 in a currency of two decimals is Wrong("ambiguous_number"): it would lose a thousandfold.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dawra.customers.importing.values.cell import Cell, Read, Wrong, bare, of, short
from dawra.customers.importing.values.currencies import currency_of
from dawra.figures.money import Money, decimals_of
from dawra.figures.words import fold, western_digits

LONGEST = 40
MOST = Decimal(10) ** 15
MOST_MAJOR = Decimal(10) ** 13
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2}|\.\d{4,9})?", re.ASCII)
_US = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{1,2}", re.ASCII)
_BODY = re.compile(r"[+-]?\d[\d.,]*|[+-]?[.,]\d+", re.ASCII)
_ARABIC = re.compile(r"[+-]?\d[\d,]*\u066b\d*", re.ASCII)
_SCIENTIFIC = re.compile(r"([+-]?\d+(?:[.,]\d+)?)e([+-]?\d{1,2})", re.ASCII | re.IGNORECASE)
_ACCOUNTING = re.compile(r"\((.*)\)")
# Blanks of every width and the Swiss apostrophe stand between groups; so does the Arabic thousands sign.
_GROUPING = str.maketrans(dict.fromkeys(" \xa0\u2007\u2009\u202f'’`٬", "") | {"\u2212": "-", "\u2013": "-", "،": ","})
_SCALES = {
    "k": 3, "thousand": 3, "tsd": 3, "الف": 3, "الاف": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "millions": 6, "مليون": 6,
    "ملايين": 6, "b": 9, "bn": 9, "billion": 9, "مليار": 9,
}  # fmt: skip
_AROUND = re.compile(
    r"(?P<sign>[-+(]*)\s*(?P<before>[^\d\s(+-][^\d(+-]*?)?\s*"
    rf"(?P<body>[-+(]*[.,\u066b]?\d[\d.,٫٬\s'’e]*(?:\s*(?:{'|'.join(_SCALES)})(?![^\W\d_]))?)"
    r"\s*(?P<after>[^\d\s,)-][^\d)]*?)?\s*(?P<end>\)?-?)"
)
_DASHED = re.compile(r"([.,])[-–]+(?=\D*$)")
_SCALED = re.compile(r"(.*\d)\s*([^\W\d_]+)\.?")


class Exact(NamedTuple):
    """open: it could as well be a thousand times that, see the top."""

    value: Decimal
    is_open: bool
    scaled: bool


def whole(least: int = 0, most: int = 2_000_000_000) -> Read:
    @of("number")
    def read(written: str, cell: Cell) -> int:
        number = _read(written, cell, must_be_whole=True)
        if number != number.to_integral_value():
            raise Wrong("not_whole", value=short(written))
        if not least <= number <= most:
            raise Wrong("out_of_range", value=short(written), least=least, most=most)
        return int(number)

    return read


def number(least: Decimal = -MOST, most: Decimal = MOST) -> Read:
    @of("number")
    def read(written: str, cell: Cell) -> Decimal:
        found = _read(written, cell)
        if not least <= found <= most:
            raise Wrong("out_of_range", value=short(written), least=least, most=most)
        return found

    return read


def amount(unit: int = 1) -> Read:
    """Money in the currency that stands in the cell, else in the cell's; unit=1_000_000 where the file counts so."""

    @of("amount")
    def read(written: str, cell: Cell) -> Money:
        return money_in(written, cell, unit)

    return read


def money_in(written: str, cell: Cell, unit: int = 1) -> Money:
    decimal = cell.options.get("decimal") or ""
    sign = written[0] if written[0] in "$€£" else ""
    usual = _usual(written[1:] if sign else written, decimal)
    if usual is not None:
        found, code = Exact(usual, is_open=False, scaled=False), currency_of(sign, cell.currency) if sign else ""
    else:
        code, rest, dashed = apart(bare(written), cell.currency)
        try:
            found = exact(rest, decimal or dashed)
        except Wrong:
            raise Wrong("not_amount", value=short(written)) from None
    code = code or cell.currency
    if not code:
        raise Wrong("no_currency", value=short(written))
    if found.is_open and decimals_of(code) < 3 and unit == 1:
        raise _open(written)
    if abs(found.value * unit) >= MOST_MAJOR:
        raise Wrong("not_amount", value=short(written))
    if found.scaled:
        cell.note("read_as", value=short(written), read=format(found.value.normalize(), ",f"))
    return Money.of(found.value * unit, code)


def _usual(written: str, decimal: str) -> Decimal | None:
    """1234, 1234.50 and 1,234.50 in plain digits: most cells of most files."""
    if decimal != ",":
        if _PLAIN.fullmatch(written):
            return Decimal(written)
        if _US.fullmatch(written):
            return Decimal(written.replace(",", ""))
    return None


def percent() -> Read:
    """Basis points, 0 to 10,000: "45", "45 %" and, where the column is answered so, "0.45" are all 4500."""

    @of("percent")
    def read(written: str, cell: Cell) -> int:
        plain = western_digits(bare(written)).replace("٪", "%")
        marked = "%" in plain
        try:
            found = exact(plain.strip("% ") if marked else plain, cell.options.get("decimal") or "").value
        except Wrong:
            raise Wrong("not_percent", value=short(written)) from None
        points = found * (10_000 if not marked and cell.options.get("percent") == "share" else 100)
        if not 0 <= points <= 10_000:
            raise Wrong("not_percent", value=short(written))
        return int(points.to_integral_value())

    return read


@lru_cache(maxsize=65_536)
def apart(written: str, usual: str) -> tuple[str, str, str]:
    """The currency beside the number, "" if there is none; the rest of the text; the decimal sign of 1.200,-."""
    if len(written) > 2 * LONGEST:
        return "", written, ""
    plain = western_digits(written).replace("\u2212", "-")
    ending = _DASHED.search(plain)
    plain, dashed = (_DASHED.sub("", plain), ending[1]) if ending else (plain, "")
    match = _AROUND.fullmatch(plain)
    if not match or (match["before"] and match["after"]):
        return "", plain, dashed
    beside = match["before"] or match["after"]
    code = currency_of(beside, usual) if beside else ""
    return (code, f"{match['sign']}{match['body']}{match['end']}", dashed) if code else ("", plain, dashed)


def _read(written: str, cell: Cell, *, must_be_whole: bool = False) -> Decimal:
    found = exact(written, cell.options.get("decimal") or "")
    if must_be_whole and found.is_open:
        raise _open(written)
    if found.scaled:
        cell.note("read_as", value=short(written), read=format(found.value.normalize(), ",f"))
    return found.value


def _open(written: str) -> Wrong:
    plain = western_digits(bare(written))
    return Wrong("ambiguous_number", value=short(plain), small=short(plain), large=short(plain.replace(".", "")))


@lru_cache(maxsize=65_536)
def exact(written: str, decimal: str = "") -> Exact:
    """The number that stands in a text. decimal: the column's decimal sign, "" if nobody said. Raises Wrong."""
    if _PLAIN.fullmatch(written) and decimal != ",":
        return Exact(Decimal(written), is_open=False, scaled=False)
    wrong = Wrong("not_number", value=short(written))
    if len(written) > LONGEST:
        raise wrong
    plain, negative, scale = _stripped(written)
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific:
        found, is_open = Decimal(scientific[1].replace(",", ".")).scaleb(int(scientific[2])), False
    elif _ARABIC.fullmatch(plain):  # its decimal sign leaves nothing open
        found, is_open = Decimal(plain.replace(",", "").replace("\u066b", ".")), False
    elif _BODY.fullmatch(plain):
        found, is_open = _separated(plain, decimal, wrong)
    else:
        raise wrong
    found = found.scaleb(scale)
    if abs(found) > MOST or found.as_tuple().exponent < -12:  # type: ignore[operator]
        raise wrong
    return Exact(-found if negative else found, is_open=is_open and not scale, scaled=bool(scale))


def _stripped(written: str) -> tuple[str, bool, int]:
    """Without sign words, blanks and words for thousands; whether negative; the power of ten that a word stood for."""
    plain = western_digits(bare(written)).strip()
    negative = False
    if accounting := _ACCOUNTING.fullmatch(plain):
        plain, negative = accounting[1].strip(), True
    scale = 0
    scaled = _SCALED.fullmatch(plain)
    if scaled and fold(scaled[2]) in _SCALES:
        plain, scale = scaled[1], _SCALES[fold(scaled[2])]
    plain = plain.translate(_GROUPING)
    if plain.endswith("-") and not plain.startswith("-"):
        plain, negative = plain[:-1], True
    return plain, negative, scale


def _separated(plain: str, decimal: str, wrong: Wrong) -> tuple[Decimal, bool]:
    """The number, and whether its one separator could as well group."""
    sign = -1 if plain.startswith("-") else 1
    body = plain.lstrip("+-")
    commas, points = body.count(","), body.count(".")
    if not commas and not points:
        return Decimal(body) * sign, False
    mark, is_open = decimal, False
    if commas and points:
        mark = "," if body.rfind(",") > body.rfind(".") else "."
        if decimal and decimal != mark:
            raise wrong
    elif commas + points == 1:
        other = "," if commas else "."
        head, _sign, tail = body.partition(other)
        could_group = len(tail) == 3 and 1 <= len(head) <= 3 and head.strip("0") == head.rstrip("0") and head != "0"
        if not could_group:
            if decimal and decimal != other:
                raise wrong
            mark = other
        elif not mark:
            mark, is_open = ".", other == "."
    else:
        mark = "." if commas else ","
        if decimal and decimal != mark:
            raise wrong
    head, _sign, tail = body.partition(mark)
    group = "." if mark == "," else ","
    if (head and not _groups(head.split(group))) or group in tail or mark in tail:
        raise wrong
    return Decimal(f"{head.replace(group, '') or '0'}.{tail or '0'}") * sign, is_open


def _groups(parts: list[str]) -> bool:
    """Groups of three, or of two before the last three as India writes them; the first may be shorter."""
    if len(parts) == 1:
        return parts[0].isdigit()
    return (
        1 <= len(parts[0]) <= 3
        and len(parts[-1]) == 3
        and ({len(part) for part in parts[1:-1]} <= {3} or {len(part) for part in parts[1:-1]} <= {2})
        and all(part.isdigit() for part in parts)
    )
