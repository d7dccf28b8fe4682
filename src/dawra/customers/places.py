"""Countries, languages and time zones to choose from, with their names in the reader's language. No database."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from phonenumbers import SUPPORTED_REGIONS

COUNTRIES = frozenset(SUPPORTED_REGIONS)
LANGUAGES = ("ar", "en", "fr", "de", "es", "fa", "hi", "id", "it", "ms", "nl", "pt", "ru", "tr", "ur", "zh")


@lru_cache(maxsize=4)
def countries(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language).territories
    return sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda pair: pair[1])


@lru_cache(maxsize=1024)
def country_name(code: str, language: str) -> str:
    return str(Locale.parse(language).territories.get(code, code)) if code else ""


@lru_cache(maxsize=4)
def languages(language: str) -> list[tuple[str, str]]:
    return [(code, language_name(code, language)) for code in LANGUAGES]


@lru_cache(maxsize=256)
def language_name(code: str, language: str) -> str:
    return str(Locale.parse(language).languages.get(code, code)) if code else ""


@lru_cache(maxsize=1)
def time_zones() -> list[str]:
    return sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/"))
    )
