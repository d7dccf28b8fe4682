"""Currencies as people write them: codes, signs, names in English and Arabic."""

import re
from functools import cache, lru_cache

from babel import Locale

from dawra.figures.words import fold

# Signs and short names of one currency each; what several countries share stands in _SHARED.
_SIGNS = {
    "€": "EUR", "₹": "INR", "₺": "TRY", "₪": "ILS", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₫": "VND", "₦": "NGN", "₱": "PHP",
    "฿": "THB", "₸": "KZT", "₾": "GEL", "₵": "GHS", "us$": "USD", "a$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "zł": "PLN", "kč": "CZK", "\u20c1": "SAR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "ر.س": "SAR", "ر.س.": "SAR", "رس": "SAR", "ريال سعودي": "SAR", "sr": "SAR", "د.إ": "AED", "د.إ.": "AED",
    "درهم اماراتي": "AED", "dhs": "AED", "dh": "AED", "ج.م": "EGP", "ج.م.": "EGP", "جم": "EGP", "جنيه": "EGP",
    "جنيه مصري": "EGP", "le": "EGP",
    "l.e.": "EGP", "e£": "EGP", "د.ك": "KWD", "د.ك.": "KWD", "kd": "KWD", "دينار كويتي": "KWD", "د.ب": "BHD", "د.ب.": "BHD",
    "bd": "BHD", "ر.ق": "QAR", "ر.ق.": "QAR", "qr": "QAR", "ريال قطري": "QAR", "ر.ع": "OMR", "ر.ع.": "OMR", "ريال عماني": "OMR",
    "د.أ": "JOD", "د.أ.": "JOD", "jd": "JOD", "دينار اردني": "JOD", "ل.ل": "LBP", "ل.ل.": "LBP", "ل.س": "SYP", "ل.س.": "SYP",
    "د.ع": "IQD", "د.ع.": "IQD", "د.م": "MAD", "د.م.": "MAD", "درهم مغربي": "MAD", "د.ت": "TND", "د.ت.": "TND", "د.ج": "DZD",
    "د.ج.": "DZD", "د.ل": "LYD", "د.ل.": "LYD", "ر.ي": "YER", "ر.ي.": "YER", "ج.س": "SDG", "ج.س.": "SDG", "tl": "TRY",
    "dollar": "USD", "dollars": "USD", "دولار": "USD", "دولار امريكي": "USD", "يورو": "EUR", "جنيه استرليني": "GBP",
    "fr.": "CHF", "sfr": "CHF",
}  # fmt: skip
# Shared by several countries: the column's own currency if it is one of them, else the first.
_SHARED = {
    "$": "USD CAD AUD NZD SGD HKD MXN", "£": "GBP EGP LBP SDG SYP", "¥": "JPY CNY", "kr": "SEK NOK DKK ISK",
    "﷼": "SAR QAR OMR YER IRR", "ريال": "SAR QAR OMR YER", "riyal": "SAR QAR", "riyals": "SAR QAR", "rial": "OMR YER IRR",
    "درهم": "AED MAD", "dirham": "AED MAD", "dirhams": "AED MAD", "دينار": "KWD JOD BHD IQD TND DZD LYD",
    "dinar": "KWD JOD BHD IQD TND DZD LYD", "ليره": "TRY LBP SYP", "rs": "INR PKR", "rs.": "INR PKR", "pound": "GBP EGP",
    "pounds": "GBP EGP", "yen": "JPY",
}  # fmt: skip
LONGEST = 60


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale.parse("en").currencies) if len(code) == 3)


@cache
def _names() -> dict[str, str]:
    """Every name of every currency in both languages, folded."""
    from babel.numbers import get_currency_name

    names: dict[str, str] = {}
    for language in ("en", "ar"):
        for code, name in Locale.parse(language).currencies.items():
            if not re.search(r"\d{4}", name):  # those that have ended carry their years
                names.setdefault(fold(name), code)
                names.setdefault(fold(get_currency_name(code, count=2, locale=language)), code)
    return names | {fold(sign): code for sign, code in _SIGNS.items()}


_FOLDED_SHARED = {fold(sign): codes.split() for sign, codes in _SHARED.items()}


@lru_cache(maxsize=4_096)
def currency_of(written: str, usual: str = "") -> str:
    """The code a text stands for; "" if none. usual: the currency that decides what "$" is."""
    plain = written.strip()
    if len(plain) > LONGEST:
        return ""
    upper = plain.upper()
    if len(upper) == 3 and upper in _codes():
        return upper
    if plain in _SIGNS:  # as written first: folding makes one of the dirham's د.إ and the Jordanian dinar's د.أ
        return _SIGNS[plain]
    folded = fold(plain)
    if folded in _FOLDED_SHARED:
        codes = _FOLDED_SHARED[folded]
        return usual if usual in codes else codes[0]
    names = _names()
    if folded in names:
        return names[folded]
    inside = re.search(r"\(([A-Z]{3})\)$|^([A-Z]{3})\s*[-–:(]", plain)  # "Saudi Riyal (SAR)", "SAR - Saudi Riyal"
    code = (inside[1] or inside[2]) if inside else ""
    return code if code in _codes() else ""
