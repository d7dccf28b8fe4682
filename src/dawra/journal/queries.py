"""Reading the journal: timelines and what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from dawra.access.actor import Actor
from dawra.journal.catalogue import KINDS, Kind
from dawra.journal.listeners import LISTENERS
from dawra.journal.models import Delivery, Entry, Mention

PAGE = 50
UNDONE = "journal.undone.1"


def just_written(actor: Actor, kind: str) -> Entry | None:
    """The entry this actor wrote in this request, for its undo button. 1 query."""
    if actor.member_id is None:
        return None
    mine = Entry.objects.filter(kind=kind, member_id=actor.member_id, written_at=actor.now, cause=None)
    return mine.order_by("id").last()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline, ready to be shown. sentence is a template; facts and actor fill it. undone: taken back since."""

    key: UUID
    kind: Kind
    happened_at: datetime
    written_at: datetime
    actor: str
    member_id: UUID | None
    via: str
    facts: dict[str, Any]
    entry_id: int
    actor_ar: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: keyset, never an offset."""

    happened_at: datetime
    entry_id: int


def timeline(
    record_id: UUID, *, themes: Sequence[str] = (), after: Cursor | None = None, limit: int = PAGE
) -> tuple[list[Line], Cursor | None]:
    """The newest lines about one record the caller has already been allowed to see. 1 query."""
    rows = Mention.objects.filter(record_id=record_id)
    if themes:
        rows = rows.filter(kind__in=[code for code, kind in KINDS.items() if kind.theme in themes])
    if after:
        rows = rows.filter(
            Q(happened_at__lt=after.happened_at) | Q(happened_at=after.happened_at, entry_id__lt=after.entry_id)
        )
    # Columns, not models: fifty lines would make a hundred and fifty rows come alive only to be read once.
    undone = Exists(Entry.objects.filter(cause_id=OuterRef("entry_id"), kind=UNDONE))
    columns = rows.annotate(undone=undone).order_by("-happened_at", "-entry_id").values_list(
        "entry__key", "kind", "happened_at", "entry__written_at", "entry__member__name", "entry__signed",
        "entry__member_id", "entry__via", "entry__facts", "entry_id", "entry__member__name_ar", "undone",
    )  # fmt: skip
    found = list(columns[: limit + 1])
    lines = [
        Line(
            key, KINDS[kind], happened_at, written_at, name or signed, member_id, via, facts, entry_id, name_ar or "",
            bool(is_undone),
        )
        for key, kind, happened_at, written_at, name, signed, member_id, via, facts, entry_id, name_ar, is_undone in found[
            :limit
        ]
        if kind in KINDS
    ]  # fmt: skip
    more = Cursor(found[limit - 1][2], found[limit - 1][9]) if len(found) > limit else None
    return lines, more


def line_of(entry: Entry) -> Line:
    member = entry.member
    return Line(
        key=entry.key,
        kind=KINDS[entry.kind],
        happened_at=entry.happened_at,
        written_at=entry.written_at,
        actor=member.name if member else entry.signed,
        member_id=entry.member_id,
        via=entry.via,
        facts=entry.facts,
        entry_id=entry.pk,
        actor_ar=member.name_ar if member else "",
    )


@dataclass(frozen=True, slots=True)
class Owed:
    waiting: int
    late: int
    parked: int


def owed(actor: Actor) -> Owed:
    """How many deliveries wait, how many have failed at least once, how many need a person. 1 query."""
    actor.must("journal.operate")
    open_ones = Q(done_at__isnull=True)
    row = Delivery.objects.filter(open_ones).aggregate(
        waiting=Count("pk", filter=Q(tries=0, parked_at__isnull=True)),
        late=Count("pk", filter=Q(tries__gt=0, parked_at__isnull=True)),
        parked=Count("pk", filter=Q(parked_at__isnull=False)),
    )
    return Owed(**row)


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One delivery still owed. because: why the listener listens, "" if no such listener is left."""

    id: int
    line: Line
    listener: str
    because: str
    tries: int
    error: str
    next_try_at: datetime
    is_parked: bool


def deliveries(actor: Actor, *, state: str, after: int = 0) -> tuple[list[OwedLine], int | None]:
    """A page of what waits, is late (failed at least once) or is parked, oldest first, and the mark of the next page.

    Cost: 1 query
    """
    actor.must("journal.operate")
    states = {
        "waiting": Q(tries=0, parked_at__isnull=True),
        "late": Q(tries__gt=0, parked_at__isnull=True),
        "parked": Q(parked_at__isnull=False),
    }
    rows = Delivery.objects.filter(states[state], done_at__isnull=True, pk__gt=after)
    found = list(rows.select_related("entry__member").order_by("pk")[: PAGE + 1])
    lines = [
        OwedLine(
            id=row.pk,
            line=line_of(row.entry),
            listener=row.listener,
            because=LISTENERS[row.listener].because if row.listener in LISTENERS else "",
            tries=row.tries,
            error=row.last_error,
            next_try_at=row.next_try_at,
            is_parked=row.parked_at is not None,
        )
        for row in found[:PAGE]
        if row.entry.kind in KINDS
    ]
    return lines, found[PAGE - 1].pk if len(found) > PAGE else None


def settled_before() -> int | None:
    """PostgreSQL hands out serial ids before commit, so a reader that follows ids can step over a slow transaction.

    Entries of transactions below the returned horizon are all committed or gone; None on SQLite, whose single
    writer commits in the order of ids.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def settled_entries(after_tx: int, after_id: int, limit: int = 1000) -> list[tuple[int, int]]:
    """(tx, id) of entries beyond a reader's place that no running transaction can still slip in front of.

    On SQLite tx is always 0. Order: (tx, id).
    """
    horizon = settled_before()
    if horizon is None:
        return [
            (0, pk) for pk in Entry.objects.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)[:limit]
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tx::text::bigint, id FROM journal_entry WHERE tx < %s::text::xid8"
            " AND (tx, id) > (%s::text::xid8, %s) ORDER BY tx, id LIMIT %s",
            [str(horizon), str(after_tx), after_id, limit],
        )
        return [(int(tx), int(pk)) for tx, pk in cursor.fetchall()]


def told_since(
    kind: str, since: datetime, record_ids: Any, limit: int = 2000
) -> list[tuple[UUID, datetime, dict[str, Any]]]:
    """(record, happened_at, facts) of one kind, newest first, about records the caller may see.

    record_ids: ids or a query of ids, already limited to what the actor sees
    Cost:       1 query
    """
    rows = Mention.objects.filter(kind=kind, entry__kind=kind, entry__written_at__gte=since, record_id__in=record_ids)
    return list(rows.order_by("-entry_id").values_list("record_id", "happened_at", "entry__facts")[:limit])


def touched_besides_imports(record_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these records anything but an import has to do with: somebody worked on them. 1 query."""
    rows = Mention.objects.filter(record_id__in=record_ids).exclude(entry__via="import")
    return set(rows.values_list("record_id", flat=True).distinct())
