"""What this room shows on the pages of others: a person's and a company's inquiries, and the leads in the bin."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from dawra.access.actor import Actor
from dawra.customers.binned import MOST_SHOWN, Binned, bins
from dawra.customers.panels import panel
from dawra.prospecting.keeping import RELATED
from dawra.prospecting.models import Lead
from dawra.prospecting.queries.leads import of_record, titles
from dawra.team.queries.notices import TITLES

TEMPLATE = "prospecting/lead_panel.html"
TITLES["lead"] = titles


def _panel(actor: Actor, kind: str, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    if not actor.may("prospecting.read"):
        return None
    add = f"{reverse('prospecting:lead_add')}?about={kind}:{record_id}" if actor.may("prospecting.work") else ""
    return TEMPLATE, {"cards": of_record(actor, kind, record_id), "add": add, "now": actor.now}


@panel("company")
def of_company(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """1 query for none, 6 at most."""
    return _panel(actor, "company", record_id)


@panel("person")
def of_person(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """1 query for none, 6 at most."""
    return _panel(actor, "person", record_id)


@bins("lead", empties=Lead)
def in_bin(actor: Actor) -> list[Binned]:
    """1 query."""
    if not actor.may("prospecting.read"):
        return []
    rows = Lead.objects.in_bin_of(actor).select_related(*RELATED, "updated_by").order_by("-deleted_at", "-id")
    return [
        Binned(
            kind="lead",
            id=row.pk,
            name=str((row.person or row.company).name),
            name_ar="",
            deleted_at=row.deleted_at,
            deleted_by=row.updated_by.name if row.updated_by else "",
            restore=reverse("prospecting:lead_restore", args=[row.pk]),
        )
        for row in rows[:MOST_SHOWN]
    ]
