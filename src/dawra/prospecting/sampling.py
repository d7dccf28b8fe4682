"""Leads of the sample company: written in batches, and taken out again.

Part of the sample's own act (site/sample), which asks, commits and keeps count.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal import actions as journal
from dawra.journal.catalogue.prospecting import LeadAccepted, LeadAdded, LeadAnswered, LeadRejected
from dawra.prospecting import why
from dawra.prospecting.models import Assignment, Lead, RejectReason, Seller
from dawra.prospecting.models.lead import ACCEPTED, REJECTED
from dawra.prospecting.queries import clocks
from dawra.prospecting.rules import business_minutes, due

Told = list[tuple[Any, Sequence[Any], datetime]]


@dataclass(frozen=True, slots=True)
class NewLead:
    """values: person_id, company_id, source, campaign, words, status. name: whom it is about. owner: who signs, None = nobody.

    answered_after: by the wall clock, None = not yet. reason: code. deal_id: what it led to
    """

    id: UUID
    values: dict[str, Any]
    name: str
    owner: Actor | None
    asked_at: datetime
    answered_after: timedelta | None
    decided_at: datetime | None
    reason: str
    deal_id: UUID | None


def write_leads(loader: Actor, news: Sequence[NewLead]) -> None:
    """At most 250 a transaction; by the company's calendar."""
    kept = clocks.promise()
    calendar = kept.calendar()
    reasons = {row.code: row for row in RejectReason.objects.all()}
    taken = why.taken()
    rows, given = [], []
    told: dict[Actor, Told] = {}
    for new in news:
        signed = new.owner or loader
        decided = new.decided_at or new.asked_at
        lead = Lead.signed_by(
            signed, id=new.id, **new.values, owner_id=new.owner.member_id if new.owner else None, is_sample=True,
            status_since=decided, asked_at=new.asked_at, counts_from=new.asked_at, target_minutes=kept.target_minutes,
            due_at=due(calendar, new.asked_at, kept.target_minutes),
        )  # fmt: skip
        lead.created_at, lead.updated_at = new.asked_at, decided
        if new.answered_after is not None:
            lead.first_response_at = new.asked_at + new.answered_after
            lead.first_response_by_id = signed.member_id
            lead.response_minutes = business_minutes(calendar, new.asked_at, lead.first_response_at)
        lead.reject_reason = reasons.get(new.reason) if lead.status == REJECTED else None
        rows.append(lead)
        if new.owner:
            given.append(
                Assignment(
                    lead=lead, member_id=new.owner.member_id, way="taken", why=taken[0], why_ar=taken[1],
                    assigned_at=new.asked_at, assigned_by_id=new.owner.member_id,
                )
            )  # fmt: skip
        told.setdefault(signed, []).extend(_told(lead, new))
    Lead._base_manager.bulk_create(rows, batch_size=100)
    Assignment.objects.bulk_create(given, batch_size=100)
    for signed, lines in told.items():
        journal.write_many(signed, lines)


def _told(lead: Lead, new: NewLead) -> Told:
    fact = LeadAdded(lead.pk, lead.person_id, lead.company_id, lead.source, lead.campaign, new.name)
    lines: Told = [(fact, [lead], new.asked_at)]
    if lead.first_response_at and new.answered_after is not None and lead.response_minutes is not None:
        wall, in_time = int(new.answered_after // timedelta(minutes=1)), lead.response_minutes <= lead.target_minutes
        by = lead.first_response_by_id
        answered = LeadAnswered(lead.pk, lead.person_id, by, lead.response_minutes, wall, in_time, new.name)
        lines.append((answered, [lead], lead.first_response_at))
    if lead.status == ACCEPTED and new.deal_id and new.decided_at:
        lines.append((LeadAccepted(lead.pk, lead.person_id, new.deal_id, True, name=new.name), [lead], new.decided_at))
    if lead.reject_reason and new.decided_at:
        reason = lead.reject_reason
        rejected = LeadRejected(
            lead.pk, lead.person_id, reason.code, reason.name, lead.source, lead.campaign, name=new.name
        )
        lines.append((rejected, [lead], new.decided_at))
    return lines


# Taking out


def sample_ids() -> set[UUID]:
    return set(Lead._base_manager.filter(is_sample=True).values_list("id", flat=True))


def needed_by_own() -> tuple[set[UUID], set[UUID]]:
    """(companies, people) that the user's own leads are about. 2 queries."""
    own = Lead._base_manager.filter(is_sample=False)
    companies = set(own.exclude(company=None).values_list("company_id", flat=True))
    return companies, set(own.exclude(person=None).values_list("person_id", flat=True))


def hand_over(members: Collection[UUID], to: UUID | None) -> None:
    """Own leads of members that go are the loader's from now on, and so is what they were given."""
    for model, column in (
        (Lead, "owner_id"), (Lead, "first_response_by_id"), (Lead, "created_by_id"), (Lead, "updated_by_id"),
        (Assignment, "member_id"), (Assignment, "assigned_by_id"),
    ):  # fmt: skip
        model._base_manager.filter(**{f"{column}__in": list(members)}).update(**{column: to})
    Seller.objects.filter(pk__in=list(members)).delete()


def take_out(ids: Sequence[UUID]) -> None:
    """At most 250 leads of the sample, with all that hangs on them."""
    Lead._base_manager.filter(pk__in=ids).delete()
