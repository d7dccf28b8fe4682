"""Writing the journal: one entry an act, inside the act's transaction or not at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.ids import new_ids
from dawra.access.pouring import numbered, pour, serials
from dawra.journal import listeners
from dawra.journal.catalogue import code_of, facts_of
from dawra.journal.catalogue.journal import DeliveriesRetried
from dawra.journal.models import Delivery, Entry, Mention

MOST_AT_ONCE = 500
_ENTRY = (
    "id", "key", "kind", "happened_at", "written_at", "member_id", "signed", "via", "cause_id", "facts",
)  # fmt: skip
_MENTION = ("entry_id", "record_kind", "record_id", "kind", "happened_at")


class Mentionable(Protocol):
    """Any record: kind names its sort, pk its row."""

    @property
    def kind(self) -> str: ...

    @property
    def pk(self) -> Any: ...


class OutsideTransaction(RuntimeError):
    """journal.write() was called where the act could commit without its entry."""


def write(
    actor: Actor,
    fact: object,
    *,
    about: Sequence[Mentionable],
    at: datetime | None = None,
    cause: Entry | None = None,
) -> Entry:
    """Say what happened, about which records. The first one is the subject whose order listeners keep.

    at:     when it was true, if not at actor.now
    Raises: OutsideTransaction
    Cost:   2 queries, 2 more if somebody listens
    """
    [entry] = write_each(actor, [(fact, about)], at=at, cause=cause)
    return entry


def write_each(
    actor: Actor,
    told: Sequence[tuple[object, Sequence[Mentionable]]],
    *,
    at: datetime | None = None,
    cause: Entry | None = None,
) -> list[Entry]:
    """Several things that one act brought about at once; see write.

    Cost: 2 queries, 2 more for each that somebody listens to
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(*(code_of(fact) for fact, _about in told))
    happened_at, cause_id, signed = at or actor.now, cause.pk if cause else None, "" if actor.member_id else actor.name
    rows = [
        (key, code_of(fact), happened_at, actor.now, actor.member_id, signed, actor.via, cause_id, facts_of(fact))
        for key, (fact, _about) in zip(new_ids(len(told)), told, strict=True)
    ]
    numbers = numbered(Entry, _ENTRY[1:], rows, "key")
    entries = [Entry.from_db(connection.alias, _ENTRY, (numbers[row[0]], *row)) for row in rows]
    records = [{record.pk: record for record in about} for _fact, about in told]
    pour(
        Mention,
        _MENTION,
        [
            (entry.pk, one.kind, one.pk, entry.kind, happened_at)
            for entry, those in zip(entries, records, strict=True)
            for one in those.values()
        ],
    )
    for entry, those in zip(entries, records, strict=True):
        _owe(actor, entry, next(iter(those), None))
    return entries


def _owe(actor: Actor, entry: Entry, subject: UUID | None) -> None:
    """Whoever listens to its kind gets it."""
    owed = listeners.names_for(entry.kind)
    if owed:
        Delivery.objects.bulk_create(
            Delivery(entry=entry, listener=name, subject_id=subject, next_try_at=actor.now) for name in owed
        )
        listeners.wake(entry.pk)


def write_many(
    actor: Actor, facts: Sequence[tuple[object, Sequence[Mentionable], datetime]], *, cause: Entry | None = None
) -> None:
    """The same for imports and the sample: many entries with their true times, in one transaction.

    Nobody in the house is woken: what happened long ago is history, not news.
    Cost: 3 statements, however many entries
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("write_many")
    if not facts:
        return
    now, member, via, cause_id = actor.now, actor.member_id, actor.via, cause.pk if cause else None
    signed = "" if member else actor.name
    entries, mentions = [], []
    for pk, key, (fact, about, at) in zip(serials(Entry, len(facts)), new_ids(len(facts)), facts, strict=True):
        code = code_of(fact)
        entries.append((pk, key, code, at, now, member, signed, via, cause_id, facts_of(fact)))
        if len(about) == 1:
            mentions.append((pk, about[0].kind, about[0].pk, code, at))
        else:
            mentions += [(pk, one.kind, one.pk, code, at) for one in {one.pk: one for one in about}.values()]
    pour(Entry, _ENTRY, entries)
    pour(Mention, _MENTION, mentions)


def mention_too(also: Sequence[tuple[UUID, Mentionable]]) -> None:
    """Entries about the first stand in the second's timeline as well: history that came in before whom it concerns.

    also: (a record the entries mention already, whom they concern besides). Part of an import's batch; 2 queries
    """
    wanted: dict[UUID, list[Mentionable]] = {}
    for record_id, other in also:
        wanted.setdefault(record_id, []).append(other)
    rows = Mention.objects.filter(record_id__in=list(wanted)).values_list("entry", "record_id", "kind", "happened_at")
    Mention.objects.bulk_create(
        (
            Mention(entry_id=entry, record_kind=one.kind, record_id=one.pk, kind=kind, happened_at=at)
            for entry, record_id, kind, at in rows
            for one in wanted[record_id]
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


def share_timeline(record_id: UUID, other: Mentionable) -> list[int]:
    """Whatever was said about a record stands in another's timeline as well. Returns the entries about both before.

    Part of merging the two; 3 statements
    """
    mine = Mention.objects.filter(record_id=record_id)
    both = list(
        Mention.objects.filter(record_id=other.pk, entry__in=mine.values("entry")).values_list("entry", flat=True)
    )
    there, rows = set(both), mine.values_list("entry", "kind", "happened_at")
    pour(Mention, _MENTION, [(entry, other.kind, other.pk, kind, at) for entry, kind, at in rows if entry not in there])
    return both


def part_timeline(record_id: UUID, other_id: UUID, both: Sequence[int]) -> None:
    """The way back of share_timeline: entries about the first leave the other's timeline, but for those about both."""
    there = set(both)
    mine = [
        entry
        for entry in Mention.objects.filter(record_id=record_id).values_list("entry", flat=True)
        if entry not in there
    ]
    for start in range(0, len(mine), MOST_AT_ONCE):
        Mention.objects.filter(record_id=other_id, entry__in=mine[start : start + MOST_AT_ONCE]).delete()


@transaction.atomic
def retry_delivery(actor: Actor, *, delivery_id: int) -> None:
    """An administrator sends a late or parked delivery on its way again.

    Writes:  journal.deliveries_retried.1
    Raises:  Refused, NotFound (unknown, or done meanwhile)
    """
    actor.must("journal.operate")
    delivery = Delivery.objects.filter(pk=delivery_id, done_at__isnull=True).first()
    if delivery is None:
        raise NotFound()
    _again(actor, [delivery])


@transaction.atomic
def retry_parked(actor: Actor) -> int:
    """An administrator sends every parked delivery on its way again, 500 at a time.

    Writes:  journal.deliveries_retried.1 (nothing if none is parked)
    Raises:  Refused
    """
    actor.must("journal.operate")
    parked = list(Delivery.objects.filter(parked_at__isnull=False, done_at__isnull=True).order_by("pk")[:MOST_AT_ONCE])
    _again(actor, parked)
    return len(parked)


def _again(actor: Actor, deliveries: Sequence[Delivery]) -> None:
    if not deliveries:
        return
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries], done_at__isnull=True).update(
        parked_at=None, tries=0, next_try_at=actor.now
    )
    for entry_id in dict.fromkeys(delivery.entry_id for delivery in deliveries):
        listeners.wake(entry_id)
    write(actor, DeliveriesRetried(count=len(deliveries)), about=[])
