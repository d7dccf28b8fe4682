"""How many leads a target needs, worked by hand."""

from dataclasses import replace
from datetime import date, timedelta

from dawra.figures.planner import Inputs, needed, shortfall, slowest_stage, win_share

# A quarter, 1,200,000.00 to win, 200,000.00 won by 1 November; a deal brings 48,000.00, one in four is won, two in five
# leads become a deal, a deal takes 30 days.
QUARTER = Inputs(
    target_minor=1_200_000_00, won_minor=200_000_00, from_on=date(2026, 10, 1), until_on=date(2027, 1, 1),
    today=date(2026, 11, 1), reps=3, deal_minor=48_000_00, win_bp=2500, lead_to_deal_bp=4000, cycle_days=30,
)  # fmt: skip


def test_the_chain_from_target_to_leads_by_hand() -> None:
    """1,000,000 / 48,000 → 21 wins; × 4 → 84 deals; / 0.4 → 210 leads by 2 December: 31 days, 5 weeks, 42 a week, 14 a rep."""
    found = needed(QUARTER)
    assert (found.wins, found.deals, found.leads) == (21, 84, 210)
    assert (found.last_day, found.weeks, found.a_week, found.a_rep) == (date(2026, 12, 2), 5, 42, 14)


def test_what_is_not_known_is_named_and_nothing_follows_from_it() -> None:
    found = needed(replace(QUARTER, win_bp=None))
    assert (found.wins, found.deals, found.leads, found.a_week) == (21, None, None, None)
    assert found.missing == ("win_bp",)


def test_a_target_already_reached_needs_no_leads() -> None:
    found = needed(replace(QUARTER, won_minor=1_300_000_00))
    assert (found.remaining_minor, found.wins, found.leads, found.a_week) == (0, 0, 0, 0)


def test_after_the_last_day_new_leads_come_too_late() -> None:
    found = needed(replace(QUARTER, today=date(2026, 12, 10)))
    assert found.too_late and found.a_week is None and found.leads == 210


def test_the_shortfall_is_what_should_have_come_by_today() -> None:
    """42 a week: by the end of Tuesday, three days after Sunday, 18 should have come; 11 came."""
    sunday = date(2026, 11, 1)
    found = shortfall(42, 11, sunday, sunday + timedelta(days=2), sunday + timedelta(days=7))
    assert (found.needed, found.short) == (18, 7)
    assert shortfall(42, 50, sunday, sunday, sunday + timedelta(days=7)).short == 0


def test_too_few_closed_deals_give_no_win_rate() -> None:
    assert win_share(9, 20) is None and win_share(15, 45) == 2500
    assert slowest_stage([(100, 60), (60, 20), (20, 1)]) == 1 and slowest_stage([(3, 1)]) is None
