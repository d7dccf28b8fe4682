"""Which of one's own open deals ask for something today, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.deals import rules
from dawra.deals.models import Deal
from dawra.deals.models.pipeline import OPEN
from dawra.deals.money import Books, books
from dawra.figures.money import Money

MOST = 200
NEXT_STEP, STALLED, NO_NEXT_STEP = "next_step", "stalled", "no_next_step"


@dataclass(frozen=True, slots=True)
class Attention:
    """One deal and the strongest of its reasons: a next step due, stalled, or no next step.

    days: since when, whole days (a step due today: 0). value in the base currency. company: its names, "" for none.
    """

    deal_id: UUID
    version: int
    deal: str
    company: str
    company_ar: str
    stage: str
    stage_ar: str
    value: Money
    reason: str
    days: int
    next_step: str
    next_step_on: date | None
    is_overdue: bool
    created_at: datetime


def needs_attention(actor: Actor, kept: Books | None = None) -> list[Attention]:
    """The actor's open deals whose next step is due, that stand still or have no next step; the largest first.

    kept: the company's books, if the caller has them. Cost: 1 query, 2 without kept
    """
    actor.must("deals.read")
    if actor.member_id is None:
        return []
    kept = kept or books()
    today = kept.day_of(actor.now)
    asks = Q(next_step="") | Q(stalls_on__lte=today) | Q(next_step_on__lte=today)
    rows = (
        Deal.objects.visible_to(actor)
        .filter(asks, owner_id=actor.member_id, state=OPEN)
        .order_by("-base_minor", "-id")
        .values_list(
            "pk", "version", "name", "company__name", "company__name_ar", "stage__name", "stage__name_ar", "base_minor",
            "next_step", "next_step_on", "stalls_on", "created_at",
        )[:MOST]
    )  # fmt: skip
    return [_attention(row, kept, today) for row in rows]


def _attention(row: tuple, kept: Books, today: date) -> Attention:  # type: ignore[type-arg]
    pk, version, name, company, company_ar, stage, stage_ar, base_minor, step, step_on, stalls_on, created_at = row
    if step and step_on is not None and step_on <= today:
        reason, days = NEXT_STEP, (today - step_on).days
    elif rules.is_stalled(OPEN, stalls_on, today):
        reason, days = STALLED, (today - stalls_on).days
    else:
        reason, days = NO_NEXT_STEP, max((today - kept.day_of(created_at)).days, 0)
    return Attention(
        deal_id=pk,
        version=version,
        deal=name,
        company=company or "",
        company_ar=company_ar or "",
        stage=stage,
        stage_ar=stage_ar,
        value=Money(base_minor, kept.base_currency),
        reason=reason,
        days=days,
        next_step=step,
        next_step_on=step_on,
        is_overdue=reason == NEXT_STEP and days > 0,
        created_at=created_at,
    )
