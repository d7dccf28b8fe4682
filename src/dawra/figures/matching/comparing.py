"""The kinds of values and how two of them compare: a level (0 = the same), a likeness 0..1, and what they agree on.

A kind knows four things: how a written value is prepared for comparing, its levels with a first guess of how often
two records of one and of different persons reach each, the comparison, and the parts that blocking keys are made of.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler

from dawra.figures.matching.names import words_of, words_of_company
from dawra.figures.matching.sounds import SOUND, Word, alike, word
from dawra.figures.words import fold, western_digits

# level, likeness, the terms agreed on, whether they are the whole value (else single words of it): a whole of several
# words is a term itself, after its words. Terms that begin with ~ are sounds, else they are texts.
Found = tuple[int, float, tuple[str, ...], bool]
NOTHING: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """levels: codes, surest first, the last one speaks against. same, differ: a first guess of the share of pairs at
    each level among pairs of the same and of different people. compare: None = not comparable. terms: what of a value is
    counted, for frequencies: its words and itself, as written and then as heard."""

    levels: tuple[str, ...]
    same: tuple[float, ...]
    differ: tuple[float, ...]
    prepare: Callable[[str], Any]
    compare: Callable[[Any, Any], Found | None]
    terms: Callable[[Any], tuple[tuple[str, ...], ...]]
    keys: dict[str, Callable[[Any], tuple[str, ...]]]
    told: tuple[float, ...] = ()  # `differ` where the field it follows from agrees: namesakes have like addresses


_SPLIT = re.compile(r"[\W_]+")
_NOT_DIGIT = re.compile(r"\D+")
_FIGURES = re.compile(r"\d+")
_POINTS = str.maketrans("", "", "._-")
_UNSTABLE = re.compile(r"[aeiouyhw._-]|(.)(?=\1)")  # in what spellings of one name differ: vowels, h, doubled letters
_HOSTS = frozenset(
    f"{one}.com"
    for one in (
        "gmail",
        "ymail",
        "googlemail",
        "hotmail",
        "outlook",
        "yahoo",
        "icloud",
        "live",
        "aol",
        "me",
        "mac",
        "msn",
        "gmx",
    )
)
TAIL = 8  # the last digits of a phone number say who it is, the first ones only where
SLIP, CLOSE = 0.88, 0.72  # a likeness from here on is a slip of the pen; is worth a second look


# names


def _compare_names(a: tuple[Word, ...], b: tuple[Word, ...]) -> Found:
    if a is b:
        return 0, 1.0, _texts(a), True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    likeness, heard = _aligned(short, long)
    size, found = len(short), len(heard)
    total = sum(likeness) / size
    if found == size == len(long):
        if total == 1.0:
            return 0, 1.0, _texts(a), True
        return 1, total, _sounds(a), True
    agreed = tuple(["~" + w.sound for w in heard])
    if found == size and size > 1:
        return 2, total * (0.9 + 0.1 * size / len(long)), agreed, False
    if min(likeness) >= SLIP and (size > 1 or len(long) == 1):
        return 3, total, agreed, False
    if found > 1:
        return 4, total * (0.5 + 0.5 * size / len(long)), agreed, False
    if min(likeness) >= CLOSE and size > 1:
        return 5, total, agreed, False
    if found:
        return 6, total * (0.5 + 0.5 * size / len(long)), agreed, False
    return 7, total * (0.5 + 0.5 * size / len(long)), NOTHING, False


@lru_cache(maxsize=1 << 16)
def _compare_companies(a: tuple[Word, ...], b: tuple[Word, ...]) -> Found | None:
    """As names are; but in two scripts one may be translated, النيل للأغذية is Nile Foods: that says nothing then."""
    found = _compare_names(a, b)
    return found if found[0] < 3 or a[0].arabic == b[0].arabic else None


def _compare_places(a: tuple[Word, ...], b: tuple[Word, ...]) -> Found | None:
    found = _compare_companies(a, b)
    return found and (min(found[0], 3), *found[1:])


def _aligned(short: tuple[Word, ...], long: tuple[Word, ...]) -> tuple[list[float], list[Word]]:
    """For every word of the shorter name its likeness to the word it fits best, each used once, in any order; and
    the words that are the same or sound the same."""
    left, likeness, heard = list(long), [], []
    for one in short:
        best, where, opening, initial = 0.3, 0, one.opening, one.initial
        for place, other in enumerate(left):
            if one is other:
                best, where = 1.0, place
                break
            if opening != other.opening and initial != other.initial:
                continue  # hardly anybody slips on the first letter
            likely = alike(one, other)
            if likely > best:
                best, where = likely, place
        del left[where]
        likeness.append(best)
        if best >= SOUND:
            heard.append(one)
    return likeness, heard


@lru_cache(maxsize=1 << 15)
def _texts(a: tuple[Word, ...]) -> tuple[str, ...]:
    words = [w.text for w in a]
    return (*words, " ".join(sorted(words))) if len(words) > 1 else (words[0],)


@lru_cache(maxsize=1 << 15)
def _sounds(a: tuple[Word, ...]) -> tuple[str, ...]:
    words = ["~" + w.sound for w in a]
    return (*words, " ".join(sorted(words))) if len(words) > 1 else (words[0],)


def _name_terms(a: tuple[Word, ...]) -> tuple[tuple[str, ...], ...]:
    return _texts(a), _sounds(a)


def _name_pair(a: tuple[Word, ...]) -> tuple[str, ...]:
    """The first word with the last one and with the second, by sound and in either order: whether the last one is
    written first, or one of them left out, a pair stays."""
    if len(a) < 3:
        return (_both(a[0], a[-1]),) if len(a) > 1 else (a[0].sound,)
    return _both(a[0], a[-1]), _both(a[0], a[1])


def _both(one: Word, other: Word) -> str:
    first, last = one.sound, other.sound
    return first + "." + last if first <= last else last + "." + first


def _name_ends(a: tuple[Word, ...]) -> tuple[str, ...]:
    return (a[0].sound, a[-1].sound) if len(a) > 1 and a[0].sound != a[-1].sound else (a[0].sound,)


@lru_cache(maxsize=1 << 15)
def _name_lead(a: tuple[Word, ...]) -> tuple[str, ...]:
    """The first two words: what stands after them is often left out."""
    return (".".join([one.sound or one.text for one in a[:2]]),)


def _first_sound(a: tuple[Word, ...]) -> tuple[str, ...]:
    return (a[0].sound or a[0].text,)


# single words and texts


def _prepare_word(text: str) -> Word | None:
    bare = "".join(_SPLIT.split(fold(text)))
    return word(bare) if bare else None


def _compare_words(a: Word, b: Word) -> Found:
    likeness = alike(a, b)
    if likeness == 1.0:
        return 0, 1.0, (a.text,), True
    level = 1 if likeness >= SOUND else 2 if likeness >= SLIP else 3 if likeness >= 0.75 else 4
    return level, likeness, ("~" + a.sound,) if level == 1 else NOTHING, True


def _prepare_text(text: str) -> str | None:
    return "".join(_SPLIT.split(fold(text))) or None


def _compare_texts(a: str, b: str) -> Found:
    if a == b:
        return 0, 1.0, (a,), True
    likeness = max(OSA.normalized_similarity(a, b), JaroWinkler.similarity(a, b) - 0.05)
    return 1 if likeness >= 0.84 else 2 if likeness >= 0.68 else 3, likeness, NOTHING, True


def _compare_codes(a: str, b: str) -> Found:
    if a == b:
        return 0, 1.0, (a,), True
    apart = OSA.distance(a, b, score_cutoff=2)
    size = max(len(a), len(b))
    near = apart == 1 and size > 1
    return 1 if near else 2 if apart == 2 and size > 3 else 3, 1 - min(apart, size) / size, NOTHING, True


# dates, phones, e-mail addresses


def _prepare_date(text: str) -> str | None:
    digits = _NOT_DIGIT.sub("", western_digits(text))
    return digits if len(digits) == 8 else None


def _compare_dates(a: str, b: str) -> Found:
    if a == b:
        return 0, 1.0, (a,), True
    if a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]:
        return 1, 0.97, NOTHING, True
    apart = OSA.distance(a, b, score_cutoff=2)
    parts = (a[:4] == b[:4]) + (a[4:6] == b[4:6]) + (a[6:] == b[6:])
    level = 2 if apart == 1 else 3 if parts == 2 else 4 if apart == 2 or parts == 1 else 5
    return level, 1 - apart / 8 if apart <= 2 else parts / 4, NOTHING, True


def _prepare_phone(text: str) -> str | None:
    digits = _NOT_DIGIT.sub("", western_digits(text)).lstrip("0")
    return digits if len(digits) >= 5 else None


def _compare_phones(a: str, b: str) -> Found:
    tail = a[-TAIL:]
    if tail == b[-TAIL:]:
        return 0, 1.0, (tail,), True
    if len(tail) > 6 and (
        OSA.distance(tail, b[-TAIL:], score_cutoff=1) <= 1 or OSA.distance(a, b, score_cutoff=1) <= 1
    ):
        return 1, 0.9, NOTHING, True
    return 2, 0.0, NOTHING, True


def _prepare_email(text: str) -> str | None:
    address = fold(text).replace(" ", "")
    return address if "@" in address[1:] else None


def _compare_emails(a: str, b: str) -> Found:
    if a == b:
        return 0, 1.0, (a,), True
    (mine, _, here), (yours, _, there) = a.rpartition("@"), b.rpartition("@")
    apart = OSA.distance(a, b, score_cutoff=2) if abs(len(a) - len(b)) <= 2 else 3
    if apart > 2 and mine != yours:
        return 4, 0.0, NOTHING, True
    plain = mine.translate(_POINTS)
    if plain == yours.translate(_POINTS) and (apart > 2 or here == there):
        return 3, 0.7, ("~" + mine,), True
    if apart > 2 or _FIGURES.findall(a) != _FIGURES.findall(b):
        return 4, 0.0, NOTHING, True  # ahmed7@ and ahmed8@ are two people
    if apart == 1 and _slipped(mine, yours, here, there):
        return 1, 1 - apart / len(a), NOTHING, True
    if apart == 1 or len(mine) > 7:
        return 2, 1 - apart / len(a), NOTHING, True
    return 4, 0.0, NOTHING, True


def _slipped(mine: str, yours: str, here: str, there: str) -> bool:
    """One sign amiss that is no other spelling of the name (ahmad@, ahmed@) and no other initial: rather the pen's doing."""
    if mine == yours:
        return not (here in _HOSTS and there in _HOSTS)
    if mine[0] != yours[0]:
        return False
    return sorted(mine) == sorted(yours) or _UNSTABLE.sub("", mine) != _UNSTABLE.sub("", yours)


def _email_terms(a: str) -> tuple[tuple[str, ...], ...]:
    return (a,), ("~" + a.rpartition("@")[0],)


def _email_local(a: str) -> tuple[str, ...]:
    mine = a.rpartition("@")[0]
    return (mine,) if len(mine) > 3 else ()


def _whole(a: str) -> tuple[str, ...]:
    return (a,)


def _itself(a: str) -> tuple[tuple[str, ...], ...]:
    return ((a,),)


_TEXT_KEYS: dict[str, Callable[[Any], tuple[str, ...]]] = {"whole": _whole, "start": lambda a: (a[:4],)}
_NAME_KEYS: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "pair": _name_pair,
    "ends": _name_ends,
    "first": _first_sound,
    "lead": _name_lead,
}

KINDS: dict[str, Kind] = {
    "name": Kind(
        ("same", "sound", "short", "near", "most", "alike", "part", "other"),
        (0.53, 0.15, 0.08, 0.1, 0.03, 0.03, 0.05, 0.03),
        (1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 5e-4, 0.02, 0.979),
        lambda text: words_of(text) or None, _compare_names, _name_terms, _NAME_KEYS,
    ),
    "company": Kind(
        ("same", "sound", "short", "near", "most", "alike", "part", "other"),
        (0.65, 0.08, 0.08, 0.05, 0.01, 0.02, 0.03, 0.08),
        (1e-3, 1e-4, 1e-3, 1e-4, 1e-3, 5e-4, 0.02, 0.9763),
        lambda text: words_of_company(text) or None, _compare_companies, _name_terms, _NAME_KEYS,
    ),
    "place": Kind(
        ("same", "sound", "short", "other"),
        (0.75, 0.1, 0.05, 0.1),
        (0.05, 0.01, 0.01, 0.93),
        lambda text: words_of_company(text) or None, _compare_places, _name_terms, _NAME_KEYS,
    ),
    "word": Kind(
        ("same", "sound", "near", "alike", "other", "swapped"),
        (0.7, 0.05, 0.1, 0.05, 0.08, 0.02),
        (0.01, 5e-3, 5e-3, 0.02, 0.95, 0.01),
        _prepare_word, _compare_words, lambda a: ((a.text,), ("~" + a.sound,)),
        {"sound": lambda a: (a.sound or a.text,), "start": lambda a: (a.text[:4],)},
    ),
    "text": Kind(
        ("same", "near", "alike", "other"),
        (0.75, 0.1, 0.05, 0.1),
        (0.01, 5e-3, 0.01, 0.975),
        _prepare_text, _compare_texts, _itself, _TEXT_KEYS,
    ),
    "code": Kind(
        ("same", "near", "alike", "other"),
        (0.85, 0.05, 0.02, 0.08),
        (0.05, 0.05, 0.05, 0.85),
        _prepare_text, _compare_codes, _itself, _TEXT_KEYS,
    ),
    "date": Kind(
        ("same", "swapped", "near", "part", "alike", "other"),
        (0.85, 0.02, 0.06, 0.03, 0.02, 0.02),
        (1e-4, 1e-4, 1e-3, 5e-3, 0.1, 0.8938),
        _prepare_date, _compare_dates, _itself, {"whole": _whole, "year": lambda a: (a[:4],), "day": lambda a: (a[4:],)},
    ),
    "phone": Kind(
        ("same", "near", "other"),
        (0.75, 0.1, 0.15),
        (1e-6, 1e-6, 0.999998),
        _prepare_phone, _compare_phones, lambda a: ((a[-TAIL:],),), {"tail": lambda a: (a[-TAIL:],)},
    ),
    "email": Kind(
        ("same", "slip", "near", "local", "other"),
        (0.66, 0.06, 0.04, 0.04, 0.2),
        (1e-6, 1e-7, 1e-6, 1e-4, 0.9998979),
        _prepare_email, _compare_emails, _email_terms, {"whole": _whole, "local": _email_local},
        told=(1e-6, 5e-4, 5e-3, 0.1, 0.894499),
    ),
}  # fmt: skip
