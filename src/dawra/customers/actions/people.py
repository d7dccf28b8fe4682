"""Adding and editing people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.pouring import insert
from dawra.customers.actions import adding, editing
from dawra.customers.actions.adding import New, NewPoint
from dawra.customers.actions.companies import NewCompany, new_company
from dawra.customers.actions.editing import Done
from dawra.customers.finding import person_findable, refind
from dawra.customers.models import Affiliation, Company, Person
from dawra.figures.words import fold
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Affiliated, PersonAdded, PersonEdited
from dawra.journal.models import Entry


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person at the start.

    owner_id:     None is whoever adds; unowned leaves the person to everybody
    company_id:   their company, or company_name for one that is added with them
    custom:       FieldDef.key → value as written
    lifecycle:    a code; points: read and compared by rules.point
    """

    name: str
    name_ar: str = ""
    title: str = ""
    language: str = ""
    time_zone: str = ""
    country: str = ""
    city: str = ""
    about: str = ""
    source: str = ""
    lifecycle: str = "lead"
    owner_id: UUID | None = None
    unowned: bool = False
    points: tuple[NewPoint, ...] = ()
    company_id: UUID | None = None
    company_name: str = ""
    role: str = ""
    custom: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@transaction.atomic
def add_person(actor: Actor, *, plan: NewPerson, cause: Entry | None = None) -> Done:
    """Add a person with their addresses and company, all or nothing.

    Likely duplicates are asked for before (queries.duplicates.likely); here only an e-mail that belongs to somebody
    else stops it.

    Writes: customers.person_added.1, .affiliated.1 if they have a company
    Raises: Refused, Invalid, NotFound (the company), Conflict (a unique address is taken)
    Cost:   at most 10 queries
    """
    actor.must("customers.work")
    name, name_ar = editing.name_of("person", {"name": plan.name, "name_ar": plan.name_ar})
    owner_id = adding.owner_of_new(actor, plan.owner_id, plan.unowned)
    fields, custom = adding.custom_of_new("person", plan.custom)
    adding.must_be_a_stage(plan.lifecycle)
    points = adding.read_points(plan.points, "person", plan.country)
    person = Person.signed_by(
        actor,
        name=name,
        name_ar=name_ar,
        folded=fold(f"{name} {name_ar}"),
        owner_id=owner_id,
        lifecycle=plan.lifecycle,
        lifecycle_since=actor.now,
        custom=custom,
        **{
            code: editing.clean("person", code, getattr(plan, code))
            for code in ("title", "language", "time_zone", "country", "city", "about", "source")
        },
    )
    its = new_company(actor, _company_of(plan)) if plan.company_name.strip() and not plan.company_id else None
    company: Any = Company.fetch(actor, plan.company_id) if plan.company_id else its.record if its else None
    values = [text for one in points for text in (one.point.value, one.point.normal)]
    companies = [part for part in (company.name, company.name_ar) if part] if company else []
    findable = person_findable(person, values, companies, fields, company.name_ar if company else "")
    new = New(person, points, plan.tags, PersonAdded(person.pk, name, plan.source), findable)
    *_company_added, entry = adding.keep_new(actor, *([its] if its else []), new, cause=cause)
    if company:
        link = Affiliation(person=person, company=company, role=plan.role[:160], is_primary=True)
        insert(link)
        if plan.role:
            fact = Affiliated(link.pk, person.pk, company.pk, link.role, company.name, name)
            write(actor, fact, about=[person, company], cause=entry)
    return Done(person, entry)


@transaction.atomic
def edit_person(
    actor: Actor, *, person_id: UUID, changes: Mapping[str, Any], version: int | None = None, cause: Entry | None = None
) -> Done:
    """Change any fields of a person.

    changes: column → value; custom.<key> → value as written, empty removes it
    version: what the actor saw; None is whatever is there
    Writes:  customers.person_edited.1, nothing if nothing differs
    Raises:  Refused, NotFound, Invalid, Stale
    """
    actor.must("customers.work")
    person: Person = Person.fetch(actor, person_id)
    told = editing.edit(actor, person, changes, version)
    if not told:
        return Done(person, None)
    if {"name", "name_ar", "title", "city"} & set(told) or any(code.startswith("custom.") for code in told):
        refind("person", [person.pk])
    return Done(person, write(actor, PersonEdited(person.pk, told, person.name), about=[person], cause=cause))


def _company_of(plan: NewPerson) -> NewCompany:
    return NewCompany(name=plan.company_name, country=plan.country, source=plan.source, owner_id=plan.owner_id)
