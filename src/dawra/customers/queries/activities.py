"""Reading activities: one, those of a day, and what they are about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers.models import Activity, ActivityLink, SearchRow
from dawra.team.colleagues import colleagues

MOST_OF_A_DAY = 100


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by kind and key, enough to be mentioned."""

    kind: str
    pk: UUID


@dataclass(frozen=True, slots=True)
class DueCard:
    """Something planned for somebody's day. record: what it is about, if anything; its title is safe to show."""

    id: UUID
    version: int
    what: str
    title: str
    due_at: datetime
    all_day: bool
    done_at: datetime | None
    record_kind: str
    record_id: UUID | None
    record_title: str


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


def members_by_id(ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Names of active members. 1 query."""
    return {one.id: one.name for one in colleagues([i for i in ids if i is not None])}


def due_for(actor: Actor, *, before: datetime, done_since: datetime) -> list[DueCard]:
    """What is planned for the actor, open and due before a moment, and what was ticked off since another; by due time.

    Snoozed ones are left out until they are back. 3 queries.
    """
    back = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=actor.now)
    open_ones = Q(done_at__isnull=True, due_at__lt=before) & back
    rows = list(
        Activity.objects.visible_to(actor)
        .filter(owner_id=actor.member_id, due_at__isnull=False)
        .filter(open_ones | Q(done_at__gte=done_since))
        .order_by("due_at", "id")[:MOST_OF_A_DAY]
    )
    about = _first_records(actor, [row.pk for row in rows])
    return [_due_card(row, about.get(row.pk)) for row in rows]


def _due_card(row: Activity, about: tuple[str, UUID, str] | None) -> DueCard:
    kind, record_id, title = about or ("", None, "")
    return DueCard(
        row.pk, row.version, row.what, row.title, row.due_at, row.all_day, row.done_at, kind, record_id, title
    )  # fmt: skip


def _first_records(actor: Actor, activity_ids: list[UUID]) -> dict[UUID, tuple[str, UUID, str]]:
    """What each is about: its first record the actor may see, with the title search knows it by. 2 queries."""
    from dawra.customers.search import visible_rows

    links: dict[UUID, list[UUID]] = {}
    pairs = ActivityLink.objects.filter(activity_id__in=activity_ids).order_by("id")
    for activity_id, record_id in pairs.values_list("activity_id", "record_id"):
        links.setdefault(activity_id, []).append(record_id)
    wanted = {record_id for records in links.values() for record_id in records}
    rows: list[SearchRow] = list(visible_rows(actor).filter(record_id__in=wanted)) if wanted else []
    titles: dict[Any, SearchRow] = {row.record_id: row for row in rows}
    found = {}
    for activity_id, records in links.items():
        first = next((titles[r] for r in records if r in titles), None)
        if first is not None:
            found[activity_id] = (first.record_kind, first.record_id, first.title)
    return found
