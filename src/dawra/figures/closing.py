"""How many of the deals that closed were won, stage by stage, and which stage would move that most. Pure.

The shares of going on from stage to stage multiply to the close rate exactly, so each stage's part in it can be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dawra.figures.objections import Share, share_of_n
from dawra.figures.shares import ratio_interval

FIELD_LOW, FIELD_HIGH = 0.15, 0.30  # the band that the field reports for itself; a comparison, not a goal
LEAST = 20  # closed deals below which no rate is said; and cases below which a stage is compared with nothing


@dataclass(frozen=True, slots=True)
class Ended:
    """So many deals that closed alike. furthest: place of the last open stage they were in, from 0; won ones passed all."""

    furthest: int
    won: bool
    n: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Of those that reached the stage, those that went on; from the last one on: that were won."""

    stage: int
    share: Share

    @property
    def is_little(self) -> bool:
        return self.share.n < LEAST


@dataclass(frozen=True, slots=True)
class Lever:
    """What the close rate would be, did the stage keep as many as it did in the period before.

    gain, low, high:  in shares of 1, more than the rate; the interval is that of before over now (Koopman), low at least 0
    """

    stage: int
    now: Share
    before: Share
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CloseRate:
    """rate: won of all that closed. lever: None where no stage kept more in the period before, or too little is known."""

    rate: Share
    passages: tuple[Passage, ...]
    lever: Lever | None

    @property
    def is_little(self) -> bool:
        return self.rate.n < LEAST

    @property
    def weakest(self) -> Passage | None:
        """The stage that keeps the fewest of those that reach it: a tenth more there is worth most."""
        known = [one for one in self.passages if not one.is_little]
        return min(known, key=lambda one: (one.share.share or 0.0, one.stage), default=None)


def close_rate(ended: Sequence[Ended], stages: int, before: Sequence[Ended] = ()) -> CloseRate:
    """Of deals that closed in a period, and the same of the period before, by the furthest of `stages` open stages.

    Takes:   furthest in 0..stages-1      Gives: rate = product of the passages' shares, exactly
    Source:  intervals: Wilson 1927, JASA 22(158), 209-212; Koopman 1984, Biometrics 40(2), 513-517
    Raises:  ValueError for a furthest stage there is not
    Beware:  raising one stage leaves the others as they are; whoever presses deals on loses them later
    """
    passages, past = _passages(ended, stages), _passages(before, stages)
    n = sum(one.n for one in ended)
    won = sum(one.n for one in ended if one.won)
    rate = share_of_n(won, n)
    return CloseRate(rate, passages, None if n < LEAST else _lever(won / n, passages, past))


def _passages(ended: Sequence[Ended], stages: int) -> tuple[Passage, ...]:
    if any(not 0 <= one.furthest < stages for one in ended):
        raise ValueError("a deal closed beyond the stages there are")
    reached = [sum(one.n for one in ended if one.won or one.furthest >= stage) for stage in range(stages)]
    on = [*reached[1:], sum(one.n for one in ended if one.won)]
    return tuple(Passage(stage, share_of_n(on[stage], reached[stage])) for stage in range(stages))


def _lever(rate: float, now: Sequence[Passage], before: Sequence[Passage]) -> Lever | None:
    found: dict[int, Lever] = {}
    for here, there in zip(now, before, strict=True):
        if here.is_little or there.is_little or not here.share.share or not there.share.share:
            continue
        ratio = there.share.share / here.share.share
        span = ratio_interval(there.share.hits, there.share.n, here.share.hits, here.share.n)
        if ratio > 1 and span is not None:
            low, high = (max(rate * (bound - 1), 0.0) for bound in span)
            found[here.stage] = Lever(here.stage, here.share, there.share, rate * (ratio - 1), low, min(high, 1 - rate))
    return max(found.values(), key=lambda one: (one.gain, -one.stage), default=None)
