"""Deals as plain values, for the API: what a list row and a whole deal say."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import SORTED, Listing, Query
from dawra.customers.queries.fields import asked_for, fields_of, filter_fields
from dawra.customers.queries.tags import tags_of
from dawra.deals import money
from dawra.deals.models import CriterionTick, Deal, DealLine, DealPerson, DealSplit, StageVisit
from dawra.deals.queries import parties, table

COLUMNS = (
    "id", "version", "name", "company_id", "company__name", "stage_id", "stage__code", "stage_since", "state",
    "amount_minor", "recurring_minor", "currency", "base_minor", "weighted_minor", "expected_close_on", "closed_at",
    "probability_bp", "probability_source", "forecast_category", "next_step", "next_step_on", "owner_id", "source",
    "campaign", "competitors", "reason__code", "last_activity_at", "stalls_on", "qualification", "open_objections",
    "created_at", "updated_at", "custom",
)  # fmt: skip
SORTED_BY = ("folded", "board_on")
SAID_AS = {"company__name": "company", "stage__code": "stage", "reason__code": "reason"}


def listing(actor: Actor, asked: Mapping[str, Any]) -> Listing:
    """What the list of deals can be asked, in this company's currency and on this day. 1 query, 2 with custom fields."""
    kept = money.books()
    plain = table.listing(table.Asking(actor, kept.day_of(actor.now), kept.base_currency))
    if asked_for(asked):
        return plain.with_fields(filter_fields(fields_of("deal"), "en"))
    return plain


def deals(actor: Actor, listing: Listing, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of deals and the mark of the next. 1 query, 2 for who sees less than everything."""
    actor.must("deals.read")
    page = listing.page(Deal.objects.visible_to(actor).values(*COLUMNS, *SORTED_BY), query)
    seen = parties.visible_companies(actor, {row["company_id"] for row in page.rows if row["company_id"]})
    return [_said(row, seen) for row in page.rows], page.next


def deal(actor: Actor, deal_id: UUID) -> dict[str, Any]:
    """One deal whole, with people, lines, splits, ticks, visits and tags. 8 queries. Raises NotFound."""
    actor.must("deals.read")
    row = (
        Deal.objects.visible_to(actor).values(*COLUMNS, *SORTED_BY, "about", "reason_words").filter(pk=deal_id).first()
    )
    if row is None:
        raise NotFound()
    whole = _said(row, parties.visible_companies(actor, {row["company_id"]} - {None}))
    people = list(DealPerson.objects.filter(deal_id=deal_id).order_by("id").values("person_id", "role", "person__name"))
    open_to = parties.people_of(actor, [one["person_id"] for one in people])
    whole["people"] = [
        {
            "id": one["person_id"] if one["person_id"] in open_to else None,
            "name": one["person__name"],
            "role": one["role"],
        }
        for one in people
    ]
    whole["lines"] = list(
        DealLine.objects.filter(deal_id=deal_id)
        .order_by("position", "id")
        .values("id", "product_id", "name", "quantity", "price_minor", "discount_bp", "total_minor", "recurs")
    )
    whole["splits"] = list(
        DealSplit.objects.filter(deal_id=deal_id).order_by("sort", "-share_bp").values("member_id", "sort", "share_bp")
    )
    whole["ticked"] = list(CriterionTick.objects.filter(deal_id=deal_id).values_list("criterion_id", flat=True))
    whole["visits"] = list(
        StageVisit.objects.filter(deal_id=deal_id)
        .order_by("entered_at", "id")
        .values(
            "stage_id",
            "stage__code",
            "entered_at",
            "exited_at",
            "amount_minor",
            "currency",
            "probability_bp",
            "expected_close_on",
        )
    )
    whole["tags"] = tags_of([deal_id]).get(deal_id, [])
    return whole


def _said(row: dict[str, Any], seen: set[UUID]) -> dict[str, Any]:
    """Joined names under plain ones; a company that is not the reader's to open keeps its name only."""
    for name, said in SAID_AS.items():
        row[said] = row.pop(name)
    for name in SORTED_BY:
        del row[name]
    row.pop(SORTED, None)
    if row["company_id"] not in seen:
        row["company_id"] = None
    return row
