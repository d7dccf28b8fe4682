"""Leads as plain values, for the API."""

from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Listing, Query
from dawra.prospecting.models import Assignment, Lead
from dawra.prospecting.queries.leads import RELATED, LeadCard, cards, rows


def leads(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of leads and the mark of the next. 6 queries at most."""
    page = listing.page(rows(actor), query)
    versions = {row.pk: row for row in page.rows}
    return [_said(card, versions[card.id]) for card in cards(actor, page.rows)], page.next


def lead(actor: Actor, lead_id: UUID) -> dict[str, Any]:
    """One lead whole, with who had it and why. 7 queries at most. Raises NotFound."""
    row = Lead.objects.visible_to(actor).select_related(*RELATED).filter(pk=lead_id).first()
    if row is None:
        raise NotFound()
    whole = _said(cards(actor, [row])[0], row)
    given = Assignment.objects.filter(lead_id=lead_id).order_by("assigned_at", "id")
    columns = ("member_id", "rule_id", "way", "why", "why_ar", "assigned_at", "assigned_by_id")
    whole["assignments"] = list(given.values(*columns))
    return whole


def _said(card: LeadCard, row: Lead) -> dict[str, Any]:
    """Somebody the reader may not open keeps their name only."""
    person, company, clock = card.person, card.company, card.clock
    return {
        "id": card.id,
        "version": card.version,
        "status": card.status,
        "status_since": row.status_since,
        "person_id": person.id if person and person.address else None,
        "person": person.name if person else None,
        "company_id": company.id if company and company.address else None,
        "company": company.name if company else None,
        "source": card.source,
        "campaign": card.campaign,
        "words": card.words,
        "owner_id": card.owner.id if card.owner else None,
        "why": card.why,
        "why_ar": card.why_ar,
        "asked_at": card.asked_at,
        "target_minutes": clock.target_minutes,
        "due_at": clock.due_at,
        "clock": clock.state,
        "first_response_at": clock.answered_at,
        "first_response_by_id": row.first_response_by_id,
        "response_minutes": clock.minutes,
        "response_wall_minutes": clock.wall_minutes,
        "reject_reason": card.reason.code if card.reason else None,
        "reject_words": card.reject_words,
        "deal_id": card.deal.deal_id if card.deal else None,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }
