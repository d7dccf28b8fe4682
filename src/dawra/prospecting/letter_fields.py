"""What letters can say of an inquiry, and whom its page lets one write to. Imported when the room is ready."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.customers.merging.fields import FIELDS, About, Group, Offered
from dawra.prospecting.models import Lead


def _of_lead(actor: Actor, about: About) -> dict[str, Any]:
    """1 query."""
    actor.must("prospecting.read")
    lead = Lead.fetch(actor, about.record_id)
    return {
        "lead.words": lead.words,
        "lead.asked_on": timezone.localtime(lead.asked_at).date(),
        "lead.source": lead.source,
        "lead.campaign": lead.campaign,
    }


def _people_of_lead(actor: Actor, lead_id: UUID) -> list[tuple[UUID, str, str]]:
    """Who asked; where only the company is known, who works there. Nobody the writer may not open. 2 queries at most."""
    lead = Lead.fetch(actor, lead_id)
    if lead.person_id is None:
        return list(FIELDS.people["company"](actor, lead.company_id)) if lead.company_id else []
    people = kinds.records()["person"].objects.visible_to(actor).filter(pk=lead.person_id)
    return list(people.values_list("pk", "name", "name_ar"))


FIELDS.offer(
    Group(
        "lead",
        _("Inquiry"),
        (
            Offered("lead.words", "text", _("What was asked")),
            Offered("lead.asked_on", "date", _("Day of the inquiry")),
            Offered("lead.source", "text", _("Source")),
            Offered("lead.campaign", "text", _("Campaign")),
        ),
        _of_lead,
        kind="lead",
    )
)
FIELDS.people["lead"] = _people_of_lead
FIELDS.reads["lead"] = "prospecting.read"
