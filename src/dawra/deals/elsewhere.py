"""What this room shows on the pages of others: a person's and a company's deals, and the deals in the bin."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from dawra.access.actor import Actor
from dawra.customers.binned import MOST_SHOWN, Binned, bins
from dawra.customers.panels import panel
from dawra.customers.queries.stages import offers_stages
from dawra.deals.models import Deal
from dawra.deals.queries.deals import deals_of_company, deals_of_person
from dawra.deals.queries.pipelines import stage_codes

TEMPLATE = "deals/deal_panel.html"


@panel("company")
def of_company(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """4 queries."""
    if not actor.may("deals.read"):
        return None
    add = f"{reverse('deals:add')}?company={record_id}" if actor.may("deals.work") else ""
    return TEMPLATE, {"deals": deals_of_company(actor, record_id), "add": add}


@panel("person")
def of_person(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """4 queries."""
    if not actor.may("deals.read"):
        return None
    return TEMPLATE, {"deals": deals_of_person(actor, record_id), "add": ""}


@bins("deal", empties=Deal)
def in_bin(actor: Actor) -> list[Binned]:
    """1 query."""
    if not actor.may("deals.read"):
        return []
    rows = Deal.objects.in_bin_of(actor).select_related("updated_by").order_by("-deleted_at", "-id")[:MOST_SHOWN]
    return [
        Binned(
            kind="deal",
            id=row.pk,
            name=row.name,
            name_ar="",
            deleted_at=row.deleted_at,
            deleted_by=row.updated_by.name if row.updated_by else "",
            restore=reverse("deals:restore", args=[row.pk]),
        )
        for row in rows
    ]


offers_stages("deal")(stage_codes)
