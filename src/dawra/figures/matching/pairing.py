"""All likely pairs of a population."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dawra.figures.matching.fields import Record
from dawra.figures.matching.gathering import Gathered
from dawra.figures.matching.weights import Model, Score, likely


@dataclass(frozen=True, slots=True)
class Pair:
    """a, b: places in the records given, a < b."""

    a: int
    b: int
    score: Score


def pairs(model: Model, records: Iterable[Record] | Gathered, *, at_least: float = 0.9) -> Iterator[Pair]:
    """Every pair that shares a key and is one person with a probability of at least `at_least`, in no special order.

    Cost: per million people about two CPU-minutes with gathering and learning, and a gigabyte
    """
    everybody = records if isinstance(records, Gathered) else Gathered(model.fields, records)
    ready = everybody.ready
    for a, b in everybody.candidates():
        score = likely(model, ready[a], ready[b], at_least)
        if score is not None:
            yield Pair(a, b, score)
