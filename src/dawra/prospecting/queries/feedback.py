"""What goes back to where leads came from: by source and campaign, how many were answered in time, accepted, rejected, won."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from dawra.access.actor import Actor
from dawra.prospecting import doors
from dawra.prospecting.models import Lead, RejectReason
from dawra.prospecting.models.lead import ACCEPTED, REJECTED

MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """reasons: (reason, how many) of what was rejected, the most frequent first."""

    source: str
    campaign: str
    leads: int
    answered: int
    in_time: int
    accepted: int
    rejected: int
    won: int
    reasons: tuple[tuple[RejectReason, int], ...]

    @property
    def open(self) -> int:
        return self.leads - self.accepted - self.rejected

    @property
    def accepted_bp(self) -> int | None:
        """Of those decided; None for none."""
        decided = self.accepted + self.rejected
        return self.accepted * 10_000 // decided if decided else None


def by_source(actor: Actor, since: datetime) -> list[Said]:
    """Of leads that came in since then, the most first. 4 queries, however many leads."""
    actor.must("prospecting.read")
    rows = Lead.objects.visible_to(actor).filter(asked_at__gte=since).order_by()
    sums = rows.values("source", "campaign").annotate(
        leads=Count("pk"),
        answered=Count("pk", filter=Q(first_response_at__isnull=False)),
        in_time=Count("pk", filter=Q(response_minutes__lte=F("target_minutes"))),
        accepted=Count("pk", filter=Q(status=ACCEPTED)),
        rejected=Count("pk", filter=Q(status=REJECTED)),
    )
    found = list(sums.order_by("-leads", "source", "campaign")[:MOST])
    said = rows.filter(status=REJECTED).values_list("source", "campaign", "reject_reason").annotate(n=Count("pk"))
    known = {row.pk: row for row in RejectReason.objects.all()}
    reasons: dict[tuple[str, str], list[tuple[RejectReason, int]]] = {}
    for source, campaign, reason, n in said.order_by("-n"):
        reasons.setdefault((source, campaign), []).append((known[reason], n))
    won = _won(actor, rows)
    return [
        Said(**one, won=won[one["source"], one["campaign"]], reasons=tuple(reasons.get((one["source"], one["campaign"]), ())))
        for one in found
    ]  # fmt: skip


def _won(actor: Actor, rows: Any) -> Counter[tuple[str, str]]:
    """How many led to a won deal, by source and campaign. 2 queries a thousand accepted leads."""
    found = rows.filter(status=ACCEPTED).values_list("pk", "source", "campaign")[:20_000]
    accepted = {key: (source, campaign) for key, source, campaign in found}
    ids, count = list(accepted), Counter[tuple[str, str]]()
    for start in range(0, len(ids), 1000):
        for lead_id, deal in doors.deals().of_leads(actor, ids[start : start + 1000]).items():
            count[accepted[lead_id]] += deal.state == "won"
    return count
