"""Deals as other rooms and pages see them: frozen, money as Money, names and not rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals import rules
from dawra.deals.models import Deal
from dawra.deals.money import Books
from dawra.deals.queries import parties
from dawra.figures.money import Money

# What a deal names, and what is told of it; for listing.naming.
NAMES = {"stage": ("name", "name_ar", "type"), "company": ("name", "name_ar"), "owner": ("name", "name_ar")}


@dataclass(frozen=True, slots=True)
class Named:
    """Something a deal names. is_open: the reader may open its page; otherwise only the name is told."""

    id: UUID
    name: str
    name_ar: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class StageName:
    id: UUID
    name: str
    name_ar: str
    type: str


@dataclass(frozen=True, slots=True)
class DealCard:
    """One deal in a list. base and weighted are in the base currency; days_in_stage counts whole days."""

    id: UUID
    version: int
    name: str
    company: Named | None
    stage: StageName
    state: str
    owner: Named | None
    amount: Money
    recurring: Money
    base: Money
    weighted: Money
    probability_bp: int
    expected_close_on: date | None
    next_step: str
    next_step_on: date | None
    days_in_stage: int
    is_stalled: bool
    closed_at: datetime | None
    created_at: datetime


def cards(actor: Actor, deals: Iterable[Deal], kept: Books) -> list[DealCard]:
    """Cards of rows read with their NAMES. 1 query: which companies may be opened."""
    rows = list(deals)
    seen = parties.visible_companies(actor, {row.company_id for row in rows if row.company_id})
    return [card(actor, row, kept, seen) for row in rows]


def card(actor: Actor, deal: Deal, kept: Books, seen: set[UUID]) -> DealCard:
    """seen: the companies this actor may open."""
    today = kept.day_of(actor.now)
    company, owner, stage = deal.company, deal.owner, deal.stage
    return DealCard(
        id=deal.pk,
        version=deal.version,
        name=deal.name,
        company=Named(company.pk, company.name, company.name_ar, company.pk in seen) if company else None,
        stage=StageName(stage.pk, stage.name, stage.name_ar, stage.type),
        state=deal.state,
        owner=Named(owner.pk, owner.name, owner.name_ar, True) if owner else None,
        amount=Money(deal.amount_minor, deal.currency),
        recurring=Money(deal.recurring_minor, deal.currency),
        base=Money(deal.base_minor, kept.base_currency),
        weighted=Money(deal.weighted_minor, kept.base_currency),
        probability_bp=deal.probability_bp,
        expected_close_on=deal.expected_close_on,
        next_step=deal.next_step,
        next_step_on=deal.next_step_on,
        days_in_stage=max((actor.now - deal.stage_since).days, 0),
        is_stalled=rules.is_stalled(deal.state, deal.stalls_on, today),
        closed_at=deal.closed_at,
        created_at=deal.created_at,
    )
