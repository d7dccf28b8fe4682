"""A workbook's number as a person sees it there: without traces of floats, and a serial as the day it means."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

DATE, TIME, BOTH, SHARE = "date", "time", "both", "share"

# Formats every workbook has without saying so; the rest is locale dates (ECMA-376 part 1, 18.8.30).
_BUILT_IN = {
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), TIME),
    22: BOTH,
    **dict.fromkeys((9, 10), SHARE),
}
_WHOLE = re.compile(r"-?\d{1,40}")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?")
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]')
_DAY_SECONDS = 86_400
_FIRST_1900, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST = 2_958_466
# The 1900 system counts a 29 February 1900, which never was.
_NEVER_WAS = 60


def kind_of_format(number: int, code: str = "") -> str:
    """What a number format shows: date, time, both, share, or "" for a plain number."""
    if not code:
        return _BUILT_IN.get(number, "")
    shown = _QUIET.sub("", code[:255]).partition(";")[0].lower()
    if "general" in shown or not shown.isprintable():
        return ""
    if "%" in shown:
        return SHARE
    clock = "h" in shown or "s" in shown
    calendar = "y" in shown or "d" in shown or ("m" in shown and not clock)
    return BOTH if clock and calendar else TIME if clock else DATE if calendar else ""


def plain(written: str) -> str:
    """1250.0 as 1250, 4.5999999999999996 as 4.6, 1.5E+3 as 1500; what is no number as it stands."""
    if _WHOLE.fullmatch(written):
        return written
    if not _NUMBER.fullmatch(written) or len(written) > 60:
        return written
    try:
        # A workbook keeps 15 digits; the further ones are traces of binary fractions.
        value = Decimal(f"{Decimal(written):.15g}")
    except InvalidOperation:
        return written
    if value and not -20 <= value.adjusted() <= 30:
        return written
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def moment(written: str, kind: str, *, since_1904: bool) -> str:
    """A serial as 2024-03-05, 2024-03-05 14:30:00 or 14:30:00, a share as 25%; what cannot be one as a plain number."""
    if not _NUMBER.fullmatch(written) or len(written) > 60:
        return written
    serial = Decimal(written)
    if kind == SHARE:
        share = plain(format(serial.scaleb(2), "f")) if abs(serial.adjusted()) < 20 else ""
        return f"{share}%" if share else written
    if serial.adjusted() > 8 or not 0 <= serial < _LAST:
        return plain(written)
    days, seconds = divmod(int((serial * _DAY_SECONDS).to_integral_value()), _DAY_SECONDS)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0 and not since_1904:
        return clock if kind != DATE else "1900-01-00"
    if days == 0 and kind == TIME:
        return clock
    day = _day(days, since_1904=since_1904)
    return f"{day} {clock}" if day and seconds else day or plain(written)


def _day(days: int, *, since_1904: bool) -> str:
    if since_1904:
        first = _FIRST_1904
    elif days == _NEVER_WAS:
        return "1900-02-29"
    else:
        first = _FIRST_1900 if days > _NEVER_WAS else _FIRST_1900 + timedelta(days=1)
    try:
        return (first + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
