"""Rows that tell what was done within a deal: found by the deal's id or by the only name it has, at the time it was true.

A row whose deal is not here is refused and says so: brought in again after the deals, it finds its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from dawra.customers.importing import naming
from dawra.customers.importing.pending import References
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.deals import money
from dawra.deals.models import Deal, DealPerson
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain

MIDDAY = time(12)
ASKED_AS = {"raised_at": "at", "starts_at": "at", "person_id": "person", "settled_at": "accepted"}
"""Columns of ours that go by another name in a file."""
Fact = tuple[object, Sequence[Any], datetime]


@dataclass(slots=True)
class Told:
    """What a row says. at: when it was true. columns: of the record. more: what else the keeper needs to write it."""

    at: datetime
    columns: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


class Keeper:
    """Keeps rows that become a record of one kind, each within a deal. model: of Record, with the deal and these columns.

    most: of them in one deal
    """

    model: ClassVar[Any]
    kind: ClassVar[str]
    edited: ClassVar[tuple[str, ...]]
    most: ClassVar[int]

    def __init__(self, work: Work) -> None:
        self.work, self.actor = work, work.actor
        self.zone = ZoneInfo(money.books().time_zone)
        self._known = References(work)

    # What each kind says for itself

    def told(self, row: Parsed, deal: Deal | None) -> Told:
        """Raises Reject. deal: None where a dry run would have added it."""
        raise NotImplementedError

    def make(self, deal: Deal, told: Told) -> Any:
        """A record, not saved yet; its parts and its entries are kept for `finish`."""
        raise NotImplementedError

    def change(self, record: Any, changes: Mapping[str, list[Any]]) -> None:
        """Its entry, once it follows the file."""
        raise NotImplementedError

    def finish(self, made: Sequence[Any], deals: Sequence[Deal]) -> None:
        """Writes what hangs on the records of this batch, and counts anew in their deals."""
        raise NotImplementedError

    # The same for all

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._begin(rows)
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self.model._base_manager.bulk_create(self._new, batch_size=100)
        self.finish(self._new, list(self._touched.values()))
        self._known.save()
        journal.write_many(self.actor, self.facts)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._begin(rows)
        memory = self.work.memory
        seen = memory.get(f"id:{self.kind}", [row.key for row in rows]) if memory else {}
        judged = []
        for row in rows:
            try:
                judged.append(self._judged(row, seen.get(row.key)))
            except Reject as reject:
                row.said.append(reject.said)
                judged.append(Judged(REJECTED))
            else:
                seen[row.key] = row.digest
        if memory:
            memory.put(f"id:{self.kind}", seen)
        return judged

    def moment(self, said: datetime | date) -> datetime:
        if isinstance(said, datetime):
            return said if said.tzinfo else said.replace(tzinfo=self.zone)
        return datetime.combine(said, MIDDAY, self.zone)

    def person(self, row: Parsed, deal: Deal | None, column: str, written: str) -> UUID | None:
        """Who of the deal's people is meant, by e-mail or name; nobody else is named, and that is said."""
        found = self._known.of("person", _person_key(written))
        if deal is None or (found is not None and (deal.pk, found) in self._taking_part):
            return found
        row.said.append(Said("not_in_deal", column, {"value": written[:60]}))
        return None

    def _begin(self, rows: Sequence[Parsed]) -> None:
        wanted: dict[str, set[str]] = {
            self.kind: {row.key for row in rows},
            "deal": {_deal_key(row) for row in rows},
            "person": {_person_key(one) for row in rows for one in _people(row)},
        }
        self._known.ask(wanted)
        naming.assume(self.work, self._known, wanted)
        found = {self._known.of("deal", key) for key in wanted["deal"]} - {None}
        there = Deal.objects.visible_to(self.actor).filter(pk__in=found).select_related("stage")
        self._deals = {deal.pk: deal for deal in there}
        names = {key[5:] for key in wanted["deal"] if key.startswith("name:") and self._known.row("deal", key) is None}
        called = Deal.objects.visible_to(self.actor).filter(folded__in=names).values_list("folded", flat=True)
        self._ambiguous = {f"name:{name}" for name in called} if names else set()
        parts = DealPerson.objects.filter(deal__in=list(self._deals)) if wanted["person"] else DealPerson.objects.none()
        self._taking_part = set(parts.values_list("deal_id", "person_id"))
        counted = self.model._base_manager.filter(deal__in=list(self._deals)).values("deal").annotate(n=Count("pk"))
        self._count: dict[UUID, int] = {one["deal"]: one["n"] for one in counted.order_by()}
        known = [one.record_id for row in rows if (one := self._known.row(self.kind, row.key))]
        records = self.model.objects.visible_to(self.actor).filter(pk__in=known) if known else ()
        self._records: dict[UUID, Any] = {one.pk: one for one in records}
        self._new: list[Any] = []
        self._touched: dict[UUID, Deal] = {}
        self.facts: list[Fact] = []

    def _deal(self, row: Parsed) -> Deal | None:
        """None where a dry run would have added it. Raises Reject."""
        key = _deal_key(row)
        column = "deal_id" if "deal_id" in row.values else "deal"
        written = str(row.values.get(column, ""))[:60]
        if not key:
            raise Reject("missing", "deal")
        if self._known.is_shared("deal", key) or key in self._ambiguous:
            raise Reject("several_deals", column, value=written)
        deal = self._deals.get(self._known.of("deal", key) or UUID(int=0))
        if deal is None and not self._would_be(key):
            raise Reject("unknown_deal", column, value=written)
        return deal

    def _would_be(self, key: str) -> bool:
        """A dry run would have added this deal by now."""
        memory = self.work.memory
        return memory is not None and bool(memory.get("id:deal", [key]) or memory.get("called:deal", [key]))

    def _told(self, row: Parsed) -> tuple[Deal | None, Told]:
        deal = self._deal(row)
        if deal is not None and self._count.get(deal.pk, 0) >= self.most:
            raise Reject("deal_is_full", "deal", value=deal.name[:60], most=self.most)
        return deal, self.told(row, deal)

    def _one(self, row: Parsed) -> Outcome:
        known = self._known.row(self.kind, row.key)
        if known is not None and row.digest in known.digest.split():
            return Outcome(UNCHANGED, self.kind, known.record_id)
        if known is not None:
            return self._follow(row, known.record_id, known.version)
        if not self.work.policy.create:
            raise Reject("no_match")
        deal, told = self._told(row)
        assert deal is not None, "only a dry run goes on without"
        record = self.make(deal, told)
        self._new.append(record)
        self._touched[deal.pk] = deal
        self._count[deal.pk] = self._count.get(deal.pk, 0) + 1
        self._known.keep(self.kind, row.key, record.pk, row.digest, record.version)
        return Outcome(CREATED, self.kind, record.pk)

    def _follow(self, row: Parsed, record_id: UUID, version: int) -> Outcome:
        """The file says something new of what is here: it follows, unless somebody has edited it here."""
        record = self._records.get(record_id)
        deal = self._deal(row)
        changes = self._changes(record, self.told(row, deal), version) if record is not None else {}
        if record is None or (record.version > version and not changes):
            row.said.append(Said("in_bin" if record is None else "not_overwritten"))
            return Outcome(UNCHANGED, self.kind, record_id)
        if changes:
            record.change(self.actor, {name: after for name, (_before, after) in changes.items()})
            self.change(record, changes)
            if deal is not None:
                self._touched[deal.pk] = deal
        self._known.keep(self.kind, row.key, record.pk, row.digest, record.version)
        made = {"fields": as_plain(changes)} if changes else {}
        return Outcome(UPDATED if changes else UNCHANGED, self.kind, record.pk, made)

    def _judged(self, row: Parsed, seen: Any) -> Judged:
        known = self._known.row(self.kind, row.key)
        if (known is not None and row.digest in known.digest.split()) or seen == row.digest:
            return Judged(UNCHANGED, self.kind, known.record_id if known else None)
        if known is None:
            if not self.work.policy.create:
                raise Reject("no_match")
            deal, _told = self._told(row)
            return Judged(UPDATED if seen else CREATED, self.kind, None, deal.name if deal else "")
        record = self._records.get(known.record_id)
        told = self.told(row, self._deal(row))
        changes = self._changes(record, told, known.version) if record is not None else {}
        return Judged(UPDATED if changes else UNCHANGED, self.kind, known.record_id, "", as_plain(changes))

    def _changes(self, record: Any, told: Told, version: int) -> dict[str, list[Any]]:
        policy, edited = self.work.policy, record.version > version
        return {
            name: [before, told.columns[name]]
            for name in self.edited
            if policy.update
            and (before := getattr(record, name)) != told.columns[name]
            and policy.takes(ASKED_AS.get(name, name), before, edited=edited)
        }


def _deal_key(row: Parsed) -> str:
    if "deal_id" in row.values:
        return f"id:{row.values['deal_id']}"
    return f"name:{fold(row.values['deal'])}" if "deal" in row.values else ""


def _people(row: Parsed) -> list[str]:
    return [*row.values.get("people", ()), *([row.values["person"]] if "person" in row.values else [])]


def _person_key(written: str) -> str:
    return f"email:{written.strip().lower()}" if "@" in written else f"name:{fold(written)}"
