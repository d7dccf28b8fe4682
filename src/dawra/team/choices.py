"""What lists offer: currencies, countries, time zones, days and months, named in the reader's language."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[Any, Any]]

FIRST_CURRENCIES = ("SAR", "AED", "EGP", "KWD", "QAR", "BHD", "OMR", "JOD", "USD", "EUR", "GBP")
OLD_ZONES = ("Etc/", "SystemV/", "US/", "posix/", "right/")

MONTHS: Choices = [
    (1, _("January")),
    (2, _("February")),
    (3, _("March")),
    (4, _("April")),
    (5, _("May")),
    (6, _("June")),
    (7, _("July")),
    (8, _("August")),
    (9, _("September")),
    (10, _("October")),
    (11, _("November")),
    (12, _("December")),
]
DAYS: Choices = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
LANGUAGES: Choices = [("en", "English"), ("ar", "العربية")]


def currencies() -> Choices:
    """Those in use today, the region's first."""
    return _currencies(_speech())


def countries() -> Choices:
    return [("", _("Choose…")), *_countries(_speech())]


def zones() -> Choices:
    return _zones()


def _speech() -> str:
    return "ar" if (get_language() or "en").startswith("ar") else "en"


@lru_cache(maxsize=2)
def _currencies(language: str) -> Choices:
    names = Locale.parse(language).currencies
    codes = {code for land in get_global("territory_currencies") for code in get_territory_currencies(land)}
    rest = sorted(codes.difference(FIRST_CURRENCIES))
    return [(code, f"{code} · {names.get(code, code)}") for code in [*FIRST_CURRENCIES, *rest]]


@lru_cache(maxsize=2)
def _countries(language: str) -> Choices:
    names = Locale.parse(language).territories
    lands = [(code, names.get(code, code)) for code in get_global("territory_currencies") if code.isalpha()]
    return sorted(((code, name) for code, name in lands if len(code) == 2), key=lambda land: land[1])


@lru_cache(maxsize=1)
def _zones() -> Choices:
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(OLD_ZONES))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in sorted(named))]
