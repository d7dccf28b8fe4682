"""Pace of a close plan, worked by hand."""

from datetime import date, timedelta

from dawra.figures.close_plan import PlanDay, backward, days_of, pace_of

FIRST = date(2026, 3, 1)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def plan(*done: int, at=(6, 12, 18, 30)):
    return [PlanDay(day(n), day(n), n in done) for n in at]


def test_a_plan_with_one_of_four_steps_done_at_day_15_is_three_days_late_and_ends_at_day_38():
    # Earned: day 12. SPI(t) = 12 / 15 = 0.8. 30 planned days / 0.8 = 37.5.
    pace = pace_of(plan(6), FIRST, day(15))
    assert (pace.done, pace.n, pace.late_days, pace.overdue) == (1, 4, 3, 1)
    assert (pace.next_on, pace.ends_on, pace.at_this_pace_on) == (day(12), day(30), day(38))


def test_whichever_step_is_done_counts():
    assert pace_of(plan(30), FIRST, day(11)).late_days == 0


def test_a_young_plan_and_one_on_time_foretell_nothing():
    assert pace_of(plan(), FIRST, day(6)).at_this_pace_on is None
    assert pace_of(plan(at=(1, 30)), FIRST, day(3)).at_this_pace_on is None
    whole = pace_of(plan(6, 12, 18, 30), FIRST, day(40))
    assert (whole.late_days, whole.next_on, whole.at_this_pace_on) == (0, None, None)
    assert pace_of([], FIRST, day(1)) is None


def test_moving_a_step_does_not_win_the_time_back():
    moved = [PlanDay(day(6), day(20), False), PlanDay(day(12), day(26), False)]
    pace = pace_of(moved, FIRST, day(10))
    assert (pace.late_days, pace.overdue, pace.ends_on) == (4, 0, day(26))


def test_a_short_time_draws_the_steps_together():
    assert backward(day(28), FIRST, (28, 14, 0)) == [FIRST, day(14), day(28)]
    assert backward(day(7), FIRST, (28, 14, 0)) == [FIRST, day(4), day(7)]
    assert backward(FIRST, day(3), (28, 14, 0)) == [FIRST, FIRST, FIRST]


def test_steps_count_from_the_start_or_back_from_the_close_and_never_leave_the_plan():
    steps = ((True, 3), (False, 14), (True, 40), (False, 0))
    assert days_of(day(28), FIRST, steps) == [day(3), day(14), day(28), day(28)]
    assert days_of(day(7), FIRST, steps) == [day(3), FIRST, day(7), day(7)]
    assert days_of(FIRST, day(3), steps) == [day(3)] * 4
    assert days_of(FIRST, FIRST, ()) == []
