"""What letters can say of a deal, and whom its page lets one write to. Imported when the room is ready."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.customers.letter_fields import own_fields, own_values
from dawra.customers.merging.fields import FIELDS, About, Group, Offered
from dawra.deals.models import Deal, DealLine
from dawra.deals.queries import parties
from dawra.figures.money import Money
from dawra.figures.words import named

MOST_LINES = 50


def _of_deal(actor: Actor, about: About) -> dict[str, Any]:
    """3 queries, 1 more with custom fields."""
    actor.must("deals.read")
    deal = Deal.fetch(actor, about.record_id, "owner", "stage")
    owner = deal.owner
    lines = DealLine.objects.filter(deal=deal).order_by("position", "id").values_list("name", flat=True)
    return {
        "deal.name": deal.name,
        "deal.amount": Money(deal.amount_minor, deal.currency) if deal.amount_minor else None,
        "deal.monthly": Money(deal.recurring_minor, deal.currency) if deal.recurring_minor else None,
        "deal.close_on": deal.expected_close_on,
        "deal.next_step": deal.next_step,
        "deal.next_step_on": deal.next_step_on,
        "deal.products": tuple(lines[:MOST_LINES]),
        "deal.owner": named(owner.name, owner.name_ar, about.language) if owner else "",
        **own_values("deal", deal.custom, about.language),
    }


def _people_of_deal(actor: Actor, deal_id: UUID) -> list[tuple[UUID, str, str]]:
    """Who takes part in it and may be opened by whoever writes. 2 queries."""
    takers = parties.takers(deal_id)
    seen = kinds.records()["person"].objects.visible_to(actor).filter(pk__in=[key for key, _name, _name_ar in takers])
    open_to = set(seen.values_list("pk", flat=True))
    return [one for one in takers if one[0] in open_to]


FIELDS.offer(
    Group(
        "deal",
        _("Deal"),
        (
            Offered("deal.name", "text", _("Name of the deal")),
            Offered("deal.amount", "money", _("Amount")),
            Offered("deal.monthly", "money", _("Monthly amount")),
            Offered("deal.close_on", "date", _("Expected to close on")),
            Offered("deal.next_step", "text", _("Next step")),
            Offered("deal.next_step_on", "date", _("Day of the next step")),
            Offered("deal.products", "list", _("Products")),
            Offered("deal.owner", "text", _("Owner")),
        ),
        _of_deal,
        lambda: own_fields("deal"),
        kind="deal",
    )
)
FIELDS.people["deal"] = _people_of_deal
