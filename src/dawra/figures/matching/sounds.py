"""How a word of a name sounds, whichever script it is written in: محمد, Mohammed and Muhammad come out alike.

A word becomes its consonants, in one alphabet of 16 signs for both scripts, and the vowels between them. The
consonants make keys for blocking; consonants and vowels together say whether two spellings can be the same name.
The rules are our own, written down from how Arabic names are spelt in passports, in English and in French.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

SAME, SOUND = 1.0, 0.95

# Written Arabic after words.fold: one sign per consonant; ا و ي ع are told apart by their place.
_ARABIC = {
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("جغچگ", "g"),
    **dict.fromkeys("حهھہ", "h"),
    **dict.fromkeys("خقكک", "k"),
    **dict.fromkeys("دضذ", "d"),
    **dict.fromkeys("زظژ", "z"),
    **dict.fromkeys("سشص", "s"),
    **dict.fromkeys("فڤ", "f"),
    "ر": "r",
    "ل": "l",
    "م": "m",
    "ن": "n",
}
_ARABIC_VOWELS = {"ا": "a", "ي": "i", "ی": "i", "و": "u"}
_LATIN_PAIRS = (
    ("tsh", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("dj", "g"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
)
_LATIN = {
    **{c: c for c in "bdfgkhlmnrstz"},
    "j": "g",
    "q": "k",
    "c": "k",
    "p": "b",
    "v": "f",
    "x": "ks",
}
_LATIN_VOWELS = {"a": "a", "e": "e", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}
_LONG = re.compile("aa|ee|oo|ou|ii|uu")
_DIN = re.compile(r"(?<=[^aeiou])?[aeiou]*[ld]?d[ie]+n+e?$")
_BREATHED, _TWICE = re.compile("(?<=[tdkgs])h"), re.compile(r"(.)(?=\1)")
_IS_ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name: text (folded), sound (consonants; an opening vowel counts as `a`), vowels (one text per
    consonant: those written after it, of a e i u; upper case = surely long), arabic (its script), opening (the first
    consonant), initial (the first letter)."""

    text: str
    sound: str
    vowels: tuple[str, ...]
    arabic: bool
    opening: str
    initial: str


@lru_cache(maxsize=1 << 16)
def word(text: str) -> Word:
    """The word of a folded text without blanks. عبد and what follows it come as one text: عبد+الله."""
    head, plus, tail = text.partition("+")
    arabic = _IS_ARABIC.search(text) is not None
    sound, vowels = (_heard_arabic if arabic else _heard_latin)(head)
    if plus:
        more, between = (_heard_arabic if arabic else _heard_latin)(tail)
        sound, vowels = sound + more, [*vowels, *between]
    return Word(head + tail, sound, tuple(vowels), arabic, sound[:1], head[:1])


def alike(a: Word, b: Word) -> float:
    """0..1: 1 the same text, SOUND or more the same name otherwise spelt, above 0.8 a likely slip of the pen."""
    if a is b or a.text == b.text:
        return SAME
    key = (a.text, b.text) if a.text < b.text else (b.text, a.text)
    known = _known.get(key)
    if known is None:
        if len(_known) >= 200_000:
            _known.clear()
        known = _known[key] = _alike(a, b)
    return known


_known: dict[tuple[str, str], float] = {}


def _alike(a: Word, b: Word) -> float:
    if a.sound == b.sound and a.sound and _vowels_apart(a, b) <= 0.5 and (len(a.sound) > 1 or a.text[0] == b.text[0]):
        return SOUND
    if len(a.text) == 1 or len(b.text) == 1:
        return 0.88 if a.sound[:1] == b.sound[:1] != "" else 0.3
    if a.arabic != b.arabic:
        nearness = OSA.normalized_similarity(a.sound, b.sound)
        if a.sound == b.sound:
            return max(0.6, 0.9 - 0.1 * _vowels_apart(a, b))
        if _loose(a.sound) == _loose(b.sound):
            return 0.9
        return 0.84 if nearness >= 0.75 and max(len(a.sound), len(b.sound)) > 3 else 0.7 * nearness
    # One letter more or less in a short word, or another vowel, is rather another name: Hassan is not Hussein.
    short = min(len(a.text), len(b.text)) < (5 if a.arabic else 4)
    most = 0.85 if short or a.sound == b.sound else 0.94
    return min(most, max(JaroWinkler.similarity(a.text, b.text), OSA.normalized_similarity(a.text, b.text)))


def _loose(sound: str) -> str:
    """What both scripts tell apart alike: th is ث or تح, and two signs may be one drawn out (Latti is لطتي)."""
    return _TWICE.sub("", _BREATHED.sub("", sound))


def _vowels_apart(a: Word, b: Word) -> float:
    """How many vowels speak against each other, given the same consonants."""
    apart, last, mixed = 0.0, len(a.vowels) - 1, a.arabic != b.arabic
    for place, (one, other) in enumerate(zip(a.vowels, b.vowels, strict=True)):
        if one != other:
            apart += _apart(one, other, place == last, mixed, a.arabic and b.arabic)
    return apart


def _apart(one: str, other: str, last: bool, mixed: bool, both_arabic: bool) -> float:
    plain, against = set(one.lower()), set(other.lower())
    if both_arabic:
        return 0.0 if plain == against else 1.0
    if not one or not other:
        written = one or other
        if last:  # Amin is not Amina; but Noureddine is Noureddin, and عمرو is Amr
            return {"e": 0.0, "u": 0.5}.get(written, 1.0)
        if mixed:  # Arabic leaves short vowels out, and writes long ones
            return 0.4 if written.isupper() else 0.0
        return 0.25
    if plain & against:
        return 0.0
    if mixed and {*plain, *against} == {"e", "u"}:
        return 1.0  # what Arabic writes with و is never e: محمود is not Mohammed
    if "e" in plain | against:  # e stands for a as for i: Ahmed is Ahmad, Khaled is Khalid
        return 0.0 if (plain | against) & {"a", "i"} else 0.5
    return 1.0


def _heard_arabic(text: str) -> tuple[str, list[str]]:
    stem = text[2:] if text.startswith("ال") and len(text) > 3 else text
    if stem.endswith("الدين") and len(stem) > 5:
        stem = stem[:-5] + "دين"
    sound: list[str] = []
    vowels: list[str] = []
    for place, sign in enumerate(stem):
        if place == 0 and sign in "اعءويی":
            sound.append({"و": "w", "ي": "y", "ی": "y"}.get(sign, "a"))
            vowels.append("")  # the alef of أحمد, إبراهيم and أسامة carries any vowel
        elif sign in _ARABIC_VOWELS:
            if sound:
                vowels[-1] = _joined(vowels[-1], _ARABIC_VOWELS[sign])
        elif consonant := _ARABIC.get(sign, ""):  # written twice is spoken twice: a doubled letter has no sign
            sound.append(consonant)
            vowels.append("")
    if len(sound) > 1 and sound[-1] == "h" and not vowels[-1]:
        sound.pop()
        vowels.pop()
        if stem[-1] == "ه":
            vowels[-1] = _joined(vowels[-1], "a")
    if stem[-1:] == "ي" and len(sound) > 1:
        vowels[-1] = _joined(vowels[-1], "a")  # words.fold made one of ى and ي: Layla and Ali both end in it
    return "".join(sound), vowels


def _heard_latin(text: str) -> tuple[str, list[str]]:
    stem = _without_article(text)
    sound: list[str] = []
    vowels: list[str] = []
    place, size = 0, len(stem)
    while place < size:
        sign = stem[place]
        if place == 0 and sign in _LATIN_VOWELS:
            place = _open_latin(stem, sound, vowels)
            continue
        if sign in _LATIN_VOWELS:
            long = _LONG.match(stem, place)
            heard = _LATIN_VOWELS[stem[place + 1] if long and long.group() == "ou" else sign]
            if long:
                heard = {"ee": "i"}.get(long.group(), heard).upper()
            if sound:
                vowels[-1] = _joined(vowels[-1], heard)
            place += 2 if long else 1
            continue
        consonant, step = _consonant(stem, place)
        if consonant and (not sound or sound[-1] != consonant or vowels[-1]):
            sound.extend(consonant)
            vowels.extend("" for _ in consonant)
        place += step
    if len(sound) > 1 and sound[-1] == "h" and not vowels[-1]:
        sound.pop()
        vowels.pop()
    return "".join(sound), vowels


def _open_latin(stem: str, sound: list[str], vowels: list[str]) -> int:
    """A vowel opens the word: Y and W before a vowel are consonants (so is the French Ou), anything else is `a`."""
    if stem[0] in "yw" and stem[1:2] in tuple("aeiou"):
        sound.append(stem[0])
        vowels.append("")
        return 1
    if stem[:2] == "ou" and stem[2:3] in tuple("aei"):
        sound.append("w")
        vowels.append("")
        return 2
    sound.append("a")
    size = len(stem) - len(stem.lstrip("aeiouyw"))
    heard = ""
    for sign in stem[:size]:
        heard = _joined(heard, _LATIN_VOWELS[sign])
    vowels.append(heard)
    return size


def _consonant(stem: str, place: int) -> tuple[str, int]:
    for pair, heard in _LATIN_PAIRS:
        if stem.startswith(pair, place):
            return heard, len(pair)
    sign = stem[place]
    if sign == "c" and stem[place + 1 : place + 2] in tuple("eiy"):
        return "s", 1
    return _LATIN.get(sign, ""), 1


def _without_article(text: str) -> str:
    stem = text
    for article in ("al-", "el-", "ul-"):
        stem = stem.removeprefix(article)
    attached = stem == text and text[:2] in ("al", "el") and len(text) > 4
    if attached and (text[2] not in "aeiou" or (len(text) > 5 and text[-1] in "iy")):  # Alotaibi, Alamri; not Alice
        stem = text[2:]
    if len(stem) > 5 and (din := _DIN.search(stem)) and din.start() > 1:
        stem = stem[: din.start()] + "din"
    return stem


def _joined(heard: str, more: str) -> str:
    return heard if more in heard else "".join(sorted(heard + more))
