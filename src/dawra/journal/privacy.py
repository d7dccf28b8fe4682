"""What the journal keeps of a person, and how it forgets: personal() fields are blanked, numbers and times stay."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.journal.catalogue import KINDS, forgotten
from dawra.journal.models import Delivery, Entry, Mention

AT_ONCE = 500
impersonal("journal.Mention", because="ids and times; the entries themselves are blanked")


@holds(Entry)
def entries(person_id: UUID) -> QuerySet[Any]:
    """Whatever is about the person, and what was said of them about a deal."""
    naming = [kind.code for kind in KINDS.values() if "person_id" in {field.name for field in fields(kind.fact)}]
    about = Mention.objects.filter(record_id=person_id).values("entry_id")
    return Entry.objects.filter(Q(pk__in=about) | Q(kind__in=naming, facts__person_id=str(person_id)))


@forgets(Entry)
def blank_entries(person_id: UUID, now: datetime) -> None:
    last = 0
    while batch := list(entries(person_id).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for entry in batch:
            entry.facts = forgotten(entry.kind, entry.facts)
        Entry.objects.bulk_update(batch, ["facts"], batch_size=100)
        last = batch[-1].pk


@holds(Delivery)
def deliveries(person_id: UUID) -> QuerySet[Any]:
    return Delivery.objects.filter(entry__in=entries(person_id)).exclude(last_error="")


@forgets(Delivery)
def blank_errors(person_id: UUID, now: datetime) -> None:
    deliveries(person_id).update(last_error="")
