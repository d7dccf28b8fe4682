"""Putting pairs into the queue that somebody else came upon: an import, or a person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dawra.customers.models import DuplicatePair

POSSIBLE_BP = 5_000


def suggest(
    kind: str, pairs: Iterable[tuple[UUID, UUID]], *, because: str, now: datetime, found_by: str = "import"
) -> None:
    """Records that share one field and nothing else. What was decided about a pair before, stays. 1 query."""
    ready = (sorted(pair) for pair in pairs if pair[0] != pair[1])
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                record_kind=kind, a_id=a, b_id=b, certainty_bp=POSSIBLE_BP, parts={because: ["same", 100]},
                found_by=found_by, found_at=now, seen_at=now,
            )
            for a, b in ready
        ),
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
