"""What deals have in a calendar: the demo behind a meeting, and next steps with their day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals.models import Deal, Demo
from dawra.deals.rules import OPEN


@dataclass(frozen=True, slots=True)
class DemoTime:
    """The demo a meeting is. minutes: how long it is planned to last."""

    demo_id: UUID
    deal_id: UUID
    minutes: int


@dataclass(frozen=True, slots=True)
class StepDay:
    """The next step of an open deal, on its day."""

    deal_id: UUID
    version: int
    deal: str
    step: str
    on: date
    updated_at: datetime


def demos_of_meetings(actor: Actor, activity_ids: Collection[UUID]) -> dict[UUID, DemoTime]:
    """By the id of the meeting, of deals the actor may see. 1 query, none for nothing."""
    if not activity_ids or not actor.may("deals.read"):
        return {}
    rows = Demo.objects.visible_to(actor).filter(activity_id__in=activity_ids)
    found = rows.values_list("activity_id", "pk", "deal_id", "minutes")
    return {activity_id: DemoTime(*row) for activity_id, *row in found}


def steps_between(actor: Actor, first: date, until: date, most: int) -> list[StepDay]:
    """Next steps of the actor's own open deals from a day until before another; the soonest first. 1 query."""
    if not actor.may("deals.read"):
        return []
    rows = Deal.objects.visible_to(actor).filter(owner_id=actor.member_id, state=OPEN)
    rows = rows.filter(next_step_on__gte=first, next_step_on__lt=until).order_by("next_step_on", "id")
    return [
        StepDay(*row)
        for row in rows.values_list("pk", "version", "name", "next_step", "next_step_on", "updated_at")[:most]
    ]
