"""Where a worker process enters: the only place of the journal that reads a clock."""

import time
from datetime import datetime
from typing import Any

from django.utils import timezone

from dawra.journal import jobs, listeners

LONGEST_ROUND = 20.0  # seconds; what is left then waits for the next minute


def run(name: str, plain: dict[str, Any]) -> None:
    """One queued job."""
    jobs.run_now(name, timezone.now(), **plain)


def run_slot(name: str, slot: str) -> None:
    """One scheduled job, for the slot (ISO) it was due at."""
    jobs.run_now(name, timezone.now())


@jobs.job("journal.deliver")
def deliver(now: datetime, *, entry_id: int) -> None:
    listeners.deliver_entry(entry_id, now)


@jobs.job("journal.deliver_due", every_minutes=1)
def deliver_due(now: datetime) -> None:
    """Again as long as something was delivered: each round frees the next entry of the same subject."""
    until = time.monotonic() + LONGEST_ROUND
    while listeners.deliver_due(now) and time.monotonic() < until:
        pass
