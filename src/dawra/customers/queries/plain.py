"""People and companies as plain values, for the API: what a list row and a whole record say."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Listing, Query
from dawra.access.stored import id_hex, id_text, moment_text, stored
from dawra.customers.models import Affiliation, Company, Consent, ContactPoint, Person
from dawra.customers.queries.tags import tags_of

SHARED = (
    "id", "version", "name", "name_ar", "language", "time_zone", "country", "city", "source", "lifecycle",
    "lifecycle_since", "owner_id", "last_activity_at", "created_at", "updated_at", "custom",
)  # fmt: skip
PERSON = (*SHARED, "title")
COMPANY = (*SHARED, "parent_id", "industry", "employees", "revenue_minor", "revenue_currency", "founded_year")
MOMENTS = ("lifecycle_since", "last_activity_at", "created_at", "updated_at")
TEXTS = ("version", "name", "name_ar", "language", "time_zone", "country", "city", "source", "lifecycle", "custom")
PERSON_TEXTS = (*TEXTS, "title")
COMPANY_TEXTS = (*TEXTS, "industry", "employees", "revenue_minor", "revenue_currency", "founded_year")
AS_STORED = stored("owner_id", *MOMENTS)
PARENT = stored("parent_id")


def people(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of people, with primary address and company, and the mark of the next. 3 queries, 4 for who sees less."""
    actor.must("customers.read")
    page = listing.page(_rows(Person.objects.visible_to(actor), listing, query, PERSON_TEXTS), query)
    ids = [row["id"] for row in page.rows]
    reach, companies = _reach(ids), _companies_of(ids)
    seen = _seen(actor, {UUID(one[0]) for one in companies.values()})
    found = []
    for row in page.rows:
        said = _said(row, PERSON_TEXTS)
        key = row["id"].hex
        points = reach.get(key, {})
        said["email"], said["phone"] = points.get("email", ""), points.get("phone", "")
        named = companies.get(key)
        said["company"] = _company((UUID(named[0]), named[1], named[2]), seen) if named else None
        found.append(said)
    return found, page.next


def companies(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of companies and the mark of the next. 1 query."""
    actor.must("customers.read")
    page = listing.page(_rows(Company.objects.visible_to(actor), listing, query, COMPANY_TEXTS), query)
    found = []
    for row in page.rows:
        said = _said(row, COMPANY_TEXTS)
        said["parent_id"] = id_text(row["parent_id_"])
        found.append(said)
    return found, page.next


def _rows(rows: Any, listing: Listing, query: Query, texts: tuple[str, ...]) -> Any:
    """What a list row says, as stored; the id and the sorted column as objects, since the next page's mark needs them."""
    more = PARENT if rows.model is Company else {}
    column = listing.sorts[query.sort.lstrip("-")]
    return rows.values("id", *([column] if isinstance(column, str) else []), *texts, **AS_STORED, **more)


def _said(row: dict[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {"id": row["id"], "owner_id": id_text(row["owner_id_"])}
    for name in MOMENTS:
        said[name] = moment_text(row[f"{name}_"])
    for name in texts:
        said[name] = row[name]
    return said


# Two look-ups for each page of the hottest list. Written as SQL, whose every value is a parameter: building them anew
# from expressions cost more than all the rest of the request.
REACH = (
    "SELECT person_id, kind, value FROM customers_contactpoint"
    " WHERE kind IN ('email', 'phone') AND person_id IN ({ids}) ORDER BY is_primary, id DESC"
)
COMPANIES = (
    "SELECT a.person_id, a.company_id, c.name, c.name_ar FROM customers_affiliation a"
    " JOIN customers_company c ON c.id = a.company_id AND c.deleted_at IS NULL"
    " WHERE a.until_on IS NULL AND a.person_id IN ({ids}) ORDER BY a.is_primary, a.id DESC"
)


def _reach(ids: list[UUID]) -> dict[str, dict[str, str]]:
    """person → kind → primary address. 1 query."""
    found: dict[str, dict[str, str]] = {}
    for person_id, kind, value in _looked_up(REACH, ids):
        found.setdefault(id_hex(person_id), {})[kind] = value
    return found


def _companies_of(ids: list[UUID]) -> dict[str, tuple[str, str, str]]:
    """person → hex id and names of their company now. 1 query."""
    return {
        id_hex(person_id): (id_hex(company_id), name, name_ar)
        for person_id, company_id, name, name_ar in _looked_up(COMPANIES, ids)
    }


def _looked_up(sql: str, ids: list[UUID]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    keys = [one.hex for one in ids] if connection.vendor == "sqlite" else ids
    with connection.cursor() as cursor:
        cursor.execute(sql.format(ids=", ".join(["%s"] * len(keys))), keys)
        return list(cursor.fetchall())


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
    told = ("id", "channel", "granted", "basis", "wording", "proof", "given_at", "recorded_at")
    return [dict(row) for row in rows.values(*told)]


def _one(rows: Any, record_id: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = rows.filter(pk=record_id).first()
    if row is None:
        raise NotFound()
    return row


def _points(holder: Q) -> list[dict[str, Any]]:
    rows = ContactPoint.objects.filter(holder).order_by("kind", "-is_primary", "id")
    return [dict(row) for row in rows.values("id", "kind", "value", "normal", "label", "is_primary")]


def _company(named: tuple[UUID, str, str] | None, seen: Iterable[UUID]) -> dict[str, Any] | None:
    """id is null where the company itself is not the reader's to see."""
    if named is None:
        return None
    return {"id": named[0] if named[0] in seen else None, "name": named[1], "name_ar": named[2]}


def _seen(actor: Actor, ids: set[UUID]) -> set[UUID]:
    if actor.sees_all or not ids:
        return ids
    return set(Company.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
