"""How values look to a reader: money, numbers, shares, days and moments, as plain text. Pure apart from the words' translation.

Every function takes the Reader; templatetags/dawra.py wraps the results in the markup that keeps their direction.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from hijridate import Gregorian

from dawra.figures.calendars import (
    HIJRI,
    HIJRI_AR,
    MONTHS,
    MONTHS_LEVANT,
    MONTHS_NILE,
    SYMBOLS,
    SYMBOLS_AR,
    WEEKDAYS,
    WEEKDAYS_AR,
)
from dawra.figures.money import Money, decimals_of
from dawra.figures.words import western_digits
from dawra.site.reader import Reader

MINUS = "\u2212"
NBSP = "\u00a0"
_ARAB = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ARAB_NUMBER = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")

# Numbers


def digits(text: str, reader: Reader) -> str:
    """The digits of a text in the reader's script; nothing else changes."""
    return text.translate(_ARAB) if reader.digits == "arab" else western_digits(text)


def number(value: int | Decimal, reader: Reader, decimals: int | None = None) -> str:
    """1234567 → 1,234,567. decimals: how many to show; left out, a Decimal keeps its own."""
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    return _numeral((MINUS if exact < 0 else "") + text, reader)


def share(value: int | Decimal, reader: Reader, decimals: int | None = None) -> str:
    """A percentage. A whole number counts basis points (4550 → 45.5%), a Decimal is a share of 1 (0.455 → 46%)."""
    if isinstance(value, int):
        percent = Decimal(value) / 100
        places = 2 if decimals is None else decimals
    else:
        percent = value * 100
        places = 0 if decimals is None else decimals
    text = f"{abs(percent).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = MINUS if percent < 0 and text.strip("0.") else ""
    return _numeral(f"{sign}{text}%", reader)


# Money


def symbol(currency: str, reader: Reader) -> str:
    if reader.language == "ar" and currency in SYMBOLS_AR:
        return SYMBOLS_AR[currency]
    return SYMBOLS.get(currency, currency)


def money(value: Money, reader: Reader, style: str = "") -> str:
    """$48,200.00. style: "" every decimal, "whole" rounded to whole units, "tidy" without decimals that are all zero."""
    places = decimals_of(value.currency)
    unit = 10**places
    whole, rest = divmod(abs(value.minor), unit)
    if style == "whole":
        text = f"{whole + (2 * rest >= unit):,}"
    elif not places or (style == "tidy" and not rest):
        text = f"{whole:,}"
    else:
        text = f"{whole:,}.{rest:0{places}d}"
    return _priced(text, value.currency, value.minor < 0, reader)


def money_short(value: Money, reader: Reader) -> str:
    """$1.18M, $44.4K, $950: for headings and lanes, never for sums one must check."""
    size = abs(value.amount)
    if size >= 999_950_000:
        text = f"{(size / 1_000_000_000).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}B"
    elif size >= 999_950:
        text = f"{(size / 1_000_000).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}M"
    elif size >= 1000:
        text = f"{(size / 1000).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}K".replace(".0K", "K")
    else:
        text = f"{size.quantize(Decimal(1), rounding=ROUND_HALF_UP)}"
    return _priced(text, value.currency, value.minor < 0, reader)


def is_right_to_left(currency: str, reader: Reader) -> bool:
    """Whether a sum in this currency is set from the right: its symbol is in Arabic script."""
    return reader.language == "ar" and currency in SYMBOLS_AR


def _priced(text: str, currency: str, negative: bool, reader: Reader) -> str:
    sign = symbol(currency, reader)
    numeral = _numeral(text, reader)
    minus = MINUS if negative else ""
    if is_right_to_left(currency, reader):
        # Isolated left-to-right, so that the minus stays before its number.
        return f"\u2066{minus}{numeral}\u2069{NBSP}{sign}"
    gap = NBSP if sign[-1:].isalpha() else ""
    return f"{minus}{sign}{gap}{numeral}"


def _numeral(text: str, reader: Reader) -> str:
    return text.translate(_ARAB_NUMBER) if reader.digits == "arab" else text


# Days and moments


def month_name(month: int, reader: Reader) -> str:
    if reader.language != "ar":
        return MONTHS[month - 1]
    return (MONTHS_LEVANT if reader.month_names == "levant" else MONTHS_NILE)[month - 1]


def weekday_name(when: date, reader: Reader) -> str:
    return (WEEKDAYS_AR if reader.language == "ar" else WEEKDAYS)[when.weekday()]


def local(when: datetime, reader: Reader) -> datetime:
    """An aware moment on the reader's clock."""
    return when.astimezone(reader.zone)


def day_of(when: date | datetime, reader: Reader) -> date:
    return local(when, reader).date() if isinstance(when, datetime) else when


def day(when: date | datetime, reader: Reader, style: str = "") -> str:
    """23 Nov 2026. style: "short" leaves out the year, "weekday" puts Mon in front, "month" leaves out the day."""
    on = day_of(when, reader)
    if style == "month":
        return digits(f"{month_name(on.month, reader)} {on.year}", reader)
    text = f"{on.day} {month_name(on.month, reader)}"
    if style != "short":
        text += f" {on.year}"
    if style == "weekday":
        text = f"{weekday_name(on, reader)}{'،' if reader.language == 'ar' else ','} {text}"
    return digits(text, reader)


def hijri_day(when: date | datetime, reader: Reader) -> str:
    """The same day in the Umm al-Qura calendar; "" outside the years it covers (1924-2077)."""
    on = day_of(when, reader)
    try:
        hijri = Gregorian(on.year, on.month, on.day).to_hijri()
    except OverflowError:
        return ""
    names, era = (HIJRI_AR, "هـ") if reader.language == "ar" else (HIJRI, "AH")
    return digits(f"{hijri.day} {names[hijri.month - 1]} {hijri.year} {era}", reader)


def clock(when: datetime, reader: Reader) -> str:
    """14:05 on the reader's clock."""
    return digits(f"{local(when, reader):%H:%M}", reader)


def moment(when: datetime, reader: Reader) -> str:
    """23 Nov 2026, 14:05."""
    comma = "،" if reader.language == "ar" else ","
    return f"{day(when, reader)}{comma} {clock(when, reader)}"


def days(count: int, reader: Reader) -> str:
    """3 days; in Arabic يوم واحد، يومان، 3 أيام، 11 يومًا."""
    return _counted(ngettext("%(n)s day", "%(n)s days", abs(count)), abs(count), reader)


def ago(when: date | datetime, now: datetime, reader: Reader) -> str:
    """5 minutes ago, yesterday, in 3 days; beyond a month the day itself."""
    if isinstance(when, datetime):
        seconds = int((now - when).total_seconds())
        if abs(seconds) < 60:
            return _("just now")
        if abs(seconds) < 3600:
            return _minutes(seconds, reader)
        if abs(seconds) < 86400 and day_of(when, reader) == day_of(now, reader):
            return _hours(seconds, reader)
    gone = (day_of(now, reader) - day_of(when, reader)).days
    if gone == 0:
        return _("today")
    if gone in (1, -1):
        return _("yesterday") if gone == 1 else _("tomorrow")
    if abs(gone) <= 30:
        text = (
            ngettext("%(n)s day ago", "%(n)s days ago", gone)
            if gone > 0
            else ngettext("in %(n)s day", "in %(n)s days", -gone)
        )
        return _counted(text, abs(gone), reader)
    return day(when, reader)


def _minutes(seconds: int, reader: Reader) -> str:
    count = abs(seconds) // 60
    text = (
        ngettext("%(n)s minute ago", "%(n)s minutes ago", count)
        if seconds > 0
        else ngettext("in %(n)s minute", "in %(n)s minutes", count)
    )
    return _counted(text, count, reader)


def _hours(seconds: int, reader: Reader) -> str:
    count = abs(seconds) // 3600
    text = (
        ngettext("%(n)s hour ago", "%(n)s hours ago", count)
        if seconds > 0
        else ngettext("in %(n)s hour", "in %(n)s hours", count)
    )
    return _counted(text, count, reader)


def _counted(text: str, count: int, reader: Reader) -> str:
    return digits(text % {"n": number(count, reader)}, reader)


# Words


def initials(name: str) -> str:
    """The first letters of the first two words; Arabic letters kept apart, so that they do not join."""
    letters = [word[0] for word in name.split()[:2] if word]
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in letters)
    return ("\u200c\u00a0" if arabic else "").join(letters).upper()


def yes_no(value: bool) -> str:
    return pgettext("answer", "yes") if value else pgettext("answer", "no")
