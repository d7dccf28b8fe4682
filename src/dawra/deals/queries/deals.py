"""Deals for lists, panels and other rooms."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.actor import Actor
from dawra.access.reading import naming
from dawra.deals import keeping, money
from dawra.deals.models import Deal
from dawra.deals.queries.cards import NAMES, DealCard, cards

PANEL = 20


def deal(actor: Actor, deal_id: UUID) -> Deal:
    """One live deal with stage, pipeline, company, owner and reason. Raises NotFound, Refused; 1 query."""
    actor.must("deals.read")
    return keeping.fetch(actor, deal_id)


def visible(actor: Actor) -> QuerySet[Deal]:
    """Every live deal the actor may see, with what a card shows; filter, order and slice it."""
    actor.must("deals.read")
    return naming(Deal.objects.visible_to(actor), **NAMES)


def deal_cards(actor: Actor, rows: Sequence[Deal] | QuerySet[Deal]) -> list[DealCard]:
    """2 queries and that of rows."""
    return cards(actor, rows, money.books())


def version_of(actor: Actor, deal_id: UUID) -> int:
    """The version a deal has now, for the page that has just changed it. Raises NotFound; 1 query."""
    return int(Deal.fetch(actor, deal_id).version)


def deal_card(actor: Actor, deal_id: UUID) -> DealCard:
    """Raises NotFound; 3 queries."""
    return deal_cards(actor, [deal(actor, deal_id)])[0]


def deals_of_company(actor: Actor, company_id: UUID, limit: int = PANEL) -> list[DealCard]:
    """The newest deals with a company. 3 queries."""
    return deal_cards(actor, visible(actor).filter(company_id=company_id).order_by("-created_at", "-id")[:limit])


def deals_of_person(actor: Actor, person_id: UUID, limit: int = PANEL) -> list[DealCard]:
    """The newest deals a person has a part in. 3 queries."""
    rows = visible(actor).filter(people__person_id=person_id)
    return deal_cards(actor, rows.order_by("-created_at", "-id")[:limit])


def names_of(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Names of those of these deals the actor may see. 1 query."""
    rows = Deal.objects.visible_to(actor).filter(pk__in=ids)
    return dict(rows.values_list("pk", "name"))
