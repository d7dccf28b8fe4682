"""Links between rows of one system, in whatever order its files come: what is not here yet is waited for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.customers.importing.targets import Work
from dawra.customers.models import ExternalId, PendingLink
from dawra.figures.words import fold

SEVERAL = "?"
"""Kept instead of a digest with a name that several records of the system go by: links by it would be guesses."""
CLAIMED = "="
"""Kept with a name that stands for a record with a row of its own."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """waiting: the record that asked. arrived: the one it asked for. facts: what it said about the link."""

    waiting: UUID
    arrived: UUID
    facts: Mapping[str, Any] = field(default_factory=dict)


Join = Callable[[Work, Sequence[Arrival]], None]
JOINS: dict[str, Join] = {}


def joins(what: str) -> Callable[[Join], Join]:
    """Says who brings two records together; the rooms above add theirs."""

    def keep(join: Join) -> Join:
        JOINS[what] = join
        return join

    return keep


class References:
    """Foreign ids and names of one system as this batch speaks of them. 1 query to ask, 1 to keep."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[str, str], ExternalId] = {}
        self._fresh: dict[tuple[str, str], ExternalId] = {}

    def ask(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Forget the last batch and look these up: kind → keys."""
        asked = {kind: {key[:200] for key in keys if key} for kind, keys in wanted.items()}
        which = Q(pk__in=())
        for kind, keys in asked.items():
            if keys:
                which |= Q(record_kind=kind, external_id__in=keys)
        rows = ExternalId.objects.filter(which, system=self._work.system)
        self._known = {(row.record_kind, row.external_id): row for row in rows} if any(asked.values()) else {}
        self._fresh = {}
        if self._work.memory:
            for kind, keys in asked.items():
                would_be = self._work.memory.get(f"id:{self._work.system}:{kind}", keys)
                for key, (record_id, digest, version) in would_be.items():
                    self.keep(kind, key, UUID(str(record_id)), digest, version)

    def row(self, kind: str, key: str) -> ExternalId | None:
        return self._known.get((kind, key[:200]))

    def of(self, kind: str, key: str) -> UUID | None:
        """The record meant; None if there is none yet, or several go by this name."""
        row = self.row(kind, key)
        return row.record_id if row is not None and row.digest != SEVERAL else None

    def is_shared(self, kind: str, key: str) -> bool:
        row = self.row(kind, key)
        return row is not None and row.digest == SEVERAL

    def keep(self, kind: str, key: str, record_id: UUID, digest: str = "", version: int = 0) -> None:
        row = ExternalId(
            system=self._work.system, record_kind=kind, external_id=key[:200], record_id=record_id, digest=digest,
            version=version, seen_at=self._work.actor.now, seen_in=self._work.import_id,
        )  # fmt: skip
        self._known[kind, key[:200]] = self._fresh[kind, key[:200]] = row

    def assume(self, kind: str, key: str, record_id: UUID) -> None:
        """For this batch only: what the file means is here, though not by an id of its system."""
        self._known[kind, key[:200]] = ExternalId(
            system=self._work.system, record_kind=kind, external_id=key[:200], record_id=record_id, digest=CLAIMED
        )

    def keep_name(self, kind: str, key: str, record_id: UUID) -> None:
        """A name of a record with a row of its own. A second record of that name makes the name useless for links."""
        row = self.row(kind, key)
        if row is None or row.digest == "":
            self.keep(kind, key, record_id, CLAIMED)
        elif row.record_id != record_id and row.digest != SEVERAL:
            self.keep(kind, key, row.record_id, SEVERAL)

    def save(self) -> None:
        ExternalId.objects.bulk_create(
            self._fresh.values(),
            update_conflicts=True,
            unique_fields=["system", "record_kind", "external_id"],
            update_fields=["record_id", "digest", "version", "seen_at", "seen_in"],
            batch_size=100,
        )
        self._fresh = {}


@dataclass(slots=True)
class Waiting:
    """Links of one batch that cannot be made yet."""

    work: Work
    rows: list[PendingLink] = field(default_factory=list)

    def add(self, what: str, record_id: UUID, wants: tuple[str, str], facts: Mapping[str, Any] | None = None) -> None:
        """wants: kind and foreign id of the record waited for."""
        kind, key = wants
        self.rows.append(
            PendingLink(
                system=self.work.system, wants_kind=kind, wants_id=key[:200], what=what, record_id=record_id,
                facts=dict(facts or {}), since=self.work.actor.now,
            )
        )  # fmt: skip

    def save(self) -> None:
        PendingLink.objects.bulk_create(self.rows, ignore_conflicts=True, batch_size=100)
        self.rows = []


def keys_by_name(work: Work, kind: str, names: Iterable[str]) -> dict[str, str]:
    """Name under which a record was kept → the foreign id or natural key of its own row. 2 queries or none."""
    wanted = set(names)
    rows = ExternalId.objects.filter(system=work.system, record_kind=kind)
    called = dict(rows.filter(external_id__in=wanted, digest=CLAIMED).values_list("record_id", "external_id"))
    own = rows.filter(record_id__in=list(called)).exclude(external_id__startswith="name:") if called else ()
    return {called[one.record_id]: one.external_id for one in own}


def arrive(work: Work, kind: str, came: Mapping[str, UUID]) -> None:
    """These foreign ids have come in: whoever waited for one of them is joined to it. 1 query if nobody did."""
    rows = PendingLink.objects.filter(system=work.system, wants_kind=kind, wants_id__in=list(came))
    by_what: dict[str, list[Arrival]] = {}
    done = []
    for row in rows.order_by("pk"):
        if row.what in JOINS:
            by_what.setdefault(row.what, []).append(Arrival(row.record_id, came[row.wants_id], row.facts))
            done.append(row.pk)
    for what, arrivals in by_what.items():
        JOINS[what](work, arrivals)
    for start in range(0, len(done), 500):
        PendingLink.objects.filter(pk__in=done[start : start + 500]).delete()


def still_waiting(ids: Iterable[UUID]) -> set[UUID]:
    """Those of them that wait for somebody. 1 query."""
    return set(PendingLink.objects.filter(record_id__in=list(ids)).values_list("record_id", flat=True))


def amend(work: Work, what: str, facts: Mapping[UUID, Mapping[str, Any]]) -> None:
    """What is known now of links that still wait: waiting record → facts to add. 1 query, and 1 for each."""
    rows = PendingLink.objects.filter(system=work.system, what=what, record_id__in=list(facts))
    for row in rows:
        PendingLink.objects.filter(pk=row.pk).update(facts={**row.facts, **facts[row.record_id]})


def arrive_by_name(work: Work, names: Iterable[str]) -> None:
    """Companies that rows of people have just added by name. 1 query if nobody waits for one, else 3."""
    wanted = {fold(name)[:200] for name in names}
    asked = PendingLink.objects.filter(system=work.system, wants_kind="company", wants_id__in=wanted)
    waited = set(asked.values_list("wants_id", flat=True)) if wanted else set()
    if waited:
        here = References(work)
        here.ask({"company": waited})
        arrive(work, "company", {key: found for key in waited if (found := here.of("company", key)) is not None})
