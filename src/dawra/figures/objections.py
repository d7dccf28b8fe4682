"""Which answers to an objection win: ranked so that luck does not outrank proof. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dawra.figures.shares import wilson

Key = TypeVar("Key")
By = str  # "accepted" or "won"


@dataclass(frozen=True, slots=True)
class Tally(Generic[Key]):
    """What is known of one answer. accepted of tried: buyers' reactions; won of closed: deals in which it was used."""

    key: Key
    accepted: int
    tried: int
    won: int
    closed: int


@dataclass(frozen=True, slots=True)
class Share:
    """hits of n, and the interval of 95 % in which the true share probably lies; n = 0 has neither."""

    hits: int
    n: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class AnswerScore(Generic[Key]):
    key: Key
    accepted: Share
    won: Share


def share_of_n(hits: int, n: int) -> Share:
    """Source: Wilson 1927, JASA 22(158), 209-212."""
    interval = wilson(hits, n)
    if interval is None:
        return Share(hits, n, None, None, None)
    return Share(hits, n, hits / n, *interval)


def rank(tallies: Iterable[Tally[Key]], by: By = "accepted") -> tuple[AnswerScore[Key], ...]:
    """Score each answer, surest winner first.

    by:      the share that decides; the other one decides between equals
    Order:   the lower end of the interval. An answer nobody has tried comes after whatever has proved something and
             before what has only failed.
    Beware:  association, not cause: who answers well also closes well.
    """
    scores = [AnswerScore(t.key, share_of_n(t.accepted, t.tried), share_of_n(t.won, t.closed)) for t in tallies]
    return tuple(sorted(scores, key=lambda score: _place(score, by)))


def _place(score: AnswerScore[Key], by: By) -> tuple[float, ...]:
    first, then = (score.won, score.accepted) if by == "won" else (score.accepted, score.won)
    return (*_ends(first), *_ends(then))


def _ends(share: Share) -> tuple[float, float]:
    return -(share.low or 0.0), -(1.0 if share.high is None else share.high)
