"""Repeated calls: the first answer to an Idempotency-Key, given again for 24 hours."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dawra.access.errors import Answer
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


class AnsweredBefore(Answer):
    """Somebody sent this call before: the door gives what it was answered then (request.answered_before)."""

    code, status = "answered_before", 409


@contextmanager
def together(request: Any) -> Iterator[list[UUID]]:
    """The key of a call that brings files, and what is written inside, commit together. Takes the ids of what was made.

    Such a call works on its files before, outside any transaction; the door could not do that around the whole call.
    The door keeps the full answer afterwards; should the program die in between, a repetition is told the id.
    Raises: AnsweredBefore, and nothing was written then: throw the files away
    """
    call: Call | None = getattr(request, "repeatable", None)
    made: list[UUID] = []
    with transaction.atomic():
        request.answered_before = first_answer(call, request.now) if call else None
        if request.answered_before is not None:
            raise AnsweredBefore()
        yield made
        if call and made:
            body = json.dumps({"id": str(made[0])}).encode()
            keep_answer(call, Kept(True, 201, {"Content-Type": "application/json"}, body))


def known_answer(call: Call, now: datetime) -> Kept | None:
    """As first_answer, but takes no key."""
    row = IdempotencyKey.objects.filter(token_id=call.token_id, key=call.key, made_at__gte=now - KEPT).first()
    return None if row is None else _kept(row, call)


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
    return _kept(row, call)


def _kept(row: IdempotencyKey, call: Call) -> Kept:
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
