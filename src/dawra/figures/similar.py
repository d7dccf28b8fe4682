"""Which texts speak of the same: TF-IDF over folded words and runs of two to four letters. Pure; English and Arabic.

A text is the set of its terms. Runs of letters meet where words do not: «سعركم» and «السعر», “expensive” and
“expensiveness”, a name with a letter wrong. Weights follow Manning, Raghavan and Schütze, Introduction to Information
Retrieval, 2008, § 6.2: idf = log10(N / df). Short texts say a word once, so a term counts as there or not.
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import log10, sqrt

from dawra.figures.words import fold

LONGEST_TEXT = 1000
LONGEST_RUN, SHORTEST_RUN = 4, 2
# How many occurrences are weighed for one question: the rare terms first, which decide.
MOST_WEIGHED = 25_000
# A text that shares less than this part of what the closest one shares is not looked at.
LEAST_PART = 0.2
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing of what a text is about. Runs of letters are taken from the other words only.
_EMPTY = frozenset(
    fold(
        "a an and are as at be but by can could do does for from has have how i if in is it its me my no not of on or our "
        "so that the their them then there they this to us was we what when where which who why will with would you your "
        "من في على الى عن ان أن إن لا ما هل هذا هذه ذلك التي الذي هو هي كان لكن او ثم قد كل مع لنا لكم نحن انتم لم لن كيف متى أين"
    ).split()
)


def terms(text: str) -> frozenset[int]:
    """The terms of a text, each as a number below 2³²."""
    found: set[bytes] = set()
    for written in _WORD.findall(fold(text[:LONGEST_TEXT])):
        if written in _EMPTY:
            continue
        # Without the Arabic article: السعر is سعر too.
        word = written[2:] if len(written) > 4 and written.startswith("ال") else written
        found.add(b"=" + word.encode())
        framed = f" {word} "
        for size in range(SHORTEST_RUN, LONGEST_RUN + 1):
            found.update(framed[start : start + size].encode() for start in range(len(framed) - size + 1))
    return frozenset(map(zlib.crc32, found))


def idf(df: int, n: int) -> float:
    """How much a term says that occurs in df of n texts; nothing where it occurs in all of them."""
    return log10(n / df) if 0 < df < n else 0.0


def norm(found: Iterable[int], df: Mapping[int, int], n: int) -> float:
    """The length of a text's vector. df: in how many of n texts each of its terms occurs; 1 where that is not known."""
    return sqrt(sum(idf(df.get(term, 1), n) ** 2 for term in found))


def worth_reading(df: Mapping[int, int], n: int) -> list[int]:
    """The terms of a question by which texts are found, the rarest first, as many as may be weighed."""
    chosen: list[int] = []
    left = MOST_WEIGHED
    for term in sorted(df, key=lambda term: (df[term], term)):
        if (df[term] > left and chosen) or idf(df[term], n) <= 0:
            break
        chosen.append(term)
        left -= df[term]
    return chosen


def closest(occurs: Mapping[int, Sequence[bytes]], df: Mapping[int, int], n: int, most: int) -> list[tuple[int, float]]:
    """(text, product of the vectors) of the texts that share most, best first.

    occurs:  term → packed 32-bit numbers of the texts it occurs in. Divide by both norms for the cosine, 0..1
    """
    sums: dict[int, float] = {}
    for term, parts in occurs.items():
        weight = idf(df[term], n) ** 2
        for part in parts:
            for text in unpacked(part):
                sums[text] = sums.get(text, 0.0) + weight
    least = LEAST_PART * max(sums.values(), default=0.0)
    best = sorted(((product, text) for text, product in sums.items() if product >= least), reverse=True)
    return [(text, product) for product, text in best[:most]]


def packed(texts: Iterable[int]) -> bytes:
    return array("I", texts).tobytes()


def unpacked(part: bytes) -> array:  # type: ignore[type-arg]
    texts = array("I")
    texts.frombytes(part)
    return texts
