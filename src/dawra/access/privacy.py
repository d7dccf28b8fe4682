"""What access keeps of a person. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.access.joining import moves
from dawra.access.models import IdempotencyKey, Share

impersonal("access.Role", "access.Token", because="of members, not of the people sold to")
moves(Share, "record_id", once=("with_id",), kind_column="record_kind")


@holds(Share)
def shares(person_id: UUID) -> QuerySet[Any]:
    return Share.objects.filter(record_kind="person", record_id=person_id)


@forgets(Share)
def end_shares(person_id: UUID, now: datetime) -> None:
    shares(person_id).delete()


@holds(IdempotencyKey)
def kept_answers(person_id: UUID) -> QuerySet[Any]:
    """Answers of the last day that name the person."""
    name = str(person_id).encode()
    rows = IdempotencyKey.objects.exclude(body=None).values_list("pk", "body")
    return IdempotencyKey.objects.filter(pk__in=[pk for pk, body in rows.iterator() if body and name in bytes(body)])


@forgets(IdempotencyKey)
def drop_answers(person_id: UUID, now: datetime) -> None:
    kept_answers(person_id).delete()
