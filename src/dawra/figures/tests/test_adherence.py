"""Following the playbook: every example is worked by hand, or printed in the paper that is named."""

import pytest

from dawra.figures.adherence import Case, Passed, Stop, adherence, passed_and_skipped, spread_of, winning
from dawra.figures.shares import difference_interval, wilson

STAGES = [Stop(code, place) for place, code in enumerate(("find", "call", "show", "close"))]
FIND, CALL, SHOW, CLOSE = STAGES
WON, LOST = Stop("won", 4, "won"), Stop("lost", 5, "lost")


def followed(won, done, due=10, rep="sana", stage="call"):
    return Case(rep, won, (Passed(stage, due, done),))


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_of_a_difference_is_that_of_the_paper(groups, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    assert difference_interval(*groups) == pytest.approx((low, high), abs=5e-5)


def test_steps_are_due_only_where_a_deal_went_on():
    passed, skipped = passed_and_skipped([FIND, CALL, SHOW, CALL, SHOW, LOST], STAGES)
    assert passed == {"find": 0, "call": 3}, (
        "call was left forward twice, the last time counts; show never: it was lost there"
    )
    assert skipped == ()
    passed, skipped = passed_and_skipped([CALL, CLOSE, WON], STAGES)
    assert (list(passed), skipped) == (["call", "close"], ("show",)), (
        "find came before it entered, so it skipped nothing there"
    )
    assert passed_and_skipped([FIND, CALL, WON], STAGES)[1] == ("show", "close"), "winning early jumps over the rest"
    assert passed_and_skipped([FIND, CLOSE, SHOW, CLOSE], STAGES)[1] == ("call",), "show was caught up on"
    assert passed_and_skipped([FIND], STAGES) == ({}, ())


def test_a_deal_counts_once_however_many_steps_it_had():
    found = adherence([followed(True, 10), followed(False, 1, due=2), followed(None, 0, due=0)], ["call"])
    assert (found.all.deals, found.all.mean, found.all.due, found.all.done) == (2, pytest.approx(0.75), 12, 11)
    assert (found.all.low, found.all.high) == pytest.approx(wilson(1.5, 2)), (
        "two deals say little, whatever their steps"
    )


def test_what_cannot_be_told_is_not_told():
    few = winning([followed(True, 9)] * 9 + [followed(False, 1)] * 40)
    assert (few.difference, few.is_enough, few.n) == (None, False, 49)
    assert adherence([], ["call"]).all.mean is None
    assert adherence([], ["call"]).stages[0].spread.between is None


def test_high_against_low_adherence_by_hand():
    """56 of 70 won where it was followed closely, 48 of 80 where little: 20 points, likely 5 to 33 (the paper's example)."""
    cases = [followed(place < 56, 8) for place in range(70)] + [followed(place < 48, 4) for place in range(80)]
    found = winning([*cases, followed(True, 5), followed(None, 10)])
    assert [(band.name, band.won, band.n) for band in found.bands] == [
        ("low", 48, 80),
        ("middle", 1, 1),
        ("high", 56, 70),
    ]
    assert (found.difference, found.low, found.high) == (
        pytest.approx(0.2),
        pytest.approx(0.0524, abs=5e-5),
        pytest.approx(0.3339, abs=5e-5),
    )


def test_reps_differ_beyond_chance_by_hand():
    """Two reps, three deals each: means 0.8 and 0.4, all six 0.6.

    Between: 3 × 0.04 + 3 × 0.04 = 0.24 over 1. Within: 2 × (0.01 + 0 + 0.01) = 0.04 over 4 = 0.01. Size: (6 - 18/6) / 1 = 3.
    So the variance between is (0.24 - 0.01) / 3 = 0.07667, its root 0.2769.
    """
    spread = spread_of([[0.7, 0.8, 0.9], [0.3, 0.4, 0.5], [1.0]])
    assert (spread.reps, spread.deals, spread.low, spread.high) == (2, 6, pytest.approx(0.4), pytest.approx(0.8))
    assert spread.between == pytest.approx(0.27689, abs=1e-5)
    assert spread_of([[0.0, 1.0, 0.5], [1.0, 0.0, 0.5]]).between == 0.0, "the same means: chance would do"


def test_reps_with_few_deals_stand_last():
    cases = [followed(True, 10, rep="lina"), followed(True, 6), followed(False, 8), followed(None, 7)]
    found = adherence(cases, ["call", "show"])
    assert [(one.key, one.deals, round(one.mean, 2)) for one in found.reps] == [("sana", 3, 0.7), ("lina", 1, 1.0)]
    assert [line.all.deals for line in found.stages] == [4, 0]
