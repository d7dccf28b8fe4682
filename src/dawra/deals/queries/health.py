"""How an open deal stands, in words: the same number on its page and on the board."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dawra.deals import rules
from dawra.deals.models import Deal
from dawra.deals.money import Books
from dawra.deals.words import HEALTH
from dawra.figures.deal_health import START, Signs, health


@dataclass(frozen=True, slots=True)
class Part:
    """signed: the points with their sign."""

    points: int
    signed: str
    reason: Any


@dataclass(frozen=True, slots=True)
class HealthCard:
    """score is start and the parts, 0 to 100. level: good, warn or bad."""

    score: int
    start: int
    level: str
    parts: tuple[Part, ...]


def health_of(deal: Deal, kept: Books, now: datetime) -> HealthCard | None:
    """None for a closed deal. No query."""
    if deal.state != rules.OPEN:
        return None
    signs = Signs(
        today=kept.day_of(now),
        stalls_on=deal.stalls_on,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        expected_close_on=deal.expected_close_on,
        open_objections=deal.open_objections,
        last_activity_on=kept.day_of(deal.last_activity_at) if deal.last_activity_at else None,
        plan_due_on=deal.plan_due_on,
        probability_bp=deal.probability_bp,
        qualification=deal.qualification,
    )
    found = health(signs)
    parts = tuple(Part(points, f"{points:+d}".replace("-", "−"), HEALTH[code]) for points, code in found.parts)
    return HealthCard(found.score, START, found.level, parts)
