"""Reading activities: one, those of a day, and what they are about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, OuterRef, Q, Subquery

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers.models import Activity, ActivityLink
from dawra.team.colleagues import colleagues

MOST_OF_A_DAY = 100


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by kind and key, enough to be mentioned."""

    kind: str
    pk: UUID


@dataclass(frozen=True, slots=True)
class DueCard:
    """Something planned for somebody's day. about: the record it was planned for, if any; search.titles names it."""

    id: UUID
    what: str
    title: str
    due_at: datetime
    all_day: bool
    done_at: datetime | None
    about: UUID | None


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """Something planned, as a calendar shows it. minutes: None where nobody said how long it lasts."""

    id: UUID
    version: int
    what: str
    title: str
    due_at: datetime
    all_day: bool
    done_at: datetime | None
    minutes: int | None
    updated_at: datetime
    about: UUID | None


def activity(actor: Actor, activity_id: UUID) -> Activity:
    """One activity whose record, or whose owner, the actor may see. Raises NotFound; 1 query."""
    return Activity.fetch(actor, activity_id)


def activity_in_bin(actor: Actor, activity_id: UUID) -> Activity:
    """Raises NotFound; 1 query."""
    found: Activity | None = Activity.objects.in_bin_of(actor).filter(pk=activity_id).first()
    if found is None:
        raise NotFound()
    return found


def records_of(activity_id: UUID) -> list[Ref]:
    """What an activity is about, in the order it was said. 1 query."""
    rows = ActivityLink.objects.filter(activity_id=activity_id).order_by("id")
    return [Ref(kind, pk) for kind, pk in rows.values_list("record_kind", "record_id")]


def last_activity_at(record_id: UUID) -> datetime | None:
    """When a record was last dealt with, by its live activities. For any kind of record. 1 query."""
    # The question is about the record, which the caller has been allowed to see.
    rows = Activity._base_manager.filter(links__record_id=record_id, deleted_at__isnull=True)
    latest: datetime | None = rows.aggregate(at=Max("happened_at"))["at"]
    return latest


def kinds_done(record_id: UUID, kinds: Collection[str]) -> frozenset[str]:
    """Which of these kinds of activity have happened to a record and were not deleted since. 1 query."""
    # As above: the question is about the record.
    rows = Activity._base_manager.filter(links__record_id=record_id, deleted_at__isnull=True, happened_at__isnull=False)
    return frozenset(rows.filter(what__in=kinds).values_list("what", flat=True).distinct())


def members_by_id(ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Names of active members. 1 query."""
    return {one.id: one.name for one in colleagues([i for i in ids if i is not None])}


def due_for(actor: Actor, *, before: datetime, done_since: datetime) -> list[DueCard]:
    """What is planned for the actor, open and due before a moment, and what was ticked off since another; by due time.

    Snoozed ones are left out until they are back. 1 query.
    """
    back = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=actor.now)
    open_ones = Q(done_at__isnull=True, due_at__lt=before) & back
    first_record = ActivityLink.objects.filter(activity=OuterRef("pk")).order_by("id").values("record_id")[:1]
    rows = (
        Activity.objects.visible_to(actor)
        .filter(owner_id=actor.member_id, due_at__isnull=False)
        .filter(open_ones | Q(done_at__gte=done_since))
        .annotate(about=Subquery(first_record))
        .order_by("due_at", "id")
        .values_list("pk", "what", "title", "due_at", "all_day", "done_at", "about")
    )
    return [DueCard(*row) for row in rows[:MOST_OF_A_DAY]]


def planned_between(actor: Actor, begin: datetime, end: datetime, most: int) -> list[PlannedCard]:
    """What is or was planned for the actor from begin until before end, snoozed or not; the soonest first. 1 query."""
    first_record = ActivityLink.objects.filter(activity=OuterRef("pk")).order_by("id").values("record_id")[:1]
    rows = (
        Activity.objects.visible_to(actor)
        .filter(owner_id=actor.member_id, due_at__gte=begin, due_at__lt=end)
        .annotate(about=Subquery(first_record))
        .order_by("due_at", "id")
        .values_list(
            "pk", "version", "what", "title", "due_at", "all_day", "done_at", "duration_minutes", "updated_at", "about"
        )
    )
    return [PlannedCard(*row) for row in rows[:most]]
