"""Learning a model from the records themselves, without being told a single true pair.

Expectation and maximisation over all pairs of records: blocked pairs carry (nearly) all pairs of one person, random
pairs show how strangers agree by chance. From the probabilities of the pairs follow the shares m and u and the
chance of a match; from these the probabilities; until nothing moves.

Source: Dempster, Laird & Rubin 1977, JRSS B 39(1), 1-38; Winkler 1988; Jaro 1989, JASA 84(406), 414-420.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from math import log2

from dawra.figures.matching.comparing import KINDS, Kind
from dawra.figures.matching.fields import Fields, Prepared, Record
from dawra.figures.matching.gathering import Gathered, seldom_swept
from dawra.figures.matching.weights import (
    Frequencies,
    Model,
    Rarity,
    compared,
    given_of,
    related_of,
    standing,
    unfitted,
    weights_of,
)  # fmt: skip

LEAST_RECORDS = 200
MOST_RECORDS = 200_000
MOST_CANDIDATES = 40_000
RANDOM_PAIRS = 20_000
TERMS_KEPT = 10_000
ROUNDS = 30
MOST_TIMES = 2
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

    Cost: bounded: values of at most 200,000 records are counted and 40,000 pairs compared, always the same ones
    """
    with seldom_swept():
        return _fit(fields, records if isinstance(records, Gathered) else Gathered(fields, records))


def _fit(fields: Fields, everybody: Gathered) -> Model:
    if len(everybody) < LEAST_RECORDS:
        return unfitted(fields, records=len(everybody))
    some: Sequence[Prepared] = everybody.ready
    if len(some) > MOST_RECORDS:
        most = 2**32 * MOST_RECORDS // len(some)
        some = [ready for place, ready in enumerate(some) if _mixed(place) < most]
    tables = [_frequencies(fields.fields[place].kind, some, place) for place in range(len(fields.fields))]
    nearly = [
        _partly(some, place, KINDS[one.kind]) if one.kind in ("name", "company") else {}
        for place, one in enumerate(fields.fields)
    ]
    return _Learning(fields, len(everybody), tables, _patterns(fields, everybody, tables), nearly).model()


def _mixed(number: int) -> int:
    """A place scattered over 32 bits, the same in every run (Knuth's multiplicative hash, twice)."""
    first = number * 2654435761 & 0xFFFFFFFF
    return (first ^ first >> 15) * 2246822519 & 0xFFFFFFFF


def _frequencies(kind: str, some: Sequence[Prepared], place: int) -> Frequencies | None:
    """Counted per text and per sound, words and whole values apart; a share is that of the other records."""
    rows = [ready[place] for ready in some if ready[place]]
    if len(rows) < 2:
        return None
    terms_of = KINDS[kind].terms
    words: tuple[list[str], list[str]] = ([], [])
    wholes: tuple[list[str], list[str]] = ([], [])
    for value, times in Counter(chain.from_iterable(rows)).items():
        for heard, found in enumerate(terms_of(value)):
            words[heard].extend((found[:-1] or found) * times)
            wholes[heard].extend(found[-1:] * times)
    counts, values = [Counter(some) for some in words], [Counter(some) for some in wholes]
    others = len(rows) - 1
    shares: dict[str, float] = {}
    for counted in (*counts, *values):
        often = [(count, term) for term, count in counted.items() if count > 2]
        if len(often) > TERMS_KEPT:
            often = nlargest(TERMS_KEPT, often)
        for count, term in often:
            shares[term] = max((count - 1) / others, shares.get(term, 0.0))
    return Frequencies(
        shares,
        _both(_again(one, shares, 0.5) / others for one in counts),
        _both(_again(one, shares, 0.02) / others for one in values),
        _both(_again(one, {}, 0.5) / others for one in counts),
        _both(_again(one, {}, 0.02) / others for one in values),
        len(rows),
    )


def _again(found: Counter[str], listed: Mapping[str, float], least: float) -> float:
    """How many other records have the same term, on average over the records with a term that is not listed."""
    sizes = Counter(found.values())
    sizes.subtract(found[term] for term in found.keys() & listed.keys())
    total = sum(count * times for count, times in sizes.items())
    return max(sum(count * (count - 1) * times for count, times in sizes.items()) / max(total, 1), least)


def _both(row: Iterable[float]) -> tuple[float, float]:
    texts, sounds = row
    return texts, sounds


def _patterns(fields: Fields, some: Gathered, tables: list[Frequencies | None]) -> list[_Pattern]:
    logs = [one and Rarity(one) for one in tables]
    given, sizes = given_of(fields), [len(KINDS[one.kind].levels) for one in fields.fields]
    known: dict[tuple[tuple[int, ...], float], _Pattern] = {}

    def pattern(a: Prepared, b: Prepared) -> _Pattern:
        found, bits, levels = compared(fields, a, b), 0.0, []
        for place, one in enumerate(found):
            if one is None:
                levels.append(-1)
                continue
            above = sizes[place] * standing(fields, given[place], found[given[place]]) if given[place] >= 0 else 0
            levels.append(one[0] + above)
            table = logs[place]
            if one[2] and table and (not above or not one[0]):
                bits += table.bits(one[2], one[3])
        key = (tuple(levels), float(round(bits / 2) * 2))
        if key not in known:
            known[key] = _Pattern(*key)
        return known[key]

    ready, met = some.ready, some.met()
    for blocked in met:
        every = max(1, -(-len(blocked) * len(met) // MOST_CANDIDATES))
        for both in blocked[::every]:
            pattern(ready[both >> 32], ready[both & 0xFFFFFFFF]).blocked += every
    for a, b in _random_pairs(len(ready)):
        pattern(ready[a], ready[b]).random += 1
    return list(known.values())


def _partly(some: Sequence[Prepared], place: int, kind: Kind) -> dict[int, float]:
    """How often two records reach a level among all that are comparable, seen in pairs that share a word's sound: too
    rare for random pairs, and blocks hold few of them. Pairs of one person are too few among these to matter."""
    rows = [ready[place][0] for ready in some if ready[place]]
    heard: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for sound in {word.sound for word in row}:
            heard.setdefault(sound, []).append(number)
    total = sum(len(who) * (len(who) - 1) for who in heard.values())
    found: dict[int, float] = {}
    tried = step = 0.0
    for number, (_, who) in enumerate(sorted(heard.items())):
        step += RANDOM_PAIRS * len(who) * (len(who) - 1) / max(total, 1)
        while tried < step - 1:
            tried += 1
            first = _mixed(2 * int(tried) + number) % len(who)
            other = (first + 1 + _mixed(2 * int(tried) + 1_000_003) % (len(who) - 1)) % len(who)
            a, b = rows[who[first]], rows[who[other]]
            if one := kind.compare(a, b):
                both = {word.sound for word in a} & {word.sound for word in b}
                found[one[0]] = found.get(one[0], 0.0) + 1 / len(both)
    every = len(rows) * (len(rows) - 1)
    return {level: times / tried * total / every for level, times in found.items()} if tried else {}


def _random_pairs(size: int) -> Iterator[tuple[int, int]]:
    for number in range(RANDOM_PAIRS):
        a, b = _mixed(2 * number + 1) % size, _mixed(2 * number + 1_000_003) % size
        if a != b:
            yield a, b


class _Learning:
    """The rounds of expectation and maximisation. Per pattern the probabilities of one person and of two who belong
    together; what is left are strangers."""

    def __init__(
        self,
        fields: Fields,
        records: int,
        tables: list[Frequencies | None],
        patterns: list[_Pattern],
        nearly: list[dict[int, float]],
    ) -> None:
        self.nearly = nearly
        self.fields, self.records, self.tables, self.patterns = fields, records, tables, patterns
        self.pairs = records * (records - 1) / 2
        self.first = unfitted(fields, records=records)
        self.chance, self.together = self.first.chance, self.first.together
        self.same, self.differ, self.related = (
            [list(row) for row in rows] for rows in (self.first.same, self.first.differ, self.first.related)
        )
        self.one = [0.0] * len(patterns)
        self.kin = [0.0] * len(patterns)

    def model(self) -> Model:
        self._strangers(learnt=False)
        for _ in range(ROUNDS):
            before = self.chance
            self._expect()
            self._matches()
            self._strangers()
            if abs(self.chance - before) < 1e-4 * before:
                break
        same, differ, related = (tuple(map(tuple, rows)) for rows in (self.same, self.differ, self.related))
        return Model(self.fields, self.chance, self.together, same, differ, related, tuple(self.tables), self.records)

    def _expect(self) -> None:
        strangers = 1 - self.chance - self.together
        prior, rows = log2(self.chance / strangers), weights_of(self.same, self.differ)
        related = related_of(self.fields, self.related, self.differ)
        prior_kin = log2(self.together / strangers) if self.together else -1000.0
        for number, one in enumerate(self.patterns):
            present = [(place, level) for place, level in enumerate(one.levels) if level >= 0]
            person = 2 ** min(prior + one.bits + sum(rows[place][level] for place, level in present), 500)
            kin = 2 ** min(prior_kin + sum(related[place][level] for place, level in present), 500)
            self.one[number] = person / (1 + person + kin)
            self.kin[number] = kin / (1 + person + kin)

    def _matches(self) -> None:
        self.chance = self._share(self.one)
        if self.together:
            self.together = self._share(self.kin)
        for place, levels in self._rows():
            self._shares(self.same, self.first.same, place, levels, self.one)
            self._bound(place, levels)
            self._shares(self.related, self.first.related, place, levels, self.kin)
            self._bound_kin(place, levels)

    def _share(self, likely: list[float]) -> float:
        found = sum(p * one.blocked for p, one in zip(likely, self.patterns, strict=True))
        return min(max(found, 1.0) / self.pairs, 0.4)

    def _rows(self) -> Iterator[tuple[int, range]]:
        for place, field in enumerate(self.fields.fields):
            size = len(KINDS[field.kind].levels)
            for start in range(0, len(self.same[place]), size):
                yield place, range(start, start + size)

    def _shares(
        self, rows: list[list[float]], first: Sequence[Sequence[float]], place: int, levels: range, likely: list[float]
    ) -> None:
        """Shares of the levels among the blocked pairs of a class, with ten pairs' worth of the first guess."""
        found = dict.fromkeys(levels, 0.0)
        for p, one in zip(likely, self.patterns, strict=True):
            if one.levels[place] in found:
                found[one.levels[place]] += p * one.blocked
        total = sum(found.values()) + 10
        for level in levels:
            rows[place][level] = (found[level] + 10 * first[place][level]) / total

    def _bound(self, place: int, levels: range) -> None:
        """No level but the surest is more than twice as frequent among matches as first guessed: else a crowd of
        colleagues or namesakes may pass for matches and the rounds settle on them (convex constraints, Winkler 1993)."""
        row, first = self.same[place], self.first.same[place]
        over = 0.0
        for level in levels[1:]:
            most = MOST_TIMES * first[level]
            over += max(row[level] - most, 0.0)
            row[level] = min(row[level], most)
        row[levels[0]] += over

    def _bound_kin(self, place: int, levels: range) -> None:
        """Those who belong together hardly ever have what is one's own in common, an address that follows from a name:
        else a slip in the name makes two people of one who has the same address and the same phone."""
        if not self.fields.fields[place].given:
            return
        row = self.related[place]
        most = min(row[levels[0]], MOST_TIMES * self.first.related[place][levels[0]])
        row[levels[-1]] += row[levels[0]] - most
        row[levels[0]] = most

    def _strangers(self, learnt: bool = True) -> None:
        """u; before anything is learnt only from random pairs, as the blocks hold the matches."""
        for place, levels in self._rows():
            if levels.start and not learnt:
                continue
            if levels.start:
                self._differ_given(place, levels)
            else:
                self._differ(place, levels, learnt)
            self._order(place, levels)

    def _differ(self, place: int, levels: range, learnt: bool) -> None:
        """u: from random pairs where they are many enough, else at least what the blocks hold of strangers."""
        seen = dict.fromkeys(range(-1, len(self.differ[place])), 0)
        random, blocked = dict.fromkeys(seen, 0.0), dict.fromkeys(seen, 0.0)
        for p, k, one in zip(self.one, self.kin, self.patterns, strict=True):
            level, stranger = one.levels[place], 1 - p - k
            seen[level] += one.random
            random[level] += one.random * stranger
            blocked[level] += one.blocked * stranger if learnt else 0.0
        present = max(sum(random.values()) - random[-1], 1.0)
        strangers = self.pairs * present / max(sum(seen.values()), 1)
        row = self.differ[place]
        for level in levels:
            chance = random[level] / present
            if seen[level] < FEW:
                floor = self.first.differ[place][level] * UNSEEN
                most = self.nearly[place].get(level, 0.0)
                chance = max(blocked[level] / strangers, chance if random[level] >= 3 else most, floor)
            row[level] = chance
        row[levels[0]] = max(self._same_by_chance(place, levels[0], blocked[levels[0]] / strangers), 1e-12)
        top = max(levels, key=lambda level: row[level])
        row[top] = max(1 - sum(row[level] for level in levels if level != top), 1e-6)

    def _differ_given(self, place: int, levels: range) -> None:
        """u where the field it follows from agrees: what the blocks hold of strangers, among all there must be."""
        found = dict.fromkeys(levels, 0.0)
        for p, k, one in zip(self.one, self.kin, self.patterns, strict=True):
            if one.levels[place] in found:
                found[one.levels[place]] += (1 - p - k) * one.blocked
        source = self.fields.place(self.fields.fields[place].given)
        against = len(KINDS[self.fields.fields[source].kind].levels) - 1
        half = levels.start == len(levels)
        chance = sum(self.differ[source][against - 1 : against] if half else self.differ[source][: against - 1])
        table, others = self.tables[place], self.tables[source]
        held = ((table.values if table else 0) / self.records) ** 2 * (
            (others.values if others else 0) / self.records
        ) ** 2
        total = sum(found.values()) + 10
        for level in levels[:-1]:
            first = self.first.differ[place][level]
            # All pairs with the very same value share a key; of the others the blocks hold a part, with its shares.
            among = max(total, self.pairs * chance * held) if level == levels.start else total
            self.differ[place][level] = max((found[level] + 10 * first) / among, first * UNSEEN)
        self.differ[place][levels[-1]] = 1 - sum(self.differ[place][level] for level in levels[:-1])

    def _same_by_chance(self, place: int, level: int, blocked: float) -> float:
        """How often two strangers have the very same value: what all pairs have, less what the other classes have."""
        table = self.tables[place]
        if table is None:
            return blocked
        alike = table.whole[0]
        matched = self.chance * self.same[place][level]
        if self.fields.fields[place].name in self.fields.shared:
            matched += self.together * self.related[place][level]
        if alike < 3 * matched:
            return max(blocked, 1e-3 * alike)
        return max(blocked, (alike - matched) / (1 - self.chance - self.together))

    def _heard(self, place: int) -> bool:
        return KINDS[self.fields.fields[place].kind].levels[1] == "sound" and self.tables[place] is not None

    def _order(self, place: int, levels: range) -> None:
        """A surer level never says less than the next one: those that would are pooled (swapped stands apart)."""
        same, differ = self.same[place], self.differ[place]
        blocks: list[list[int]] = []
        for level in levels:
            if KINDS[self.fields.fields[place].kind].levels[level - levels[0]] == "swapped":
                continue
            blocks.append([level])
            # What is written the same and what only sounds so are weighed by shares of their own: neither is the surer.
            first = 1 if self._heard(place) else 0
            while len(blocks) > 1 + first and _ratio(same, differ, blocks[-1]) > _ratio(same, differ, blocks[-2]):
                blocks[-2:] = [blocks[-2] + blocks[-1]]
        for block in blocks:
            ratio = _ratio(same, differ, block)
            for level in block if len(block) > 1 else ():
                same[level] = ratio * differ[level]


def _ratio(same: list[float], differ: list[float], block: list[int]) -> float:
    return sum(same[level] for level in block) / sum(differ[level] for level in block)
