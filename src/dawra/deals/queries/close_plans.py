"""The close plan of a deal as its sellers and its buyer see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Deal, PlanLink, PlanStep
from dawra.deals.models.plan import THEIRS
from dawra.deals.money import Books, books
from dawra.deals.queries.cards import Named
from dawra.deals.queries.deals import deal as fetch
from dawra.figures.close_plan import Pace, PlanDay, pace_of


@dataclass(frozen=True, slots=True)
class StepCard:
    """who: of us or of the buyer. late_days: overdue by, 0 = not. by: whoever ticked it, in words."""

    id: UUID
    version: int
    side: str
    title: str
    note: str
    who: Named | None
    member_id: UUID | None
    person_id: UUID | None
    planned_on: date
    due_on: date
    slips: int
    slipped_days: int
    done_at: datetime | None
    by: Named | None
    late_days: int

    @property
    def is_theirs(self) -> bool:
        return self.side == THEIRS


@dataclass(frozen=True, slots=True)
class Plan:
    """steps: open ones by day, then those done. slips: of all steps. is_shared: a link is out."""

    steps: tuple[StepCard, ...]
    pace: Pace | None
    slips: int
    slipped_days: int
    is_shared: bool


def plan_of(deal: Deal, kept: Books, now: datetime) -> Plan:
    """The plan of a deal the actor has fetched. 1 query."""
    today = kept.day_of(now)
    links = PlanLink.objects.filter(deal_id=OuterRef("deal_id"), revoked_at__isnull=True)
    rows = PlanStep.objects.filter(deal=deal).select_related("member", "person", "done_by")
    found = list(rows.annotate(is_shared=Exists(links)).order_by("due_on", "id"))
    cards = [_card(row, today) for row in found]
    began_on = min((kept.day_of(row.made_at) for row in found), default=today)
    days = [PlanDay(row.planned_on, row.due_on, row.done_at is not None) for row in found]
    return Plan(
        steps=tuple(sorted(cards, key=lambda one: one.done_at is not None)),
        pace=pace_of(days, began_on, today),
        slips=sum(row.slips for row in found),
        slipped_days=sum(row.slipped_days for row in found),
        is_shared=any(row.is_shared for row in found),
    )


def plan(actor: Actor, deal_id: UUID) -> Plan:
    """Raises NotFound, Refused; 3 queries."""
    return plan_of(fetch(actor, deal_id), books(), actor.now)


def step(actor: Actor, deal_id: UUID, step_id: UUID) -> StepCard:
    """Raises NotFound, Refused; 3 queries."""
    found = {one.id: one for one in plan(actor, deal_id).steps}
    if step_id not in found:
        raise NotFound()
    return found[step_id]


def by_link(key_hash: str, now: datetime) -> Deal:
    """What a buyer's link opens, while it does. Needs no actor: the link is the right. 1 query. Raises NotFound."""
    live = PlanLink.objects.filter(
        key_hash=key_hash, revoked_at__isnull=True, ends_at__gt=now, deal__deleted_at__isnull=True
    )
    found = live.select_related("deal__company", "deal__owner").first()
    if found is None:
        raise NotFound()
    deal: Deal = found.deal
    return deal


def _card(row: PlanStep, today: date) -> StepCard:
    who = row.person if row.side == THEIRS else row.member
    by = Named(row.done_by.pk, row.done_by.name, row.done_by.name_ar, True) if row.done_by else None
    if row.done_name:
        by = Named(row.pk, row.done_name, "", False)
    return StepCard(
        row.pk, row.version, row.side, row.title, row.note,
        Named(who.pk, who.name, who.name_ar, False) if who else None, row.member_id, row.person_id,
        row.planned_on, row.due_on, row.slips, row.slipped_days, row.done_at, by,
        max((today - row.due_on).days, 0) if row.done_at is None else 0,
    )  # fmt: skip
