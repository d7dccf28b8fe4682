"""One timeline per record: what the journal says, with the text and the state of the activities it speaks of.

A record shows what happened to itself. What happened to a company's people stands on their own pages: one page,
one stream, and nothing is shown twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.access.record import Record
from dawra.customers.models import Activity, File, TalkOutcome
from dawra.journal import queries as journal
from dawra.journal.queries import Cursor, Line
from dawra.journal.undo import REVERSES, UNDO_DAYS

# The filter above a timeline: its word in the address → themes of the journal.
SHOWS: dict[str, tuple[str, ...]] = {
    "calls": ("call", "meeting"),
    "emails": ("email",),
    "notes": ("note",),
    "tasks": ("task",),
    "files": ("file",),
    "changes": ("change", "stage"),
}
# Kinds whose line carries the activity itself; others only mention that something was done to it.
_CARRY = frozenset(
    f"customers.{what}.1"
    for what in ("call_logged", "meeting_logged", "email_logged", "letter_sent", "note_written", "task_added")
)
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call or meeting ended, by the company's list; words of a file as they came."""

    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """An activity as its line shows it. is_open: planned and not done. is_overdue: open and its time has passed."""

    id: UUID
    address: str
    what: str
    body: str
    due_at: datetime | None
    all_day: bool
    done_at: datetime | None
    direction: str
    outcome: Ended | None
    duration_minutes: int | None
    is_deleted: bool
    is_open: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class FileCard:
    id: UUID
    name: str
    size: int
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A journal line with what it speaks of. was_late: written down later than it happened."""

    line: Line
    activity: ActivityCard | None
    file: FileCard | None
    can_undo: bool
    was_late: bool
    shows_changes: bool


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """show: the chosen filter, "" for all. older: the cursor of the next page, "" at the end. is_first: the newest page."""

    kind: str
    record_id: UUID
    show: str
    days: tuple[Day, ...]
    older: str
    is_first: bool


def timeline_of(
    actor: Actor, record: Record, *, show: str = "", after: str = "", limit: int = journal.PAGE
) -> Timeline:
    """The newest lines about a record the actor has fetched, by day. At most 3 queries, however many lines.

    show:   one of SHOWS, or "" for everything. after: Timeline.older of the page before
    Raises: Invalid
    """
    if show and show not in SHOWS:
        raise Invalid("The timeline cannot be filtered by that.", field="show")
    cursor = _read_cursor(after)
    lines, more = journal.timeline(record.pk, themes=SHOWS.get(show, ()), after=cursor, limit=limit)
    activities = _activities(actor, record.pk, lines)
    files = _files(lines)
    told = [_told(actor, line, activities, files) for line in lines]
    return Timeline(record.kind, record.pk, show, tuple(_by_day(told)), _write_cursor(more), cursor is None)


def _told(actor: Actor, line: Line, activities: dict[str, ActivityCard], files: dict[str, FileCard]) -> Told:
    facts = line.facts
    activity = activities.get(facts.get("activity_id", "")) if line.kind.code in _CARRY else None
    file = files.get(facts.get("file_id", "")) if line.kind.code == "customers.file_added.1" else None
    recent = line.written_at > actor.now - timedelta(days=UNDO_DAYS)
    # A text that was corrected is not repeated in the stream, before and after; its current state stands in its own line.
    changes = facts.get("changes") or {}
    return Told(
        line=line,
        activity=activity,
        file=file,
        can_undo=recent and line.kind.code in REVERSES and not line.undone,
        was_late=line.written_at - line.happened_at > _LATE,
        shows_changes=bool(changes) and "body" not in changes,
    )


def _activities(actor: Actor, record_id: UUID, lines: Sequence[Line]) -> dict[str, ActivityCard]:
    """The activities these lines carry, the deleted ones marked: whoever sees the record sees what was done with it."""
    ids = [line.facts["activity_id"] for line in lines if line.kind.code in _CARRY]
    if not ids:
        return {}
    ended = TalkOutcome.objects.filter(what=OuterRef("what"), code=OuterRef("outcome"))
    rows = Activity._base_manager.filter(pk__in=ids).annotate(
        ended=Subquery(ended.values("name")[:1]), ended_ar=Subquery(ended.values("name_ar")[:1])
    ).values_list(
        "pk", "what", "body", "due_at", "all_day", "done_at", "direction", "outcome", "ended", "ended_ar",
        "duration_minutes", "deleted_at",
    )  # fmt: skip
    # Fifty lines, one address: resolving each would cost more than the two queries.
    before = reverse("customers:activity", args=[record_id]).removesuffix(f"{record_id}/")
    return {str(row[0]): _card(row, actor.now, before) for row in rows}


def _card(row: tuple[Any, ...], now: datetime, before: str) -> ActivityCard:
    pk, what, body, due_at, all_day, done_at, direction, outcome, ended, ended_ar, duration_minutes, deleted_at = row
    is_open = due_at is not None and done_at is None
    return ActivityCard(
        id=pk,
        address=f"{before}{pk}/",
        what=what,
        body="" if deleted_at else body,
        due_at=due_at,
        all_day=all_day,
        done_at=done_at,
        direction=direction,
        outcome=Ended(ended or outcome, ended_ar or "") if outcome else None,
        duration_minutes=duration_minutes,
        is_deleted=deleted_at is not None,
        is_open=is_open and deleted_at is None,
        is_overdue=is_open and is_overdue(due_at, all_day, now),
    )


def is_overdue(due_at: datetime, all_day: bool, now: datetime) -> bool:
    """A day's task is overdue from the day after."""
    if all_day:
        return timezone.localtime(due_at).date() < timezone.localtime(now).date()
    return due_at < now


def _files(lines: Sequence[Line]) -> dict[str, FileCard]:
    ids = [line.facts["file_id"] for line in lines if line.kind.code == "customers.file_added.1"]
    if not ids:
        return {}
    rows = File.objects.filter(pk__in=ids).values_list("pk", "name", "size", "deleted_at")
    return {str(pk): FileCard(pk, name, size, deleted_at is not None) for pk, name, size, deleted_at in rows}


def _by_day(told: Iterable[Told]) -> list[Day]:
    grouped = groupby(told, key=lambda one: timezone.localtime(one.line.happened_at).date())
    return [Day(on, tuple(lines)) for on, lines in grouped]


def _write_cursor(cursor: Cursor | None) -> str:
    return f"{cursor.happened_at.isoformat()}~{cursor.entry_id}" if cursor else ""


def _read_cursor(text: str) -> Cursor | None:
    if not text:
        return None
    moment, _, entry_id = text.replace(" ", "+").partition("~")
    try:
        return Cursor(datetime.fromisoformat(moment), int(entry_id))
    except ValueError:
        raise Invalid("The page mark in “after” is not one of ours.", field="after") from None
