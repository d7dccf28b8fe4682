"""What people decide about pairs: not the same after all, or all that leave no doubt at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Conflict
from dawra.customers.duplicates import gathering, showing
from dawra.customers.duplicates.merging import merge
from dawra.customers.duplicates.weighing import MODELS
from dawra.customers.models import DuplicatePair
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.duplicates import ExactMerged, ThoughtAlike, ToldApart
from dawra.journal.jobs import job
from dawra.journal.models import Entry
from dawra.team.actors import actor_of

AT_ONCE = 50


@transaction.atomic
def tell_apart(actor: Actor, *, pair_id: UUID, cause: Entry | None = None) -> Entry:
    """Two records are not the same; they are not shown as duplicates again.

    Writes: customers.told_apart.1
    Raises: Refused, NotFound, Conflict (decided meanwhile)
    """
    return _decide(actor, pair_id, DuplicatePair.OPEN, DuplicatePair.DIFFERENT, ToldApart, cause)


@transaction.atomic
def doubt_again(actor: Actor, *, pair_id: UUID, cause: Entry | None = None) -> Entry:
    """Two records may be the same after all.

    Writes: customers.thought_alike.1
    Raises: Refused, NotFound, Conflict (decided meanwhile)
    """
    return _decide(actor, pair_id, DuplicatePair.DIFFERENT, DuplicatePair.OPEN, ThoughtAlike, cause)


def _decide(
    actor: Actor,
    pair_id: UUID,
    before: str,
    after: str,
    fact: type[ToldApart] | type[ThoughtAlike],
    cause: Entry | None,
) -> Entry:
    actor.must("customers.work")
    pair = showing.pair_of(actor, pair_id)
    signed = {"decided_at": actor.now, "decided_by_id": actor.member_id}
    if not DuplicatePair.objects.filter(pk=pair.pk, state=before).update(state=after, **signed):
        raise Conflict(_("Somebody has decided about these two meanwhile."))
    one, other = (MODELS[pair.record_kind].fetch(actor, pk) for pk in (pair.a_id, pair.b_id))
    return write(actor, fact(pair.record_kind, pair.pk, one.name, other.name), about=[one, other], cause=cause)


@transaction.atomic
def merge_exact(actor: Actor, *, kind: str) -> Entry:
    """Merge every pair that shares an address and a name; the older record of each is kept. One step to take back.

    Writes: customers.exact_merged.1, and customers.merged.1 for each pair
    Raises: Refused, Conflict (there are none)
    """
    actor.must("records.bulk")
    actor.must("customers.work")
    count = showing.visible(actor, kind).filter(state=DuplicatePair.OPEN, is_exact=True).count()
    if not count:
        raise Conflict(_("There are no exact duplicates."))
    entry = write(actor, ExactMerged(kind, count), about=[])
    _merge_batch(actor, kind, entry, None)
    return entry


@job("customers.merge_exact_batch")
def merge_exact_batch(now: datetime, *, entry_id: int, member_id: str, kind: str, after: str) -> None:
    with transaction.atomic():
        _merge_batch(actor_of(UUID(member_id), now), kind, Entry.objects.get(pk=entry_id), UUID(after))


def _merge_batch(actor: Actor, kind: str, entry: Entry, after: UUID | None) -> None:
    rows = showing.visible(actor, kind).filter(state=DuplicatePair.OPEN, is_exact=True)
    if after:
        rows = rows.filter(pk__gt=after)
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for pair in batch:
        records = gathering.records_of(kind, [pair.a_id, pair.b_id])
        if len(records) < 2 or not gathering.is_exact(*records.values()):
            continue  # edited since they were found
        try:
            with transaction.atomic():
                merge(actor, kind=kind, kept_id=pair.a_id, gone_id=pair.b_id, choices={}, cause=entry)
        except Answer:
            continue
    if len(batch) == AT_ONCE:
        jobs.enqueue(
            "customers.merge_exact_batch", entry_id=entry.pk, member_id=str(actor.member_id), kind=kind,
            after=str(batch[-1].pk),
        )  # fmt: skip
