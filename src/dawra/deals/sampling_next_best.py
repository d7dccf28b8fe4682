"""What members of the sample company thought of proposals, and what proposals moved there. Part of the sample's own act."""

from datetime import datetime, timedelta

from dawra.access.actor import Actor
from dawra.deals.models import Deal, NextBestDismissal, NextBestRule
from dawra.deals.models.next_best import ASKED_NOT_TO, NOT_RELEVANT, WRONG_TIME
from dawra.deals.rules import OPEN
from dawra.journal import actions as journal
from dawra.journal.catalogue.next_best import NextBestDismissed
from dawra.journal.jobs import enqueue

MOST = 12
REASONS = (NOT_RELEVANT, WRONG_TIME, NOT_RELEVANT, ASKED_NOT_TO)


def write(now: datetime) -> None:
    """Some open deals need no next step just now, say their owners; and the past of all of them is counted."""
    rule = NextBestRule.objects.filter(code="no_next_step").first()
    if rule is not None:
        rows = Deal._base_manager.filter(is_sample=True, state=OPEN, next_step="", owner__isnull=False)
        for place, deal in enumerate(rows.select_related("owner").order_by("pk")[:MOST]):
            at = max(deal.stage_since, now - timedelta(days=1 + place % 5))
            row = NextBestDismissal.objects.create(
                rule=rule,
                deal=deal,
                mark=str(deal.stage_id),
                reason=REASONS[place % len(REASONS)],
                dismissed_at=at,
                dismissed_by=deal.owner,
            )
            fact = NextBestDismissed(row.pk, rule.pk, rule.name, "deal", deal.pk, row.reason, deal.name)
            assert deal.owner
            signed = Actor(deal.owner.pk, deal.owner.name, now, everything=True, via="import")
            journal.write_many(signed, [(fact, [deal], at)])
    enqueue("deals.count_next_best")
