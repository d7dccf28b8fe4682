"""People and companies as other rooms see them: frozen, small, only what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.models import Affiliation, Company, ContactPoint, Person


@dataclass(frozen=True, slots=True)
class PersonCard:
    """company: name of the primary one, "" if none or if it lies in the bin."""

    id: UUID
    name: str
    name_ar: str
    title: str
    lifecycle: str
    owner_id: UUID | None
    email: str = ""
    phone: str = ""
    company_id: UUID | None = None
    company: str = ""
    company_ar: str = ""

    kind = "person"


@dataclass(frozen=True, slots=True)
class CompanyCard:
    id: UUID
    name: str
    name_ar: str
    industry: str
    country: str
    lifecycle: str
    owner_id: UUID | None

    kind = "company"


def person_cards(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Those of the people the actor may see. 3 queries."""
    people = list(Person.objects.visible_to(actor).filter(pk__in=list(ids)))
    found = [person.pk for person in people]
    points, companies = primary_points(found), primary_companies(found)
    return {person.pk: _person_card(person, points, companies) for person in people}


def company_cards(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, CompanyCard]:
    """Those of the companies the actor may see. 1 query."""
    rows = Company.objects.visible_to(actor).filter(pk__in=list(ids))
    return {c.pk: CompanyCard(c.pk, c.name, c.name_ar, c.industry, c.country, c.lifecycle, c.owner_id) for c in rows}


def company_card(actor: Actor, company_id: UUID) -> CompanyCard:
    """Raises NotFound. 1 query."""
    c = Company.fetch(actor, company_id)
    return CompanyCard(c.pk, c.name, c.name_ar, c.industry, c.country, c.lifecycle, c.owner_id)


def people_at(actor: Actor, company_id: UUID, limit: int = 50) -> list[PersonCard]:
    """Who works there now, as far as the actor may see. 4 queries."""
    at = Affiliation.objects.filter(company_id=company_id, until_on__isnull=True).values("person_id")
    ids = Person.objects.visible_to(actor).filter(pk__in=at).order_by("folded", "id").values_list("pk", flat=True)
    return list(person_cards(actor, list(ids[:limit])).values())


def primary_points(person_ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    """person → kind → value, the primary one where there is one. 1 query."""
    found: dict[UUID, dict[str, str]] = {}
    rows = ContactPoint.objects.filter(person_id__in=person_ids, kind__in=("email", "phone"))
    for holder, kind, value in rows.order_by("is_primary", "-id").values_list("person_id", "kind", "value"):
        found.setdefault(holder, {})[kind] = value
    return found


def primary_companies(person_ids: list[UUID]) -> dict[UUID, tuple[UUID, str, str]]:
    """person → id, name and Arabic name of the company they belong to now. 1 query."""
    rows = Affiliation.objects.filter(
        person_id__in=person_ids, until_on__isnull=True, company__deleted_at__isnull=True
    ).order_by("is_primary", "-id")
    names = rows.values_list("person_id", "company_id", "company__name", "company__name_ar")
    return {person: (company, name, name_ar) for person, company, name, name_ar in names}


def _person_card(
    person: Person, points: dict[UUID, dict[str, str]], companies: dict[UUID, tuple[UUID, str, str]]
) -> PersonCard:
    company_id, company, company_ar = companies.get(person.pk, (None, "", ""))
    reach = points.get(person.pk, {})
    return PersonCard(
        person.pk, person.name, person.name_ar, person.title, person.lifecycle, person.owner_id,
        reach.get("email", ""), reach.get("phone", ""), company_id, company, company_ar,
    )  # fmt: skip
