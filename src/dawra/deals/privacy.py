"""What deals keep of a person. Imported when the room is ready."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import holds, impersonal
from dawra.access.joining import moves
from dawra.deals.models import Deal, DealPerson

impersonal(
    "deals.Pipeline", "deals.PipelineVersion", "deals.Stage", "deals.Criterion", "deals.OutcomeReason",
    "deals.Product", "deals.Rate", because="the company's own way of selling",
)  # fmt: skip
impersonal(
    "deals.Deal", "deals.DealSplit", "deals.DealLine", "deals.StageVisit", "deals.CriterionTick", "deals.StageOverride",
    "deals.StageHeard",
    because="of a deal and of members; what is written about people in its texts, people must correct",
)  # fmt: skip

moves(Deal, "company_id", kinds=("company",))
moves(DealPerson, "person_id", kinds=("person",), once=("deal_id",))


@holds(DealPerson)
def parts(person_id: UUID) -> QuerySet[Any]:
    """Kept when the person is erased: how many took part in a deal, and in which role, is a figure."""
    return DealPerson.objects.filter(person_id=person_id)
