"""The words of search: what was typed, and what a record is found by. Both go through here, so that they meet."""

import re
from collections.abc import Iterable, Sequence

from dawra.figures.words import fold

# Begins every mark: a letter of no living script, so that no word is ever one and both indexes keep it whole.
MARK = "\ua66e"
NOBODY = f"{MARK}nobody"
SHORTEST_NUMBER = 4
MOST_TOKENS = 8
# Letters to Python, but not to SQLite's tokenizer, which would take a word apart at them (New Tai Lue, Vedic signs).
_NOT_EVERYWHERE = "\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3"
_WORD = re.compile(rf"[^\W_{MARK}{_NOT_EVERYWHERE}]+")
_NUMBER = re.compile(r"[\d +\-().\u2066\u2069\u200e\u200f]*")


def tokens_of(text: str) -> list[str]:
    """What was typed, as folded words; at most eight. A telephone number in any spelling is one word."""
    folded = fold(text[:200])
    digits = _digits_of_number(folded)
    if digits:
        return [digits]
    return words_of(folded)[:MOST_TOKENS]


def indexed_words(written: Iterable[str], marks: Sequence[str]) -> str:
    """Every word a record is found by, then its marks."""
    words: dict[str, None] = {}
    numbers = set()
    for text in written:
        if not text:
            continue
        folded = fold(text)
        found = words_of(folded)
        if folded.isascii():
            words.update(dict.fromkeys(found))
        else:
            for word in found:
                words[word] = None
                if len(word) > 4 and word.startswith("ال"):
                    words[word[2:]] = None  # the Arabic article: النيل is found as نيل too
        number = _digits_of_number(folded)
        if number and number not in numbers:  # a phone comes twice, as written and as compared
            numbers.add(number)
            # So that any part of four digits or more begins a word.
            words.update(dict.fromkeys(number[start:] for start in range(len(number) - SHORTEST_NUMBER + 1)))
    return " ".join([*words, *marks])


def words_of(folded: str) -> list[str]:
    return _WORD.findall(folded)


def _digits_of_number(folded: str) -> str:
    """+966 50 123-4567 → 966501234567, 050… → 50…; "" for what is no number of four digits or more."""
    if not _NUMBER.fullmatch(folded):
        return ""
    digits = folded if folded.isdecimal() else "".join(filter(str.isdigit, folded))
    bare = digits.lstrip("0")
    return bare if len(digits) >= SHORTEST_NUMBER and len(bare) >= SHORTEST_NUMBER - 1 else ""
