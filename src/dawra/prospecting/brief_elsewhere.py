"""The research brief on the page of a person or company."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from dawra.access.actor import Actor
from dawra.customers.panels import panel
from dawra.prospecting.brief_words import SLOTS
from dawra.prospecting.queries import briefs

TEMPLATE = "prospecting/brief_panel.html"


@panel("person")
def of_person(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """3 queries."""
    return _panel(actor, "person", record_id)


@panel("company")
def of_company(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """3 queries."""
    return _panel(actor, "company", record_id)


def _panel(actor: Actor, kind: str, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    if not actor.may("prospecting.read"):
        return None
    shown = briefs.brief(actor, kind, record_id)
    known = [{"name": SLOTS[one.slot], "card": one} for one in shown.slots if one.text]
    return TEMPLATE, {"brief": shown, "slots": known, "address": reverse("prospecting:brief", args=[kind, record_id])}
