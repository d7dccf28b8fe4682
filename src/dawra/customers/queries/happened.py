"""What happened about a record lately, to choose from where something rests on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dawra.customers.models import Activity

MOST_CHOSEN_FROM = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done: what sort it is, its title ("" for none) and when."""

    id: UUID
    what: str
    title: str
    at: datetime | None


def happened_lately(record_id: UUID) -> list[Happened]:
    """The newest activities about a record the caller has been allowed to see. 1 query."""
    rows = Activity._base_manager.filter(
        links__record_id=record_id, happened_at__isnull=False, deleted_at__isnull=True
    ).order_by("-happened_at", "-id")
    return [Happened(*row) for row in rows.values_list("pk", "what", "title", "happened_at")[:MOST_CHOSEN_FROM]]
