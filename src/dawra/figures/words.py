"""Folding names and words, so that أحمد finds احمد, José finds jose and ٠٥٥ finds 055."""

import unicodedata
from functools import cache
from typing import Any

_FOLD = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ة": "ه",
        "ى": "ي",
        "ؤ": "و",
        "ئ": "ي",
        "ـ": "",
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)


def fold(text: str) -> str:
    """Lower case, no accents and tashkeel, one form of alef, hamza, ya and teh marbuta, Western digits, single blanks.

    Idempotent: fold(fold(x)) == fold(x).
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_FOLD))
    return " ".join(decomposed.translate(_bare()).lower().split())


@cache
def _bare() -> dict[int, Any]:
    """_FOLD, and nothing for every combining mark; Unicode has none beyond the last of these."""
    marks = (code for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
    return {**dict.fromkeys(marks), **_FOLD}


def western_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9; everything else as it was."""
    return text.translate(_DIGITS)


_DIGITS = str.maketrans(
    {**{chr(0x0660 + d): str(d) for d in range(10)}, **{chr(0x06F0 + d): str(d) for d in range(10)}}
)


def isolated(text: str) -> str:
    """A name inside a sentence that may run the other way (first strong isolate), where no <bdi> can stand."""
    return f"\u2068{text}\u2069"


def named(name: str, name_ar: str, language: str) -> str:
    """A bilingual name for a reader of `language`: the Arabic one for Arabic if there is one, never nothing."""
    return (name_ar or name) if language == "ar" else (name or name_ar)
