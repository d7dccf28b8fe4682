"""How an open deal stands, as signed parts that add up to the shown number, 0 to 100. Pure.

The weights are a starting point, chosen by judgement: none of them claims to be a chance of winning.
"""

from dataclasses import dataclass
from datetime import date, timedelta

START = 70
LITTLE = 40  # of 100: what qualification calls weak
LIKELY = 5_000  # basis points
RECENT = timedelta(days=7)
GOOD, FAIR = 70, 40


@dataclass(frozen=True, slots=True)
class Signs:
    """What health is judged by; days on the company's calendar.

    plan_due_on:   the first step of the close plan that is not done
    qualification: 0 to 100, None while nothing is known
    """

    today: date
    stalls_on: date | None
    next_step: str
    next_step_on: date | None
    expected_close_on: date | None
    open_objections: int
    last_activity_on: date | None
    plan_due_on: date | None = None
    probability_bp: int = 0
    qualification: int | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """score = START + the parts. parts: (points, code of the reason), the heaviest first. level: good, warn or bad."""

    score: int
    level: str
    parts: tuple[tuple[int, str], ...]


def health(signs: Signs) -> Health:
    """What speaks for an open deal and what against it."""
    parts: list[tuple[int, str]] = []
    if signs.open_objections:
        parts.append((-15, "objection") if signs.open_objections == 1 else (-20, "objections"))
    if signs.stalls_on is not None and signs.stalls_on <= signs.today:
        parts.append((-15, "stalled"))
    parts += _of_next_step(signs)
    if signs.expected_close_on is None:
        parts.append((-5, "no_close_date"))
    elif signs.expected_close_on < signs.today:
        parts.append((-10, "close_date_passed"))
    if signs.plan_due_on is not None and signs.plan_due_on < signs.today:
        parts.append((-5, "plan_late"))
    if signs.qualification is not None and signs.qualification < LITTLE and signs.probability_bp >= LIKELY:
        parts.append((-5, "little_qualified"))
    if signs.last_activity_on is not None and signs.last_activity_on >= signs.today - RECENT:
        parts.append((15, "active"))
    score = START + sum(points for points, _code in parts)
    level = "good" if score >= GOOD else "warn" if score >= FAIR else "bad"
    return Health(score, level, tuple(sorted(parts, key=lambda part: (-abs(part[0]), part[0], part[1]))))


def _of_next_step(signs: Signs) -> list[tuple[int, str]]:
    if not signs.next_step:
        return [(-15, "no_next_step")]
    if signs.next_step_on is None:
        return []
    return [(-10, "next_step_late")] if signs.next_step_on < signs.today else [(15, "next_step_set")]
