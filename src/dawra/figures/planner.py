"""How many deals and leads a target needs, and what is missing this week and month. Pure, in exact whole numbers.

Money is whole minor units, shares are basis points, durations are days. A number nobody knows is None, never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BASIS_POINTS = 10_000
LEAST_WON, LEAST_CLOSED = 10, 30  # fewer say too little: a mean of ten, a share with an interval of some 18 points
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the plan rests on. None: not known.

    deal_minor:    what a won deal is worth on average
    win_bp:        won of all closed deals
    lead_to_deal_bp: leads that became a deal, of all decided leads
    cycle_days:    from the opening of a deal to its winning
    """

    target_minor: int
    won_minor: int
    from_on: date
    until_on: date
    today: date
    reps: int
    deal_minor: int | None
    win_bp: int | None
    lead_to_deal_bp: int | None
    cycle_days: int | None


@dataclass(frozen=True, slots=True)
class Needed:
    """wins: still to be won. deals: to be opened for them. leads: to come for those. a_week: leads in each week left.

    last_day: after which a new lead can hardly be won within the period. a_rep: leads a week for each rep, rounded up.
    missing: inputs without which nothing follows
    """

    remaining_minor: int
    wins: int | None = None
    deals: int | None = None
    leads: int | None = None
    weeks: int | None = None
    a_week: int | None = None
    a_rep: int | None = None
    last_day: date | None = None
    too_late: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """needed by now within a span, come so far, and what is short (0 where enough has come)."""

    needed: int
    come: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.come)


def needed(inputs: Inputs) -> Needed:
    """What the rest of the target needs, each step rounded up: no customer comes in parts.

    Source:  the chain target → wins → deals → leads; cycle: Little 1961, Operations Research 9(3), 383-387 (what is to
             come out by then must have gone in a cycle before)
    """
    remaining = max(0, inputs.target_minor - inputs.won_minor)
    names = ("deal_minor", "win_bp", "lead_to_deal_bp", "cycle_days")
    missing = tuple(name for name in names if getattr(inputs, name) is None)
    wins = _up(remaining, inputs.deal_minor)
    deals = _up(wins * BASIS_POINTS, inputs.win_bp) if wins is not None else None
    leads = _up(deals * BASIS_POINTS, inputs.lead_to_deal_bp) if deals is not None else None
    if inputs.cycle_days is None:
        return Needed(remaining, wins, deals, leads, missing=missing)
    last = inputs.until_on - timedelta(days=inputs.cycle_days)
    start = max(inputs.today, inputs.from_on)
    left = (last - start).days
    weeks = -(-left // DAYS_A_WEEK) if left > 0 else 0
    if leads is None or not weeks:
        return Needed(remaining, wins, deals, leads, weeks, None, None, last, left <= 0 and remaining > 0, missing)
    a_week = -(-leads // weeks)
    return Needed(remaining, wins, deals, leads, weeks, a_week, -(-a_week // max(1, inputs.reps)), last, False, missing)


def shortfall(a_week: int, come: int, from_on: date, today: date, until_on: date) -> Shortfall:
    """A span's share of the weekly need up to and with today, against what came. Days count evenly."""
    days = min((today - from_on).days + 1, (until_on - from_on).days)
    return Shortfall(-(-a_week * max(0, days) // DAYS_A_WEEK), come)


def win_share(won: int, lost: int) -> int | None:
    """In basis points; None where too few deals were closed to say."""
    closed = won + lost
    return round(won * BASIS_POINTS / closed) if closed >= LEAST_CLOSED and won else None


def slowest_stage(stages: Sequence[tuple[int, int]]) -> int | None:
    """Place of the stage that keeps the fewest: (entered, went on), of those entered often enough; None of none."""
    told = [(on / entered, place) for place, (entered, on) in enumerate(stages) if entered >= LEAST_CLOSED]
    return min(told)[1] if told else None


def _up(whole: int, by: int | None) -> int | None:
    """Divided and rounded up; None where there is nothing to divide by."""
    return -(-whole // by) if by else None
