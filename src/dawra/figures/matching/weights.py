"""The model of Fellegi and Sunter: how much an agreement says, and the score of two records, explained.

weight of a level = log2(m / u): m the share of pairs of one person, u of two persons, that reach the level.
Agreement on a rare value says more: weight = log2(m / f) where f is the share of the other records with that value.
score = log2 of the prior odds + the sum of the weights; probability = 2^score / (1 + 2^score).

Two colleagues agree on company and switchboard, and are two people: fields are not independent among strangers. So
there is a third class beside one person and two strangers: two who belong together, whose names are as far apart as
strangers' and whose shared fields agree. What it explains is taken off the score: log2(1 + odds of it against strangers).

Source: Fellegi & Sunter 1969, JASA 64(328), 1183-1210; Winkler 1988 (frequency-based weights), ASA Proceedings 667-671;
Larsen & Rubin 2001, JASA 96(453), 32-41 (mixtures of three classes).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from dawra.figures.matching.comparing import KINDS, SLIP, Found
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
    """weight: bits for (+) or against (-) one person, before the prior; probability 0..1 with it. shared: bits that are
    taken off the sum of the parts because colleagues or a family would agree so too (0 or more)."""

    weight: float
    probability: float
    parts: tuple[Part, ...]
    shared: float


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common the values of one field are. shares: of the other records that have a term, for common ones; rest,
    rest_wholes: for all other words, and wholes of several words; mean: over the words; whole: over whole values, which
    is the chance that two records have the same; values: records that have one. Texts first, sounds ("~…") second."""

    shares: Mapping[str, float]
    rest: tuple[float, float]
    rest_wholes: tuple[float, float]
    mean: tuple[float, float]
    whole: tuple[float, float]
    values: int


CLEARLY = 0.1  # by so much two names must be more alike crosswise to count as exchanged
_PAIRS = ("rest", "rest_wholes", "mean", "whole")


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, to be kept as JSON. chance, together: that two records taken at random are one person, or two
    who belong together. same, differ, related: per field the shares m, u and those of the related at its levels (fields
    with `given` have them three times, see standing). records: how many it was learnt from; 0 = first guesses only."""

    fields: Fields
    chance: float
    together: float
    same: tuple[tuple[float, ...], ...]
    differ: tuple[tuple[float, ...], ...]
    related: tuple[tuple[float, ...], ...]
    frequencies: tuple[Frequencies | None, ...]
    records: int
    scale: "Scale" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", Scale(self))

    def as_json(self) -> dict[str, Any]:
        return {
            "fields": [[one.name, one.kind, one.swaps, one.given] for one in self.fields.fields],
            "passes": [list(one) for one in self.fields.passes],
            "shared": list(self.fields.shared),
            "chance": self.chance,
            "together": self.together,
            "same": [list(row) for row in self.same],
            "differ": [list(row) for row in self.differ],
            "related": [list(row) for row in self.related],
            "frequencies": [
                one
                and {"shares": dict(one.shares), "values": one.values}
                | {name: list(getattr(one, name)) for name in _PAIRS}
                for one in self.frequencies
            ],
            "records": self.records,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Model":
        """Raises: KeyError, TypeError, UnknownKind for what as_json did not write."""
        fields = Fields(
            tuple(Field(*one) for one in kept["fields"]),
            tuple(tuple(one) for one in kept["passes"]),
            tuple(kept["shared"]),
        )
        tables = tuple(
            one and Frequencies(one["shares"], **{name: tuple(one[name]) for name in _PAIRS}, values=one["values"])
            for one in kept["frequencies"]
        )
        same, differ, related = (tuple(tuple(row) for row in kept[name]) for name in ("same", "differ", "related"))
        return cls(fields, kept["chance"], kept["together"], same, differ, related, tables, kept["records"])


class Scale:
    """A model made ready for weighing many pairs."""

    __slots__ = ("_given", "_related", "_rows", "_tables", "_together", "prior")

    def __init__(self, model: Model) -> None:
        strangers = 1 - model.chance - model.together
        self.prior = log2(model.chance / strangers)
        self._together = log2(model.together / strangers) if model.together else None
        self._related = related_of(model.fields, model.related, model.differ)
        self._rows = weights_of(model.same, model.differ)
        self._tables = [Rarity(one) if one else None for one in model.frequencies]
        self._given = given_of(model.fields)

    def weigh(self, fields: Fields, a: Prepared, b: Prepared) -> tuple[float, list[Found | None], list[float]]:
        """The bits taken off, what was found per field (None = missing) and the weights per field."""
        found = compared(fields, a, b)
        weights, together = [], self._together or 0.0
        for one, row, related, given, table in zip(
            found, self._rows, self._related, self._given, self._tables, strict=True
        ):
            if one is None:
                weights.append(0.0)
                continue
            level, _, terms, whole = one
            if given >= 0 and (held := standing(fields, given, found[given])):
                level += len(row) // 3 * held
                if one[0]:
                    terms = ()  # a rare name has a rare address: what follows from it is no news twice
            together += related[level]
            weights.append(row[level] + table.bits(terms, whole) if terms and table else row[level])
        shared = log2(1 + 2**together) if self._together is not None and together > -30 else 0.0
        return shared, found, weights


class Rarity:
    """How much more, or less, an agreement says for being on these very values."""

    __slots__ = ("_logs", "_mean", "_rest", "_rest_wholes", "_whole")

    def __init__(self, known: Frequencies) -> None:
        self._logs = {term: log2(share) for term, share in known.shares.items()}
        self._rest, self._rest_wholes, self._mean, self._whole = (
            (log2(row[0]), log2(row[1])) for row in (known.rest, known.rest_wholes, known.mean, known.whole)
        )

    def bits(self, terms: tuple[str, ...], whole: bool) -> float:
        """Bits above an agreement of average rarity. A whole is as common as it is counted, or as its words taken as
        independent make it, whichever is more."""
        heard = terms[0][:1] == "~"
        rest, logs = self._rest[heard], self._logs
        if len(terms) == 1:
            return (self._whole if whole else self._mean)[heard] - logs.get(terms[0], rest)
        if not whole:
            return self._mean[heard] * len(terms) - sum([logs.get(term, rest) for term in terms])
        words = sum([logs.get(term, rest) for term in terms[:-1]])
        return self._whole[heard] - max(words, logs.get(terms[-1], self._rest_wholes[heard]))


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
        one = likely(model, ready, prepared(model.fields, other), at_least)
        if one is not None:
            found.append((place, one))
    return sorted(found, key=lambda one: (-one[1].weight, one[0]))


def scored(model: Model, a: Prepared, b: Prepared) -> Score:
    """The score of two prepared records."""
    score = likely(model, a, b, 0.0)
    assert score is not None
    return score


def likely(model: Model, a: Prepared, b: Prepared, at_least: float) -> Score | None:
    """Their score if the probability is at least that; costs less where it is not."""
    shared, found, weights = model.scale.weigh(model.fields, a, b)
    weight = sum(weights) - shared
    probability = probability_of(model.scale.prior + weight)
    if probability < at_least:
        return None
    rows = zip(model.fields.fields, found, weights, strict=True)
    parts = tuple([_part(field, what, bits) for field, what, bits in rows])
    return Score(round(weight, 2), probability, parts, round(shared, 2))


def _part(field: Field, found: Found | None, bits: float) -> Part:
    if found is None:
        return Part(field.name, "missing", 0.0, 0.0)
    return Part(field.name, KINDS[field.kind].levels[found[0]], round(bits, 2), round(found[1], 3))


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


def _best(compare: Any, xs: tuple[Any, ...], ys: tuple[Any, ...]) -> Found | None:
    found: list[Found] = [one for x in xs for y in ys if (one := compare(x, y)) is not None]
    return min(found, key=lambda one: (one[0], -one[1])) if found else None


def _cross(fields: Fields, a: Prepared, b: Prepared, result: list[Found | None], first: int, second: int) -> None:
    """Given and family name in each other's place count once, as swapped, where that explains the two better."""
    straight = max((one[1] if one else 0.0) for one in (result[first], result[second]))
    if straight > 1 - CLEARLY:
        return
    compare = fields.compares[first]
    both = (_best(compare, xs, ys) for xs, ys in ((a[first], b[second]), (a[second], b[first])))
    crossed = [one[1] for one in both if one]
    if crossed and min(crossed) >= max(SLIP, straight + CLEARLY):
        swapped = len(KINDS[fields.fields[first].kind].levels) - 1
        result[first] = (swapped, sum(crossed) / len(crossed), (), True)
        result[second] = None


def standing(fields: Fields, place: int, found: Found | None) -> int:
    """How a field agrees, for those that follow from it: 0 not at all, 1 in part (its last level but one), 2 it does."""
    if found is None:
        return 0
    return min(max(fields.againsts[place] - found[0], 0), 2)


def given_of(fields: Fields) -> list[int]:
    return [fields.place(one.given) if one.given else -1 for one in fields.fields]


def weights_of(same: Iterable[Iterable[float]], differ: Iterable[Iterable[float]]) -> list[list[float]]:
    return [[log2(m / u) for m, u in zip(ms, us, strict=True)] for ms, us in zip(same, differ, strict=True)]


def related_of(
    fields: Fields, related: Iterable[Iterable[float]], differ: Iterable[Iterable[float]]
) -> list[list[float]]:
    """log2 of related against strangers per level; nothing for fields that those who belong together do not share."""
    rows = zip(fields.fields, weights_of(related, differ), strict=True)
    return [row if one.name in fields.shared else [0.0] * len(row) for one, row in rows]


def unfitted(fields: Fields, *, records: int = 1000) -> Model:
    """The first guesses, for a house with too few records to learn from: every tenth record has a double."""
    same, differ, related = [], [], []
    for one in fields.fields:
        kind = KINDS[one.kind]
        told = kind.told or kind.differ
        same.append(kind.same * (3 if one.given else 1))
        differ.append(kind.differ + told * 2 if one.given else kind.differ)
        # Colleagues share a switchboard as a person shares it with himself; of their own addresses hardly one.
        related.append((0.02, *told[1:-1], told[-1] - 0.02) * 3 if one.given else kind.same)
    chance = 0.1 / max(records, 10)
    together = chance if fields.shared else 0.0
    rows = (tuple(same), tuple(differ), tuple(related))
    return Model(fields, chance, together, *rows, (None,) * len(same), 0)
