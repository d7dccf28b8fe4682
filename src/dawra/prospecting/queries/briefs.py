"""Research briefs: what is written of a person or company, how whole and fresh it is, and who of us knows them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.kinds import fetch
from dawra.customers.queries.known import Knows, who_knows
from dawra.prospecting.models import BriefSettings, BriefSlot
from dawra.prospecting.rules import briefs as rules

KINDS = ("person", "company")
MOST_HISTORY = 100
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SlotCard:
    """One slot as it stands. text: "" where nothing is known."""

    slot: str
    text: str = ""
    source: str = ""
    evidence: str = ""
    written_at: datetime | None = None
    by: str = ""
    by_ar: str = ""
    is_stale: bool = False

    @property
    def link(self) -> str:
        """Where the source leads; only ever a scheme of ours."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Brief:
    kind: str
    record_id: UUID
    name: str
    name_ar: str
    slots: tuple[SlotCard, ...]
    whole: rules.Whole
    asked: rules.Suffices
    may_write: bool

    @property
    def suffices(self) -> bool:
        return rules.suffices(self.whole, self.asked)

    @property
    def stale(self) -> int:
        return self.whole.filled - self.whole.fresh


def suffices_when() -> rules.Suffices:
    """What the company asks of a brief. 1 query."""
    row = BriefSettings.objects.filter(pk=1).first()
    return rules.Suffices(row.needed_bp, row.fresh_days) if row else rules.Suffices()


def brief(actor: Actor, kind: str, record_id: UUID) -> Brief:
    """3 queries. Raises NotFound."""
    actor.must("prospecting.read")
    if kind not in KINDS:
        raise NotFound()
    actor.must("customers.read")
    record = fetch(actor, kind, record_id)
    asked = suffices_when()
    newest = {row.slot: row for row in _newest(kind, [record_id]) if row.text}
    written = {slot: row.written_at for slot, row in newest.items()}
    slots = tuple(_card(slot, newest.get(slot), actor.now, asked) for slot in rules.slots_of(kind))
    named = (str(getattr(record, "name", "")), str(getattr(record, "name_ar", "")))
    found = rules.whole(kind, written, actor.now, asked.fresh_days)
    return Brief(kind, record_id, *named, slots, found, asked, actor.may("prospecting.work"))


def history(actor: Actor, kind: str, record_id: UUID) -> list[SlotCard]:
    """Everything ever written, the newest first. 2 queries. Raises NotFound."""
    actor.must("prospecting.read")
    actor.must("customers.read")
    if kind not in KINDS:
        raise NotFound()
    fetch(actor, kind, record_id)
    rows = BriefSlot.objects.filter(record_kind=kind, record_id=record_id).select_related("written_by")
    asked = suffices_when()
    return [_card(row.slot, row, actor.now, asked) for row in rows.order_by("-written_at", "-id")[:MOST_HISTORY]]


def brief_is_enough(company_id: UUID | None, person_ids: Collection[UUID], now: datetime) -> bool:
    """Whether what is known of a company and of one of its people suffices; the best of the people counts. 2 queries.

    For records the caller has already been allowed to see: deals ask it before a stage is left.
    """
    return "" in enough_of({"": (company_id, person_ids)}, now)


def enough_of(of: Mapping[Key, tuple[UUID | None, Collection[UUID]]], now: datetime) -> set[Key]:
    """For which of many (company, people) what is known suffices; see brief_is_enough. 2 queries, none for nobody."""
    ids = {one for company_id, people in of.values() for one in (company_id, *people) if one}
    if not ids:
        return set()
    asked = suffices_when()
    written = _written(ids)
    return {key for key, (company_id, people) in of.items() if _is_enough(company_id, people, written, asked, now)}


def _is_enough(
    company_id: UUID | None,
    person_ids: Collection[UUID],
    written: Mapping[UUID | None, Mapping[str, datetime]],
    asked: rules.Suffices,
    now: datetime,
) -> bool:
    if not person_ids and not company_id:
        return False
    of_company = written.get(company_id, {}) if company_id else {}
    pairs: Iterable[Mapping[str, Mapping[str, datetime]]] = (
        [{"person": written.get(one, {}), "company": of_company} for one in person_ids]
        or [{"company": of_company}]
    )  # fmt: skip
    return any(rules.suffices(rules.together(pair, now, asked.fresh_days), asked) for pair in pairs)


def related(actor: Actor, kind: str, record_id: UUID) -> list[Knows]:
    """Who of us has dealt with them, the strongest first. 2 queries."""
    actor.must("customers.read")
    return who_knows(actor, record_id)


def _written(ids: Collection[UUID]) -> dict[UUID | None, dict[str, datetime]]:
    found: dict[UUID | None, dict[str, datetime]] = {}
    rows = BriefSlot.objects.filter(record_id__in=list(ids)).order_by("written_at", "id")
    for record_id, slot, text, at in rows.values_list("record_id", "slot", "text", "written_at"):
        mine = found.setdefault(record_id, {})
        if text:
            mine[slot] = at
        else:
            mine.pop(slot, None)
    return found


def _newest(kind: str, ids: Collection[UUID]) -> list[BriefSlot]:
    """1 query."""
    rows = BriefSlot.objects.filter(record_kind=kind, record_id__in=list(ids)).select_related("written_by")
    newest: dict[tuple[UUID, str], BriefSlot] = {}
    for row in rows.order_by("written_at", "id"):
        newest[row.record_id, row.slot] = row
    return list(newest.values())


def _card(slot: str, row: BriefSlot | None, now: datetime, asked: rules.Suffices) -> SlotCard:
    if row is None:
        return SlotCard(slot)
    by = row.written_by
    return SlotCard(
        slot, row.text, row.source, row.evidence, row.written_at, by.name if by else "", by.name_ar if by else "",
        bool(row.text) and rules.is_stale(row.written_at, now, asked.fresh_days),
    )  # fmt: skip
