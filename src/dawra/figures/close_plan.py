"""How far a plan of dated steps has come, in days rather than in steps. Pure.

Source: Lipke 2003, "Schedule is different", The Measurable News: earned schedule. Each step weighs the same, for nobody
says what a step costs; what has been done counts in the plan's order of days, whichever step it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS = 7  # a plan younger than this says nothing of its pace: one late day would double it


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A step: the day it was first promised for, the day it is due now, and whether it is done."""

    planned_on: date
    due_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """done of n. late_days: behind the plan as first promised, 0 = not. next_on: of the next open step, None when all is
    done. ends_on: the last day as it is due now; at_this_pace_on: when it ends if it goes on so, None while that is ends_on
    or too early to say.
    """

    done: int
    n: int
    late_days: int
    overdue: int
    next_on: date | None
    ends_on: date
    at_this_pace_on: date | None


def pace_of(steps: Sequence[PlanDay], began_on: date, today: date) -> Pace | None:
    """None without steps.

    The plan has earned the day for which the first step beyond those done was promised; behind by so many days as lie
    between it and today. Schedule performance SPI(t) = days earned / days gone; the end is then start + planned days / SPI(t).
    """
    if not steps:
        return None
    done = sum(step.is_done for step in steps)
    promised = sorted(step.planned_on for step in steps)
    still = sorted(step.due_on for step in steps if not step.is_done)
    ends_on = max(step.due_on for step in steps)
    late = max((today - promised[done]).days, 0) if done < len(steps) else 0
    gone = (today - began_on).days
    then = None
    if late and gone >= LEAST_DAYS:
        earned = max(gone - late, 0)
        whole = (max(promised) - began_on).days
        then = began_on + timedelta(days=-(-whole * gone // earned)) if earned else None
        then = then if then is not None and then > ends_on else None
    overdue = sum(day < today for day in still)
    return Pace(done, len(steps), late, overdue, still[0] if still else None, ends_on, then)


def backward(ends_on: date, today: date, days_before: Sequence[int]) -> list[date]:
    """Days of steps counted back from the last one; where the time is too short all draw together, none before today.

    days_before: of each step, at least 0
    """
    longest = max(days_before, default=0)
    there = max((ends_on - today).days, 0)
    if longest <= there or not longest:
        return [ends_on - timedelta(days=days) for days in days_before]
    return [ends_on - timedelta(days=days * there // longest) for days in days_before]


def days_of(ends_on: date, today: date, steps: Sequence[tuple[bool, int]]) -> list[date]:
    """Days of steps of which some count from the start and others back from the close; none before today or after the close.

    steps: (counts from the start, days), days at least 0
    """
    ends_on = max(ends_on, today)
    back = iter(backward(ends_on, today, [days for from_start, days in steps if not from_start]))
    return [min(today + timedelta(days=days), ends_on) if from_start else next(back) for from_start, days in steps]
