"""What prospecting keeps of a person. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.access.joining import moves
from dawra.prospecting.models import Lead

impersonal(
    "prospecting.RejectReason", "prospecting.Rule", "prospecting.Settings", "prospecting.Holiday",
    because="the company's own way of working",
)  # fmt: skip
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
