"""Bringing together the records worth comparing: those that share a key, block by block, each pair once.

Blocks are bounded (Fields.bounds): where more records share a key, it says little, and only neighbours are compared that
look alike in everything. Memory: 16 bytes per key beside the prepared records.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from zlib import crc32

from dawra.figures.matching.fields import Fields, Prepared, Record, keys_of, prepared


class Gathered:
    """Records made ready once, to be fitted on and paired. Takes them in any order; they are named by their place."""

    __slots__ = ("_ends", "_flat", "_packed", "fields", "ready")

    def __init__(self, fields: Fields, records: Iterable[Record]) -> None:
        self.fields = fields
        self.ready: list[Prepared] = []
        self._flat, self._ends = array("I"), array("Q", [0])
        self._packed = [array("Q") for _ in fields.passes]
        for place, record in enumerate(records):
            self._take(place, prepared(fields, record))

    def __len__(self) -> int:
        return len(self.ready)

    def _take(self, place: int, ready: Prepared) -> None:
        self.ready.append(ready)
        flat, packed = self._flat, self._packed
        for number, key in keys_of(self.fields, ready):
            code = crc32(key.encode())
            flat.append(code)
            packed[number].append(code << 32 | place)
        self._ends.append(len(flat))

    def part(self, places: Iterable[int]) -> "Gathered":
        """Some of the records, as a population of their own."""
        some = Gathered(self.fields, ())
        for place, old in enumerate(places):
            some._take(place, self.ready[old])
        return some

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of places, the lower first, each once; pass after pass."""
        flat, ends = self._flat, self._ends
        wide: set[int] = set()
        for number, (packed, most) in enumerate(zip(self._packed, self.fields.bounds, strict=True)):
            for block in _blocks(packed):
                key = block[0] >> 32
                if len(block) > most:
                    wide.add(key)
                    continue
                places = sorted({one & 0xFFFFFFFF for one in block})
                if number == 0:
                    yield from combinations(places, 2)
                    continue
                for a, keys in [(a, flat[ends[a] : ends[a + 1]]) for a in places[:-1]]:
                    before = keys[: keys.index(key)]
                    for b in places:
                        if b > a and not _met(before, flat[ends[b] : ends[b + 1]], wide):
                            yield a, b
        yield from self._neighbours(wide)

    def _neighbours(self, wide: set[int]) -> Iterator[tuple[int, int]]:
        """Of those in wide blocks only, the ones next to each other when sorted by all they have."""
        flat, ends = self._flat, self._ends
        alone = [
            place for place in range(len(self.ready))
            if ends[place] < ends[place + 1] and all(key in wide for key in flat[ends[place] : ends[place + 1]])
        ]  # fmt: skip
        alone.sort(key=lambda place: tuple(flat[ends[place] : ends[place + 1]]))
        for one, other in pairwise(alone):
            if flat[ends[one] : ends[one + 1]] == flat[ends[other] : ends[other + 1]]:
                yield min(one, other), max(one, other)


def _met(before: "array[int]", theirs: "array[int]", wide: set[int]) -> bool:
    """Whether an earlier key has brought the two together already."""
    return any(key in theirs and key not in wide for key in before)


def _blocks(packed: "array[int]") -> Iterator[list[int]]:
    """The runs of two and more that share the upper 32 bits."""
    ordered = sorted(packed)
    start, key = 0, -1
    for place, one in enumerate(ordered):
        if one >> 32 != key:
            if place - start > 1:
                yield ordered[start:place]
            start, key = place, one >> 32
    if len(ordered) - start > 1:
        yield ordered[start:]
