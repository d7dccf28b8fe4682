"""How to reach people and companies, and who belongs where."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.customers import rules
from dawra.customers.actions import adding, editing
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.editing import MODELS, Done, Record
from dawra.customers.finding import refind
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.customers.privacy import returning
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import (
    Affiliated,
    AffiliationChanged,
    AffiliationEnded,
    PointAdded,
    PointChanged,
    PointRemoved,
)
from dawra.journal.models import Entry


@transaction.atomic
def add_point(actor: Actor, *, kind: str, record_id: UUID, point: NewPoint, cause: Entry | None = None) -> Done:
    """Add an e-mail, phone, site or social address to a person or company. The first of its sort is the primary one.

    Writes: customers.point_added.1
    Raises: Refused, NotFound, Invalid(value), Conflict (taken, or already there)
    """
    actor.must("customers.work")
    record = MODELS[kind].fetch(actor, record_id)
    read = adding.read_point(point.kind, point.value, _country(record))
    same = ContactPoint.objects.filter(**{kind: record}, kind=point.kind)
    first = not same.exists()
    if point.is_primary:
        same.update(is_primary=False)
    row = adding.keep_points(actor, [(record, [adding.ReadPoint(read, point.label[:40], point.is_primary or first)])])[
        0
    ]
    refind(kind, [record.pk])
    fact = PointAdded(kind, record.pk, row.pk, row.kind, row.value)
    return Done(row, write(actor, fact, about=[record], cause=cause))


@transaction.atomic
def change_point(actor: Actor, *, point_id: UUID, point: NewPoint, cause: Entry | None = None) -> Done:
    """Correct an address, its label, or make it the primary one of its kind.

    Writes: customers.point_changed.1 if the address itself differs
    Raises: Refused, NotFound, Invalid(value), Conflict (taken)
    """
    actor.must("customers.work")
    row, record = _point(actor, point_id)
    before = row.value
    read = adding.read_point(row.kind, point.value, _country(record))
    if point.is_primary and not row.is_primary:
        ContactPoint.objects.filter(**{record.kind: record}, kind=row.kind).update(is_primary=False)
        row.is_primary = True
    if record.kind == "person" and read.normal != row.normal:
        returning.must_not_be_erased([read])
    row.value, row.normal, row.label = read.value, read.normal, point.label[:40]
    row.unique_key = rules.unique_key(row.kind, record.kind, row.normal)
    try:
        with transaction.atomic():
            row.save(update_fields=["value", "normal", "unique_key", "label", "is_primary"])
    except IntegrityError:
        keys = [row.unique_key] if row.unique_key else []
        raise editing.taken(actor, record.kind, keys, record.pk) or Conflict(
            _("This address is already there.")
        ) from None
    refind(record.kind, [record.pk])
    fact = PointChanged(record.kind, record.pk, row.pk, row.kind, before, row.value)
    return Done(row, write(actor, fact, about=[record], cause=cause))


@transaction.atomic
def remove_point(actor: Actor, *, point_id: UUID, cause: Entry | None = None) -> Done:
    """Remove an address; another of its kind becomes the primary one.

    Writes: customers.point_removed.1
    Raises: Refused, NotFound
    """
    actor.must("customers.work")
    row, record = _point(actor, point_id)
    fact = PointRemoved(record.kind, record.pk, row.kind, row.label, row.value)
    was_primary = row.is_primary
    row.delete()
    if was_primary:
        heir = ContactPoint.objects.filter(**{record.kind: record}, kind=fact.point_kind).order_by("id").first()
        if heir:
            ContactPoint.objects.filter(pk=heir.pk).update(is_primary=True)
    refind(record.kind, [record.pk])
    return Done(record, write(actor, fact, about=[record], cause=cause))


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in a company. Open while until_on is empty; both days count."""

    role: str = ""
    is_primary: bool = False
    from_on: date | None = None
    until_on: date | None = None


@transaction.atomic
def affiliate(actor: Actor, *, person_id: UUID, company_id: UUID, place: Place, cause: Entry | None = None) -> Done:
    """Link a person to a company they work, or worked, for. Their first company is the primary one.

    Writes: customers.affiliated.1
    Raises: Refused, NotFound, Invalid(until_on), Conflict (they hold the same place already)
    """
    actor.must("customers.work")
    person, company = Person.fetch(actor, person_id), Company.fetch(actor, company_id)
    _must_be_in_order(place)
    mine = Affiliation.objects.filter(person=person, until_on__isnull=True)
    if place.until_on is None and mine.filter(company=company, role=place.role[:160]).exists():
        raise Conflict(_("%(name)s is already linked to %(company)s."), name=person.name, company=company.name)
    primary = place.until_on is None and (place.is_primary or not mine.exists())
    if primary:
        mine.update(is_primary=False)
    link = Affiliation.objects.create(
        person=person, company=company, role=place.role[:160], is_primary=primary, from_on=place.from_on,
        until_on=place.until_on,
    )  # fmt: skip
    refind("person", [person.pk])
    fact = Affiliated(link.pk, person.pk, company.pk, link.role, company.name, person.name)
    return Done(link, write(actor, fact, about=[person, company], cause=cause))


@transaction.atomic
def change_affiliation(actor: Actor, *, affiliation_id: UUID, place: Place, cause: Entry | None = None) -> Done:
    """Correct the role, the days or the primary mark of a link; with a last day it becomes a past one.

    Writes: customers.affiliation_changed.1, nothing if nothing differs
    Raises: Refused, NotFound, Invalid(until_on)
    """
    actor.must("customers.work")
    link, person = _affiliation(actor, affiliation_id)
    _must_be_in_order(place)
    before = Place(link.role, link.is_primary, link.from_on, link.until_on)
    after = Place(place.role[:160], place.is_primary and place.until_on is None, place.from_on, place.until_on)
    if before == after:
        return Done(link, None)
    _keep_place(link, after)
    refind("person", [person.pk])
    names = ("role", "is_primary", "from_on", "until_on")
    changes = {n: [getattr(before, n), getattr(after, n)] for n in names if getattr(before, n) != getattr(after, n)}
    fact = AffiliationChanged(link.pk, person.pk, link.company_id, link.company.name, changes, person.name)
    return Done(link, write(actor, fact, about=[person, link.company], cause=cause))


@transaction.atomic
def end_affiliation(actor: Actor, *, affiliation_id: UUID, until_on: date, cause: Entry | None = None) -> Done:
    """A person left a company; the link stays as a past one, and their next company becomes the primary one.

    until_on: the last day
    Writes:   customers.affiliation_ended.1
    Raises:   Refused, NotFound, Invalid(until_on), Conflict (already past)
    """
    actor.must("customers.work")
    link, person = _affiliation(actor, affiliation_id)
    if link.until_on is not None:
        raise Conflict(_("This link has already ended."))
    _must_be_in_order(Place(from_on=link.from_on, until_on=until_on))
    _keep_place(link, Place(link.role, False, link.from_on, until_on))
    refind("person", [person.pk])
    fact = AffiliationEnded(link.pk, person.pk, link.company_id, link.company.name, person.name)
    return Done(link, write(actor, fact, about=[person, link.company], cause=cause))


def end_links_of(link: Affiliation) -> None:
    """Part of taking a link away: another open one becomes the primary."""
    _keep_place(link, Place(link.role, False, link.from_on, link.until_on))


def _keep_place(link: Affiliation, place: Place) -> None:
    others = Affiliation.objects.filter(person_id=link.person_id, until_on__isnull=True).exclude(pk=link.pk)
    if place.is_primary:
        others.update(is_primary=False)
    link.role, link.is_primary, link.from_on, link.until_on = (
        place.role,
        place.is_primary,
        place.from_on,
        place.until_on,
    )
    link.save(update_fields=["role", "is_primary", "from_on", "until_on"])
    if not place.is_primary and not others.filter(is_primary=True).exists():
        heir = others.order_by("id").first()
        if heir:
            Affiliation.objects.filter(pk=heir.pk).update(is_primary=True)


def _must_be_in_order(place: Place) -> None:
    if place.from_on and place.until_on and place.until_on < place.from_on:
        raise Invalid(_("The last day lies before the first."), field="until_on")


def _point(actor: Actor, point_id: UUID) -> tuple[ContactPoint, Record]:
    """An address whose holder the actor may see. Raises NotFound."""
    row = ContactPoint.objects.filter(pk=point_id).first()
    if row is None:
        raise NotFound()
    kind, holder_id = row.holder
    return row, MODELS[kind].fetch(actor, holder_id)


def _affiliation(actor: Actor, affiliation_id: UUID) -> tuple[Affiliation, Person]:
    link = Affiliation.objects.select_related("company").filter(pk=affiliation_id).first()
    if link is None:
        raise NotFound()
    person: Person = Person.fetch(actor, link.person_id)
    return link, person


def _country(record: Record) -> str:
    return record.country or editing.workspace().default_country
