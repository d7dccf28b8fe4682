"""What a member should know: mentions, new records of theirs, records opened to them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.rules import reading
from dawra.journal.models import Entry
from dawra.journal.queries import Line, line_of
from dawra.team.models import Notification, TrainingPath

SHOWN = 100
# Kinds of records that are called after somebody else, such as a lead: what those an actor may see are called.
Titles = Callable[[Actor, Collection[UUID]], Mapping[UUID, str]]
TITLES: dict[str, Titles] = {}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know, about a record the member may still see."""

    id: int
    reason: str
    record_kind: str
    record_id: UUID
    record_name: str
    address: str
    line: Line
    made_at: datetime
    is_read: bool


def mine(actor: Actor) -> QuerySet[Notification]:
    """The actor's own notifications that are still there; nobody sees another's."""
    return Notification.objects.filter(member=actor.member_id, cleared_at__isnull=True)


def unread_count(member_id: UUID) -> int:
    """For the bell. 1 query."""
    return Notification.objects.filter(member_id=member_id, read_at__isnull=True, cleared_at__isnull=True).count()


def unread(actor: Actor) -> list[Notice]:
    """What the actor has not read yet, the newest first. 2 queries and 1 per kind of record."""
    return _notices(actor, only_unread=True)


def notices(actor: Actor) -> list[Notice]:
    """Everything not put away, the newest first. 2 queries and 1 per kind of record."""
    return _notices(actor, only_unread=False)


def _notices(actor: Actor, *, only_unread: bool) -> list[Notice]:
    rows = mine(actor).select_related("entry__member")
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    found = list(rows.order_by("-made_at", "-id")[:SHOWN])
    names = _names(actor, found)
    return [
        Notice(
            id=row.pk,
            reason=row.reason,
            record_kind=row.record_kind,
            record_id=row.record_id,
            record_name=names[row.record_id],
            address=_address(row),
            line=line_of(row.entry),
            made_at=row.made_at,
            is_read=row.read_at is not None,
        )
        for row in found
        if row.record_id in names  # what one may no longer see has no name here
    ]


def _address(row: Notification) -> str:
    """Of the record; of the letter that did not reach it. A path of training is no record, yet has a page."""
    if row.record_kind == TrainingPath.kind:
        return reverse("team:training_path", args=[row.record_id])
    if row.reason == "letter":
        return letter_address(row.entry)
    return kinds.address(row.record_kind, row.record_id)


def letter_address(entry: Entry) -> str:
    """The page of the letter an entry tells of."""
    return reverse("customers:letter", args=[entry.facts["letter_id"]])


def _names(actor: Actor, rows: list[Notification]) -> dict[UUID, str]:
    by_kind: dict[str, set[UUID]] = {}
    for row in rows:
        by_kind.setdefault(row.record_kind, set()).add(row.record_id)
    names: dict[UUID, str] = {}
    if TrainingPath.kind in by_kind and actor.may("team.read"):
        paths = TrainingPath.objects.filter(pk__in=by_kind.pop(TrainingPath.kind))
        names |= {path.pk: path.name for path in paths}
    for kind, ids in by_kind.items():
        model = kinds.records().get(kind)
        if kind in TITLES and actor.may(reading(kind)):
            names |= TITLES[kind](actor, ids)
        elif model is not None and actor.may(reading(kind)):
            names |= {record.pk: str(record) for record in model.objects.visible_to(actor).filter(pk__in=ids)}
    return names
