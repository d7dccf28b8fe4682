"""What may stand behind a bar: how a value looks in the language, digits and calendar of whoever gets the letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hijridate import Gregorian

from dawra.customers.merging.language import Use
from dawra.figures import calendars
from dawra.figures.money import BASIS_POINTS, Money, decimals_of

LONGEST_VALUE = 5_000
MINUS = "\u2212"
_ARAB = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_ARAB_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%")
DATE_STYLES = ("short", "weekday", "month", "hijri")
MONEY_STYLES = ("whole", "tidy")
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads the letter. digits: latn or arab; calendar: gregorian or hijri; month_names: nile or levant."""

    language: str = "en"
    zone: str = "UTC"
    digits: str = "latn"
    calendar: str = "gregorian"
    month_names: str = "nile"

    @property
    def is_arabic(self) -> bool:
        return self.language == "ar"


Apply = Callable[[Any, str | None, Audience], Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """takes: sorts it fits; () for any. gives: the sort of what comes out, "" for the one that went in.

    wants: "" nothing behind it, "text" something, "maybe" something of `known`, "number" a whole number, "maybe number"
    """

    apply: Apply
    takes: tuple[str, ...]
    gives: str
    wants: str
    known: tuple[str, ...]
    example: str


FILTERS: dict[str, Filter] = {}


def _filter(*takes: str, gives: str = "text", wants: str = "", known: tuple[str, ...] = (), example: str = "") -> Any:
    def register(apply: Apply) -> Apply:
        name = apply.__name__.strip("_")
        FILTERS[name] = Filter(apply, takes, gives, wants, known, example or f"|{name}")
        return apply

    return register


def checked(use: Use, sort: str) -> tuple[tuple[str, dict[str, Any]] | None, str]:
    """Whether a filter fits what comes before it: (code and facts of the fault or None, the sort that comes out)."""
    one = FILTERS[use.name]
    if one.takes and sort not in one.takes:
        return ("unfit", {"sort": sort}), sort
    if use.argument is None and one.wants in ("text", "number"):
        return ("needs_argument", {"near": one.example}), sort
    if use.argument is not None:
        if not one.wants:
            return ("no_argument", {}), sort
        if one.known and use.argument not in one.known:
            return ("argument", {"said": use.argument[:40]}), sort
        if "number" in one.wants and _whole(use.argument) is None:
            return ("argument", {"said": use.argument[:40]}), sort
    return None, one.gives or sort


def shower(audience: Audience) -> Callable[[Any, tuple[Use, ...]], str | None]:
    """What language.fill takes: a value through its filters, then as text; None where there is nothing."""

    def show(value: Any, filters: tuple[Use, ...]) -> str | None:
        for use in filters:
            if use.name == "or":
                value = use.argument if is_missing(value) else value
            elif not is_missing(value):
                value = FILTERS[use.name].apply(value, use.argument, audience)
        if is_missing(value) and not any(use.name == "or" for use in filters):
            return None
        return as_text(value, audience)[:LONGEST_VALUE]

    return show


def is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or (isinstance(value, tuple) and not value)


def as_text(value: Any, audience: Audience) -> str:
    """How a value looks if nobody says how."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        words = ("نعم", "لا") if audience.is_arabic else ("yes", "no")
        return words[0] if value else words[1]
    if isinstance(value, Money):
        return money(value, None, audience)
    if isinstance(value, datetime):
        return moment(value, audience)
    if isinstance(value, date):
        return date_(value, None, audience)
    if isinstance(value, int | Decimal):
        return number(value, None, audience)
    if isinstance(value, tuple):
        return list_(value, None, audience)
    return str(value)


# Words


@_filter(gives="", wants="text", example='|or:"there"')
def or_(value: Any, argument: str | None, audience: Audience) -> Any:
    """Instead of nothing; see shower."""
    return value


@_filter("text")
def upper(value: str, argument: str | None, audience: Audience) -> str:
    return value.upper()


@_filter("text")
def title(value: str, argument: str | None, audience: Audience) -> str:
    """Each word with a capital; what follows an apostrophe or stands in capitals already stays."""
    return " ".join(
        word if word.isupper() and len(word) > 1 else word[:1].upper() + word[1:].lower() for word in value.split(" ")
    )


@_filter("text", wants="number", example="|short:40")
def short(value: str, argument: str | None, audience: Audience) -> str:
    """At most so many characters, cut between words where that is possible."""
    most = max(_whole(argument or "") or 0, 1)
    if len(value) <= most:
        return value
    cut = value[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at >= most // 2 else cut).rstrip() + "…"


# Days


@_filter("date", "moment", wants="maybe", known=DATE_STYLES, example="|date:weekday")
def date_(value: date, argument: str | None, audience: Audience) -> str:
    """23 November 2026; short leaves out the year, weekday puts the day's name first, month leaves out the day."""
    on = _day(value, audience)
    if argument == "hijri" or (audience.calendar == "hijri" and argument in (None, "weekday")):
        text = _hijri(on, audience)
    elif argument == "month":
        text = f"{_month(on, audience)} {on.year}"
    else:
        text = f"{on.day} {_month(on, audience)}" + ("" if argument == "short" else f" {on.year}")
    if argument == "weekday":
        text = f"{_weekday(on, audience)}{'،' if audience.is_arabic else ','} {text}"
    return _digits(text, audience)


@_filter("moment")
def time(value: datetime, argument: str | None, audience: Audience) -> str:
    """14:05 on the reader's clock."""
    return _digits(f"{_local(value, audience):%H:%M}", audience)


def moment(value: datetime, audience: Audience) -> str:
    comma = "،" if audience.is_arabic else ","
    return f"{date_(value, None, audience)}{comma} {time(value, None, audience)}"


# Numbers


@_filter("money", wants="maybe", known=MONEY_STYLES, example="|money:tidy")
def money(value: Money, argument: str | None, audience: Audience) -> str:
    """SAR 48,200.00; whole rounds to whole units, tidy leaves out decimals that are all zero."""
    places = decimals_of(value.currency)
    whole, rest = divmod(abs(value.minor), 10**places)
    if argument == "whole":
        figure = f"{whole + (2 * rest >= 10**places and places > 0):,}"
    elif not places or (argument == "tidy" and not rest):
        figure = f"{whole:,}"
    else:
        figure = f"{whole:,}.{rest:0{places}d}"
    figure = _numeral(figure, audience)
    minus = MINUS if value.minor < 0 else ""
    if audience.is_arabic and value.currency in calendars.SYMBOLS_AR:
        return f"{minus}{figure}\u00a0{calendars.SYMBOLS_AR[value.currency]}"
    sign = calendars.SYMBOLS.get(value.currency, value.currency)
    return f"{minus}{sign}{chr(0xA0) if sign[-1:].isalpha() else ''}{figure}"


@_filter("number", wants="maybe number", example="|number:2")
def number(value: int | Decimal, argument: str | None, audience: Audience) -> str:
    """1,234,567; say how many decimals."""
    exact = Decimal(value)
    if argument is not None:
        places = min(_whole(argument) or 0, MOST_DECIMALS)
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) if abs(exact) < 10**18 else exact
    return _numeral((MINUS if exact < 0 else "") + f"{abs(exact):,f}", audience)


@_filter("share", wants="maybe number", example="|percent:1")
def percent(value: int, argument: str | None, audience: Audience) -> str:
    """Basis points as a percentage."""
    places = min(_whole(argument or "0") or 0, 2)
    exact = (Decimal(value) * 100 / BASIS_POINTS).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return _numeral(f"{exact:f}%", audience)


@_filter(
    "money", "number", "share", "date", "moment", "text", wants="text", known=("arab", "latn"), example="|digits:arab"
)
def digits(value: Any, argument: str | None, audience: Audience) -> str:
    """Whatever it is, with its digits in that script."""
    text = as_text(value, audience)
    return (
        text.translate(_ARAB)
        if argument == "arab" and not isinstance(value, str)
        else (text.translate(_ARAB_DIGITS) if argument == "arab" else text.translate(_WESTERN))
    )


# Several, and addresses


@_filter("list", wants="maybe", example='|list:" / "')
def list_(value: tuple[Any, ...], argument: str | None, audience: Audience) -> str:
    """One after the other; say what stands between."""
    shown = [as_text(one, audience) for one in value]
    if argument is not None:
        return argument.join(shown)
    if len(shown) < 2:
        return "".join(shown)
    if audience.is_arabic:
        return "، ".join(shown[:-1]) + " و" + shown[-1]
    return ", ".join(shown[:-1]) + " and " + shown[-1]


@_filter("link", wants="text", example='|link:"our site"')
def link(value: str, argument: str | None, audience: Audience) -> str:
    """Words before an address; only ever one of the web."""
    if not value.startswith(("https://", "http://")) or any(sign in value for sign in " <>()[]\\\"'`\n\t"):
        return f"{argument}"
    return f"{argument}: {value}"


def _whole(text: str) -> int | None:
    plain = text.translate(_WESTERN)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else None


def _local(value: datetime, audience: Audience) -> datetime:
    try:
        return value.astimezone(ZoneInfo(audience.zone))
    except (KeyError, ValueError, OSError, OverflowError):
        return value


def _day(value: date, audience: Audience) -> date:
    return _local(value, audience).date() if isinstance(value, datetime) else value


def _month(on: date, audience: Audience) -> str:
    if not audience.is_arabic:
        return calendars.FULL_MONTHS[on.month - 1]
    return (calendars.MONTHS_LEVANT if audience.month_names == "levant" else calendars.MONTHS_NILE)[on.month - 1]


def _weekday(on: date, audience: Audience) -> str:
    return (calendars.WEEKDAYS_AR if audience.is_arabic else calendars.FULL_WEEKDAYS)[on.weekday()]


def _hijri(on: date, audience: Audience) -> str:
    """In the Umm al-Qura calendar; in the common one outside the years it covers (1924-2077)."""
    try:
        hijri = Gregorian(on.year, on.month, on.day).to_hijri()
    except OverflowError:
        return f"{on.day} {_month(on, audience)} {on.year}"
    names, era = (calendars.HIJRI_AR, "هـ") if audience.is_arabic else (calendars.HIJRI, "AH")
    return f"{hijri.day} {names[hijri.month - 1]} {hijri.year} {era}"


def _digits(text: str, audience: Audience) -> str:
    return text.translate(_ARAB_DIGITS) if audience.digits == "arab" else text


def _numeral(text: str, audience: Audience) -> str:
    return text.translate(_ARAB) if audience.digits == "arab" else text
