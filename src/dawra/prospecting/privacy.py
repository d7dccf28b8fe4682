"""What prospecting keeps of a person. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.access.joining import moves, stays
from dawra.prospecting.models import BriefSlot, Lead

impersonal(
    "prospecting.RejectReason", "prospecting.Rule", "prospecting.Settings", "prospecting.Holiday",
    because="the company's own way of working",
)  # fmt: skip
impersonal(
    "prospecting.IcpProfile", "prospecting.FitScore", "prospecting.BriefSettings", "prospecting.Plan",
    because="of companies, and of how the company sells",
)  # fmt: skip
stays("prospecting.FitScore", because="whoever is kept is scored anew; the other keeps its score for the way back")
impersonal("prospecting.Seller", "prospecting.Assignment", because="of members and of what they were given")

moves(Lead, "person_id", kinds=("person",))
moves(Lead, "company_id", kinds=("company",))


@holds(Lead)
def inquiries(person_id: UUID) -> QuerySet[Any]:
    return Lead._base_manager.filter(person_id=person_id)


@forgets(Lead)
def forget_words(person_id: UUID, now: datetime) -> None:
    """The inquiry stays as a figure: when, from where, how fast it was answered. What was said goes."""
    inquiries(person_id).update(words="", reject_words="")


moves(BriefSlot, "record_id", kind_column="record_kind")


@holds(BriefSlot)
def briefs(person_id: UUID) -> QuerySet[Any]:
    return BriefSlot.objects.filter(record_kind="person", record_id=person_id)


@forgets(BriefSlot)
def forget_briefs(person_id: UUID, now: datetime) -> None:
    briefs(person_id).delete()
