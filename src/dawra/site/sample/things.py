"""The pieces of which a plan of the sample company is made. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dawra.figures.money import Money


@dataclass(frozen=True, slots=True)
class Setting:
    """weekend: ISO weekdays."""

    seed: int
    now: datetime
    base_currency: str
    weekend: frozenset[int]
    zone: str


@dataclass(frozen=True, slots=True)
class MemberPlan:
    id: UUID
    name: str
    name_ar: str
    role: str
    team: int


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    id: UUID
    name: str
    name_ar: str
    industry: str
    country: str
    city: str
    employees: int
    site: str
    owner: int
    created_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class PersonPlan:
    id: UUID
    name: str
    name_ar: str
    title: str
    company: int
    email: str
    phone: str
    language: str
    owner: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LinePlan:
    product: int
    quantity: int
    price_minor: int
    discount_bp: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class DealPlan:
    """visits: (stage code, entered, exited or None), gapless. owner: a member's place, -1 = who loads the sample."""

    id: UUID
    name: str
    company: int
    people: tuple[tuple[int, str], ...]
    owner: int
    lines: tuple[LinePlan, ...]
    amount: Money
    visits: tuple[tuple[str, datetime, datetime | None], ...]
    state: str
    reason: str
    next_step: str
    next_step_on: date | None
    close_on: date | None
    helper: int | None
    source: str
    competitors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    id: UUID
    what: str
    title: str
    body: str
    happened_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    owner: int
    deal: int
    person: int
    minutes: int | None
    direction: str


@dataclass(frozen=True, slots=True)
class RatePlan:
    currency: str
    rate: str
    valid_from_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    setting: Setting
    teams: tuple[UUID, ...]
    members: tuple[MemberPlan, ...]
    rates: tuple[RatePlan, ...]
    prices: tuple[int, ...]
    products: tuple[UUID, ...]
    companies: tuple[CompanyPlan, ...]
    people: tuple[PersonPlan, ...]
    deals: tuple[DealPlan, ...]
    activities: tuple[ActivityPlan, ...]
