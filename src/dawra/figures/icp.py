"""The ideal customer: what the won companies have in common, learnt from closed deals, and how well a company fits. Pure.

    profile = fit(cases, sorts)                 cases: closed deals; sorts: what is compared, and how
    profile.state                               "fitted", "too_little_history" or "nothing_tells"
    scored(profile, {"industry": ("dairy",)})   a score from 0 to 100 with its signed reasons, which add up

The weights are additive on the log-odds of winning. Each value's weight is drawn towards nothing, the more the fewer deals
stand behind it and the less its dimension tells won from lost: an empirical Bayes prior for each dimension.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from dawra.figures.logistic import between_variance, weights_of
from dawra.figures.shares import lift, lift_interval, wilson

# Ten of the rarer outcome for each of three values: Peduzzi et al. 1996, J Clin Epidemiol 49(12), 1373-1379.
LEAST_EACH = 30
LEAST_OF_VALUE = 5  # deals a value needs to get a weight
MOST_VALUES = 24  # of a dimension, the most frequent ones; each costs time in every step of the fit
# A weight of 1 makes the odds 2.7 times as good; it counts at most so many points, or a faint pattern would fill 0 to 100.
MOST_POINTS_A_WEIGHT = 20.0
TOP = 100
MIDDLE = 50
# Upper bounds, exclusive, of the bands of employees: Recommendation 2003/361/EC, and two above it.
SIZE_CUTS = (10.0, 50.0, 250.0, 1000.0, 5000.0)

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """One closed deal. values: dimension → values; several where a company has several, none where nobody knows."""

    won: bool
    values: Values


@dataclass(frozen=True, slots=True)
class Lift:
    """One value of a dimension: what happened (share, lift with 95 % intervals), and what it counts in the score.

    weight: log-odds after shrinkage, None where the value was too rare to fit. points: whole, as added to a score
    """

    dimension: str
    value: str
    n: int
    won: int
    share: float
    share_low: float
    share_high: float
    lift: float | None
    lift_low: float | None
    lift_high: float | None
    weight: float | None = None
    points: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """Of the deals whose company scored low <= score < high, so many were won; judged by deals the fit had not seen."""

    low: int
    high: int
    n: int
    won: int
    share: float | None
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """base: the score of a company of which nothing is known. telling: dimension → how far its values differ (variance).

    auc: chance that a won deal scored above a lost one, by deals the fit had not seen; 0.5 is a coin
    """

    state: str
    n: int
    won: int
    base: int = MIDDLE
    lifts: tuple[Lift, ...] = ()
    telling: Mapping[str, float] | None = None
    bands: tuple[Band, ...] = ()
    auc: float | None = None

    @property
    def lost(self) -> int:
        return self.n - self.won

    @property
    def points(self) -> dict[tuple[str, str], int]:
        return {(one.dimension, one.value): one.points for one in self.lifts if one.points}


@dataclass(frozen=True, slots=True)
class Reason:
    dimension: str
    value: str
    points: int


@dataclass(frozen=True, slots=True)
class Scored:
    """base + all reasons = score, but for the bounds 0 and 100. known: dimensions of which something is known."""

    score: int
    base: int
    reasons: tuple[Reason, ...]
    known: int

    @property
    def top(self) -> tuple[Reason, ...]:
        return self.reasons[:3]


def fit(cases: Sequence[Case]) -> Profile:
    """Learn from closed deals what goes with winning.

    Takes:   cases in the order of closing      Gives: always the lifts; weights only where the history suffices
    Source:  shrinkage of a share towards its group: Efron & Morris 1975, JASA 70(350), 311-319; variance between values:
             DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177-188; ridge logistic: le Cessie & van Houwelingen
             1992, Applied Statistics 41(1), 191-201
    Cost:    50,000 cases of six dimensions in about three seconds
    Beware:  association, not cause; and whoever was never offered anything is not in it
    """
    lifts = lifts_of(cases)
    n, won = len(cases), sum(case.won for case in cases)
    if min(won, n - won) < LEAST_EACH:
        return Profile("too_little_history", n, won, lifts=lifts)
    found = _learnt(cases, lifts)
    if not any(one.points for one in found.lifts):
        return replace(found, state="nothing_tells")
    return _checked(found, cases)


def lifts_of(cases: Sequence[Case]) -> tuple[Lift, ...]:
    """What happened with each value, the most frequent first in each dimension; no judgement in it."""
    seen: dict[tuple[str, str], list[int]] = {}
    for case in cases:
        for dimension, values in case.values.items():
            for value in values:
                counted = seen.setdefault((dimension, value), [0, 0])
                counted[0] += 1
                counted[1] += case.won
    n, won = len(cases), sum(case.won for case in cases)
    found = [_lift(*key, counted[0], counted[1], n, won) for key, counted in seen.items()]
    return tuple(sorted(found, key=lambda one: (one.dimension, -one.n, one.value)))


def scored(profile: Profile, values: Values) -> Scored:
    """How well a company fits: the base and what each of its values adds or takes, the strongest reason first."""
    return scored_by(profile.base, profile.points, values)


def scored_by(base: int, points: Mapping[tuple[str, str], int], values: Values) -> Scored:
    """The same with points set by hand."""
    known = [(dimension, value) for dimension, several in values.items() for value in several]
    reasons = [Reason(*key, points[key]) for key in known if points.get(key)]
    reasons.sort(key=lambda one: (-abs(one.points), one.dimension, one.value))
    total = base + sum(one.points for one in reasons)
    dimensions = sum(1 for several in values.values() if several)
    return Scored(min(TOP, max(0, total)), base, tuple(reasons), dimensions)


def band_of(number: float | None, cuts: Sequence[float]) -> tuple[str, ...]:
    """The band a number lies in, as "<10", "10-49" or "5000+"; () for none. Cuts: rising, each the start of a band."""
    if number is None or not cuts:
        return ()
    place = sum(1 for cut in cuts if number >= cut)
    if place == 0:
        return (f"<{_plain(cuts[0])}",)
    if place == len(cuts):
        return (f"{_plain(cuts[-1])}+",)
    low, high = cuts[place - 1], cuts[place]
    last = high - 1 if float(low).is_integer() and float(high).is_integer() else high
    return (f"{_plain(low)}-{_plain(last)}",)


def quantile_cuts(numbers: Iterable[float], bands: int = 4) -> tuple[float, ...]:
    """Cuts that part numbers into bands of about equal count; fewer where many are equal, none for fewer than two.

    Source:  the nearest-rank quantile, Hyndman & Fan 1996, American Statistician 50(4), 361-365, definition 1
    """
    ordered = sorted(numbers)
    found = {ordered[-(-len(ordered) * k // bands) - 1] for k in range(1, bands)} if ordered else set()
    return tuple(sorted(cut for cut in found if cut > ordered[0]))


def _lift(dimension: str, value: str, n: int, won: int, all_n: int, all_won: int) -> Lift:
    share = wilson(won, n) or (0.0, 1.0)
    bounds = lift_interval(won, n, all_won, all_n)
    return Lift(dimension, value, n, won, won / n, *share, lift(won, n, all_won, all_n), *(bounds or (None, None)))


def _learnt(cases: Sequence[Case], lifts: Sequence[Lift]) -> Profile:
    """Weights and points from these cases."""
    kept: dict[str, list[Lift]] = {}
    for one in lifts:
        mine = kept.setdefault(one.dimension, [])
        if one.n >= LEAST_OF_VALUE and len(mine) < MOST_VALUES:
            mine.append(one)
    telling = {dimension: _telling(mine) for dimension, mine in kept.items()}
    places: dict[tuple[str, str], int] = {}
    variances: list[float] = []
    for dimension, mine in kept.items():
        if telling[dimension] > 0:
            for one in mine:
                places[one.dimension, one.value] = len(variances) + 1
                variances.append(telling[dimension])
    patterns: dict[tuple[int, ...], list[int]] = {}
    for case in cases:
        columns = [places[d, v] for d, several in case.values.items() for v in several if (d, v) in places]
        counted = patterns.setdefault((0, *sorted(set(columns))), [0, 0])
        counted[0] += 1
        counted[1] += case.won
    weights = weights_of(patterns, variances)
    by_value = _centred({key: weights[place] for key, place in places.items()}, kept)
    base, scale = _scale(by_value)
    weighed = tuple(
        replace(one, weight=by_value.get(key), points=round(by_value.get(key, 0.0) * scale))
        for one in lifts
        for key in [(one.dimension, one.value)]
    )
    n = len(cases)
    return Profile("fitted", n, sum(case.won for case in cases), base, weighed, telling)


def _centred(
    weights: Mapping[tuple[str, str], float], kept: Mapping[str, Sequence[Lift]]
) -> dict[tuple[str, str], float]:
    """Each weight against the average deal of its dimension, so that what is not known counts as average."""
    means = {
        dimension: sum(one.n * weights.get((dimension, one.value), 0.0) for one in mine) / sum(one.n for one in mine)
        for dimension, mine in kept.items()
        if mine
    }
    return {key: weight - means[key[0]] for key, weight in weights.items()}


def _telling(values: Sequence[Lift]) -> float:
    """How far the values of a dimension lie apart beyond chance: variance of their log-odds; half a deal added to each
    count so that none is infinite (Gart 1966, Biometrika 53, 252-255).
    """
    odds = [log((one.won + 0.5) / (one.n - one.won + 0.5)) for one in values]
    spreads = [1 / (one.won + 0.5) + 1 / (one.n - one.won + 0.5) for one in values]
    return between_variance(odds, spreads) or 0.0


def _scale(weights: Mapping[tuple[str, str], float]) -> tuple[int, float]:
    """Base and points for a weight of 1, so that the best and the worst combination of values stay within 0 and 100."""
    by_dimension: dict[str, list[float]] = {}
    for (dimension, _value), weight in weights.items():
        by_dimension.setdefault(dimension, [0.0]).append(weight)
    low = sum(min(one) for one in by_dimension.values())
    high = sum(max(one) for one in by_dimension.values())
    if high - low <= 0:
        return MIDDLE, 0.0
    scale = min(MOST_POINTS_A_WEIGHT, TOP / (high - low))
    return round(-low * scale + (TOP - (high - low) * scale) / 2), scale


def _checked(profile: Profile, cases: Sequence[Case]) -> Profile:
    """Learn from every second deal and score the others, both ways: how the score does with what it has not seen."""
    judged: list[tuple[int, bool]] = []
    for half in (0, 1):
        seen = cases[half::2]
        half_profile = _learnt(seen, lifts_of(seen))
        points = half_profile.points
        judged += [(scored_by(half_profile.base, points, c.values).score, c.won) for c in cases[1 - half :: 2]]
    return replace(profile, bands=bands_of(judged), auc=auc_of(judged))


def bands_of(judged: Iterable[tuple[int, bool]], width: int = 20) -> tuple[Band, ...]:
    """Won share for each band of scores, the lowest first."""
    counts: dict[int, list[int]] = {low: [0, 0] for low in range(0, TOP, width)}
    for score, won in judged:
        counted = counts[min(score // width * width, TOP - width)]
        counted[0] += 1
        counted[1] += won
    found = []
    for low, (n, good) in counts.items():
        bounds = wilson(good, n)
        high = low + width if low + width < TOP else TOP + 1
        found.append(Band(low, high, n, good, good / n if n else None, *(bounds or (None, None))))
    return tuple(found)


def auc_of(judged: Iterable[tuple[int, bool]]) -> float | None:
    """The chance that a won deal scored above a lost one, ties counting half; None without both.

    Source:  Hanley & McNeil 1982, Radiology 143(1), 29-36
    """
    counts: dict[int, list[int]] = {}
    for score, is_won in judged:
        counts.setdefault(score, [0, 0])[is_won] += 1
    lost_below, better, won_all = 0, 0.0, 0
    for score in sorted(counts):
        lost, won = counts[score]
        better += won * (lost_below + lost / 2)
        lost_below += lost
        won_all += won
    return better / (lost_below * won_all) if lost_below and won_all else None


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:g}"
