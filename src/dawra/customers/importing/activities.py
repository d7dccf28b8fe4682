"""Rows that become calls, meetings, e-mails, notes and tasks, at the times they were true, on the records they concern."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.access.kinds import kinds
from dawra.customers.actions.activities import headline
from dawra.customers.importing import activities_back, naming, owners
from dawra.customers.importing.linking import owner_keys, put_owner
from dawra.customers.importing.matching import Owners
from dawra.customers.importing.pending import Arrival, References, Waiting, joins
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.models import Activity, ActivityLink, Company, ImportRow, Person
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import activities as told
from dawra.journal.models import Entry
from dawra.team.queries.people import habits

MIDDAY = time(12)
MINUTES = ("minutes", "in_minutes", "clock")
LOGGED = {"call": told.CallLogged, "meeting": told.MeetingLogged, "email": told.EmailLogged}
EDITED = ("what", "title", "body", "happened_at", "due_at", "all_day", "done_at", "direction", "outcome",
          "duration_minutes")  # fmt: skip

ASKED_AS = {"happened_at": "at", "due_at": "due", "all_day": "due", "duration_minutes": "minutes"}
"""Columns of ours that go by another name in a file."""

Touch = Callable[[Actor, Mapping[UUID, datetime]], None]
TOUCHED: dict[str, Touch] = {}
"""kind → what its room does once something has happened with its records: {record: when last}."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A record of any room, as links and the journal name it."""

    kind: str
    pk: UUID


@dataclass(frozen=True, slots=True)
class Decided:
    """columns: of the activity. begun_at: since when it has been planned. refs: whom it concerns; waits: who is to come."""

    columns: Mapping[str, Any]
    begun_at: datetime
    refs: tuple[Ref, ...] = ()
    waits: tuple[tuple[str, str], ...] = ()
    notes: list[Said] = field(default_factory=list)


class ActivityTarget:
    """usual: the kind of those rows that do not say. planned: the file holds only what is still to be done."""

    permission = "customers.work"

    def __init__(self, usual: str, code: str = "", *, planned: bool = False) -> None:
        self.code, self._usual, self._planned = f"activity.{code or usual}", usual, planned

    def open(self, work: Work) -> "ActivityKeeper":
        return ActivityKeeper(work, self._usual, planned=self._planned)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return activities_back.take_back(actor, rows, cause, edited=edited)


class ActivityKeeper:
    def __init__(self, work: Work, usual: str, *, planned: bool) -> None:
        self._work, self._actor, self._usual, self._planned = work, work.actor, usual, planned
        self._zone = ZoneInfo(habits().time_zone or "UTC")
        self._owners = Owners(work.actor)
        self._known = References(work)

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._begin(rows)
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._finish()
        owners.wait(self._work, "activity", rows, outcomes)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._begin(rows)
        seen = self._work.memory.get("id:activity", [row.key for row in rows]) if self._work.memory else {}
        judged = []
        for row in rows:
            try:
                judged.append(self._judge(row, seen))
            except Reject as reject:
                row.said.append(reject.said)
                judged.append(Judged(REJECTED, "activity"))
        if self._work.memory:
            self._work.memory.put("id:activity", {row.key: row.digest for row in rows})
        return judged

    # Decide

    def _begin(self, rows: Sequence[Parsed]) -> None:
        wanted: dict[str, set[str]] = {kind: set() for kind in ("activity", "member", "person", "company", "deal")}
        for row in rows:
            wanted["activity"].add(row.key)
            wanted["member"].update(owner_keys(row))
            for kind, keys in _mentions(row).items():
                wanted[kind].update(keys)
        self._known.ask(wanted)
        naming.assume(self._work, self._known, wanted)
        for row in rows:
            put_owner(row, self._known)
        self._visible = self._seen(wanted)
        known = [found.record_id for row in rows if (found := self._known.row("activity", row.key))]
        there = Activity.objects.visible_to(self._actor).filter(pk__in=known) if known else ()
        self._records: dict[UUID, Activity] = {one.pk: one for one in there}
        self._new: list[Activity] = []
        self._links: list[ActivityLink] = []
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        self._last: dict[str, dict[UUID, datetime]] = {}
        self._waiting = Waiting(self._work)

    def _seen(self, wanted: Mapping[str, Iterable[str]]) -> set[UUID]:
        """Those of the records meant that whoever imports may see: others are as if not there. 1 query a kind."""
        seen: set[UUID] = set()
        for kind in ("person", "company", "deal"):
            ids = {found for key in wanted[kind] if (found := self._known.of(kind, key)) is not None}
            if ids:
                rows = kinds()[kind].objects.visible_to(self._actor).filter(pk__in=ids)
                seen |= set(rows.values_list("pk", flat=True))
        return seen

    def _decide(self, row: Parsed) -> Decided:
        values = row.values
        what = values.get("what") or self._usual
        title, body = values.get("title", ""), values.get("body", "")
        if not title and not body:
            raise Reject("no_text", "title")
        at, due = self.moment(values.get("at")), self._due(row)
        created = self.moment(values.get("created_at"))
        done_at = self.moment(values.get("done_at"))
        is_done = values["done"] if "done" in values else values.get("status") in ("done", "cancelled")
        is_done = is_done or done_at is not None
        columns: dict[str, Any] = {
            "what": what, "title": title, "body": body, "happened_at": None, "due_at": None, "all_day": False,
            "done_at": None, "direction": values.get("direction") or "", "outcome": values.get("outcome", ""),
            "duration_minutes": next((values[name] for name in MINUTES if name in values), None),
        }  # fmt: skip
        notes: list[Said] = []
        first = min((one for one in (created, at, due, done_at) if one is not None), default=None)
        if first is None:
            notes.append(Said("no_time"))
        begun = min(created or first or self._work.begun_at, self._work.begun_at)
        said_open = self._planned or "done" in values or values.get("status") == "open"
        coming = what in ("call", "meeting") and not is_done
        planned = what == "task" or (coming and said_open and (due or at) is not None)
        if coming and max(at or begun, due or begun) > self._actor.now:
            planned, due = True, at or due
        if planned:
            columns["due_at"] = due or at or begun
            columns["all_day"] = _is_day(values.get("due") if due else values.get("at")) and not values.get("due_time")
            if is_done:
                columns["done_at"] = min(done_at or columns["due_at"], self._actor.now)
        else:
            columns["happened_at"] = min(at or done_at or due or created or self._work.begun_at, self._actor.now)
        if values.get("status") == "cancelled" and not columns["outcome"]:
            columns["outcome"] = "cancelled"
        refs, waits = self._refs(row)
        return Decided(columns, begun, tuple(refs), tuple(waits), notes)

    def _refs(self, row: Parsed) -> tuple[list[Ref], list[tuple[str, str]]]:
        """Whom it concerns; who is not here yet is waited for."""
        refs: dict[UUID, Ref] = {}
        waits: list[tuple[str, str]] = []
        for field_, asked in _asked(row).items():
            found: Ref | None = None
            for kind, key in asked:
                record_id = self._known.of(kind, key)
                if record_id is not None and record_id in self._visible:
                    found = Ref(kind, record_id)
                    break
            if found is not None:
                refs.setdefault(found.pk, found)
            elif any(self._known.is_shared(kind, key) for kind, key in asked):
                row.said.append(Said("several_of_name", field_[0], {"value": field_[1]}))
            else:
                waits += asked
                row.said.append(Said("waits_for", field_[0], {"value": field_[1]}))
        return list(refs.values()), waits

    def moment(self, said: datetime | date | None) -> datetime | None:
        if said is None:
            return None
        if isinstance(said, datetime):
            return said if said.tzinfo else said.replace(tzinfo=self._zone)
        return datetime.combine(said, MIDDAY, self._zone)

    def _due(self, row: Parsed) -> datetime | None:
        due, clock = row.values.get("due"), row.values.get("due_time", "")
        if isinstance(due, datetime) or due is None or not clock:
            return self.moment(due)
        hour, _colon, minute = clock.partition(":")
        try:
            return datetime.combine(due, time(int(hour), int(minute[:2] or 0)), self._zone)
        except ValueError:
            return self.moment(due)

    # Write

    def _judge(self, row: Parsed, seen: Mapping[str, Any]) -> Judged:
        known = self._known.row("activity", row.key)
        if (known is not None and row.digest in known.digest.split()) or seen.get(row.key) == row.digest:
            return Judged(UNCHANGED, "activity", known.record_id if known else None)
        decided = self._decide(row)
        row.said += decided.notes
        label = decided.columns["title"] or decided.columns["body"][:80]
        record = self._records.get(known.record_id) if known else None
        if known is None:
            self._may_create()
            return Judged(UPDATED if row.key in seen else CREATED, "activity", None, label)
        changes = {} if record is None else self._changes(record, decided.columns, known.version)
        plain = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
        return Judged(UPDATED if changes else UNCHANGED, "activity", known.record_id, label, plain)

    def _one(self, row: Parsed) -> Outcome:
        known = self._known.row("activity", row.key)
        if known is not None and row.digest in known.digest.split():
            return Outcome(UNCHANGED, "activity", known.record_id)
        decided = self._decide(row)
        row.said += decided.notes
        if known is not None:
            return self._write(row, decided, known.record_id, known.version)
        self._may_create()
        owner = self._owners.of(row.values.get("owner", ""), lambda code, **f: row.said.append(Said(code, "owner", f)))
        activity = Activity.signed_by(self._actor, owner_id=owner, **decided.columns)
        activity.id, activity.created_at = new_id(), decided.begun_at
        self._new.append(activity)
        self._known.keep("activity", row.key, activity.pk, row.digest, activity.version)
        self._links += [ActivityLink(activity=activity, record_kind=ref.kind, record_id=ref.pk) for ref in decided.refs]
        for kind, key in decided.waits:
            self._waiting.add("activity.link", activity.pk, (kind, key), {"kind": kind})
        self._tell(activity, decided)
        return Outcome(CREATED, "activity", activity.pk)

    def _tell(self, activity: Activity, decided: Decided) -> None:
        """What happened, when it happened. Who is waited for will find the entries by the activity itself."""
        about: list[Any] = [*decided.refs, *([Ref("activity", activity.pk)] if decided.waits else [])]
        title = headline(activity)
        if activity.due_at is not None:
            self._facts.append((told.TaskAdded(activity.pk, title=title), about, decided.begun_at))
            if activity.done_at is not None:
                self._facts.append((told.TaskDone(activity.pk, title=title), about, activity.done_at))
        elif activity.what == "note":
            self._facts.append((told.NoteWritten(activity.pk, []), about, activity.happened_at or decided.begun_at))
        else:
            self._facts.append(
                (LOGGED[activity.what](activity.pk, title=title), about, activity.happened_at or decided.begun_at)
            )
        if activity.happened_at is not None and activity.what != "task":
            for ref in decided.refs:
                last = self._last.setdefault(ref.kind, {})
                last[ref.pk] = max(last.get(ref.pk, activity.happened_at), activity.happened_at)

    def _write(self, row: Parsed, decided: Decided, activity_id: UUID, version: int) -> Outcome:
        """The file says something new of what is here: it follows, unless somebody has edited it here."""
        record = self._records.get(activity_id)
        changes = self._changes(record, decided.columns, version) if record is not None else {}
        if record is None or (record.version > version and not changes):
            row.said.append(Said("in_bin" if record is None else "not_overwritten"))
            return Outcome(UNCHANGED, "activity", activity_id)
        if changes:
            record.change(self._actor, {name: after for name, (_before, after) in changes.items()})
            fact = told.ActivityEdited(record.pk, changes, title=headline(record))
            self._facts.append((fact, decided.refs, self._actor.now))
        self._known.keep("activity", row.key, record.pk, row.digest, record.version)
        made = {"fields": {name: [_plain(b), _plain(a)] for name, (b, a) in changes.items()}} if changes else {}
        return Outcome(UPDATED if changes else UNCHANGED, "activity", record.pk, made)

    def _may_create(self) -> None:
        if not self._work.policy.create:
            raise Reject("no_match")

    def _changes(self, record: Activity, columns: Mapping[str, Any], version: int) -> dict[str, list[Any]]:
        policy, edited = self._work.policy, record.version > version
        pairs = {name: [getattr(record, name), columns[name]] for name in EDITED if policy.update}
        return {
            name: [before, after]
            for name, (before, after) in pairs.items()
            if before != after and policy.takes(ASKED_AS.get(name, name), before, edited=edited)
        }

    def _finish(self) -> None:
        Activity._base_manager.bulk_create(self._new, batch_size=100)
        ActivityLink.objects.bulk_create(self._links, batch_size=200)
        self._known.save()
        self._waiting.save()
        journal.write_many(self._actor, self._facts)
        touch(self._actor, self._last)


def touch(actor: Actor, last: Mapping[str, Mapping[UUID, datetime]]) -> None:
    """Records know when they were last dealt with. Versions stay: nobody who edits one is overtaken. 1 query a record."""
    for kind, model in (("person", Person), ("company", Company)):
        for record_id, at in last.get(kind, {}).items():
            earlier = Q(last_activity_at__isnull=True) | Q(last_activity_at__lt=at)
            model._base_manager.filter(earlier, pk=record_id).update(last_activity_at=at)
    for kind, room in TOUCHED.items():
        if last.get(kind):
            room(actor, last[kind])


@joins("activity.link")
def link(work: Work, arrivals: Sequence[Arrival]) -> None:
    """What was done with somebody who has only come in now stands in their timeline too."""
    rows = Activity._base_manager.filter(pk__in={one.waiting for one in arrivals})
    activities = {one.pk: one for one in rows}
    last: dict[str, dict[UUID, datetime]] = {}
    links, mentions = [], []
    for one in arrivals:
        activity, kind = activities.get(one.waiting), str(one.facts.get("kind", "person"))
        if activity is None:
            continue
        links.append(ActivityLink(activity=activity, record_kind=kind, record_id=one.arrived))
        mentions.append((activity.pk, Ref(kind, one.arrived)))
        if activity.happened_at and activity.what != "task":
            there = last.setdefault(kind, {})
            there[one.arrived] = max(there.get(one.arrived, activity.happened_at), activity.happened_at)
    ActivityLink.objects.bulk_create(links, ignore_conflicts=True, batch_size=200)
    journal.mention_too(mentions)
    touch(work.actor, last)


def _asked(row: Parsed) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(column, as written) → the records it may mean, surest first."""
    values = row.values
    asked: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in values.get("person_ids", ()):
        asked["person_ids", one] = [("person", f"id:{one}"), ("person", f"lead:{one}")]
    for one in values.get("company_ids", ()):
        asked["company_ids", one] = [("company", f"id:{one}")]
    for one in values.get("deal_ids", ()):
        asked["deal_ids", one] = [("deal", f"id:{one}")]
    for one in values.get("about_ids", ()):
        kinds_ = ("deal", "company", "person")
        asked["about_ids", one] = [*((kind, f"id:{one}") for kind in kinds_), ("person", f"lead:{one}")]
    if "email" in values or ("person" in values and "person_ids" not in values):
        keys = [("person", f"email:{point.normal}") for point in values.get("email", ())]
        keys += [("person", f"name:{fold(values['person'])}")] if "person" in values else []
        asked["person", values.get("person") or values["email"][0].value] = keys
    if "company" in values and "company_ids" not in values:
        asked["company", values["company"]] = [("company", fold(values["company"]))]
    if "deal" in values and "deal_ids" not in values:
        asked["deal", values["deal"]] = [("deal", f"name:{fold(values['deal'])}")]
    if "about_name" in values and "about_ids" not in values:
        name = fold(values["about_name"])
        asked["about_name", values["about_name"]] = [
            ("deal", f"name:{name}"), ("company", name), ("person", f"name:{name}"),
        ]  # fmt: skip
    return asked


def _mentions(row: Parsed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for asked in _asked(row).values():
        for kind, key in asked:
            found.setdefault(kind, []).append(key)
    return found


def _is_day(said: Any) -> bool:
    return isinstance(said, date) and not isinstance(said, datetime)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
