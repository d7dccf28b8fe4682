"""Worked by hand: how criteria become points, and what to ask next."""

from itertools import product

import pytest

from dawra.figures.qualification import (
    AGAINST,
    CERTAINTY,
    FOR,
    GUESS,
    OPEN,
    PROVEN,
    START,
    TOLD,
    VERDICTS,
    Band,
    Known,
    Weighed,
    level,
    outcomes,
    qualify,
    shared_out,
)

BANT = [Weighed(code, 25) for code in ("budget", "authority", "need", "timing")]


def test_a_bant_score_is_its_start_and_its_signed_parts():
    """80 points up and 20 down, a quarter each: 20 × 0.7 = 14, 20 × 1, 20 × 0.3 = 6, 5 × 0.7 = 3.5 → 4."""
    found = qualify(
        BANT,
        {
            "budget": Known(FOR, TOLD),
            "authority": Known(FOR, PROVEN),
            "need": Known(FOR, GUESS),
            "timing": Known(AGAINST, TOLD),
        },
    )
    assert [part.points for part in found.parts] == [14, 20, 6, -4]
    assert found.score == 20 + 14 + 20 + 6 - 4 == 56


def test_the_next_question_is_the_one_that_would_move_the_score_most():
    known = {"budget": Known(FOR, TOLD), "authority": Known(FOR, PROVEN), "timing": Known(AGAINST, TOLD)}
    assert [(gap.code, gap.gain) for gap in qualify(BANT, known).gaps] == [("timing", 24), ("need", 20), ("budget", 6)]
    settled = qualify(BANT, known | {"timing": Known(AGAINST, PROVEN)})
    assert "timing" not in [gap.code for gap in settled.gaps], "a proven no is known, not a question"


@pytest.mark.parametrize(("verdict", "score"), [(FOR, 100), (AGAINST, 0)])
def test_all_proven_reaches_the_ends_of_the_scale_whatever_the_weights(verdict, score):
    for weights in ((1, 1, 1), (15, 20, 10, 15, 20, 15, 5), (7,), (35, 20, 25, 20), (3, 3, 3, 3, 3, 3, 3)):
        asked = [Weighed(f"c{place}", weight) for place, weight in enumerate(weights)]
        assert qualify(asked, {one.code: Known(verdict, PROVEN) for one in asked}).score == score


def test_every_score_is_the_sum_of_its_parts_and_stays_between_0_and_100():
    states = [Known(verdict, sure) for verdict in VERDICTS for sure in CERTAINTY]
    asked = [Weighed("a", 5), Weighed("b", 3), Weighed("c", 1)]
    for three in product(states, repeat=3):
        found = qualify(asked, dict(zip("abc", three, strict=True)))
        assert found.score is None or found.score == START + sum(part.points for part in found.parts)
        assert found.score is None or 0 <= found.score <= 100


def test_nothing_known_is_no_score_rather_than_a_low_one():
    assert qualify(BANT, {}).score is None
    assert qualify(BANT, {"need": Known(OPEN), "of another framework": Known(FOR, PROVEN)}).score is None
    assert qualify([], {}).gaps == ()
    assert (level(None), level(39), level(40), level(70)) == ("", "bad", "warn", "good")


def test_points_are_shared_out_whole_and_the_largest_remainder_comes_first():
    assert shared_out(80, [1, 1, 1]) == [27, 27, 26]
    assert shared_out(20, [5, 3, 1]) == [11, 7, 2]  # 11.1, 6.7, 2.2
    assert shared_out(80, [15, 20, 10, 15, 20, 15, 5]) == [12, 16, 8, 12, 16, 12, 4]
    assert shared_out(80, []) == []


def test_outcomes_are_counted_by_the_score_at_closing():
    closed = [(39, True, 1), (39, False, 3), (40, True, 2), (100, True, 5), (70, False, 1), (0, False, 1)]
    assert outcomes(closed) == (Band(0, 39, 1, 5), Band(40, 69, 2, 2), Band(70, 100, 5, 6))
