"""Learning a model from the records themselves, without being told a single true pair.

Expectation and maximisation over all pairs of records: blocked pairs carry (nearly) all pairs of one person, random
pairs show how strangers agree by chance. From the probabilities of the pairs follow the shares m and u and the
chance of a match; from these the probabilities; until nothing moves.

Source: Dempster, Laird & Rubin 1977, JRSS B 39(1), 1-38; Winkler 1988; Jaro 1989, JASA 84(406), 414-420.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from dawra.figures.matching.comparing import KINDS
from dawra.figures.matching.fields import Fields, Prepared, Record
from dawra.figures.matching.gathering import Gathered
from dawra.figures.matching.weights import (
    Frequencies, Model, agrees, compared, given_of, probability_of, unfitted, weights_of, _Table,
)  # fmt: skip

LEAST_RECORDS = 200
MOST_RECORDS = 200_000
MOST_CANDIDATES = 250_000
RANDOM_PAIRS = 60_000
TERMS_KEPT = 3_000
ROUNDS = 40
UNSEEN = 1e-3  # of the first guess: what no stranger reached may still happen
FEW = 20  # a share seen less often among random pairs is not trusted to them alone


@dataclass(slots=True)
class _Pattern:
    """Pairs that compare alike: levels (-1 = missing) and bits of rarity; how many blocked and random ones."""

    levels: tuple[int, ...]
    bits: float
    blocked: float = 0.0
    random: int = 0


def fit(fields: Fields, records: Iterable[Record] | Gathered) -> Model:
    """A model of these records: for 200 and more; below it the first guesses, with Model.records = 0.

    Cost: bounded: at most 200,000 of the records and 250,000 of the pairs are looked at, always the same ones
    """
    everybody = records if isinstance(records, Gathered) else Gathered(fields, records)
    if len(everybody) < LEAST_RECORDS:
        return unfitted(fields, records=len(everybody))
    some = everybody
    if len(everybody) > MOST_RECORDS:
        step = len(everybody) / MOST_RECORDS
        some = everybody.part(p for p in range(len(everybody)) if _mixed(p) < 2**32 / step)
    tables = [_frequencies(some, place) for place in range(len(fields.fields))]
    patterns = _patterns(fields, some, tables)
    return _Learning(fields, len(some), tables, patterns).model()


def _mixed(number: int) -> int:
    """A place scattered over 32 bits, the same in every run (Knuth's multiplicative hash, twice)."""
    first = number * 2654435761 & 0xFFFFFFFF
    return (first ^ first >> 15) * 2246822519 & 0xFFFFFFFF


def _frequencies(some: Gathered, place: int) -> Frequencies | None:
    terms_of = KINDS[some.fields.fields[place].kind].terms
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    rows = [ready[place] for ready in some.ready if ready[place]]
    if len(rows) < 2:
        return None
    for row in rows:
        for value in row:
            for term in terms_of(value):
                counts[term[0] == "~"][term] += 1
    others = len(rows) - 1
    shares: dict[str, float] = {}
    rest, mean, whole = [], [], []
    for number, found in enumerate(counts):
        kept = {term: count for term, count in found.most_common(TERMS_KEPT) if count > 2}
        left = [count for term, count in found.items() if term not in kept]
        rest.append(max(sum(c * (c - 1) for c in left) / max(sum(left), 1), 0.5) / others)
        shares.update({term: (count - 1) / others for term, count in kept.items()})
        mean.append(sum(c * shares.get(t, rest[number]) for t, c in found.items()) / max(found.total(), 1) or rest[-1])
        whole.append(_mean_of_values(rows, terms_of, shares, rest[number], number == 1) or rest[-1])
    return Frequencies(shares, _two(rest), _two(mean), _two(whole))


def _mean_of_values(rows: Sequence[Any], terms_of: Any, shares: dict[str, float], rest: float, heard: bool) -> float:
    """The chance that another record has the same whole value, its words taken as independent, over the records."""
    total, seen = 0.0, 0
    for row in rows[:50_000]:
        terms = [term for term in terms_of(row[0]) if (term[0] == "~") == heard]
        if terms:
            product = 1.0
            for term in terms:
                product *= shares.get(term, rest)
            total, seen = total + product, seen + 1
    return total / max(seen, 1)


def _two(row: list[float]) -> tuple[float, float]:
    return row[0], row[1]


def _patterns(fields: Fields, some: Gathered, tables: list[Frequencies | None]) -> list[_Pattern]:
    logs = [one and _Table(one) for one in tables]
    given, sizes = given_of(fields), [len(KINDS[one.kind].levels) for one in fields.fields]
    known: dict[tuple[tuple[int, ...], float], _Pattern] = {}

    def pattern(a: Prepared, b: Prepared) -> _Pattern:
        found, bits, levels = compared(fields, a, b), 0.0, []
        for place, one in enumerate(found):
            if one is None:
                levels.append(-1)
                continue
            above = sizes[place] if given[place] >= 0 and agrees(found[given[place]]) else 0
            levels.append(one[0] + above)
            table = logs[place]
            if one[2] and table:
                bits += table.rarity(one[2], one[3])
        key = (tuple(levels), float(round(bits)))
        if key not in known:
            known[key] = _Pattern(*key)
        return known[key]

    ready = some.ready
    total = sum(1 for _ in some.candidates())
    every = max(1.0, total / MOST_CANDIDATES)
    for a, b in some.candidates():
        if every == 1.0 or _mixed(a * 40503 + b) < 2**32 / every:
            pattern(ready[a], ready[b]).blocked += every
    for a, b in _random_pairs(len(ready)):
        pattern(ready[a], ready[b]).random += 1
    return list(known.values())


def _random_pairs(size: int) -> Iterator[tuple[int, int]]:
    for number in range(RANDOM_PAIRS):
        a, b = _mixed(2 * number + 1) % size, _mixed(2 * number + 1_000_003) % size
        if a != b:
            yield a, b


class _Learning:
    """The rounds of expectation and maximisation."""

    def __init__(
        self, fields: Fields, records: int, tables: list[Frequencies | None], patterns: list[_Pattern]
    ) -> None:
        self.fields, self.records, self.tables, self.patterns = fields, records, tables, patterns
        self.pairs = records * (records - 1) / 2
        first = unfitted(fields, records=records)
        self.chance, self.same = first.chance, [list(row) for row in first.same]
        self.differ = [list(row) for row in first.differ]
        self.first = first
        self.given = given_of(fields)

    def model(self) -> Model:
        self._maximise([0.0] * len(self.patterns), only_differ=True)
        for _ in range(ROUNDS):
            before = self.chance
            self._maximise(self._expect())
            if abs(self.chance - before) < 1e-4 * before:
                break
        return Model(
            self.fields, self.chance, tuple(map(tuple, self.same)), tuple(map(tuple, self.differ)),
            tuple(self.tables), self.records,
        )  # fmt: skip

    def _expect(self) -> list[float]:
        """The probability that pairs of each pattern are one person."""
        prior, rows = log2(self.chance / (1 - self.chance)), weights_of(self.same, self.differ)
        return [
            probability_of(prior + one.bits + sum(row[lv] for row, lv in zip(rows, one.levels, strict=True) if lv >= 0))
            for one in self.patterns
        ]

    def _maximise(self, likely: list[float], only_differ: bool = False) -> None:
        if not only_differ:
            matches = sum(p * one.blocked for p, one in zip(likely, self.patterns, strict=True))
            self.chance = min(max(matches, 1.0) / self.pairs, 0.5)
        for place, field in enumerate(self.fields.fields):
            size = len(KINDS[field.kind].levels)
            for start in range(0, len(self.same[place]), size):
                levels = range(start, start + size)
                if not only_differ:
                    self._same(place, levels, likely)
                if start:
                    self._differ_given(place, levels, likely)
                else:
                    self._differ(place, levels, likely)
                self._order(place, levels)

    def _same(self, place: int, levels: range, likely: list[float]) -> None:
        """m, with ten pairs' worth of the first guess."""
        found = dict.fromkeys(levels, 0.0)
        for p, one in zip(likely, self.patterns, strict=True):
            if one.levels[place] in found:
                found[one.levels[place]] += p * one.blocked
        total = sum(found.values()) + 10
        for level in levels:
            self.same[place][level] = (found[level] + 10 * self.first.same[place][level]) / total

    def _differ(self, place: int, levels: range, likely: list[float]) -> None:
        """u: from random pairs where they are many enough, else at least what the blocks hold of strangers."""
        seen, random, blocked, present = (
            dict.fromkeys(levels, 0),
            dict.fromkeys(levels, 0.0),
            dict.fromkeys(levels, 0.0),
            0.0,
        )
        every = 0
        for p, one in zip(likely, self.patterns, strict=True):
            level = one.levels[place]
            every += one.random
            if level >= 0:
                present += one.random * (1 - p)
            if level in seen:
                seen[level] += one.random
                random[level] += one.random * (1 - p)
                blocked[level] += one.blocked * (1 - p)
        strangers = self.pairs * present / max(every, 1) or 1.0
        row = self.differ[place]
        for level in levels:
            chance = random[level] / max(present, 1.0)
            if seen[level] < FEW:
                floor = self.first.differ[place][level] * UNSEEN
                chance = max(blocked[level] / strangers, chance if random[level] >= 3 else 0.0, floor)
            row[level] = chance
        row[levels[0]] = max(self._same_by_chance(place, levels[0], blocked[levels[0]] / strangers), 1e-12)
        top = max(levels, key=lambda level: row[level])
        row[top] = max(1 - sum(row[level] for level in levels if level != top), 1e-6)

    def _same_by_chance(self, place: int, level: int, blocked: float) -> float:
        """How often two strangers have the very same value: what all pairs have, less what matches have."""
        table = self.tables[place]
        if table is None:
            return blocked
        alike = table.whole[0]
        matched = self.chance * self.same[place][level]
        if alike < 3 * matched:
            return max(blocked, 1e-3 * alike)
        return max(blocked, (alike - matched) / (1 - self.chance))

    def _differ_given(self, place: int, levels: range, likely: list[float]) -> None:
        """u where the field it follows from agrees: from the blocks, with a pair's worth of the first guess."""
        found = dict.fromkeys(levels, 0.0)
        for p, one in zip(likely, self.patterns, strict=True):
            if one.levels[place] in found:
                found[one.levels[place]] += (1 - p) * one.blocked
        total = sum(found.values()) + 1
        for level in levels:
            self.differ[place][level] = (found[level] + self.first.differ[place][level]) / total

    def _order(self, place: int, levels: range) -> None:
        """A surer level never says less than the next one: those that would are pooled (swapped stands apart)."""
        same, differ = self.same[place], self.differ[place]
        blocks: list[list[int]] = []
        for level in levels:
            if KINDS[self.fields.fields[place].kind].levels[level - levels[0]] == "swapped":
                continue
            blocks.append([level])
            while len(blocks) > 1 and _ratio(same, differ, blocks[-1]) > _ratio(same, differ, blocks[-2]):
                blocks[-2:] = [blocks[-2] + blocks[-1]]
        for block in blocks:
            ratio = _ratio(same, differ, block)
            for level in block if len(block) > 1 else ():
                same[level] = ratio * differ[level]


def _ratio(same: list[float], differ: list[float], block: list[int]) -> float:
    return sum(same[level] for level in block) / sum(differ[level] for level in block)
