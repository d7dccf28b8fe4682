"""The model of Fellegi and Sunter: how much an agreement says, and the score of two records, explained.

weight of a level = log2(m / u): m the share of pairs of one person, u of two persons, that reach the level.
Agreement on a rare value says more: weight = log2(m / f) where f is the share of the other records with that value.
score = log2 of the prior odds + the sum of the weights; probability = 2^score / (1 + 2^score).

Source: Fellegi & Sunter 1969, JASA 64(328), 1183-1210; Winkler 1988 (frequency-based weights), ASA Proceedings 667-671.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from dawra.figures.matching.comparing import KINDS, Found
from dawra.figures.matching.fields import Field, Fields, Prepared, Record, prepared


@dataclass(frozen=True, slots=True)
class Part:
    """What one field says. level: a code of its kind ("same", "sound", …) or "missing"; weight in bits, negative
    against; similarity 0..1."""

    field: str
    level: str
    weight: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Score:
    """weight: bits for (+) or against (-) one person, before the prior; probability 0..1 with it."""

    weight: float
    probability: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common the values of one field are. shares: of the other records that have a term, for common ones; rest:
    for all others; mean: over the terms; whole: over whole values. Texts first, sounds ("~…") second."""

    shares: Mapping[str, float]
    rest: tuple[float, float]
    mean: tuple[float, float]
    whole: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt. chance: that two records taken at random are one person. same, differ: per field the shares m
    and u of its levels (fields with `given` have them twice: first where the other field disagrees, then where it
    agrees). records: how many it was learnt from; 0 = nothing learnt, first guesses."""

    fields: Fields
    chance: float
    same: tuple[tuple[float, ...], ...]
    differ: tuple[tuple[float, ...], ...]
    frequencies: tuple[Frequencies | None, ...]
    records: int
    scale: "Scale" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", Scale(self))

    def as_json(self) -> dict[str, Any]:
        return {
            "fields": [[one.name, one.kind, one.swaps, one.given] for one in self.fields.fields],
            "passes": [list(one) for one in self.fields.passes],
            "chance": self.chance,
            "same": [list(row) for row in self.same],
            "differ": [list(row) for row in self.differ],
            "frequencies": [
                one and {"shares": dict(one.shares), "rest": one.rest, "mean": one.mean, "whole": one.whole}
                for one in self.frequencies
            ],
            "records": self.records,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Model":
        """Raises: KeyError, TypeError, UnknownKind for what as_json did not write."""
        fields = Fields(tuple(Field(*one) for one in kept["fields"]), tuple(tuple(one) for one in kept["passes"]))
        tables = tuple(
            one and Frequencies(one["shares"], tuple(one["rest"]), tuple(one["mean"]), tuple(one["whole"]))
            for one in kept["frequencies"]
        )
        same, differ = (tuple(tuple(row) for row in kept[name]) for name in ("same", "differ"))
        return cls(fields, kept["chance"], same, differ, tables, kept["records"])


class Scale:
    """A model made ready for weighing many pairs."""

    __slots__ = ("_given", "_rows", "_tables", "prior")

    def __init__(self, model: Model) -> None:
        self.prior = log2(model.chance / (1 - model.chance))
        self._rows = weights_of(model.same, model.differ)
        self._tables = [one and _Table(one) for one in model.frequencies]
        self._given = given_of(model.fields)

    def weigh(self, fields: Fields, a: Prepared, b: Prepared) -> tuple[float, list[Found | None], list[float]]:
        """The sum of the weights, what was found per field (None = missing) and the weights per field."""
        found = compared(fields, a, b)
        weights = []
        for place, one in enumerate(found):
            if one is None:
                weights.append(0.0)
                continue
            row, level, given = self._rows[place], one[0], self._given[place]
            if given >= 0 and agrees(found[given]):
                level += len(row) // 2
            weight = row[level]
            if one[2] and (table := self._tables[place]):
                weight += table.rarity(one[2], one[3])
            weights.append(weight)
        return sum(weights), found, weights


class _Table:
    __slots__ = ("_logs", "_mean", "_rest", "_whole")

    def __init__(self, known: Frequencies) -> None:
        self._logs = {term: log2(share) for term, share in known.shares.items()}
        self._rest, self._mean, self._whole = ([log2(x) for x in row] for row in (known.rest, known.mean, known.whole))

    def rarity(self, terms: tuple[str, ...], whole: bool) -> float:
        """Bits by which agreeing on these says more than an agreement of average rarity."""
        heard = terms[0][:1] == "~"
        rest, logs = self._rest[heard], self._logs
        bits = self._whole[heard] if whole else self._mean[heard] * len(terms)
        for term in terms:
            bits -= logs.get(term, rest)
        return bits


def score(model: Model, a: Record, b: Record) -> Score:
    """How likely two records are one person, and why. Never a decision: a person makes it."""
    return scored(model, prepared(model.fields, a), prepared(model.fields, b))


def candidates(
    model: Model, record: Record, others: Iterable[Record], *, at_least: float = 0.5
) -> list[tuple[int, Score]]:
    """Those of the others that may be the same as a record, as (place, score), likeliest first."""
    ready = prepared(model.fields, record)
    found = []
    for place, other in enumerate(others):
        one = scored(model, ready, prepared(model.fields, other), at_least)
        if one is not None:
            found.append((place, one))
    return sorted(found, key=lambda one: (-one[1].weight, one[0]))


def scored(model: Model, a: Prepared, b: Prepared, at_least: float = 0.0) -> Any:
    """The score of two prepared records; None where the probability is below `at_least`."""
    weight, found, weights = model.scale.weigh(model.fields, a, b)
    probability = probability_of(model.scale.prior + weight)
    if probability < at_least:
        return None
    parts = tuple(
        Part(one.name, "missing", 0.0, 0.0) if what is None else
        Part(one.name, KINDS[one.kind].levels[what[0]], round(bits, 2), round(what[1], 3))
        for one, what, bits in zip(model.fields.fields, found, weights, strict=True)
    )  # fmt: skip
    return Score(round(weight, 2), probability, parts)


def probability_of(bits: float) -> float:
    """From log2 odds."""
    if bits < -1000:
        return 0.0
    return 1 / (1 + 2**-bits)


def compared(fields: Fields, a: Prepared, b: Prepared) -> list[Found | None]:
    """What is found per field; None where either has nothing."""
    result = [
        (_best(compare, xs, ys) if len(xs) > 1 or len(ys) > 1 else compare(xs[0], ys[0])) if xs and ys else None
        for compare, xs, ys in zip(fields.compares, a, b, strict=True)
    ]
    for first, second in fields.swapped:
        _cross(fields, a, b, result, first, second)
    return result


def _best(compare: Any, xs: tuple[Any, ...], ys: tuple[Any, ...]) -> Found:
    best: Found = min((compare(x, y) for x in xs for y in ys), key=lambda one: (one[0], -one[1]))
    return best


def _cross(fields: Fields, a: Prepared, b: Prepared, result: list[Found | None], first: int, second: int) -> None:
    """Given and family name in each other's place count once, as swapped, where that explains the two better."""
    straight = max((one[1] if one else 0.0) for one in (result[first], result[second]))
    if straight >= 0.75:
        return
    compare = fields.compares[first]
    crossed = [_best(compare, xs, ys) for xs, ys in ((a[first], b[second]), (a[second], b[first])) if xs and ys]
    if not crossed or min(one[1] for one in crossed) < 0.88:
        return
    swapped = len(KINDS[fields.fields[first].kind].levels) - 1
    result[first] = (swapped, sum(one[1] for one in crossed) / len(crossed), (), True)
    result[second] = None


AGREES = 2


def agrees(found: Found | None) -> bool:
    """The name is the same, sounds the same, or is the same but for words left out."""
    return found is not None and found[0] <= AGREES


def given_of(fields: Fields) -> list[int]:
    return [fields.place(one.given) if one.given else -1 for one in fields.fields]


def weights_of(same: Iterable[Iterable[float]], differ: Iterable[Iterable[float]]) -> list[list[float]]:
    return [[log2(m / u) for m, u in zip(ms, us, strict=True)] for ms, us in zip(same, differ, strict=True)]


def unfitted(fields: Fields, *, records: int = 1000) -> Model:
    """The first guesses, for a house with too few records to learn from: every tenth record has a double."""
    same, differ = [], []
    for one in fields.fields:
        kind = KINDS[one.kind]
        times = 2 if one.given else 1
        same.append(kind.same * times)
        differ.append(kind.differ * times)
    return Model(fields, 0.1 / max(records, 10), tuple(same), tuple(differ), (None,) * len(same), 0)
