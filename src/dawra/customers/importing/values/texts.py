"""Texts, lists of short texts, notes, languages and time zones."""

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, bare, of, short
from dawra.customers.importing.values.markup import is_markup, markdown_of
from dawra.figures.words import fold

ONE_LINE = 420
"""Texts of at most so many characters are names and titles: line breaks in them become blanks."""
_OTHERWISE = {
    "français": "fr", "deutsch": "de", "español": "es", "castellano": "es", "italiano": "it", "português": "pt", "türkçe": "tr",
    "nederlands": "nl", "polski": "pl", "русский": "ru", "українська": "uk", "svenska": "sv", "dansk": "da", "norsk": "no",
    "suomi": "fi", "čeština": "cs", "ελληνικά": "el", "فارسی": "fa", "farsi": "fa", "اردو": "ur", "کوردی": "ku", "kurdî": "ku",
    "עברית": "he", "iw": "he", "हिन्दी": "hi", "中文": "zh", "日本語": "ja", "한국어": "ko", "bahasa": "id", "tiếng việt": "vi",
    "العربية": "ar", "عربي": "ar", "الانجليزية": "en", "انجليزي": "en", "الفرنسية": "fr", "فرنسي": "fr", "الالمانية": "de",
    "التركية": "tr", "الاسبانية": "es", "الفارسية": "fa", "الاردية": "ur", "الكردية": "ku",
}  # fmt: skip
_IANA = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}|UTC|GMT")


def text(most: int) -> Read:
    @of("text")
    def read(written: str, cell: Cell) -> str:
        if written.isascii() and written.isprintable():
            clean = " ".join(written.split()) if most <= ONE_LINE and "  " in written else written.strip()
            if len(clean) > most:
                raise Wrong("too_long", most=most)
            return clean
        return _cleaned(written, most, cell)

    return read


def _cleaned(written: str, most: int, cell: Cell) -> str:
    clean = written
    if INVISIBLE.search(clean):
        clean = INVISIBLE.sub("", clean)
        cell.note("invisible_removed")
    clean = " ".join(clean.split()) if most <= ONE_LINE else clean.strip()
    clean = unicodedata.normalize("NFC", clean)
    if len(clean) > most:
        raise Wrong("too_long", most=most)
    return clean


def prose(most: int = 10_000) -> Read:
    """A long text as Markdown; HTML is turned into it, scripts and styles are left out."""

    @of("prose")
    def read(written: str, cell: Cell) -> str:
        if not is_markup(written):
            return _cleaned(written, max(most, ONE_LINE + 1), cell)
        cell.note("markup")
        clean = unicodedata.normalize("NFC", INVISIBLE.sub("", markdown_of(written)))
        if len(clean) > most:
            raise Wrong("too_long", most=most)
        return clean

    return read


@of("words")
def words(written: str, cell: Cell) -> list[str]:
    """Several short texts in one cell."""
    parts = [INVISIBLE.sub("", part).strip() for part in re.split(r"[;,،؛|\n]", written)]
    found = list(dict.fromkeys(part for part in parts if part))
    if any(len(part) > 60 for part in found):
        raise Wrong("too_long", most=60)
    return found


@of("language")
def language(written: str, cell: Cell) -> str:
    """A two-letter code, from a code, a locale, or a name in English, Arabic or the language itself."""
    plain = fold(bare(written))
    code = _languages().get(plain) or _languages().get(re.split(r"[_\-/(،,; ]", plain)[0], "")
    if not code:
        raise Wrong("not_language", value=short(written))
    return code


@cache
def _languages() -> dict[str, str]:
    names: dict[str, str] = {}
    for reader in ("ar", "en"):
        names |= {fold(name): code for code, name in Locale.parse(reader).languages.items() if len(code) == 2}
    return {code: code for code in names.values()} | names | {fold(name): code for name, code in _OTHERWISE.items()}


@of("time_zone")
def time_zone(written: str, cell: Cell) -> str:
    """An IANA name, from itself, a Windows name, or (GMT+03:00) Arabia Standard Time (Asia/Riyadh)."""
    plain = bare(written)
    zones = available()
    for found in reversed(_IANA.findall(plain)):
        if found.lower() in zones:
            return zones[found.lower()]
    city = plain.lower().replace(" ", "_")
    windows = {name.lower(): zone for name, zone in get_global("windows_zone_mapping").items()}
    name = re.sub(r"^\([^)]*\)\s*", "", plain).lower()
    if name in windows:
        return str(windows[name])
    ends = [zone for lower, zone in zones.items() if lower.endswith(f"/{city}")]
    if len(ends) == 1:
        return ends[0]
    raise Wrong("not_time_zone", value=short(written))


@cache
def available() -> dict[str, str]:
    return {zone.lower(): zone for zone in available_timezones()}
