"""Who listens to what, and how entries reach them: exactly once, in order per listener and subject.

    @on("deals.deal_won.1", because="a company that buys becomes a customer")
    def company_becomes_customer(actor: Actor, entry: Entry) -> None: ...

A listener runs in the transaction that marks its delivery done, so its effect happens exactly once.
It may not touch the network; what goes outside gets a row of its own there and at-least-once.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from dawra.access.actor import Actor
from dawra.journal import jobs
from dawra.journal.models import Delivery, Entry

LONGEST_WAIT = timedelta(hours=1)
TRIES_BEFORE_PARKING = 12
ONE_BATCH = 50

log = logging.getLogger(__name__)
Listen = Callable[[Actor, Entry], None]


@dataclass(frozen=True, slots=True)
class Listener:
    name: str
    kinds: tuple[str, ...]
    because: str
    listen: Listen


LISTENERS: dict[str, Listener] = {}


def on(*kinds: str, because: str) -> Callable[[Listen], Listen]:
    """Register a listener under its room and function name, for good: renaming one orphans what it is owed."""

    def register(listen: Listen) -> Listen:
        name = f"{listen.__module__.removeprefix('dawra.').removesuffix('.listeners')}.{listen.__name__}"
        LISTENERS[name] = Listener(name, kinds, because, listen)
        return listen

    return register


def names_for(kind: str) -> list[str]:
    return [name for name, listener in LISTENERS.items() if kind in listener.kinds]


def wake(entry_id: int) -> None:
    """Enqueue the delivery of one entry, in the caller's transaction."""
    jobs.enqueue("journal.deliver", entry_id=entry_id)


def back_off(tries: int) -> timedelta:
    """5 s, 10 s, 20 s … up to an hour."""
    return min(timedelta(seconds=5 * 2 ** min(tries, 20)), LONGEST_WAIT)


def deliver_entry(entry_id: int, now: datetime) -> int:
    """Deliver what is due of one entry; returns how many were done."""
    due = Delivery.objects.filter(entry_id=entry_id, done_at__isnull=True, parked_at__isnull=True, next_try_at__lte=now)
    return sum(_attempt(pk, now) for pk in due.order_by("id").values_list("id", flat=True))


def deliver_due(now: datetime) -> int:
    """Deliver one batch of whatever is due, oldest first: retries, and entries whose job was lost."""
    due = Delivery.objects.filter(done_at__isnull=True, parked_at__isnull=True, next_try_at__lte=now).exclude(
        _blocked()
    )
    return sum(_attempt(pk, now) for pk in due.order_by("entry_id", "id").values_list("id", flat=True)[:ONE_BATCH])


def _blocked() -> Exists:
    """An older entry of the same subject is still owed to the same listener: that one goes first."""
    return Exists(
        Delivery.objects.filter(
            listener=OuterRef("listener"),
            subject_id=OuterRef("subject_id"),
            entry_id__lt=OuterRef("entry_id"),
            done_at__isnull=True,
        )
    )


def _attempt(delivery_id: int, now: datetime) -> bool:
    """Run one listener. False if it was not this worker's turn or the listener failed."""
    try:
        with transaction.atomic():
            # Claim first: the row stays locked (PostgreSQL) or the database does (SQLite) until the effect commits.
            claimed = (
                Delivery.objects.filter(pk=delivery_id, done_at__isnull=True, parked_at__isnull=True)
                .exclude(_blocked())
                .update(done_at=now)
            )
            if not claimed:
                return False
            delivery = Delivery.objects.select_related("entry").get(pk=delivery_id)
            listener = LISTENERS[delivery.listener]
            listener.listen(Actor.system(listener.name, now), delivery.entry)
            return True
    except Exception as failure:
        _put_off(delivery_id, failure, now)
        return False


def _put_off(delivery_id: int, failure: Exception, now: datetime) -> None:
    with transaction.atomic():
        delivery = Delivery.objects.get(pk=delivery_id)
        tries = delivery.tries + 1
        parked = tries >= TRIES_BEFORE_PARKING
        Delivery.objects.filter(pk=delivery_id, done_at__isnull=True).update(
            tries=tries,
            next_try_at=now + back_off(tries),
            parked_at=now if parked else None,
            last_error="".join(traceback.format_exception_only(failure))[-2000:],
        )
    log.warning("delivery %s to %s failed (try %s)", delivery_id, delivery.listener, tries, exc_info=failure)
