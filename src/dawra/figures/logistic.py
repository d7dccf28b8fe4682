"""A logistic regression whose weights are drawn towards nothing, on counted patterns; and how far groups lie apart. Pure.

Plain Python on purpose: what is learnt here has some hundred weights at most, and a web process need not carry numpy.
"""

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from operator import mul

MOST_STEPS = 25
NEAR_ENOUGH = 1e-7
LONGEST_STEP = 4.0


def between_variance(estimates: Sequence[float], variances: Sequence[float]) -> float | None:
    """How far groups really lie apart, beyond what chance makes of them; 0 where chance explains all.

    Takes:   an estimate and its variance for each group      Gives: a variance; None for fewer than two groups
    Source:  DerSimonian & Laird 1986, Controlled Clinical Trials 7(3), 177-188
    """
    if len(estimates) < 2:
        return None
    trust = [1 / variance for variance in variances]
    whole: float = sum(trust)
    mean: float = sum(map(mul, trust, estimates)) / whole
    distance: float = sum(t * (e - mean) ** 2 for t, e in zip(trust, estimates, strict=True))
    scale: float = whole - sum(t * t for t in trust) / whole
    return max(0.0, (distance - (len(estimates) - 1)) / scale)


def weights_of(patterns: Mapping[tuple[int, ...], Sequence[int]], variances: Sequence[float]) -> list[float]:
    """The most likely weights: place 0 is the general level, place k has the prior variance variances[k - 1].

    Takes:   pattern (its places, rising, 0 first) → [n, won]
    Source:  le Cessie & van Houwelingen 1992, Applied Statistics 41(1), 191-201, solved by Newton's method
    Beware:  n and won of all patterns must both exceed 0, and so must n - won: else the level has no end
    """
    size = len(variances) + 1
    pull = [0.0, *(1 / variance for variance in variances)]
    n, won = sum(c[0] for c in patterns.values()), sum(c[1] for c in patterns.values())
    weights = [log(won / (n - won)), *([0.0] * (size - 1))]
    for _step in range(MOST_STEPS):
        slope, curve = _slopes(patterns, weights, size)
        for place in range(1, size):
            slope[place] -= pull[place] * weights[place]
            curve[place][place] += pull[place]
        step = _solved(curve, slope)
        longest = max(map(abs, step))
        damp = min(1.0, LONGEST_STEP / longest) if longest else 1.0
        weights = [weight + damp * one for weight, one in zip(weights, step, strict=True)]
        if longest < NEAR_ENOUGH:
            break
    return weights


def _slopes(
    patterns: Mapping[tuple[int, ...], Sequence[int]], weights: Sequence[float], size: int
) -> tuple[list[float], list[list[float]]]:
    """First and (lower half of the) second derivatives of the log-likelihood, the second with its sign turned."""
    slope, curve = [0.0] * size, [[0.0] * size for _row in range(size)]
    for places, (n, won) in patterns.items():
        level = sum([weights[place] for place in places])
        chance = 1 / (1 + exp(-level)) if level > -500 else 0.0
        off, spread = won - n * chance, n * chance * (1 - chance)
        for at, place in enumerate(places, 1):
            slope[place] += off
            row = curve[place]
            for other in places[:at]:
                row[other] += spread
    return slope, curve


def _solved(curve: Sequence[Sequence[float]], slope: Sequence[float]) -> list[float]:
    """x with curve·x = slope, by Cholesky; curve: the lower half of a positive definite matrix."""
    size = len(slope)
    lower: list[list[float]] = []
    for i in range(size):
        row: list[float] = []
        for j in range(i):
            row.append((curve[i][j] - sum(map(mul, row, lower[j]))) / lower[j][j])
        row.append(sqrt(curve[i][i] - sum(map(mul, row, row))))
        lower.append(row)
    forward: list[float] = []
    for i in range(size):
        forward.append((slope[i] - sum(map(mul, lower[i], forward))) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        rest = sum(lower[k][i] * found[k] for k in range(i + 1, size))
        found[i] = (forward[i] - rest) / lower[i][i]
    return found
