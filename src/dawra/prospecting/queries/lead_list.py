"""What leads can be filtered and sorted by, on the page and through the API."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.listing import Field, Listing
from dawra.figures.words import fold
from dawra.prospecting.models.lead import STATUSES
from dawra.prospecting.queries.leads import queue

ME, NOBODY = "me", "none"
SORTS = {"asked": "asked_at", "due": "due_at", "updated": "updated_at"}


def listing(actor: Actor) -> Listing:
    """Every filter leads offer. No query."""
    return Listing(
        fields={
            "status": Field("status", "choice", _("Status"), choices=STATUSES),
            "owner": Field(_owner(actor), "choice", _("Owner")),
            "source": Field("source", "text", _("Source"), blank=""),
            "campaign": Field("campaign", "text", _("Campaign"), blank=""),
            "asked": Field("asked_at", "moment", _("Came in")),
            "due": Field("due_at", "moment", _("Answer due")),
            "answered": Field(_answered, "flag", _("Answered")),
            "overdue": Field(_overdue(actor), "flag", _("Overdue")),
            "country": Field(_country, "choice", _("Country")),
            "reason": Field("reject_reason__code", "choice", _("Reject reason")),
            "person": Field("person_id", "id", _("Person")),
            "company": Field("company_id", "id", _("Company")),
        },
        sorts=SORTS,
        default_sort="-asked",
        search=_search,
        ignored=frozenset({"queue", "page"}),
    )


def _search(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    wanted = fold(words)
    return found.filter(Q(person__folded__contains=wanted) | Q(company__folded__contains=wanted))


def _owner(actor: Actor) -> Callable[[str, Any], Q]:
    def one(value: str) -> Q:
        if value == ME:
            return Q(owner_id=actor.member_id)
        if value == NOBODY:
            return Q(owner_id__isnull=True)
        try:
            return Q(owner_id=UUID(value))
        except ValueError:
            return Q(pk__in=())

    def q(operator: str, value: Any) -> Q:
        if operator == "empty":
            return Q(owner_id__isnull=bool(value))
        if operator == "in":
            found = Q(pk__in=())
            for part in value:
                found |= one(part)
            return found
        return ~one(value) if operator == "not" else one(value)

    return q


def _answered(_operator: str, value: Any) -> Q:
    return Q(first_response_at__isnull=not value)


def _overdue(actor: Actor) -> Callable[[str, Any], Q]:
    def q(_operator: str, value: Any) -> Q:
        late = queue(actor, "overdue")
        return late if value else ~late

    return q


def _country(operator: str, value: Any) -> Q:
    if operator == "empty":
        nowhere = Q(person__country="") | Q(person__isnull=True)
        nowhere &= Q(company__country="") | Q(company__isnull=True)
        return nowhere if value else ~nowhere
    wanted = value if operator == "in" else [value]
    there = Q(person__country__in=wanted) | Q(company__country__in=wanted)
    return ~there if operator == "not" else there
