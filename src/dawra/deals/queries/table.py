"""What deals can be filtered and sorted by, on the table, the board, by close date, in exports and through the API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.listing import By, Field, Listing
from dawra.access.reading import naming
from dawra.customers.queries.tags import tagged
from dawra.customers.search import narrowed
from dawra.deals.models import Deal
from dawra.deals.models.deal import FORECAST_CATEGORIES
from dawra.deals.queries.cards import NAMES
from dawra.deals.rules import LOST, OPEN, WON
from dawra.figures.money import Money
from dawra.figures.words import western_digits

ME, TEAM, NOBODY = "me", "team", "none"
MOST_SCORE = 100
PLACES = frozenset({"pipeline", "lane", "from", "month", "page"})


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, on which day of the reader's calendar, in which base currency."""

    actor: Actor
    today: date
    base_currency: str


def _marked(value: Any) -> int:
    """A score as a page mark carries it. Marks come back from outside."""
    score = int(value)
    if not 0 <= score <= MOST_SCORE:
        raise ValueError(value)
    return score


SORTS: dict[str, str | By] = {
    "name": "folded",
    "amount": "base_minor",
    "close": "board_on",
    "created": "created_at",
    "stage_since": "stage_since",
    "updated": "updated_at",
    "qualification": By(F("qualification"), _marked, 0),
}


def listing(asking: Asking) -> Listing:
    """Every filter a deal's own columns offer; custom fields come on top. No query."""
    return Listing(fields=_fields(asking), sorts=SORTS, default_sort="-created", search=narrowed, ignored=PLACES)


def rows(actor: Actor) -> QuerySet[Deal]:
    """The deals an actor may see, with what a row shows."""
    actor.must("deals.read")
    return naming(Deal.objects.visible_to(actor), **NAMES, reason=("name", "name_ar"))


def _fields(asking: Asking) -> dict[str, Field]:
    def money(text: str) -> int:
        return Money.parse(text, asking.base_currency).minor

    return {
        "name": Field("folded", "text", _("Name"), blank=""),
        "owner": Field(_owner(asking.actor), "choice", _("Owner")),
        "stage": Field("stage__code", "choice", _("Stage")),
        "state": Field("state", "choice", _("State"), choices=(OPEN, WON, LOST)),
        "company": Field("company_id", "id", _("Company")),
        "person": Field(_person, "id", _("Person")),
        "amount": Field("base_minor", "number", _("Amount in the base currency"), parse=money),
        "currency": Field("currency", "choice", _("Currency")),
        "close": Field("expected_close_on", "date", _("Close date")),
        "closed": Field("closed_at", "moment", _("Closed on")),
        "created": Field("created_at", "moment", _("Added on")),
        "stalled": Field(_stalled(asking.today), "flag", _("Stalled")),
        "qualification": Field("qualification", "number", _("Qualification, 0 to 100"), parse=_score),
        "next_step": Field(_next_step, "flag", _("Has a next step")),
        "tag": Field(partial(tagged, "deal"), "choice", _("Tag")),
        "probability": Field("probability_bp", "number", _("Probability, %"), parse=_share),
        "forecast": Field("forecast_category", "choice", _("Forecast category"), choices=FORECAST_CATEGORIES),
        "source": Field("source", "text", _("Source"), blank=""),
        "campaign": Field("campaign", "text", _("Campaign"), blank=""),
        "reason": Field("reason__code", "choice", _("Reason")),
    }


def _owner(actor: Actor) -> Callable[[str, Any], Q]:
    """me, team, none, or an id. team: whoever the actor sees, if not everybody."""

    def one(value: str) -> Q:
        if value == ME:
            return Q(owner_id=actor.member_id)
        if value == NOBODY:
            return Q(owner_id__isnull=True)
        if value == TEAM:
            return Q(owner_id__in=actor.sees) if actor.sees is not None else Q(owner__team_id__in=actor.reached)
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


def _person(operator: str, value: Any) -> Q:
    if operator == "in":
        return Q(people__person_id__in=value)
    if operator == "empty":
        return Q(people__isnull=bool(value))
    return ~Q(people__person_id=value) if operator == "not" else Q(people__person_id=value)


def _stalled(today: date) -> Callable[[str, Any], Q]:
    def q(_operator: str, value: Any) -> Q:
        stalled = Q(state=OPEN, stalls_on__isnull=False, stalls_on__lte=today)
        return stalled if value else ~stalled

    return q


def _next_step(_operator: str, value: Any) -> Q:
    return ~Q(next_step="") if value else Q(next_step="")


def _score(text: str) -> int:
    """0 to 100; ValueError if it is none."""
    score = int(western_digits(text).strip())
    if not 0 <= score <= MOST_SCORE:
        raise ValueError(text)
    return score


def _share(text: str) -> int:
    """45 or 45.5 percent as basis points; ValueError if it is none."""
    share = Decimal(western_digits(text).rstrip("%٪ "))
    if not share.is_finite() or not 0 <= share <= 100:
        raise ValueError(text)
    return int(share * 100)
