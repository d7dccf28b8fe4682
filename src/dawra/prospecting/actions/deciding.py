"""What becomes of a lead: accepted and a deal, rejected and sent back, opened again, put into the bin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.customers.actions.owner import assign
from dawra.journal import actions as journal
from dawra.journal.catalogue.prospecting import LeadAccepted, LeadDeleted, LeadRejected, LeadReopened, LeadRestored
from dawra.journal.models import Entry
from dawra.prospecting import doors, keeping
from dawra.prospecting.doors import DealOfLead, NewDealOfLead
from dawra.prospecting.models import Lead, RejectReason
from dawra.prospecting.models.lead import ACCEPTED, NEW, REJECTED, WORKING

LONGEST_WORDS = 4_000
DECIDED = ("status", "status_since", "reject_reason_id", "owner_id")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """deal_id: link to this deal; empty = open one. name: of the new deal; empty = whom the lead is about.

    amount_minor: what it may be worth, in the base currency
    """

    deal_id: UUID | None = None
    name: str = ""
    amount_minor: int = 0
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    deal: DealOfLead
    entry: Entry


@transaction.atomic
def accept_lead(actor: Actor, *, lead_id: UUID, to: Acceptance) -> Accepted:
    """The inquiry becomes an attempt to sell: a deal of the same person and company, made or linked. Nothing is copied.

    Whoever accepts looks after the lead, and after a person or company that nobody looked after.

    Writes:  prospecting.lead_accepted.1, deals.deal_added.1 for a new deal, customers.assigned.1
    Raises:  Refused, NotFound (lead or deal), Conflict (closed already), Stale, RateMissing
    Cost:    about 30 queries
    """
    actor.must("prospecting.work")
    actor.must("deals.work")
    lead = keeping.fetch(actor, lead_id)
    keeping.must_be_open(lead)
    keeping.guard(lead, to.version, {"status": ACCEPTED})
    before = _standing(lead)
    owner_id = lead.owner_id or actor.member_id
    values: dict[str, Any] = {"status": ACCEPTED, "status_since": actor.now, "owner_id": owner_id}
    lead.change(actor, values)
    asked = NewDealOfLead(
        lead_id=lead.pk,
        name=(to.name.strip() or _usual_name(lead))[:200],
        person_id=lead.person_id,
        company_id=lead.company_id,
        source=lead.source,
        campaign=lead.campaign,
        deal_id=to.deal_id,
        amount_minor=to.amount_minor,
    )
    deal = doors.deals().open_for(actor, asked, None)
    fact = LeadAccepted(
        lead.pk,
        lead.person_id,
        deal.deal_id,
        to.deal_id is None,
        before,
        _ownerless(actor, lead),
        keeping.name_of(lead),
    )
    entry = journal.write(actor, fact, about=[lead])
    for kind, record_id in fact.owned:
        assign(actor, kind=kind, record_id=UUID(record_id), owner_id=actor.member_id, cause=entry)
    return Accepted(deal, entry)


def _ownerless(actor: Actor, lead: Lead) -> list[list[str]]:
    if actor.member_id is None or not actor.may("customers.work"):
        return []
    both = (lead.person, lead.company)
    return [[one.kind, str(one.pk)] for one in both if one and one.owner_id is None and one.deleted_at is None]


def _usual_name(lead: Lead) -> str:
    subject = lead.company or lead.person
    return str(subject.name) if subject else ""


def _standing(lead: Lead) -> dict[str, Any]:
    return {name: getattr(lead, name) for name in DECIDED}


@transaction.atomic
def reject_lead(
    actor: Actor, *, lead_id: UUID, reason: str, words: str = "", version: int | None = None, cause: Entry | None = None
) -> Entry:
    """The inquiry goes back to where it came from, with a reason that its source can learn from.

    reason:  code of a reject reason
    Writes:  prospecting.lead_rejected.1
    Raises:  Refused, NotFound, Invalid(reason), Conflict (closed already), Stale
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    keeping.must_be_open(lead)
    keeping.guard(lead, version, {"status": REJECTED})
    found = RejectReason.objects.filter(code=reason, archived_at__isnull=True).first()
    if found is None:
        raise Invalid(_("Choose a reason."), field="reason")
    before = _standing(lead)
    said = words.replace("\0", "").strip()[:LONGEST_WORDS]
    lead.change(
        actor, {"status": REJECTED, "status_since": actor.now, "reject_reason_id": found.pk, "reject_words": said}
    )
    fact = LeadRejected(
        lead.pk, lead.person_id, found.code, found.name, lead.source, lead.campaign, before, keeping.name_of(lead), said
    )
    return journal.write(actor, fact, about=[lead], cause=cause)


@transaction.atomic
def reopen_lead(actor: Actor, *, lead_id: UUID, version: int | None = None) -> Entry:
    """A rejected lead is worth another look. One that was accepted goes on as its deal.

    Writes:  prospecting.lead_reopened.1
    Raises:  Refused, NotFound, Conflict (open, or accepted), Stale
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    if lead.status != REJECTED:
        raise Conflict(_("This lead is open already.") if lead.is_open else _("An accepted lead goes on as its deal."))
    keeping.guard(lead, version, {"status": WORKING})
    before, words = _standing(lead), lead.reject_words
    lead.change(actor, _open_again(actor, lead))
    fact = LeadReopened(lead.pk, lead.person_id, REJECTED, before, keeping.name_of(lead), words)
    return journal.write(actor, fact, about=[lead])


def _open_again(actor: Actor, lead: Lead) -> dict[str, Any]:
    status = WORKING if lead.first_response_at else NEW
    return {"status": status, "status_since": actor.now, "reject_reason_id": None, "reject_words": ""}


@transaction.atomic
def take_back(actor: Actor, *, lead_id: UUID, before: Mapping[str, Any], words: str, cause: Entry) -> Entry:
    """Part of undoing: the lead stands as before it was accepted, rejected or reopened.

    Writes:  prospecting.lead_reopened.1, or lead_rejected.1 where it was rejected before
    Raises:  Refused, NotFound
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    now = _standing(lead)
    lead.change(actor, {**before, "reject_words": words})
    name = keeping.name_of(lead)
    if before["status"] == REJECTED:
        reason = RejectReason.objects.get(pk=before["reject_reason_id"])
        told: Any = LeadRejected(
            lead.pk, lead.person_id, reason.code, reason.name, lead.source, lead.campaign, now, name, words
        )
    else:
        told = LeadReopened(lead.pk, lead.person_id, now["status"], now, name)
    return journal.write(actor, told, about=[lead], cause=cause)


@transaction.atomic
def delete_lead(actor: Actor, *, lead_id: UUID, version: int | None = None, cause: Entry | None = None) -> Entry:
    """A lead that never was one goes to the bin: neither counted nor shown.

    Writes:  prospecting.lead_deleted.1
    Raises:  Refused, NotFound, Stale
    """
    actor.must("customers.delete")
    lead = keeping.fetch(actor, lead_id)
    keeping.guard(lead, version, {"deleted_at": actor.now})
    lead.change(actor, {"deleted_at": actor.now})
    fact = LeadDeleted(lead.pk, lead.person_id, name=keeping.name_of(lead))
    return journal.write(actor, fact, about=[lead], cause=cause)


@transaction.atomic
def restore_lead(actor: Actor, *, lead_id: UUID, cause: Entry | None = None) -> Entry:
    """It comes back as it was.

    Writes:  prospecting.lead_restored.1
    Raises:  Refused, NotFound
    """
    actor.must("customers.delete")
    lead: Lead | None = Lead.objects.in_bin_of(actor).select_related(*keeping.RELATED).filter(pk=lead_id).first()
    if lead is None:
        raise NotFound()
    lead.change(actor, {"deleted_at": None})
    fact = LeadRestored(lead.pk, lead.person_id, name=keeping.name_of(lead))
    return journal.write(actor, fact, about=[lead], cause=cause)
