"""Taking back what was decided about duplicates. Imported when the room is ready."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.errors import Answer
from dawra.customers.duplicates import deciding
from dawra.customers.duplicates.merging import unmerge
from dawra.journal import jobs
from dawra.journal.jobs import job
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.team.actors import actor_of

AT_ONCE = 50


@reverses("customers.merged.1")
def take_apart(actor: Actor, entry: Entry) -> None:
    unmerge(actor, merge_id=UUID(entry.facts["merge_id"]), cause=entry)


@reverses("customers.told_apart.1")
def open_again(actor: Actor, entry: Entry) -> None:
    deciding.doubt_again(actor, pair_id=UUID(entry.facts["pair_id"]), cause=entry)


@reverses("customers.thought_alike.1")
def close_again(actor: Actor, entry: Entry) -> None:
    deciding.tell_apart(actor, pair_id=UUID(entry.facts["pair_id"]), cause=entry)


@reverses("customers.exact_merged.1")
def take_all_apart(actor: Actor, entry: Entry) -> None:
    """The newest first, since one record may have taken several in; what was merged further since stays as it is."""
    actor.must("records.bulk")
    _take_apart(actor, entry, None)


@job("customers.unmerge_batch")
def unmerge_batch(now: datetime, *, entry_id: int, member_id: str, before: int) -> None:
    with transaction.atomic():
        _take_apart(actor_of(UUID(member_id), now), Entry.objects.get(pk=entry_id), before)


def _take_apart(actor: Actor, entry: Entry, before: int | None) -> None:
    effects = Entry.objects.filter(cause=entry, kind="customers.merged.1")
    if before is not None:
        effects = effects.filter(pk__lt=before)
    batch = list(effects.order_by("-pk")[:AT_ONCE])
    for effect in batch:
        try:
            with transaction.atomic():
                take_apart(actor, effect)
        except Answer:
            continue
    if len(batch) == AT_ONCE:
        jobs.enqueue("customers.unmerge_batch", entry_id=entry.pk, member_id=str(actor.member_id), before=batch[-1].pk)
