"""The prospecting planner: each number with where it comes from, what follows, and what has come so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dawra.access.actor import Actor
from dawra.figures import planner
from dawra.figures.money import Money
from dawra.prospecting import doors
from dawra.prospecting.models import Lead, Plan
from dawra.prospecting.models.lead import ACCEPTED, REJECTED
from dawra.team.queries.people import habits

HISTORY_DAYS = 365
INPUTS = ("deal_minor", "win_bp", "lead_to_deal_bp", "cycle_days")
Averages = doors.Averages


@dataclass(frozen=True, slots=True)
class Input:
    """One number. value: what counts; own: what the history says, None where it says too little; n: of how many.

    typed: whether a person's number counts instead; by: who typed
    """

    name: str
    value: int | None
    own: int | None
    n: int
    typed: bool
    money: Money | None = None
    own_money: Money | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    name_ar: str
    entered: int
    went_on: int
    share_bp: int | None
    is_slowest: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """since, until: the history's period. week, month: what should have come by today against what came."""

    target: Money
    won: Money
    from_on: date
    until_on: date
    reps: int
    is_set: bool
    typed_by: Any
    typed_at: datetime | None
    since: date
    until: date
    inputs: tuple[Input, ...]
    needed: planner.Needed
    remaining: Money
    stages: tuple[Stage, ...]
    week: planner.Shortfall | None
    month: planner.Shortfall | None

    @property
    def last_on(self) -> date:
        return self.until_on - timedelta(days=1)

    @property
    def reached(self) -> bool:
        return self.is_set and not self.needed.remaining_minor and bool(self.target.minor)


def planned(actor: Actor) -> Planned:
    """By all deals and leads the actor sees. About 12 queries."""
    actor.must("prospecting.read")
    actor.must("deals.read")
    kept = habits()
    today = actor.now.astimezone(ZoneInfo(kept.time_zone)).date()
    plan = Plan.objects.select_related("typed_by").filter(pk=1).first()
    from_on, until_on = (plan.from_on, plan.until_on) if plan else _quarter(today)
    since, until = today - timedelta(days=HISTORY_DAYS), today + timedelta(days=1)
    history = doors.deals().averages(actor, since, until)
    won = doors.deals().averages(actor, from_on, min(until, until_on)) if from_on < until else None
    won_minor = (won.base_minor or 0) * won.won if won else 0
    typed = plan.typed if plan else {}
    inputs = _inputs(actor, history, typed, since)
    values = {one.name: one.value for one in inputs}
    asked = planner.Inputs(
        target_minor=plan.target_minor if plan else 0, won_minor=won_minor, from_on=from_on, until_on=until_on,
        today=today, reps=plan.reps if plan else 1, deal_minor=values["deal_minor"], win_bp=values["win_bp"],
        lead_to_deal_bp=values["lead_to_deal_bp"], cycle_days=values["cycle_days"],
    )  # fmt: skip
    found = planner.needed(asked)
    slowest = planner.slowest_stage([(entered, on) for _n, _a, entered, on in history.per_stage])
    week_from = today - timedelta(days=(today.isoweekday() - kept.week_starts_on) % 7)
    month_from = today.replace(day=1)
    week = month = None
    if found.a_week is not None:
        next_month = (month_from + timedelta(days=32)).replace(day=1)
        week = planner.shortfall(
            found.a_week, _came(actor, week_from, kept.time_zone), week_from, today, week_from + timedelta(days=7)
        )
        month = planner.shortfall(found.a_week, _came(actor, month_from, kept.time_zone), month_from, today, next_month)
    money = history.currency
    return Planned(
        target=Money(asked.target_minor, money), won=Money(won_minor, money), from_on=from_on, until_on=until_on,
        reps=asked.reps, is_set=plan is not None, typed_by=plan.typed_by if plan else None,
        typed_at=plan.typed_at if plan else None, since=since, until=today, inputs=inputs, needed=found,
        remaining=Money(found.remaining_minor, money),
        stages=tuple(
            Stage(name, name_ar, entered, on, round(on * 10_000 / entered) if entered else None, place == slowest)
            for place, (name, name_ar, entered, on) in enumerate(history.per_stage)
        ),
        week=week, month=month,
    )  # fmt: skip


def _inputs(actor: Actor, history: Averages, typed: Mapping[str, int], since: date) -> tuple[Input, ...]:
    begin = datetime.combine(since, time.min, UTC)
    decided = Lead.objects.visible_to(actor).filter(asked_at__gte=begin)
    accepted = decided.filter(status=ACCEPTED).count()
    leads = accepted + decided.filter(status=REJECTED).count()
    enough = history.won >= planner.LEAST_WON
    own: dict[str, tuple[int | None, int]] = {
        "deal_minor": (history.base_minor if enough else None, history.won),
        "win_bp": (planner.win_share(history.won, history.lost), history.won + history.lost),
        "lead_to_deal_bp": (planner.win_share(accepted, leads - accepted), leads),
        "cycle_days": (history.cycle_days if enough else None, history.won),
    }
    found = []
    for name in INPUTS:
        said, n = own[name]
        value = typed.get(name, said)
        is_money = name == "deal_minor"
        found.append(
            Input(
                name, value, said, n, name in typed,
                Money(value, history.currency) if is_money and value is not None else None,
                Money(said, history.currency) if is_money and said is not None else None,
            )
        )  # fmt: skip
    return tuple(found)


def _came(actor: Actor, since: date, zone: str) -> int:
    """Leads that came in since that day. 1 query."""
    begin = datetime.combine(since, time.min, ZoneInfo(zone))
    return int(Lead.objects.visible_to(actor).filter(asked_at__gte=begin, asked_at__lte=actor.now).count())


def _quarter(today: date) -> tuple[date, date]:
    begin = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return begin, (begin + timedelta(days=100)).replace(day=1)
