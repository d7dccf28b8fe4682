"""Taking back what was logged, planned, written, ticked off or attached. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Conflict
from dawra.customers.actions import activities, files
from dawra.customers.queries import activities as queries
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.journal.undo import REVERSES, reverses

# What logging a call or meeting leaves behind, here and on records of other rooms.
NEXT = ("customers.task_added.1", "deals.deal_edited.1")
_MOMENTS = frozenset({"happened_at", "due_at"})


@reverses(
    "customers.call_logged.1",
    "customers.meeting_logged.1",
    "customers.email_logged.1",
    "customers.note_written.1",
    "customers.task_added.1",
    "customers.activity_restored.1",
)
def take_away(actor: Actor, entry: Entry) -> None:
    """And what was to come next of a call or meeting, where nobody has touched that since."""
    activities.delete_activity(actor, activity_id=_activity_id(entry), cause=entry)
    for effect in Entry.objects.filter(cause=entry, kind__in=NEXT).order_by("id"):
        try:
            with transaction.atomic():
                REVERSES[effect.kind](actor, effect)
        except Answer:
            continue


@reverses("customers.activity_deleted.1")
def bring_back(actor: Actor, entry: Entry) -> None:
    activities.restore_activity(actor, activity_id=_activity_id(entry), cause=entry)


@reverses("customers.task_done.1")
def reopen(actor: Actor, entry: Entry) -> None:
    activities.reopen_task(actor, activity_id=_activity_id(entry), cause=entry)


@reverses("customers.task_reopened.1")
def finish_again(actor: Actor, entry: Entry) -> None:
    activities.finish_task(actor, activity_id=_activity_id(entry), cause=entry)


@reverses("customers.task_snoozed.1")
def wake(actor: Actor, entry: Entry) -> None:
    """Back to what it was put off to before, if that still lies ahead."""
    before = parse_datetime(entry.facts["before"]) if entry.facts["before"] else None
    until = before if before and before > actor.now else None
    activities.snooze_task(actor, activity_id=_activity_id(entry), until=until, cause=entry)


@reverses("customers.activity_edited.1")
def edit_back(actor: Actor, entry: Entry) -> None:
    """Only while each value is still the one that was written then."""
    activity = queries.activity(actor, _activity_id(entry))
    values: dict[str, Any] = {}
    for name, (before, after) in entry.facts["changes"].items():
        if as_plain(getattr(activity, name)) != after:
            raise Conflict(_("This was changed again since. Undo the later change first."))
        values[name] = _read(name, before)
    activities.edit_activity(actor, activity_id=activity.pk, values=values, cause=entry)


@reverses("customers.file_added.1")
def remove_file(actor: Actor, entry: Entry) -> None:
    files.remove_file(actor, file_id=UUID(entry.facts["file_id"]), cause=entry)


@reverses("customers.file_removed.1")
def restore_file(actor: Actor, entry: Entry) -> None:
    files.restore_file(actor, file_id=UUID(entry.facts["file_id"]), cause=entry)


def _activity_id(entry: Entry) -> UUID:
    return UUID(entry.facts["activity_id"])


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value else value
