"""What people did with a customer, and what they mean to do: logged, planned, corrected, put off, taken away.

The caller hands over the records it has fetched, of whatever room; each has passed its own visibility.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, Refused
from dawra.customers.models import Activity, ActivityLink, Company, Person
from dawra.customers.queries import activities as queries
from dawra.journal.actions import Mentionable, write
from dawra.journal.catalogue import activities as told
from dawra.journal.catalogue.customers import Assigned
from dawra.journal.models import Entry

LOGGED = ("call", "meeting", "email")
PLANNED = ("task", "meeting", "call")
LONGEST_BODY = 50_000
# Clocks of people's devices and of the server differ a little.
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Happening:
    """what: call, meeting or email. at: when it was true. direction: in, out or "". duration_minutes: whole minutes."""

    what: str
    at: datetime
    title: str = ""
    body: str = ""
    direction: str = ""
    outcome: str = ""
    duration_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """what: task, meeting or call. due_at: the moment, or with all_day any moment of the day. owner_id: None = oneself."""

    title: str
    due_at: datetime
    all_day: bool = False
    body: str = ""
    what: str = "task"
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What an action left behind: the activity, and the entry that can be undone."""

    activity: Activity
    entry: Entry


@transaction.atomic
def log_activity(actor: Actor, *, records: Sequence[Mentionable], said: Happening) -> Kept:
    """Keep a call, a meeting or an e-mail that has happened.

    Writes: customers.call_logged.1, customers.meeting_logged.1 or customers.email_logged.1
    Raises: Refused, Invalid (in the future, unknown words, no record)
    """
    actor.must("customers.work")
    if said.what not in LOGGED or said.direction not in ("", "in", "out"):
        raise Invalid(_("Choose a call, a meeting or an e-mail."), field="what")
    must_have_happened(said.at, actor.now)
    activity = keep_new(
        actor,
        records,
        what=said.what,
        title=said.title.strip()[:200],
        body=said.body.strip()[:LONGEST_BODY],
        happened_at=said.at,
        direction=said.direction,
        outcome=said.outcome.strip()[:40],
        duration_minutes=said.duration_minutes,
        owner_id=actor.member_id,
    )
    remember_contact(records, said.at)
    fact = {"call": told.CallLogged, "meeting": told.MeetingLogged, "email": told.EmailLogged}[said.what]
    entry = write(actor, fact(activity.pk, title=headline(activity)), about=records, at=said.at)
    return Kept(activity, entry)


@transaction.atomic
def plan_activity(actor: Actor, *, records: Sequence[Mentionable], plan: Plan, cause: Entry | None = None) -> Kept:
    """Put a task, a meeting or a call on somebody's day; without records it stands on its own.

    Writes: customers.task_added.1, and customers.assigned.1 if it is for somebody else
    Raises: Refused, Invalid (nothing said, no such member)
    """
    actor.must("customers.work")
    if plan.what not in PLANNED:
        raise Invalid(_("Choose a task, a meeting or a call."), field="what")
    if not plan.title.strip():
        raise Invalid(_("Say in a few words what is to be done."), field="title")
    if plan.owner_id not in (None, actor.member_id) and plan.owner_id not in queries.members_by_id([plan.owner_id]):
        raise Invalid(_("Choose an active member."), field="owner")
    activity = keep_new(
        actor,
        records,
        what=plan.what,
        title=plan.title.strip()[:200],
        body=plan.body.strip()[:LONGEST_BODY],
        due_at=plan.due_at,
        all_day=plan.all_day,
        owner_id=plan.owner_id or actor.member_id,
    )
    entry = write(actor, told.TaskAdded(activity.pk, title=activity.title), about=records, cause=cause)
    if activity.owner_id != actor.member_id:
        _tell_assigned(actor, activity, None, records, cause=entry)
    return Kept(activity, entry)


@transaction.atomic
def finish_task(actor: Actor, *, activity_id: UUID, cause: Entry | None = None) -> Kept:
    """Tick off what was planned. A meeting or call that is done has also happened.

    Writes: customers.task_done.1
    Raises: Refused, NotFound, Conflict (already done)
    """
    activity = _fetch(actor, activity_id)
    if activity.due_at is None or activity.done_at is not None:
        raise Conflict(_("This is already done."))
    values: dict[str, Any] = {"done_at": actor.now, "snoozed_until": None}
    records = queries.records_of(activity.pk)
    if activity.what != "task":
        values["happened_at"] = min(activity.due_at, actor.now)
        remember_contact(records, values["happened_at"])
    activity.change(actor, values)
    return Kept(activity, write(actor, told.TaskDone(activity.pk, title=activity.title), about=records, cause=cause))


@transaction.atomic
def reopen_task(actor: Actor, *, activity_id: UUID, cause: Entry | None = None) -> Kept:
    """It was not done after all.

    Writes: customers.task_reopened.1
    Raises: Refused, NotFound, Conflict (not done)
    """
    activity = _fetch(actor, activity_id)
    if activity.due_at is None or activity.done_at is None:
        raise Conflict(_("This is still open."))
    activity.change(actor, {"done_at": None, "happened_at": None})
    records = queries.records_of(activity.pk)
    if activity.what != "task":
        recount_contact(records)
    entry = write(actor, told.TaskReopened(activity.pk, title=activity.title), about=records, cause=cause)
    return Kept(activity, entry)


@transaction.atomic
def snooze_task(actor: Actor, *, activity_id: UUID, until: datetime | None, cause: Entry | None = None) -> Kept:
    """Take a task off the day until then; its due time stays. None brings it back at once.

    Writes: customers.task_snoozed.1
    Raises: Refused, NotFound, Invalid (in the past), Conflict (already done)
    """
    activity = _fetch(actor, activity_id)
    if activity.due_at is None or activity.done_at is not None:
        raise Conflict(_("This is already done."))
    if until is not None and until <= actor.now:
        raise Invalid(_("Choose a moment in the future."), field="until")
    before = activity.snoozed_until
    activity.change(actor, {"snoozed_until": until})
    fact = told.TaskSnoozed(activity.pk, _iso(until), _iso(before), title=activity.title)
    return Kept(activity, write(actor, fact, about=queries.records_of(activity.pk), cause=cause))


@transaction.atomic
def assign_task(actor: Actor, *, activity_id: UUID, owner_id: UUID, cause: Entry | None = None) -> Kept:
    """Give a task to another member, who then finds it in the own day.

    Writes: customers.assigned.1 (record_kind activity)
    Raises: Refused, NotFound, Conflict (not a task), Invalid (no such member)
    """
    activity = _fetch(actor, activity_id)
    if activity.due_at is None:
        raise Conflict(_("Only what is planned can be given to somebody."))
    if owner_id not in queries.members_by_id([owner_id]):
        raise Invalid(_("Choose an active member."), field="owner")
    before = activity.owner_id
    activity.change(actor, {"owner_id": owner_id})
    return Kept(activity, _tell_assigned(actor, activity, before, queries.records_of(activity.pk), cause=cause))


EDITABLE = frozenset({"title", "body", "happened_at", "due_at", "all_day", "direction", "outcome", "duration_minutes"})


@transaction.atomic
def edit_activity(
    actor: Actor, *, activity_id: UUID, values: dict[str, Any], version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """Correct what was written. Only its author, whoever it is for, or who may delete records.

    values: of EDITABLE; moments aware. Gives None if nothing differs.
    Writes: customers.activity_edited.1
    Raises: Refused, NotFound, Invalid, Stale
    """
    activity = _fetch(actor, activity_id)
    _must_own(actor, activity)
    if unknown := set(values) - EDITABLE:
        raise Invalid(_("This cannot be changed."), field=min(unknown))
    if activity.happened_at and values.get("happened_at"):
        must_have_happened(values["happened_at"], actor.now)
    changed = {name: value for name, value in values.items() if getattr(activity, name) != value}
    if not changed:
        return None
    # The text itself stays with the activity: the entry says that it was changed and keeps what it was, to undo it.
    facts = {name: [getattr(activity, name), value] for name, value in changed.items()}
    activity.change(actor, changed, version=version)
    records = queries.records_of(activity.pk)
    if "happened_at" in changed:
        recount_contact(records)
    fact = told.ActivityEdited(activity.pk, facts, title=headline(activity))
    return Kept(activity, write(actor, fact, about=records, cause=cause))


@transaction.atomic
def delete_activity(actor: Actor, *, activity_id: UUID, cause: Entry | None = None) -> Kept:
    """Move it to the bin, from where it can be brought back.

    Writes: customers.activity_deleted.1
    Raises: Refused, NotFound
    """
    activity = _fetch(actor, activity_id)
    _must_own(actor, activity)
    activity.change(actor, {"deleted_at": actor.now})
    records = queries.records_of(activity.pk)
    recount_contact(records)
    fact = told.ActivityDeleted(activity.pk, title=headline(activity))
    return Kept(activity, write(actor, fact, about=records, cause=cause))


@transaction.atomic
def restore_activity(actor: Actor, *, activity_id: UUID, cause: Entry | None = None) -> Kept:
    """Bring it back from the bin.

    Writes: customers.activity_restored.1
    Raises: Refused, NotFound
    """
    actor.must("customers.work")
    activity = queries.activity_in_bin(actor, activity_id)
    _must_own(actor, activity)
    activity.change(actor, {"deleted_at": None})
    records = queries.records_of(activity.pk)
    recount_contact(records)
    fact = told.ActivityRestored(activity.pk, title=headline(activity))
    return Kept(activity, write(actor, fact, about=records, cause=cause))


# What the acts have in common


def headline(activity: Activity) -> str:
    """What an entry calls it: its title, else the first words of its text."""
    first_line = activity.body.strip().partition("\n")[0]
    return activity.title or (first_line[:77] + "…" if len(first_line) > 78 else first_line)


def must_have_happened(at: datetime, now: datetime) -> None:
    """Raises Invalid for what is still to come: that is planned, not logged."""
    if at > now + CLOCK_SLACK:
        raise Invalid(_("This lies in the future. Plan it as a task or a meeting instead."), field="at")


def remember_contact(records: Sequence[Mentionable], at: datetime) -> None:
    """People and companies know when they were last dealt with; deals listen to the journal instead.

    Versions stay as they are: nobody who is editing the record meets a conflict because of a call.
    """
    for model in (Person, Company):
        ids = [record.pk for record in records if record.kind == model.kind]
        if ids:
            earlier = Q(last_activity_at__isnull=True) | Q(last_activity_at__lt=at)
            model._base_manager.filter(earlier, pk__in=ids).update(last_activity_at=at)


def recount_contact(records: Sequence[Mentionable]) -> None:
    """The same after something was taken away or dated anew."""
    for model in (Person, Company):
        for record in records:
            if record.kind == model.kind:
                model._base_manager.filter(pk=record.pk).update(last_activity_at=queries.last_activity_at(record.pk))


def keep_new(actor: Actor, records: Sequence[Mentionable], **values: Any) -> Activity:
    activity = Activity.signed_by(actor, **values)
    activity.save(force_insert=True)
    distinct = {record.pk: record for record in records}
    ActivityLink.objects.bulk_create(
        ActivityLink(activity=activity, record_kind=record.kind, record_id=record.pk) for record in distinct.values()
    )
    return activity


def _fetch(actor: Actor, activity_id: UUID) -> Activity:
    actor.must("customers.work")
    return queries.activity(actor, activity_id)


def _must_own(actor: Actor, activity: Activity) -> None:
    mine = actor.member_id is not None and actor.member_id in (activity.owner_id, activity.created_by_id)
    if not mine and not actor.may("customers.delete"):
        raise Refused(_("Only who wrote this, or a manager, can change it."))


def _tell_assigned(
    actor: Actor, activity: Activity, before: UUID | None, records: Sequence[Mentionable], cause: Entry | None
) -> Entry:
    owner = "".join(queries.members_by_id([activity.owner_id]).values())
    fact = Assigned("activity", activity.pk, before, activity.owner_id, owner, name=headline(activity))
    return write(actor, fact, about=records, cause=cause)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
