"""Country names of any spelling as ISO 3166 codes: English and Arabic names from CLDR, plus what people write."""

from difflib import get_close_matches
from functools import cache, lru_cache

from babel import Locale

from dawra.figures.words import fold

WRITTEN = {
    "usa": "US", "us": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "uae": "AE", "u.a.e.": "AE", "emirates": "AE", "ksa": "SA", "saudi": "SA", "saudi arabia": "SA",
    "kingdom of saudi arabia": "SA", "korea": "KR", "south korea": "KR", "republic of korea": "KR", "russia": "RU",
    "holland": "NL", "czech republic": "CZ", "turkey": "TR", "palestine": "PS", "ivory coast": "CI", "burma": "MM",
    "vietnam": "VN", "laos": "LA", "syria": "SY", "iran": "IR", "bolivia": "BO", "tanzania": "TZ", "moldova": "MD",
    "السعوديه": "SA", "الامارات": "AE", "امريكا": "US", "بريطانيا": "GB", "انجلترا": "GB", "كوريا": "KR",
    "المملكه العربيه السعوديه": "SA", "سوريه": "SY",
}  # fmt: skip
# Written so, these are understood and the report says how.
WORTH_SAYING = frozenset({"korea", "كوريا", "america", "امريكا"})


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in ("en", "ar"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}:
                table[fold(name)] = code
                table[code.lower()] = code
    return table | WRITTEN


def name_of(code: str) -> str:
    return str(Locale.parse("en").territories.get(code, code))


def is_country(text: str) -> bool:
    """Whether this is a name or a code, letter by letter."""
    return len(text) < 100 and fold(text) in _table()


@cache
def _long_names() -> dict[str, list[str]]:
    """First letter → names in which a slip of the pen can still be recognised."""
    names: dict[str, list[str]] = {}
    for name in _table():
        if len(name) > 4:
            names.setdefault(name[0], []).append(name)
    return names


@lru_cache(maxsize=16_384)
def country_of(text: str) -> tuple[str, bool]:
    """(code, whether it was read differently than written); ("", False) if it is none."""
    folded = fold(text[:100])
    table = _table()
    if folded in table:
        return table[folded], folded in WORTH_SAYING
    if not 4 < len(folded) < 60:
        return "", False
    alike = [name for name in _long_names().get(folded[0], ()) if abs(len(name) - len(folded)) <= 3]
    close = get_close_matches(folded, alike, n=1, cutoff=0.88)
    return (table[close[0]], True) if close else ("", False)
