"""What people did, and what they mean to do. The text itself stays with the activity."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind("customers.call_logged.1", _("{actor} logged a call: {title}"), icon="phone", tone="plum", theme="call")
@dataclass(frozen=True, slots=True)
class CallLogged:
    activity_id: UUID
    title: str = personal()


@kind(
    "customers.meeting_logged.1",
    _("{actor} logged a meeting: {title}"),
    icon="calendar-event",
    tone="brand",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class MeetingLogged:
    activity_id: UUID
    title: str = personal()


@kind("customers.email_logged.1", _("{actor} logged an e-mail: {title}"), icon="mail", tone="info", theme="email")
@dataclass(frozen=True, slots=True)
class EmailLogged:
    activity_id: UUID
    title: str = personal()


@kind("customers.note_written.1", _("{actor} wrote a note"), icon="note", tone="warn", theme="note")
@dataclass(frozen=True, slots=True)
class NoteWritten:
    """mentioned: members the note names with @"""

    activity_id: UUID
    mentioned: list[UUID]


@kind("customers.task_added.1", _("{actor} planned: {title}"), icon="list-check", theme="task")
@dataclass(frozen=True, slots=True)
class TaskAdded:
    activity_id: UUID
    title: str = personal()


@kind("customers.task_done.1", _("{actor} did: {title}"), icon="circle-check", tone="good", theme="task")
@dataclass(frozen=True, slots=True)
class TaskDone:
    activity_id: UUID
    title: str = personal()


@kind("customers.task_reopened.1", _("{actor} reopened: {title}"), icon="list-check", theme="task")
@dataclass(frozen=True, slots=True)
class TaskReopened:
    activity_id: UUID
    title: str = personal()


@kind("customers.task_snoozed.1", _("{actor} put off: {title}"), icon="clock", theme="task")
@dataclass(frozen=True, slots=True)
class TaskSnoozed:
    """until, before: ISO moments"""

    activity_id: UUID
    until: str
    before: str
    title: str = personal()


@kind("customers.activity_edited.1", _("{actor} changed {title}: {fields}"), theme="change")
@dataclass(frozen=True, slots=True)
class ActivityEdited:
    activity_id: UUID
    changes: dict[str, list[Any]] = personal_facts()
    title: str = personal()


@kind("customers.activity_deleted.1", _("{actor} moved {title} to the bin"), icon="trash", tone="bad")
@dataclass(frozen=True, slots=True)
class ActivityDeleted:
    activity_id: UUID
    title: str = personal()


@kind("customers.activity_restored.1", _("{actor} brought {title} back from the bin"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class ActivityRestored:
    activity_id: UUID
    title: str = personal()
