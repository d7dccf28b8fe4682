"""People and companies as plain values, for the API: what a list row and a whole record say."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.kept import KeptList
from dawra.access.listing import Listing, Query
from dawra.access.stored import id_text, moment_text
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
PEOPLE = KeptList(Person.objects.visible_to, ids=("id", "owner_id"), moments=MOMENTS, texts=(*PERSON_TEXTS, "folded"))
COMPANIES = KeptList(
    Company.objects.visible_to, ids=("id", "owner_id", "parent_id"), moments=MOMENTS, texts=(*COMPANY_TEXTS, "folded")
)


def people(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of people, with primary address and company, and the mark of the next. 2 queries, 3 for who sees less."""
    actor.must("customers.read")
    page = PEOPLE.page(actor, listing, query)
    keys = [row["id"] for row in page.rows]
    reach, companies = _beside(keys)
    seen = _seen_keys(actor, {one[0] for one in companies.values()})
    for row in page.rows:
        key = row["id"]
        points = reach.get(key, {})
        _said(row)
        row["email"], row["phone"] = points.get("email", ""), points.get("phone", "")
        named = companies.get(key)
        row["company"] = (
            {"id": id_text(named[0]) if named[0] in seen else None, "name": named[1], "name_ar": named[2]}
            if named
            else None
        )
    return page.rows, page.next


def companies(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of companies and the mark of the next. 1 query."""
    actor.must("customers.read")
    page = COMPANIES.page(actor, listing, query)
    for row in page.rows:
        _said(row)
        row["parent_id"] = id_text(row["parent_id"])
    return page.rows, page.next


def _said(row: dict[str, Any]) -> None:
    """From what the database keeps to what the API says."""
    row["id"], row["owner_id"] = id_text(row["id"]), id_text(row["owner_id"])
    for name in MOMENTS:
        row[name] = moment_text(row[name])
    custom = row["custom"]
    row["custom"] = {} if custom == "{}" else json.loads(custom) if isinstance(custom, str) else custom
    del row["folded"]


# What each row of the hottest list says beside its own columns, the primary address and the company of now last.
# Written as SQL, whose every value is a parameter: building it anew from expressions cost more than all the rest.
BESIDE = (
    "SELECT CAST(person_id AS text), kind, value, '', '', is_primary, id FROM customers_contactpoint"
    " WHERE kind IN ('email', 'phone') AND person_id {among}"
    " UNION ALL SELECT CAST(a.person_id AS text), 'company', CAST(a.company_id AS text), c.name, c.name_ar, a.is_primary, a.id"
    " FROM customers_affiliation a JOIN customers_company c ON c.id = a.company_id AND c.deleted_at IS NULL"
    " WHERE a.until_on IS NULL AND a.person_id {among}"
    " ORDER BY 6, 7 DESC"
)


def _beside(keys: list[str]) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, str, str]]]:
    """person → kind → primary address, and person → id and names of their company now. 1 query, none for nobody."""
    reach: dict[str, dict[str, str]] = {}
    employers: dict[str, tuple[str, str, str]] = {}
    for person, kind, value, name, name_ar, _primary, _id in _looked_up(keys):
        if kind == "company":
            employers[person] = value, name, name_ar
        else:
            reach.setdefault(person, {})[kind] = value
    return reach, employers


def _looked_up(keys: list[str]) -> list[tuple[Any, ...]]:
    """keys: ids as this database writes them."""
    if not keys:
        return []
    # PostgreSQL takes them as one value: a driver that reads a hundred marks anew each time costs as much as the answer.
    as_one = connection.vendor == "postgresql"
    among = "= ANY(%s::uuid[])" if as_one else f"IN ({', '.join(['%s'] * len(keys))})"
    with connection.cursor() as cursor:
        cursor.execute(BESIDE.format(among=among), ["{" + ",".join(keys) + "}"] * 2 if as_one else keys * 2)
        return list(cursor.fetchall())


def _seen_keys(actor: Actor, keys: set[str]) -> set[str]:
    if actor.sees_all or not keys:
        return keys
    seen = _seen(actor, {UUID(key) for key in keys})
    return {key for key in keys if UUID(key) in seen}


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
