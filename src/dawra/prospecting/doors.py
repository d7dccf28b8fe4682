"""What prospecting asks of deals, which open these doors when the house starts: imports point down.

A lead that is accepted becomes an attempt to sell; what became of such attempts teaches the ideal customer profile and
the planner. This room never sees a deal, only these cards.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from dawra.access.actor import Actor


@dataclass(frozen=True, slots=True)
class DealOfLead:
    """The deal a lead led to, as its reader may see it. state: open, won or lost; address: "" where no door opens."""

    lead_id: UUID
    deal_id: UUID
    name: str
    state: str
    amount_minor: int
    currency: str
    address: str


@dataclass(frozen=True, slots=True)
class NewDealOfLead:
    """A deal to open. deal_id: link the lead to this one instead of opening another. name: of the new one."""

    lead_id: UUID
    name: str = ""
    person_id: UUID | None = None
    company_id: UUID | None = None
    source: str = ""
    campaign: str = ""
    deal_id: UUID | None = None
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A closed deal, as the ideal customer profile learns from it. base_minor: in the base currency."""

    deal_id: UUID
    company_id: UUID | None
    person_id: UUID | None
    is_won: bool
    opened_on: date
    closed_on: date
    base_minor: int
    source: str


@dataclass(frozen=True, slots=True)
class Averages:
    """What deals closed within a period say. None where there are too few to say anything; n: how many they rest on.

    per_stage: (name, Arabic name, how many entered, how many of those went on) of open stages in order
    """

    won: int
    lost: int
    base_minor: int | None
    cycle_days: int | None
    currency: str
    per_stage: tuple[tuple[str, str, int, int], ...]


class Deals(Protocol):
    def open_for(self, actor: Actor, new: NewDealOfLead, cause: Any) -> DealOfLead: ...
    def let_go(self, actor: Actor, lead_id: UUID, cause: Any) -> None: ...
    def of_leads(self, actor: Actor, lead_ids: Collection[UUID]) -> dict[UUID, DealOfLead]: ...
    def open_of(self, actor: Actor, person_id: UUID | None, company_id: UUID | None) -> list[DealOfLead]: ...
    def outcomes(self, actor: Actor, since: date | None = None) -> Iterator[Outcome]: ...
    def averages(self, actor: Actor, since: date, until: date) -> Averages: ...


@dataclass(slots=True)
class _Doors:
    deals: Deals | None = None


_doors = _Doors()


def open_deals(door: Deals) -> None:
    _doors.deals = door


def deals() -> Deals:
    assert _doors.deals, "deals have not opened their door"
    return _doors.deals
