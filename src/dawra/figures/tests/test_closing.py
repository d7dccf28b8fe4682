"""The close rate: worked by hand on 100 closed deals of three stages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.figures.closing import LEAST, Ended, close_rate

# 100 closed: 40 lost in the first stage, 30 in the second, 10 in the third, 20 won: 60 %, 50 %, 66.7 % go on.
NOW = [Ended(0, False, 40), Ended(1, False, 30), Ended(2, False, 10), Ended(2, True, 20)]
# Before: 100 closed, 36 lost in the first, 16 in the second, 16 in the third, 32 won: 64 %, 75 %, 66.7 %.
BEFORE = [Ended(0, False, 36), Ended(1, False, 16), Ended(2, False, 16), Ended(2, True, 32)]


def test_the_rate_is_won_of_closed_with_wilsons_interval():
    found = close_rate(NOW, 3)
    assert (found.rate.hits, found.rate.n, found.rate.share) == (20, 100, 0.2)
    assert (round(found.rate.low, 3), round(found.rate.high, 3)) == (0.133, 0.289)
    assert [(one.share.hits, one.share.n) for one in found.passages] == [(60, 100), (30, 60), (20, 30)]
    assert found.weakest and found.weakest.stage == 1


def test_the_stage_that_would_move_it_most_is_the_one_that_fell_most_behind_itself():
    lever = close_rate(NOW, 3, BEFORE).lever
    assert lever and lever.stage == 1
    assert lever.gain == pytest.approx(0.2 * (0.75 / 0.5 - 1))  # ten points
    assert 0 < lever.low < lever.gain < lever.high


def test_nothing_is_promised_from_too_little_or_where_nothing_was_better():
    assert close_rate(BEFORE, 3, NOW).lever is None
    few = [Ended(0, False, LEAST - 2), Ended(2, True, 1)]
    assert close_rate(few, 3, BEFORE).lever is None and close_rate(few, 3).is_little
    assert close_rate([], 3).rate.share is None
    with pytest.raises(ValueError):
        close_rate([Ended(3, False)], 3)


@given(st.lists(st.builds(Ended, st.integers(0, 3), st.booleans(), st.integers(1, 50)), max_size=12))
def test_the_passages_multiply_to_the_rate(ended):
    found = close_rate(ended, 4)
    if found.rate.hits:
        assert math.prod(one.share.share for one in found.passages) == pytest.approx(found.rate.share)
