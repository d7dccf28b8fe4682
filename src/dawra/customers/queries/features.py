"""What can be compared of companies: plain facts in batches, for figures that look at all of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.actor import Actor
from dawra.customers.models import Affiliation, Company, Person


@dataclass(frozen=True, slots=True)
class Features:
    """Of one company; titles: of the people who work there now."""

    id: UUID
    industry: str
    country: str
    source: str
    employees: int | None
    custom: dict[str, Any]
    titles: tuple[str, ...]


_COLUMNS = ("pk", "industry", "country", "source", "employees", "custom")


def features_of(actor: Actor, ids: Collection[UUID], *, with_titles: bool = True) -> dict[UUID, Features]:
    """Those of the companies the actor may see; at most 500 at once. 2 queries."""
    rows = list(Company.objects.visible_to(actor).filter(pk__in=list(ids)).values_list(*_COLUMNS))
    titles = _titles_at([row[0] for row in rows]) if with_titles else {}
    return {
        pk: Features(pk, industry, country, source, employees, own, tuple(titles.get(pk, ())))
        for pk, industry, country, source, employees, own in rows
    }


def company_ids(actor: Actor, after: UUID | None, limit: int) -> list[UUID]:
    """The companies the actor may see in the order of their ids. 1 query."""
    rows = Company.objects.visible_to(actor).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.values_list("pk", flat=True)[:limit])


def company_ids_beyond(actor: Actor, known: QuerySet[Any], limit: int) -> list[UUID]:
    """The newest companies that are not among `known` (ids, a subquery). 1 query."""
    rows = Company.objects.visible_to(actor).exclude(pk__in=known).order_by("-created_at", "-id")
    return list(rows.values_list("pk", flat=True)[:limit])


def newest_company_ids(actor: Actor, limit: int) -> list[UUID]:
    """1 query."""
    rows = Company.objects.visible_to(actor).order_by("-created_at", "-id")
    return list(rows.values_list("pk", flat=True)[:limit])


def titles_of(actor: Actor, people: Iterable[UUID]) -> dict[UUID, str]:
    """person → title, of those who have one; at most 500 at once. 1 query."""
    rows = Person.objects.visible_to(actor).filter(pk__in=list(people)).exclude(title="")
    return dict(rows.values_list("pk", "title"))


def _titles_at(ids: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    at = Affiliation.objects.filter(company_id__in=ids, until_on__isnull=True, person__deleted_at__isnull=True)
    for company_id, role, title in at.values_list("company_id", "role", "person__title"):
        if role or title:
            found.setdefault(company_id, []).append(role or title)
    return found
