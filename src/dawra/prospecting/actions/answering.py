"""The clock stops when a person of ours turns to whoever asked, and runs again if that turns out not to be so."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.customers.queries.contacting import first_contact_since
from dawra.journal import actions as journal
from dawra.journal.catalogue.prospecting import LeadAnswered, LeadUnanswered
from dawra.journal.models import Entry
from dawra.prospecting import keeping
from dawra.prospecting.models import Lead
from dawra.prospecting.models.lead import NEW, REJECTED, WORKING
from dawra.prospecting.queries import clocks
from dawra.prospecting.rules import business_minutes

MOST = 200


def look_again(actor: Actor, *, record_ids: Collection[UUID], cause: Entry | None = None) -> int:
    """Whether leads of these people and companies have been answered, by what is logged. Part of listening.

    A lead of a person is answered by turning to the person; one of a company alone, by turning to the company.
    Writes:  prospecting.lead_answered.1, prospecting.lead_unanswered.1
    """
    theirs = Q(person_id__in=record_ids) | Q(company_id__in=record_ids, person_id__isnull=True)
    waiting = Q(first_response_at__isnull=False) | ~Q(status=REJECTED)
    rows = Lead.objects.visible_to(actor).filter(theirs & waiting).select_related(*keeping.RELATED)
    return sum(_look(actor, lead, cause) for lead in rows.order_by("-asked_at", "-id")[:MOST])


def _look(actor: Actor, lead: Lead, cause: Entry | None) -> bool:
    subject = lead.person_id or lead.company_id
    found = first_contact_since(subject, lead.asked_at) if subject else None
    if found is None:
        return lead.first_response_at is not None and _unanswered(actor, lead, cause)
    if lead.first_response_at == found.at:
        return False
    kept = clocks.promise()
    if found.at >= lead.counts_from:
        calendar = clocks.calendar_of(kept, lead.owner_id, actor.now)
        minutes = lead.counted_minutes + business_minutes(calendar, lead.counts_from, found.at)
    else:
        # Written down late: it was answered while somebody else had the lead.
        minutes = min(business_minutes(kept.calendar(), lead.asked_at, found.at), lead.counted_minutes)
    values: dict[str, Any] = {
        "first_response_at": found.at,
        "first_response_by_id": found.by,
        "response_minutes": minutes,
    }
    if lead.status == NEW:
        values |= {"status": WORKING, "status_since": found.at}
    lead.change(actor, values)
    wall = keeping.minutes_between(lead.asked_at, found.at)
    in_time = minutes <= lead.target_minutes
    fact = LeadAnswered(lead.pk, lead.person_id, found.by, minutes, wall, in_time, name=keeping.name_of(lead))
    journal.write(actor, fact, about=[lead], at=found.at, cause=cause)
    return True


def _unanswered(actor: Actor, lead: Lead, cause: Entry | None) -> bool:
    values: dict[str, Any] = {"first_response_at": None, "first_response_by_id": None, "response_minutes": None}
    if lead.status == WORKING:
        values |= {"status": NEW, "status_since": actor.now}
    lead.change(actor, values)
    fact = LeadUnanswered(lead.pk, lead.person_id, name=keeping.name_of(lead))
    journal.write(actor, fact, about=[lead], cause=cause)
    return True
