"""Dates and moments in any common order, calendar and script.

What a date means must follow from the cell or from what was answered for its column, never from a guess: 03/04/2026 without
an order is Wrong("ambiguous_date"). Two-digit years: 00 to 68 are of this century, 69 to 99 of the last (as in POSIX).
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hijridate import Hijri

from dawra.customers.importing.values import months
from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, of, short
from dawra.figures.words import fold

FORMS = {"": "2026-03-31", "ymd": "2026-03-31", "mdy": "3/31/2026", "dmy": "31/3/2026", "ydm": "2026-31-03"}
PIVOT = 68
YEARS = range(1800, 2200)
HIJRI_YEARS = range(1343, 1501)
"""The years of the Umm al-Qura calendar that are known day by day."""
EXCEL = range(20_000, 80_000)
"""Serial days taken for a date where nobody said so: 1954 to 2119."""
MIDDAY = time(12)
"""A date without a time counts from midday, so that days between two dates stay whole, in any zone nearby."""

_NO_DATE = "0000-00-00"
"""What some databases write where there is no date."""
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_USUAL = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AaPp])[Mm])?)?", re.ASCII
)
_NUMBER = re.compile(r"(\d{1,16})(?:[.,](\d{1,12}))?", re.ASCII)
_HALF = "|".join(sorted(map(re.escape, months.MORNING | months.EVENING), key=len, reverse=True))
_ZONE = r"(?:z|utc|gmt)?\s*(?:[+-]\d{2}:?\d{2}|[+-]\d{1,2})?"
_TIME = re.compile(
    rf"(?<!\d)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d{{1,9}})?)?(?:\s*({_HALF})(?!\w)\.?)?\s*({_ZONE})(?![\w:])"
)
_HOUR = re.compile(rf"(?<![\d/.:-])(\d{{1,2}})\s*({'|'.join(h for h in _HALF.split('|') if h != 'م')})(?!\w)\.?")
_MONTH = re.compile(
    "(?<![^\\W\\d])("
    + "|".join(sorted(map(re.escape, [*months.GREGORIAN, *months.HIJRI]), key=len, reverse=True))
    + ")(?![^\\W\\d])"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|t$)(?!\w)")
_TAIL = re.compile(r"\s*\([^()]*\)$")
_WORD = re.compile(r"\d+|[^\W\d_][\w.]*|[^\s\d,;،./\\\-_'’]")


class Understood(NamedTuple):
    day: date
    clock: time | None
    offset: timedelta | None
    note: str


def day(order: str = "", *, pivot: int = PIVOT) -> Read:
    """A date; the time beside it is left out. order: what is known of the format where nobody answered for the column."""

    @of("date")
    def read(written: str, cell: Cell) -> date | None:
        if written.startswith(_NO_DATE):
            cell.note("zero_date")
            return None
        found = _found(written, cell, order, pivot)
        zone = cell.options.get("zone")
        if zone and found.clock is not None and found.offset is not None and found.clock != time(0):
            # Midnight in UTC is how programs write a bare date; any other hour is a moment that has a day where we are.
            return _at(found, "").astimezone(ZoneInfo(zone)).date()
        return found.day

    return read


def moment(order: str = "", *, zone: str = "UTC") -> Read:
    """An aware datetime. Without a time: midday; without an offset: in the zone answered for the column, else in `zone`."""

    @of("date")
    def read(written: str, cell: Cell) -> datetime | None:
        if written.startswith(_NO_DATE):
            cell.note("zero_date")
            return None
        return _at(_found(written, cell, order, PIVOT), cell.options.get("zone") or zone)

    return read


def when(order: str = "") -> Read:
    """A date where no time stands; else a datetime, aware if the cell names its offset. The target places the rest."""

    @of("date")
    def read(written: str, cell: Cell) -> date | datetime | None:
        if written.startswith(_NO_DATE):
            cell.note("zero_date")
            return None
        found = _found(written, cell, order, PIVOT)
        if found.clock is None:
            return found.day
        where = None if found.offset is None else timezone(found.offset)
        return datetime.combine(found.day, found.clock, where)

    return read


def _at(found: Understood, zone: str) -> datetime:
    where = ZoneInfo(zone or "UTC") if found.offset is None else timezone(found.offset)
    return datetime.combine(found.day, MIDDAY if found.clock is None else found.clock, where)


def _found(written: str, cell: Cell, order: str, pivot: int) -> Understood:
    options = cell.options
    found = understood(written, options.get("order") or order, options.get("calendar") or "", pivot)
    if found.note:
        cell.note(found.note)
    return found


@lru_cache(maxsize=65_536)
def understood(written: str, order: str = "", calendar: str = "", pivot: int = PIVOT) -> Understood:
    """What a cell says. Raises Wrong: not_date, no_such_day, other_order, ambiguous_date, year_out."""
    iso = _ISO.fullmatch(written)
    if iso and order != "ydm" and iso[1] >= "1800" and calendar != "hijri":
        return Understood(_one_of([_Parts(iso[1], iso[2], iso[3])], written, order, pivot), None, None, "")
    if order != "ydm" and calendar != "hijri" and _ISO_TIME.fullmatch(written) and (found := _of_iso(written)):
        return found
    usual = _USUAL.fullmatch(written)
    if usual:
        return _of_usual(usual, written, order, calendar, pivot)
    if len(written) > 100:
        raise Wrong("not_date", value=short(written), form=FORMS[order])
    plain = fold(INVISIBLE.sub("", written))
    number = _NUMBER.fullmatch(plain)
    if number and (number[2] is None or len(number[1]) <= 6):
        return _of_number(number, written, order, calendar, pivot)
    return _of_text(plain, written, order, calendar, pivot)


def _of_iso(written: str) -> Understood | None:
    """2026-03-31T10:00:00Z, the usual case of programs; None for what is to be looked at more closely."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return Understood(at.date(), at.time().replace(microsecond=0), at.utcoffset(), "")


def _of_usual(match: re.Match[str], written: str, order: str, calendar: str, pivot: int) -> Understood:
    """31/03/2026 10:00 PM and its like in plain digits, the usual case of people."""
    wrong = Wrong("not_date", value=short(written), form=FORMS[order])
    clock = None
    if match[5]:
        clock = _clock(
            int(match[5]), int(match[6]), int(match[7] or 0), f"{match[8]}m".lower() if match[8] else "", wrong
        )
    candidates = _ordered([match[1], match[3], match[4]], order, wrong)
    found = _one_of(candidates, written, order, pivot, calendar)
    hijri = any(_is_hijri(parts.year, calendar) for parts in candidates)
    return Understood(found, clock, None, "hijri_date" if hijri else "")


class _Parts(NamedTuple):
    year: str
    month: str
    day: str


def _of_text(plain: str, written: str, order: str, calendar: str, pivot: int) -> Understood:
    wrong = Wrong("not_date", value=short(written), form=FORMS[order])
    plain, clock, offset = _time(_TAIL.sub("", plain), wrong)
    named = _MONTH.findall(plain)
    words = _WORD.findall(_ORDINAL.sub("", _MONTH.sub(" ", plain)))
    numbers = [word for word in words if word[0].isdigit()]
    rest = {word.rstrip(".") for word in words if not word[0].isdigit()}
    hijri = bool(rest & months.HIJRI_MARKS) or any(name in months.HIJRI for name in named)
    if rest - months.WEEKDAYS - months.FILLERS - months.HIJRI_MARKS or any(len(n) > 4 for n in numbers):
        raise wrong
    if named:
        candidates = _named(named, numbers, wrong)
    elif len(numbers) == 3:
        candidates = _ordered(numbers, order, wrong)
    else:
        raise wrong
    calendar = "hijri" if hijri else calendar
    found = _one_of(candidates, written, order, pivot, calendar)
    was_hijri = hijri or any(_is_hijri(parts.year, calendar) for parts in candidates)
    return Understood(found, clock, offset, "hijri_date" if was_hijri else "")


def _time(plain: str, wrong: Wrong) -> tuple[str, time | None, timedelta | None]:
    """The text without its time of day; the time and the offset from UTC if there are any."""
    match = _TIME.search(plain)
    if match:
        hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), match[4] or ""
        offset = _offset(match[5], wrong)
    else:
        match = _HOUR.search(plain)
        if not match:
            return plain, None, None
        hour, minute, second, half, offset = int(match[1]), 0, 0, match[2], None
    clock = _clock(hour, minute, second, half, wrong)
    return f"{plain[: match.start()]} {plain[match.end() :]}".strip(), clock, offset


def _clock(hour: int, minute: int, second: int, half: str, wrong: Wrong) -> time:
    if half:
        if not 1 <= hour <= 12:
            raise wrong
        hour = hour % 12 + (12 if half in months.EVENING else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise wrong from None


def _offset(zone: str, wrong: Wrong) -> timedelta | None:
    if not zone:
        return None
    match = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if not match:
        return timedelta(0)
    distance = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if distance >= timedelta(hours=15):
        raise wrong
    return -distance if match[1] == "-" else distance


def _named(named: list[str], numbers: list[str], wrong: Wrong) -> list[_Parts]:
    """With the month in words the day is the short number; 31 Mar 26 is day first, as everybody writes it."""
    found = {months.HIJRI.get(name) or months.GREGORIAN[name] for name in named}
    if len(found) != 1 or len(numbers) != 2:
        raise wrong
    first, second = numbers
    if len(first) == 4:
        first, second = second, first
    if len(second) not in (2, 4) or len(first) > 2:
        raise wrong
    return [_Parts(second, str(found.pop()), first)]


def _ordered(numbers: list[str], order: str, wrong: Wrong) -> list[_Parts]:
    """Every way in which the three numbers may be meant."""
    first, second, third = numbers
    if len(second) > 2 or len(first) == 3 or len(third) == 3:
        raise wrong
    if len(first) == 4:
        orders = ["ydm"] if order == "ydm" else ["ymd"]
    elif len(third) == 4:
        orders = [order] if order in ("dmy", "mdy") else ["dmy", "mdy"]
    elif order:
        orders = [order]
    else:
        orders = ["dmy", "mdy", "ymd"]
    ways = []
    for way in orders:
        by = dict(zip(way, numbers, strict=True))
        ways.append(_Parts(by["y"], by["m"], by["d"]))
    if all(len(way.year) not in (2, 4) for way in ways):
        raise wrong
    return [way for way in ways if len(way.year) in (2, 4)]


def _one_of(ways: list[_Parts], written: str, order: str, pivot: int, calendar: str = "gregorian") -> date:
    """The one day that all possible ways agree on."""
    found: dict[date, None] = {}
    for way in ways:
        day_ = _date(way, written, pivot, calendar)
        if day_:
            found[day_] = None
    if len(found) == 1:
        return next(iter(found))
    if found:
        first, second, *_rest = found
        raise Wrong("ambiguous_date", value=short(written), first=first.isoformat(), second=second.isoformat())
    if order and any(_date(_Parts(way.year, way.day, way.month), written, pivot, calendar) for way in ways):
        raise Wrong("other_order", value=short(written), form=FORMS[order])
    raise Wrong("no_such_day", value=short(written))


def _is_hijri(year: str, calendar: str) -> bool:
    if len(year) == 4:
        return calendar != "gregorian" and int(year) in HIJRI_YEARS
    return calendar == "hijri"


def _date(parts: _Parts, written: str, pivot: int, calendar: str) -> date | None:
    year, month, day_ = (int(part) for part in parts)
    hijri = _is_hijri(parts.year, calendar)
    if len(parts.year) == 2:
        year += 1400 if hijri else 2000 if year <= pivot else 1900
    if not hijri and year not in YEARS:
        raise Wrong("year_out", value=short(written), least=YEARS[0], most=YEARS[-1])
    try:
        if not hijri:
            return date(year, month, day_)
        there = Hijri(year, month, day_).to_gregorian()
        return date(there.year, there.month, there.day)
    except (ValueError, OverflowError):
        return None


def _of_number(number: re.Match[str], written: str, order: str, calendar: str, pivot: int) -> Understood:
    """A bare number: a spreadsheet's serial day, seconds or milliseconds since 1970, or eight digits in a row."""
    whole, fraction = number[1], number[2]
    count = int(whole)
    if (calendar == "excel" and count < 3_000_000) or (len(whole) <= 6 and count in EXCEL and calendar != "hijri"):
        return _of_serial(count, fraction, written)
    if fraction is None and len(whole) in (8, 14):
        return _of_row_of_digits(whole, written, order, calendar, pivot)
    scale = {9: 1, 10: 1, 12: 1000, 13: 1000, 16: 1_000_000}.get(len(whole))
    if fraction is None and scale:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=count // scale)
        if 1975 <= at.year <= 2100:
            return Understood(at.date(), at.time(), timedelta(0), "unix_date")
    raise Wrong("not_date", value=short(written), form=FORMS[order])


def _of_serial(count: int, fraction: str | None, written: str) -> Understood:
    if count == 60 or not 1 <= count < 110_000:
        # Day 60 is 29 February 1900, which only spreadsheets have.
        raise Wrong("no_such_day", value=short(written))
    day_ = date(1899, 12, 31 if count < 60 else 30) + timedelta(days=count)
    if fraction is None:
        return Understood(day_, None, None, "excel_date")
    seconds = min(int((Decimal(f"0.{fraction}") * 86_400).to_integral_value()), 86_399)
    return Understood(day_, time(seconds // 3600, seconds // 60 % 60, seconds % 60), None, "excel_date")


def _of_row_of_digits(digits: str, written: str, order: str, calendar: str, pivot: int) -> Understood:
    """20260331, 31032026 where the order is known or only one fits, 20260331100000."""
    wrong = Wrong("not_date", value=short(written), form=FORMS[order])
    day_, clock = digits[:8], None
    if len(digits) == 14:
        _rest, clock, _none = _time(f"{digits[8:10]}:{digits[10:12]}:{digits[12:]}", wrong)
    cuts = {
        "ymd": _Parts(day_[:4], day_[4:6], day_[6:]), "ydm": _Parts(day_[:4], day_[6:], day_[4:6]),
        "dmy": _Parts(day_[4:], day_[2:4], day_[:2]), "mdy": _Parts(day_[4:], day_[:2], day_[2:4]),
    }  # fmt: skip
    ways = [cuts[order]] if order else [cuts["ymd"], cuts["dmy"], cuts["mdy"]]
    ways = [way for way in ways if int(way.year) in YEARS or _is_hijri(way.year, calendar)]
    if not ways:
        raise wrong
    hijri = _is_hijri(ways[0].year, calendar)
    return Understood(_one_of(ways, written, order, pivot, calendar), clock, None, "hijri_date" if hijri else "")
