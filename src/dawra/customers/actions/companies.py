"""Adding and editing companies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.actions import adding, editing
from dawra.customers.actions.adding import New, NewPoint
from dawra.customers.actions.editing import Done
from dawra.customers.finding import company_findable, refind
from dawra.customers.models import Company
from dawra.figures.words import fold
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import CompanyAdded, CompanyEdited
from dawra.journal.models import Entry

DEEPEST = 20


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What is known of a company at the start; see NewPerson. revenue_minor: a year's, in minor units of revenue_currency."""

    name: str
    name_ar: str = ""
    parent_id: UUID | None = None
    industry: str = ""
    employees: int | None = None
    revenue_minor: int | None = None
    revenue_currency: str = ""
    founded_year: int | None = None
    country: str = ""
    city: str = ""
    address: str = ""
    language: str = ""
    time_zone: str = ""
    about: str = ""
    source: str = ""
    lifecycle: str = "lead"
    owner_id: UUID | None = None
    unowned: bool = False
    points: tuple[NewPoint, ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@transaction.atomic
def add_company(actor: Actor, *, plan: NewCompany, cause: Entry | None = None) -> Done:
    """Add a company with its addresses.

    Writes: customers.company_added.1
    Raises: Refused, Invalid, NotFound (the parent), Conflict (its site belongs to another company)
    Cost:   at most 12 queries
    """
    new = new_company(actor, plan)
    [entry] = adding.keep_new(actor, new, cause=cause)
    return Done(new.record, entry)


def new_company(actor: Actor, plan: NewCompany) -> New:
    """The part of adding one that other actions share: it is made ready, and the caller keeps it."""
    actor.must("customers.work")
    name, name_ar = editing.name_of("company", {"name": plan.name, "name_ar": plan.name_ar})
    owner_id = adding.owner_of_new(actor, plan.owner_id, plan.unowned)
    fields, custom = adding.custom_of_new("company", plan.custom)
    adding.must_be_a_stage(plan.lifecycle)
    points = adding.read_points(plan.points, "company", plan.country)
    if plan.parent_id:
        Company.fetch(actor, plan.parent_id)
    columns = editing.EDITABLE["company"] - {"name", "name_ar"}
    company = Company.signed_by(
        actor,
        name=name,
        name_ar=name_ar,
        folded=fold(f"{name} {name_ar}"),
        owner_id=owner_id,
        lifecycle=plan.lifecycle,
        lifecycle_since=actor.now,
        custom=custom,
        **{code: editing.clean("company", code, getattr(plan, code)) for code in columns},
    )
    values = [text for one in points for text in (one.point.value, one.point.normal)]
    fact = CompanyAdded(company.pk, name, plan.source)
    return New(company, points, plan.tags, fact, company_findable(company, values, fields))


@transaction.atomic
def edit_company(
    actor: Actor,
    *,
    company_id: UUID,
    changes: Mapping[str, Any],
    version: int | None = None,
    cause: Entry | None = None,
) -> Done:
    """Change any fields of a company; see edit_person.

    Writes: customers.company_edited.1, nothing if nothing differs
    Raises: Refused, NotFound, Invalid, Stale
    """
    actor.must("customers.work")
    company: Company = Company.fetch(actor, company_id)
    if changes.get("parent_id"):
        _must_not_circle(actor, company, UUID(str(changes["parent_id"])))
    told = editing.edit(actor, company, changes, version)
    if not told:
        return Done(company, None)
    if {"name", "name_ar", "industry", "city"} & set(told) or any(code.startswith("custom.") for code in told):
        refind("company", [company.pk])
    if {"name", "name_ar"} & set(told):
        jobs.enqueue("customers.refind_people_of", company_id=str(company.pk))
    return Done(company, write(actor, CompanyEdited(company.pk, told, company.name), about=[company], cause=cause))


def _must_not_circle(actor: Actor, company: Company, parent_id: UUID) -> None:
    """A company cannot stand above itself. Raises Invalid, NotFound."""
    above: UUID = Company.fetch(actor, parent_id).pk
    for _step in range(DEEPEST):
        if above == company.pk:
            raise Invalid(_("A company cannot be its own parent."), field="parent_id")
        parent = Company._base_manager.filter(pk=above).values_list("parent_id", flat=True).first()
        if parent is None:
            return
        above = parent
    raise Invalid(_("Companies stand at most %(most)s levels deep."), field="parent_id", most=DEEPEST)
