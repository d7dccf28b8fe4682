"""Whether a certificate goes with winning: between deals, and for the same rep before and after. Pure.

Reps who are certified differ from those who are not in much besides: the eager learn first, and sell more anyway. So the
deals of a rep without the certificate are compared with the same rep's deals with it, rep by rep. Neither proves anything.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import sqrt

from dawra.figures.shares import Z95, difference_interval, wilson

# Fewer closed deals than this with or without the certificate: no difference is told.
FEW = 10


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed deal. certified: whoever owned it held the certificate on the day it closed."""

    rep: Hashable
    certified: bool
    won: bool


@dataclass(frozen=True, slots=True)
class Side:
    """won of n; share, low, high: 0..1 with Wilson's interval, None without any n. reps: how many sold them."""

    won: int
    n: int
    reps: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One share less the other, -1..1, with its 95 % interval. n: the deals, reps: the reps it rests on."""

    difference: float
    low: float
    high: float
    n: int
    reps: int


@dataclass(frozen=True, slots=True)
class Compared:
    """between: all deals with the certificate less all without. within: the same reps with and without it.

    None where either side has fewer than FEW deals.
    """

    certified: Side
    without: Side
    between: Gap | None
    within: Gap | None


def compare(deals: Iterable[Closed]) -> Compared:
    """What closed deals say of a certificate."""
    counts: dict[Hashable, list[int]] = {}  # rep: won and n with it, won and n without
    for deal in deals:
        row = counts.setdefault(deal.rep, [0, 0, 0, 0])
        at = 0 if deal.certified else 2
        row[at] += deal.won
        row[at + 1] += 1
    certified, without = _side(counts, 0), _side(counts, 2)
    both = {rep: row for rep, row in counts.items() if row[1] and row[3]}
    return Compared(certified, without, _between(certified, without, len(counts)), _within(list(both.values())))


def _side(counts: dict[Hashable, list[int]], at: int) -> Side:
    won, n = sum(row[at] for row in counts.values()), sum(row[at + 1] for row in counts.values())
    low, high = wilson(won, n) or (None, None)
    return Side(won, n, sum(1 for row in counts.values() if row[at + 1]), won / n if n else None, low, high)


def _between(here: Side, there: Side, reps: int) -> Gap | None:
    bounds = difference_interval(here.won, here.n, there.won, there.n)
    if bounds is None or min(here.n, there.n) < FEW:
        return None
    return Gap(here.won / here.n - there.won / there.n, *bounds, here.n + there.n, reps)


def _within(reps: list[list[int]]) -> Gap | None:
    """Mantel and Haenszel's difference over the reps, each compared with themselves; None with too few deals.

    Source: Greenland and Robins 1985, Biometrics 41, 55-68 (the difference); Sato 1989, Biometrics 45, 1323-1324 (its
            variance, sound for few reps with many deals and for many reps with few)
    """
    n1, n0 = sum(row[1] for row in reps), sum(row[3] for row in reps)
    if min(n1, n0) < FEW:
        return None
    difference = weights = p = q = 0.0
    for won, n, won_before, n_before in reps:
        total = n + n_before
        difference += (won * n_before - won_before * n) / total
        weights += n * n_before / total
        p += (n * n * won_before - n_before * n_before * won + n * n_before * (n_before - n) / 2) / total**2
        q += (won * (n_before - won_before) + won_before * (n - won)) / (2 * total)
    difference /= weights
    spread = Z95 * sqrt(max(0.0, difference * p + q)) / weights
    return Gap(difference, max(-1.0, difference - spread), min(1.0, difference + spread), n1 + n0, len(reps))
