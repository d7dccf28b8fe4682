"""Taking back what was done to people, companies and custom fields. Imported when the room is ready."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Conflict, NotFound
from dawra.customers import rules
from dawra.customers.actions import bin, companies, contact, editing, fields, lifecycle, owner, people, tags
from dawra.customers.actions.adding import NewPoint
from dawra.customers.finding import refind
from dawra.customers.models import Affiliation, Company, ContactPoint, FieldDef, Person
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import AffiliationEnded
from dawra.journal.jobs import job
from dawra.journal.models import Entry
from dawra.journal.undo import REVERSES, reverses
from dawra.team.actors import actor_of

AT_ONCE = 500
# kind → gives a record back to an owner. Other rooms add theirs: one kind of entry tells of every new owner.
GIVES: dict[str, Callable[[Actor, UUID, UUID | None, Entry], object]] = {}


def _changed() -> Conflict:
    return Conflict(_("This has been changed again since; undo the later change first."))


def _id(entry: Entry, name: str = "record_id") -> UUID:
    return UUID(entry.facts[name])


@reverses("customers.person_added.1", "customers.company_added.1")
def take_out(actor: Actor, entry: Entry) -> None:
    kind = "person" if "person_id" in entry.facts else "company"
    bin.delete_record(actor, kind=kind, record_id=_id(entry, f"{kind}_id"), cause=entry)


@reverses("customers.person_edited.1")
def edit_person_back(actor: Actor, entry: Entry) -> None:
    person = Person.fetch(actor, _id(entry, "person_id"))
    people.edit_person(actor, person_id=person.pk, changes=_before(person, entry), cause=entry)


@reverses("customers.company_edited.1")
def edit_company_back(actor: Actor, entry: Entry) -> None:
    company = Company.fetch(actor, _id(entry, "company_id"))
    companies.edit_company(actor, company_id=company.pk, changes=_before(company, entry), cause=entry)


def _before(record: Person | Company, entry: Entry) -> dict[str, Any]:
    """What the fields held, if they still hold what the edit left. Raises Conflict."""
    known = editing.fields_by_key(record.kind)
    back: dict[str, Any] = {}
    for field, (before, after) in entry.facts["changes"].items():
        if editing.held(record, field) != after:
            raise _changed()
        back[field] = rules.from_plain(known.get(field[7:]), before) if field.startswith("custom.") else before
    return back


@reverses("customers.record_deleted.1")
def bring_back(actor: Actor, entry: Entry) -> None:
    bin.restore_record(actor, kind=entry.facts["record_kind"], record_id=_id(entry), cause=entry)


@reverses("customers.record_restored.1")
def delete_again(actor: Actor, entry: Entry) -> None:
    bin.delete_record(actor, kind=entry.facts["record_kind"], record_id=_id(entry), cause=entry)


@reverses("customers.point_added.1")
def remove_point(actor: Actor, entry: Entry) -> None:
    point = _point(entry)
    if point.value != entry.facts["value"]:
        raise _changed()
    contact.remove_point(actor, point_id=point.pk, cause=entry)


@reverses("customers.point_changed.1")
def change_point_back(actor: Actor, entry: Entry) -> None:
    point = _point(entry)
    if point.value != entry.facts["after"]:
        raise _changed()
    before = NewPoint(point.kind, entry.facts["before"], point.label, point.is_primary)
    contact.change_point(actor, point_id=point.pk, point=before, cause=entry)


@reverses("customers.point_removed.1")
def add_point_again(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    point = NewPoint(facts["point_kind"], facts["value"], facts["label"])
    contact.add_point(actor, kind=facts["record_kind"], record_id=_id(entry), point=point, cause=entry)


def _point(entry: Entry) -> ContactPoint:
    point = ContactPoint.objects.filter(pk=entry.facts["point_id"]).first()
    if point is None:
        raise _changed()
    return point


@reverses("customers.affiliated.1")
def unlink(actor: Actor, entry: Entry) -> None:
    actor.must("customers.work")
    link, person = _link(actor, entry)
    facts = AffiliationEnded(link.pk, person.pk, link.company_id, link.company.name, person.name)
    contact.end_links_of(link)
    link.delete()
    refind("person", [person.pk])
    write(actor, facts, about=[person, link.company], cause=entry)


@reverses("customers.affiliation_ended.1", "customers.affiliation_changed.1")
def put_link_back(actor: Actor, entry: Entry) -> None:
    link, _person = _link(actor, entry)
    held: dict[str, Any] = {
        "role": link.role,
        "is_primary": link.is_primary,
        "from_on": link.from_on,
        "until_on": link.until_on,
    }
    changes = entry.facts.get("changes") or {"until_on": [None, link.until_on and link.until_on.isoformat()]}
    for field, (before, after) in changes.items():
        now = held[field]
        if (now.isoformat() if isinstance(now, date) else now) != after:
            raise _changed()
        held[field] = date.fromisoformat(before) if before and field.endswith("_on") else before
    contact.change_affiliation(actor, affiliation_id=link.pk, place=contact.Place(**held), cause=entry)


def _link(actor: Actor, entry: Entry) -> tuple[Affiliation, Person]:
    link = Affiliation.objects.select_related("company").filter(pk=entry.facts["affiliation_id"]).first()
    if link is None:
        raise _changed()
    return link, Person.fetch(actor, link.person_id)


@reverses("customers.lifecycle_changed.1")
def move_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    record = editing.MODELS[facts["record_kind"]].fetch(actor, _id(entry))
    if record.lifecycle != facts["to_stage"]:
        raise _changed()
    lifecycle.set_lifecycle(actor, kind=record.kind, record_id=record.pk, to_stage=facts["from_stage"], cause=entry)


@reverses("customers.tagged.1")
def tag_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    tags.change_tags(
        actor, kind=facts["record_kind"], record_id=_id(entry), add=facts["removed"], remove=facts["added"], cause=entry
    )


@reverses("customers.assigned.1")
def give_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    before = UUID(facts["from_id"]) if facts["from_id"] else None
    if facts["record_kind"] in GIVES:
        GIVES[facts["record_kind"]](actor, _id(entry), before, entry)
        return
    record = editing.MODELS[facts["record_kind"]].fetch(actor, _id(entry))
    if (str(record.owner_id) if record.owner_id else None) != facts["to_id"]:
        raise _changed()
    owner.assign(actor, kind=record.kind, record_id=record.pk, owner_id=before, cause=entry)


@reverses("customers.field_defined.1")
def hide_field(actor: Actor, entry: Entry) -> None:
    fields.archive_field(actor, field_id=_id(entry, "field_id"))


@reverses("customers.field_changed.1")
def change_field_back(actor: Actor, entry: Entry) -> None:
    actor.must("customers.fields")
    row = FieldDef.objects.filter(pk=entry.facts["field_id"]).first()
    if row is None:
        raise NotFound()
    back: dict[str, Any] = {}
    for name, (before, after) in entry.facts["changes"].items():
        now = getattr(row, name)
        if (now.isoformat() if isinstance(now, datetime) else now) != after:
            raise _changed()
        back[name] = datetime.fromisoformat(before) if before and name == "archived_at" else before
    fields.keep(actor, row, back, None, cause=entry)


@reverses("customers.bulk_edited.1")
def take_all_back(actor: Actor, entry: Entry) -> None:
    """Each effect on its own; a record changed since is left as it is. More than 500 go by a job, a batch at a time."""
    actor.must("records.bulk")
    if entry.facts["count"] > AT_ONCE:
        jobs.enqueue("customers.take_bulk_back", entry_id=entry.pk, member_id=str(actor.member_id), after=0)
        return
    _take_back(actor, entry, 0)


@job("customers.take_bulk_back")
def take_bulk_back(now: datetime, *, entry_id: int, member_id: str, after: int) -> None:
    with transaction.atomic():
        actor = actor_of(UUID(member_id), now)
        last = _take_back(actor, Entry.objects.get(pk=entry_id), after)
        if last:
            jobs.enqueue("customers.take_bulk_back", entry_id=entry_id, member_id=member_id, after=last)


def _take_back(actor: Actor, entry: Entry, after: int) -> int:
    """Reverse one batch of effects beyond an entry; returns the last one's id, 0 at the end."""
    effects = list(
        Entry.objects.filter(cause=entry, pk__gt=after, kind__in=REVERSES)
        .exclude(kind=entry.kind)
        .order_by("pk")[:AT_ONCE]
    )
    for effect in effects:
        try:
            with transaction.atomic():
                REVERSES[effect.kind](actor, effect)
        except Answer:
            continue
    return effects[-1].pk if len(effects) == AT_ONCE else 0
