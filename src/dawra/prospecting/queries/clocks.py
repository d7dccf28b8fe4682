"""By which calendar a lead's clock counts: the company's promise, holidays, and the hours of whoever has the lead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dawra.prospecting.models import Holiday, Settings
from dawra.prospecting.rules import Calendar
from dawra.prospecting.rules.clock import without
from dawra.team.queries.people import habits
from dawra.team.queries.working import Working, working

# How far back and ahead leaves and holidays are read for a clock that runs now.
AROUND = timedelta(days=120)
USUAL_HOURS = {str(day): ["09:00", "17:00"] for day in range(1, 8)}


@dataclass(frozen=True, slots=True)
class Promise:
    """What the company promises: minutes of working time, in which hours, on which days. version: of the settings."""

    target_minutes: int
    hours: dict[str, list[str]]
    weekend: tuple[int, ...]
    zone: str
    holidays: frozenset[date]
    version: int

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def calendar(self, member: Working | None = None) -> Calendar:
        """Whoever has no hours of their own keeps the company's; the weekend is free only by the company's hours."""
        if member is None:
            return Calendar(without(self.hours, self.weekend), self.zone, self.holidays)
        away = frozenset(day for leave in member.leaves for day in leave.days())
        hours = member.hours or without(self.hours, self.weekend)
        return Calendar(hours, member.zone or self.zone, self.holidays | away)


def promise() -> Promise:
    """3 queries."""
    company = habits()
    row = Settings.objects.filter(pk=1).first() or Settings()
    days = frozenset(Holiday.objects.values_list("on", flat=True))
    weekend = tuple(company.weekend_days)
    return Promise(row.target_minutes, row.hours or USUAL_HOURS, weekend, company.time_zone, days, row.version)


def at_work(ids: Collection[UUID] | None, now: datetime) -> dict[UUID, Working]:
    """Members with the leaves around now. 2 queries."""
    return working(ids, since=(now - AROUND).date(), until=(now + AROUND).date())


def calendar_of(kept: Promise, owner_id: UUID | None, now: datetime) -> Calendar:
    """2 queries, none for nobody."""
    if owner_id is None:
        return kept.calendar()
    return kept.calendar(at_work([owner_id], now).get(owner_id))
