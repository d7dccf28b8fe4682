"""How often each answer of the library was accepted, and how its deals ended: kept beside it, so that a page only reads."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q

from dawra.deals import rules
from dawra.deals.models import Answer, Reply


def recount(answer_ids: Iterable[UUID]) -> None:
    """Count anew, over all deals: what wins is the company's to know, whoever may see the deals. 2 queries an answer."""
    for answer_id in sorted(set(answer_ids)):
        counted = Reply.objects.filter(
            answer_id=answer_id, objection__deleted_at__isnull=True, objection__deal__deleted_at__isnull=True
        ).aggregate(
            tried=Count("id", filter=Q(accepted__isnull=False)),
            accepted=Count("id", filter=Q(accepted=True)),
            closed=Count("objection__deal", filter=~Q(objection__deal__state=rules.OPEN), distinct=True),
            won=Count("objection__deal", filter=Q(objection__deal__state=rules.WON), distinct=True),
        )
        Answer.objects.filter(pk=answer_id).update(**counted)


def recount_for_deal(deal_id: UUID) -> None:
    """The answers used in a deal."""
    rows = Reply.objects.filter(objection__deal_id=deal_id, answer__isnull=False)
    recount(rows.values_list("answer_id", flat=True).distinct())
