"""People and companies as plain values, for the API: what a list row and a whole record say."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Listing, Query
from dawra.customers.models import Affiliation, Company, Consent, ContactPoint, Person
from dawra.customers.queries import cards
from dawra.customers.queries.tags import tags_of

SHARED = (
    "id", "version", "name", "name_ar", "language", "time_zone", "country", "city", "source", "lifecycle",
    "lifecycle_since", "owner_id", "last_activity_at", "created_at", "updated_at", "custom",
)  # fmt: skip
PERSON = (*SHARED, "title")
COMPANY = (*SHARED, "parent_id", "industry", "employees", "revenue_minor", "revenue_currency", "founded_year")
SORTED_BY = ("folded",)


def people(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of people, with primary address and company, and the mark of the next. 3 queries, 4 for who sees less."""
    actor.must("customers.read")
    page = listing.page(Person.objects.visible_to(actor).values(*PERSON, *SORTED_BY), query)
    ids = [row["id"] for row in page.rows]
    reach, companies = cards.primary_points(ids), cards.primary_companies(ids)
    seen = _seen(actor, {one[0] for one in companies.values()})
    for row in page.rows:
        del row["folded"]
        found = reach.get(row["id"], {})
        row["email"], row["phone"] = found.get("email", ""), found.get("phone", "")
        row["company"] = _company(companies.get(row["id"]), seen)
    return page.rows, page.next


def companies(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of companies and the mark of the next. 1 query."""
    actor.must("customers.read")
    page = listing.page(Company.objects.visible_to(actor).values(*COMPANY, *SORTED_BY), query)
    for row in page.rows:
        del row["folded"]
    return page.rows, page.next


def person(actor: Actor, person_id: UUID) -> dict[str, Any]:
    """One person whole. 4 queries, 5 for who sees less. Raises NotFound."""
    actor.must("customers.read")
    row = _one(Person.objects.visible_to(actor).values(*PERSON, "about"), person_id)
    row["points"] = _points(Q(person_id=person_id))
    links = list(
        Affiliation.objects.filter(person_id=person_id, company__deleted_at__isnull=True)
        .order_by("-is_primary", "id")
        .values("id", "company_id", "company__name", "company__name_ar", "role", "is_primary", "from_on", "until_on")
    )
    seen = _seen(actor, {link["company_id"] for link in links})
    row["affiliations"] = [
        {
            **{name: link[name] for name in ("id", "role", "is_primary", "from_on", "until_on")},
            "company": _company((link["company_id"], link["company__name"], link["company__name_ar"]), seen),
        }
        for link in links
    ]
    row["tags"] = tags_of([person_id]).get(person_id, [])
    return row


def company(actor: Actor, company_id: UUID) -> dict[str, Any]:
    """One company whole. 3 queries. Raises NotFound."""
    actor.must("customers.read")
    row = _one(Company.objects.visible_to(actor).values(*COMPANY, "about", "address"), company_id)
    row["points"] = _points(Q(company_id=company_id))
    row["tags"] = tags_of([company_id]).get(company_id, [])
    return row


def consents(actor: Actor, person_id: UUID) -> list[dict[str, Any]]:
    """Everything recorded, the newest first: the first row of a channel counts. 2 queries. Raises NotFound."""
    actor.must("customers.read")
    Person.fetch(actor, person_id)
    rows = Consent.objects.filter(person_id=person_id).order_by("-given_at", "-id")
    return list(rows.values("id", "channel", "granted", "basis", "wording", "proof", "given_at", "recorded_at"))


def _one(rows: Any, record_id: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = rows.filter(pk=record_id).first()
    if row is None:
        raise NotFound()
    return row


def _points(holder: Q) -> list[dict[str, Any]]:
    rows = ContactPoint.objects.filter(holder).order_by("kind", "-is_primary", "id")
    return list(rows.values("id", "kind", "value", "normal", "label", "is_primary"))


def _company(named: tuple[UUID, str, str] | None, seen: Iterable[UUID]) -> dict[str, Any] | None:
    """id is null where the company itself is not the reader's to see."""
    if named is None:
        return None
    return {"id": named[0] if named[0] in seen else None, "name": named[1], "name_ar": named[2]}


def _seen(actor: Actor, ids: set[UUID]) -> set[UUID]:
    if actor.sees_all or not ids:
        return ids
    return set(Company.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
