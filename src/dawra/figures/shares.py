"""How sure a share is, and how sure it is that one share is larger than another. Pure.

A share is won of n, between 0 and 1. Nothing counted is no share: None, never 0.
"""

from math import isclose, sqrt

# Two-sided 95 % of the standard normal distribution.
Z95 = 1.959963984540054
_HALVINGS = 80
_LARGEST = 1e9  # a ratio beyond this is without bound


def wilson(won: float, n: int, z: float = Z95) -> tuple[float, float] | None:
    """The interval in which the true share probably lies.

    Takes:   won of n, 0 <= won <= n; whole, or a sum of n shares      Gives: (low, high), each 0..1; None for n = 0
    Source:  Wilson 1927, JASA 22(158), 209-212; checked against Newcombe 1998, Statistics in Medicine 17, 857-872
    """
    if n <= 0:
        return None
    middle = won + z * z / 2
    spread = z * sqrt(won * (n - won) / n + z * z / 4)
    low, high = (middle - spread) / (n + z * z), (middle + spread) / (n + z * z)
    return (0.0 if won == 0 else max(0.0, low), 1.0 if won == n else min(1.0, high))


def ratio_interval(won: int, n: int, rest_won: int, rest_n: int, z: float = Z95) -> tuple[float, float] | None:
    """The interval of one share divided by another, of two groups that have nobody in common.

    Gives:   (low, high); high is infinite where the rest won nothing; None where a group is empty or nobody won
    Source:  Koopman 1984, Biometrics 40(2), 513-517 (score method: sound with few cases, and with none won)
    """
    if n <= 0 or rest_n <= 0 or won + rest_won == 0:
        return None
    if won == n and rest_won == rest_n:
        return _both_whole(n, rest_n, z)
    here, there = won / n, rest_won / rest_n
    low = 0.0 if won == 0 else _bound(won, n, rest_won, rest_n, z, below=True)
    high = float("inf") if rest_won == 0 else _bound(won, n, rest_won, rest_n, z, below=False)
    assert won == 0 or rest_won == 0 or low <= here / there <= high
    return low, high


def lift(won: int, n: int, all_won: int, all_n: int) -> float | None:
    """A group's share divided by everybody's; None where there is nothing to divide."""
    if n <= 0 or all_n <= 0 or all_won == 0:
        return None
    return (won / n) / (all_won / all_n)


def lift_interval(won: int, n: int, all_won: int, all_n: int, z: float = Z95) -> tuple[float, float] | None:
    """The interval of a group's lift against everybody, the group included.

    Everybody's share is a mixture of the group's and the rest's, so the lift is r / (f·r + 1 - f), where r is the ratio of
    the two shares and f the group's part of everybody. That grows with r, so the bounds of r become the bounds of the lift.
    """
    ratio = ratio_interval(won, n, all_won - won, all_n - n, z)
    if ratio is None:
        return None
    part = n / all_n
    low, high = (1 / part if r == float("inf") else r / (part * r + 1 - part) for r in ratio)
    return low, high


def difference_interval(won: int, n: int, rest_won: int, rest_n: int, z: float = Z95) -> tuple[float, float] | None:
    """The interval of one share less another, of two groups that have nobody in common.

    Gives:   (low, high), each -1..1; None where a group is empty
    Source:  Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: put together from Wilson's two intervals
    """
    here, there = wilson(won, n, z), wilson(rest_won, rest_n, z)
    if here is None or there is None:
        return None
    share, rest = won / n, rest_won / rest_n
    below = sqrt((share - here[0]) ** 2 + (there[1] - rest) ** 2)
    above = sqrt((here[1] - share) ** 2 + (rest - there[0]) ** 2)
    return share - rest - below, share - rest + above


def _both_whole(n: int, rest_n: int, z: float) -> tuple[float, float]:
    """Everybody won in both groups: the ratio is 1, and how far off it may be follows from the sizes alone."""
    return n / (n + z * z), (rest_n + z * z) / rest_n


def _bound(won: int, n: int, rest_won: int, rest_n: int, z: float, *, below: bool) -> float:
    """Where Koopman's statistic reaches z², sought by halving on the logarithm of the ratio."""
    centre = (won / n) / (rest_won / rest_n) if won and rest_won else (_LARGEST if won else 1 / _LARGEST)
    near = far = centre
    while _statistic(far, won, n, rest_won, rest_n) < z * z:
        far = far / 2 if below else far * 2
        if not 1 / _LARGEST <= far <= _LARGEST:
            return 0.0 if below else float("inf")
    for _step in range(_HALVINGS):
        middle = sqrt(near * far)
        if _statistic(middle, won, n, rest_won, rest_n) < z * z:
            near = middle
        else:
            far = middle
        if isclose(near, far, rel_tol=1e-12):
            break
    return sqrt(near * far)


def _statistic(ratio: float, won: int, n: int, rest_won: int, rest_n: int) -> float:
    """Koopman's chi-square of the hypothesis that the two shares have this ratio."""
    total = n + rest_n
    b = ratio * (n + rest_won) + won + rest_n
    share = min(1.0, (b - sqrt(max(0.0, b * b - 4 * ratio * total * (won + rest_won)))) / (2 * total))
    return _distance(won, n, share) + _distance(rest_won, rest_n, min(1.0, share / ratio))


def _distance(won: int, n: int, share: float) -> float:
    """One group's part of the chi-square: how far what was seen lies from what the share leads one to expect."""
    expected, spread = n * share, n * share * (1 - share)
    if spread <= 1e-15:
        return 0.0 if isclose(expected, won, abs_tol=1e-6) else float("inf")
    return (won - expected) ** 2 / spread
