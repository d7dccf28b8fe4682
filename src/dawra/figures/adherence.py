"""How far sellers follow the playbook, where they differ, and whether that goes with winning. Pure.

A step is due once its deal has left the stage forward: a deal that was lost in a stage had no chance to finish it, and
counting it would make losing look like negligence. Only required steps are due. A stage that was skipped is in no share; how
many were is said beside it. Shares are means over deals, for the steps of one deal are not independent of each other.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from dawra.figures.shares import difference_interval, wilson

# Below LOW of its steps a deal was followed little, from HIGH on closely.
LOW, HIGH = 0.5, 0.8
BANDS = ("low", "middle", "high")
# Fewer closed deals than this in the low or the high group: no difference is told.
FEW = 10
# A rep with fewer deals in a stage says nothing about how reps differ there.
FEW_OF_REP = 3


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of a deal to a stage, in order. type: open, won or lost; position: of the stage in its pipeline."""

    stage: str
    position: int
    type: str = "open"


def passed_and_skipped(stops: Sequence[Stop], stages: Sequence[Stop]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which stages a deal left forward, and which it jumped over.

    stops:   its visits, oldest first       stages: the open stages of its pipeline, in order
    Gives:   {stage: index of the visit that left it forward for the last time}, (skipped stages in order)
    Beware:  stages before the one it entered are not skipped: it never had to go through them
    """
    passed: dict[str, int] = {}
    jumped: set[str] = set()
    for place, (here, there) in enumerate(pairwise(stops)):
        if here.type != "open" or there.type == "lost" or (there.type == "open" and there.position <= here.position):
            continue
        passed[here.stage] = place
        end = there.position if there.type == "open" else float("inf")
        jumped |= {stage.stage for stage in stages if here.position < stage.position < end}
    stood = {stop.stage for stop in stops}
    return passed, tuple(stage.stage for stage in stages if stage.stage in jumped and stage.stage not in stood)


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage a deal left forward: how many required steps were due there, and how many of them done."""

    stage: str
    due: int
    done: int


@dataclass(frozen=True, slots=True)
class Case:
    """One deal. rep: whose it is. won: None while it is open. skipped: stages jumped over."""

    rep: Hashable
    won: bool | None
    passed: tuple[Passed, ...]
    skipped: int = 0

    @property
    def due(self) -> int:
        return sum(one.due for one in self.passed)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.passed)

    @property
    def share(self) -> float | None:
        """Steps done of those due, 0..1; None where nothing was due."""
        return self.done / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean adherence of `deals` deals with steps due; None for none. skipped: stages they jumped over, in no share.

    low, high: its interval of 95 %. A share between 0 and 1 spreads at most as much as a yes or no of the same mean, so
               Wilson's interval of the summed shares among the deals is wide enough, and never too narrow
    """

    key: Hashable
    deals: int
    mean: float | None
    due: int
    done: int
    skipped: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How reps differ in a stage. reps, deals: those counted (reps with FEW_OF_REP deals or more).

    low, high:  means of the lowest and the highest rep
    between:    standard deviation of the reps' true means, 0..1: what remains once chance is taken off; 0 = chance alone
                would do. None where it cannot be told (fewer than two reps)
    """

    reps: int
    deals: int
    low: float | None
    high: float | None
    between: float | None


@dataclass(frozen=True, slots=True)
class StageLine:
    stage: str
    all: Mean
    reps: tuple[Mean, ...]
    spread: Spread


@dataclass(frozen=True, slots=True)
class Band:
    """Closed deals of one band of adherence: won of n, with the interval of 95 %. name: of BANDS"""

    name: str
    won: int
    n: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Winning:
    """difference: win share of the high band less that of the low one, with its interval; None with too little history.

    n: closed deals with steps due
    """

    bands: tuple[Band, ...]
    n: int
    difference: float | None
    low: float | None
    high: float | None

    @property
    def is_enough(self) -> bool:
        return self.difference is not None


@dataclass(frozen=True, slots=True)
class Adherence:
    """reps: the most faithful first, those with few deals last. stages: in the order they were given."""

    all: Mean
    reps: tuple[Mean, ...]
    stages: tuple[StageLine, ...]
    winning: Winning


def adherence(cases: Iterable[Case], stages: Sequence[str]) -> Adherence:
    """Everything the report of a playbook tells.

    Takes:   one case a deal, in any order     stages: codes, in the order of the pipeline
    Source:  Wilson 1927 (shares), Newcombe 1998 (difference); Searle, Casella and McCulloch 1992, Variance Components,
             section 3.6 (variance between groups of unequal size, one-way layout)
    Beware:  goes with, does not prove: a deal that goes well leaves the time to follow the book
    """
    known = list(cases)
    return Adherence(
        all=_mean("", known),
        reps=_by_rep(known),
        stages=tuple(_stage(code, known) for code in stages),
        winning=winning(known),
    )


def band_of(share: float) -> str:
    return "low" if share < LOW else "high" if share >= HIGH else "middle"


def winning(cases: Iterable[Case]) -> Winning:
    """Win shares of closed deals that followed the playbook little, in part, closely."""
    closed = [(case.share, case.won) for case in cases if case.won is not None and case.share is not None]
    bands = {name: _band(name, [bool(won) for share, won in closed if band_of(share) == name]) for name in BANDS}
    low, high = bands["low"], bands["high"]
    found = difference_interval(high.won, high.n, low.won, low.n) if min(low.n, high.n) >= FEW else None
    if found is None or high.share is None or low.share is None:
        return Winning(tuple(bands.values()), len(closed), None, None, None)
    return Winning(tuple(bands.values()), len(closed), high.share - low.share, *found)


def spread_of(groups: Iterable[Sequence[float]]) -> Spread:
    """How the means of groups differ beyond chance: one-way layout, method of moments, groups of unequal size.

    Takes:   for each rep the shares of its deals, 0..1; reps with fewer than FEW_OF_REP are left out
    """
    kept = [group for group in groups if len(group) >= FEW_OF_REP]
    n, reps = sum(map(len, kept)), len(kept)
    means = [sum(group) / len(group) for group in kept]
    if reps < 2:
        return Spread(reps, n, min(means, default=None), max(means, default=None), None)
    middle = sum(map(sum, kept)) / n
    between = sum(len(g) * (m - middle) ** 2 for g, m in zip(kept, means, strict=True)) / (reps - 1)
    within = sum((share - m) ** 2 for g, m in zip(kept, means, strict=True) for share in g) / (n - reps)
    size = (n - sum(len(g) ** 2 for g in kept) / n) / (reps - 1)
    return Spread(reps, n, min(means), max(means), sqrt(max(0.0, (between - within) / size)))


def _band(name: str, won: Sequence[bool]) -> Band:
    interval = wilson(sum(won), len(won))
    if interval is None:
        return Band(name, 0, 0, None, None, None)
    return Band(name, sum(won), len(won), sum(won) / len(won), *interval)


def _mean(key: Hashable, cases: Iterable[Case]) -> Mean:
    counted = [case for case in cases if case.share is not None]
    shares = [case.share for case in counted if case.share is not None]
    low, high = wilson(sum(shares), len(shares)) or (None, None)
    return Mean(
        key,
        len(shares),
        sum(shares) / len(shares) if shares else None,
        sum(case.due for case in counted),
        sum(case.done for case in counted),
        sum(case.skipped for case in counted),
        low,
        high,
    )


def _by_rep(cases: Iterable[Case]) -> tuple[Mean, ...]:
    mine: dict[Hashable, list[Case]] = {}
    for case in cases:
        if case.share is not None:
            mine.setdefault(case.rep, []).append(case)
    means = [_mean(rep, own) for rep, own in mine.items()]
    return tuple(sorted(means, key=lambda one: (one.deals < FEW_OF_REP, -(one.mean or 0.0), -one.deals)))


def _stage(code: str, cases: Iterable[Case]) -> StageLine:
    """The same figures, of one stage alone."""
    here = [Case(c.rep, c.won, (one,)) for c in cases for one in c.passed if one.stage == code and one.due]
    groups: dict[Hashable, list[float]] = {}
    for case in here:
        groups.setdefault(case.rep, []).append(case.done / case.due)
    return StageLine(code, _mean(code, here), _by_rep(here), spread_of(groups.values()))
