"""Repeated calls: the first answer to an Idempotency-Key, given again for 24 hours."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from dawra.access.models import IdempotencyKey

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Call:
    """One call a program may repeat. fingerprint: of method, address and body."""

    token_id: UUID
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered. same: to the very same call."""

    same: bool
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def first_answer(call: Call, now: datetime) -> Kept | None:
    """What this key was answered before; None the first time, and then the key is taken. Call in the effect's transaction.

    A second, simultaneous call waits here for the first one's commit.
    """
    row, made = IdempotencyKey.objects.get_or_create(
        token_id=call.token_id, key=call.key, defaults={"fingerprint": call.fingerprint, "made_at": now}
    )
    if made:
        return None
    if row.made_at < now - KEPT:
        IdempotencyKey.objects.filter(pk=row.pk).update(fingerprint=call.fingerprint, made_at=now)
        return None
    if row.fingerprint != call.fingerprint:
        return Kept(same=False)
    return Kept(True, row.status or 200, dict(row.headers), bytes(row.body or b""))


def keep_answer(call: Call, kept: Kept) -> None:
    """In the same transaction as the effect."""
    IdempotencyKey.objects.filter(token_id=call.token_id, key=call.key).update(
        status=kept.status, headers=kept.headers, body=kept.body
    )


def forget_old(now: datetime, most: int) -> int:
    """At most so many keys past their 24 hours; returns how many went. The nightly tidying calls it until none is left."""
    old = IdempotencyKey.objects.filter(made_at__lt=now - KEPT).order_by("made_at").values_list("pk", flat=True)
    return IdempotencyKey.objects.filter(pk__in=list(old[:most])).delete()[0]
