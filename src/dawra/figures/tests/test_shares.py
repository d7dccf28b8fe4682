"""How sure a share is: against published numbers."""

import pytest

from dawra.figures.shares import lift, lift_interval, ratio_interval, wilson


@pytest.mark.parametrize(
    ("won", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_interval_newcombe_published(won: int, n: int, low: float, high: float) -> None:
    assert wilson(won, n) == pytest.approx((low, high), abs=5e-5)


def test_two_shares_have_the_ratio_koopman_published() -> None:
    assert ratio_interval(36, 40, 16, 80) == pytest.approx((2.94, 7.15), abs=5e-3)


def test_a_group_that_won_nothing_has_an_upper_bound_and_one_beside_losers_only_a_lower() -> None:
    low, high = ratio_interval(0, 10, 5, 20) or (1.0, 1.0)
    assert low == 0 and 1 < high < 2
    assert ratio_interval(5, 10, 0, 20) == (pytest.approx(2.93, abs=0.01), float("inf"))


def test_the_lift_is_against_everybody_the_group_included() -> None:
    """36 of 40 beside 52 of 120: 0.9 / 0.4333; the bounds of the ratio, 2.94 and 7.15, mixed with a third."""
    assert lift(36, 40, 52, 120) == pytest.approx(2.0769, abs=5e-5)
    mixed = [r / (r / 3 + 2 / 3) for r in (2.9396, 7.1522)]
    assert lift_interval(36, 40, 52, 120) == pytest.approx(mixed, abs=1e-3)


def test_nothing_counted_is_no_share() -> None:
    assert wilson(0, 0) is None and lift(0, 0, 5, 10) is None
    assert ratio_interval(0, 5, 0, 5) is None and lift_interval(5, 5, 5, 5) is None
