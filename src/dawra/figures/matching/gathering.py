"""Bringing together the records worth comparing: those that share a key, block by block, each pair once.

Blocks are bounded (Fields.bounds): where more records share a key, it says little, and only neighbours are compared that
look alike in everything. Memory: 12 bytes per key and 8 per pair beside the prepared records.
"""

import gc
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations, pairwise
from zlib import crc32

from dawra.figures.matching.fields import Fields, Prepared, Record, parts_of, prepared

_PLACE = 0xFFFFFFFF
_COMMON = frozenset(("company", "place"))


class Gathered:
    """Records made ready once, to be fitted on and paired. Takes them in any order; they are named by their place."""

    __slots__ = ("_ends", "_flat", "_known", "_met", "_packed", "fields", "ready")

    def __init__(self, fields: Fields, records: Iterable[Record]) -> None:
        self.fields = fields
        self.ready: list[Prepared] = []
        self._flat, self._ends = array("I"), array("Q", [0])
        self._packed = [array("Q") for _ in fields.passes]
        self._met: list[array[int]] | None = None
        # Companies and places come again and again: their parts are made once a value.
        self._known: list[dict[object, list[int]] | None] = [
            {} if all(fields.fields[place].kind in _COMMON for place, _make in sources) else None
            for sources in fields.sources
        ]
        with seldom_swept():
            for place, record in enumerate(records):
                self._take(place, prepared(fields, record))

    def __len__(self) -> int:
        return len(self.ready)

    def _take(self, place: int, ready: Prepared) -> None:
        self.ready.append(ready)
        flat, packed = self._flat, self._packed
        parts = [self._codes(number, ready) for number in range(len(self._known))]
        for number, places in enumerate(self.fields.makers):
            some = parts[places[0]]
            for other in places[1:]:
                some = [_joined(one, two) for one in some for two in parts[other]]
            for joined in some if len(some) < 2 else dict.fromkeys(some):
                code = joined + number * 0x9E3779B1 & _PLACE
                flat.append(code)
                packed[number].append(code << 32 | place)
        self._ends.append(len(flat))

    def _codes(self, number: int, ready: Prepared) -> list[int]:
        sources, known = self.fields.sources[number], self._known[number]
        if len(sources) > 1 or len(ready[sources[0][0]]) != 1:
            return [crc32(part.encode()) for part in parts_of(sources, ready)]
        place, make = sources[0]
        value = ready[place][0]
        if known is None:
            return [crc32(part.encode()) for part in make(value)]
        found = known.get(value)
        if found is None:
            found = known[value] = [crc32(part.encode()) for part in make(value)]
        return found

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of places, the lower first, each once; pass after pass."""
        for met in self.met():
            for both in met:
                yield both >> 32, both & _PLACE

    def met(self) -> Sequence["array[int]"]:
        """The same, pass after pass and those of no pass last: the lower place in the upper 32 bits. Found out once."""
        if self._met is None:
            self._met = list(self._meet())
        return self._met

    def _meet(self) -> Iterator["array[int]"]:
        wide: set[int] = set()
        seen: set[int] = set()
        for packed, most in zip(self._packed, self.fields.bounds, strict=True):
            found: list[int] = []
            for block in _blocks(packed):
                if len(block) > most:
                    wide.add(block[0] >> 32)
                    continue
                places = [one & _PLACE for one in block]
                if len(places) == 2:
                    found.append(places[0] << 32 | places[1])
                else:
                    found.extend([a << 32 | b for a, b in combinations(places, 2)])
            yield array("Q", [both for both in dict.fromkeys(found) if both not in seen])
            seen.update(found)
        yield array("Q", self._neighbours(wide))

    def _neighbours(self, wide: set[int]) -> Iterator[int]:
        """Of those in wide blocks only, the ones next to each other when sorted by all they have."""
        flat, ends = self._flat, self._ends
        alone = [
            (keys, place) for place, (start, end) in enumerate(pairwise(ends))
            if start < end and flat[start] in wide and wide.issuperset(keys := tuple(flat[start:end]))
        ]  # fmt: skip
        for (keys, one), (others, other) in pairwise(sorted(alone)):
            if keys == others:
                yield one << 32 | other


def _joined(one: int, other: int) -> int:
    """The code of two parts, in either order."""
    return (one + other) * 0x85EBCA6B ^ one * other


def _blocks(packed: "array[int]") -> Iterator[list[int]]:
    """The runs of two and more that share the upper 32 bits."""
    ordered = sorted(packed)
    followed = [place for place, (one, other) in enumerate(pairwise(ordered)) if one ^ other <= _PLACE]
    if not followed:
        return
    start = before = followed[0]
    for place in followed:
        if place > before + 1:
            yield ordered[start : before + 2]
            start = place
        before = place
    yield ordered[start : before + 2]


@contextmanager
def seldom_swept() -> Iterator[None]:
    """What is gathered stays: Python need not look through all of it for circles again and again (a third of the time)."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
