"""A certificate against winning: worked by hand, and silent where there is too little."""

import pytest

from dawra.figures.training import FEW, Closed, compare


def deals(rep: str, *, certified: bool, won: int, n: int) -> list[Closed]:
    return [Closed(rep, certified, place < won) for place in range(n)]


def test_reps_are_compared_with_themselves_as_worked_by_hand() -> None:
    """Weights 5 and 48/14; differences 1 and 12/14: 0.2203. Sato: P = -0.8673, Q = 1.9571, so a spread of 0.3090."""
    rows = deals("a", certified=True, won=4, n=10) + deals("a", certified=False, won=2, n=10)
    rows += deals("b", certified=True, won=6, n=8) + deals("b", certified=False, won=3, n=6)
    within = compare(rows).within
    assert within is not None
    assert (within.difference, within.low, within.high) == pytest.approx((0.22034, -0.08869, 0.52937), abs=1e-5)
    assert (within.n, within.reps) == (34, 2)


def test_one_rep_alone_gives_the_plain_difference_and_its_usual_spread() -> None:
    rows = deals("a", certified=True, won=12, n=20) + deals("a", certified=False, won=8, n=20)
    found = compare(rows)
    assert found.within is not None and found.between is not None
    assert found.within.difference == pytest.approx(0.2) == found.between.difference
    assert found.within.high - 0.2 == pytest.approx(1.959964 * (2 * 0.24 / 20) ** 0.5, abs=1e-6)


def test_who_sells_more_anyway_makes_no_difference_within() -> None:
    """The good rep is certified for most of hers, the other for few; neither changed with it."""
    rows = deals("good", certified=True, won=32, n=40) + deals("good", certified=False, won=8, n=10)
    rows += deals("poor", certified=True, won=2, n=10) + deals("poor", certified=False, won=8, n=40)
    found = compare(rows)
    assert found.between is not None and found.between.difference == pytest.approx(34 / 50 - 16 / 50)
    assert found.within is not None and found.within.difference == pytest.approx(0)


def test_too_little_says_nothing_and_who_never_had_both_is_left_out_of_within() -> None:
    few = compare(deals("a", certified=True, won=1, n=FEW - 1) + deals("a", certified=False, won=1, n=50))
    assert few.between is None and few.within is None and few.certified.n == FEW - 1
    apart = compare(deals("a", certified=True, won=5, n=20) + deals("b", certified=False, won=5, n=20))
    assert apart.between is not None and apart.within is None
    nothing = compare([])
    assert (nothing.certified.share, nothing.certified.n, nothing.between) == (None, 0, None)
    sure = compare(deals("a", certified=True, won=20, n=20) + deals("a", certified=False, won=0, n=20)).within
    assert sure is not None and (sure.difference, sure.low, sure.high) == (1, 1, 1)
