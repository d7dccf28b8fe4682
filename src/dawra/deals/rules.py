"""Decisions about deals on plain values: what follows from what, and what may happen next. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeVar
from uuid import UUID

from dawra.figures.money import BASIS_POINTS, Money, line_total, share_of
from dawra.figures.words import western_digits

OPEN, WON, LOST = "open", "won", "lost"
MONTHS_A_YEAR = 12
LONGEST_RATE = 24
WANTED_ROLES = ("champion", "economic_buyer", "user", "influencer", "signatory")


class StageLike(Protocol):
    """Attributes of a stage the rules ask for."""

    @property
    def type(self) -> str: ...
    @property
    def position(self) -> int: ...


StageT = TypeVar("StageT", bound=StageLike)


# What follows from a deal's own values


@dataclass(frozen=True, slots=True)
class Worth:
    """What a deal's derived columns follow from.

    rate:        one unit of `currency` in the base currency
    active_on:   the later of entering the stage and the last activity
    stalled_after_days: 0 = this stage never counts as stalled
    """

    amount_minor: int
    currency: str
    base_currency: str
    rate: Decimal
    probability_bp: int
    expected_close_on: date | None
    state: str
    active_on: date
    stalled_after_days: int


@dataclass(frozen=True, slots=True)
class Derived:
    base_minor: int
    weighted_minor: int
    board_on: date
    stalls_on: date | None


def derived(worth: Worth) -> Derived:
    """The columns every change of a deal keeps in step; the only place that computes them."""
    base = Money(worth.amount_minor, worth.currency).converted(worth.rate, worth.base_currency).minor
    stalls = worth.state == OPEN and worth.stalled_after_days > 0
    return Derived(
        base_minor=base,
        weighted_minor=share_of(base, worth.probability_bp),
        board_on=worth.expected_close_on or date.max,
        stalls_on=worth.active_on + timedelta(days=worth.stalled_after_days) if stalls else None,
    )


def probability_in(stage_bp: int, current_bp: int, source: str) -> tuple[int, str]:
    """(probability, source) after entering a stage: the stage's, unless a person said otherwise."""
    return (current_bp, source) if source == "person" else (stage_bp, "stage")


def is_stalled(state: str, stalls_on: date | None, today: date) -> bool:
    return state == OPEN and stalls_on is not None and stalls_on <= today


# Moving


def goes_forward(here: StageLike, there: StageLike) -> bool:
    """Winning is forward, losing is not; between open stages the order decides."""
    if there.type == OPEN:
        return here.type == OPEN and there.position > here.position
    return there.type == WON and here.type == OPEN


def left_behind(stages: Iterable[StageT], here: StageLike, there: StageLike) -> list[StageT]:
    """The stages whose criteria a forward move answers for: the one it leaves and those it skips."""
    if not goes_forward(here, there):
        return []
    last = there.position if there.type == OPEN else None
    return [
        stage
        for stage in stages
        if stage.type == OPEN and stage.position >= here.position and (last is None or stage.position < last)
    ]


def may_move_at(at: datetime, entered_at: datetime, now: datetime) -> bool:
    """A move may be told late, but never before the visit it ends began, nor in the future."""
    return entered_at <= at <= now


@dataclass(frozen=True, slots=True)
class Ask:
    """One exit criterion. sort, detail: see models.Criterion; of the playbook the stage's code, of qualification the score,
    of a certificate the training path's id."""

    id: UUID | str
    sort: str
    detail: str
    name: str
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a deal can show: filled fields ("custom.<key>" for custom ones, a role for its people), kinds of logged
    activities, ticked criteria, codes of stages whose playbook is followed, the score of its qualification, training paths
    whose certificate its owner holds."""

    filled: frozenset[str]
    logged: frozenset[str]
    ticked: frozenset[UUID]
    followed: frozenset[str] = frozenset()
    qualification: int | None = None
    certified: frozenset[str] = frozenset()


def is_met(ask: Ask, shown: Shown) -> bool:
    match ask.sort:
        case "field":
            return ask.detail in shown.filled
        case "activity":
            return ask.detail in shown.logged if ask.detail else bool(shown.logged)
        case "playbook":
            return ask.detail in shown.followed
        case "certificate":
            return ask.detail in shown.certified
        case "qualified":
            return shown.qualification is not None and shown.qualification >= int(ask.detail)
        case _:
            return ask.id in shown.ticked


def unmet(asks: Iterable[Ask], shown: Shown) -> list[Ask]:
    return [ask for ask in asks if not is_met(ask, shown)]


def filled(values: Mapping[str, Any], custom: Mapping[str, Any], roles: Iterable[str]) -> frozenset[str]:
    """Names of what has a value: columns, custom.<key>, and the roles that are known."""
    names = {name for name, value in values.items() if value not in (None, "", 0, [], {})}
    names |= {f"custom.{key}" for key, value in custom.items() if value not in (None, "", [])}
    return frozenset(names | {role for role in roles if role})


def is_required_in(required_at: Iterable[str], stage: StageLike, positions: Mapping[str, int]) -> bool:
    """required_at: stage codes from which on a value is required. positions: of the codes in this version."""
    starts = [positions[code] for code in required_at if code in positions]
    return stage.type != LOST and bool(starts) and min(starts) <= stage.position


def stage_after(stages: Sequence[StageT], code: str, position: int) -> StageT | None:
    """Where a deal goes in another version: the stage of the same code, else the open one nearest in order."""
    same = next((stage for stage in stages if getattr(stage, "code", "") == code), None)
    if same is not None:
        return same
    open_ones = [stage for stage in stages if stage.type == OPEN]
    return min(open_ones, key=lambda stage: abs(stage.position - position), default=None)


# Products and splits


@dataclass(frozen=True, slots=True)
class Line:
    """One product of a deal. quantity: exact; discount_bp: basis points; recurs: "", month or year."""

    quantity: Decimal
    price_minor: int
    discount_bp: int = 0
    recurs: str = ""

    @property
    def total_minor(self) -> int:
        return line_total(self.quantity, self.price_minor, self.discount_bp)


@dataclass(frozen=True, slots=True)
class LinesSum:
    """once: paid one time. monthly: every month. first_year: what the deal's amount follows."""

    once_minor: int
    monthly_minor: int
    first_year_minor: int


def sum_of(lines: Iterable[Line]) -> LinesSum:
    """One-off lines, plus twelve months, plus a year: what the first year brings. A year counts a twelfth a month."""
    once = monthly = yearly = 0
    for line in lines:
        if line.recurs == "month":
            monthly += line.total_minor
        elif line.recurs == "year":
            yearly += line.total_minor
        else:
            once += line.total_minor
    twelfth = line_total(Decimal(1) / MONTHS_A_YEAR, yearly, 0)
    return LinesSum(once, monthly + twelfth, once + MONTHS_A_YEAR * monthly + yearly)


def in_first_year(line: Line) -> int:
    """A line's part of the first year, so that shown parts add up to the shown total."""
    return line.total_minor * (MONTHS_A_YEAR if line.recurs == "month" else 1)


def splits_add_up(revenue_bp: Sequence[int]) -> bool:
    """Revenue is shared whole or not at all; overlay credit is free."""
    return not revenue_bp or (sum(revenue_bp) == BASIS_POINTS and min(revenue_bp) > 0)


def missing_roles(roles: Iterable[str]) -> list[str]:
    known = set(roles)
    return [role for role in WANTED_ROLES if role not in known]


# Rates


def rate_of(text: str) -> Decimal | None:
    """An exact positive rate from what a person typed; None if it is none."""
    plain = western_digits(text.strip()).replace("\u066b", ".")
    if not 0 < len(plain) <= LONGEST_RATE:
        return None
    try:
        rate = Decimal(plain)
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and 0 < rate < Decimal(10) ** 9 else None
