"""The first-response clock: how much working time lies between two moments. Pure.

A calendar is whoever's who has the lead: working hours by weekday on their wall clock, days off (weekend, holidays,
leave). A day on which the wall clock jumps is as long as it really is: hours are counted between real moments.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
# A clock that finds no working time for so long is counted by the wall.
LONGEST_SEARCH = 400

Hours = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """hours: {"1": ["09:00", "17:00"]} by ISO weekday; empty = always at work. off: days without work."""

    hours: Hours
    zone: str = "UTC"
    off: frozenset[date] = frozenset()

    def is_at_work(self, at: datetime) -> bool:
        return not self.hours or any(begin <= at < end for begin, end in self.shifts(at, at + MINUTE))

    def shifts(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working times that touch the span, in order, as real moments."""
        zone = ZoneInfo(self.zone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        while day <= last:
            written = self.hours.get(str(day.isoweekday()))
            if written and day not in self.off:
                begins, ends = (datetime.combine(day, time.fromisoformat(one), zone).astimezone(UTC) for one in written)
                if begins < end and ends > start:
                    yield begins, ends
            day += timedelta(days=1)


def without(hours: Hours, weekend: Iterable[int]) -> dict[str, Sequence[str]]:
    """The hours of days that are no weekend."""
    free = {str(day) for day in weekend}
    return {day: span for day, span in hours.items() if day not in free}


def business_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Whole working minutes between two moments; 0 if end is not after start."""
    if end <= start:
        return 0
    if not calendar.hours:
        return (end - start) // MINUTE
    spent = sum((min(till, end) - max(since, start) for since, till in calendar.shifts(start, end)), timedelta())
    return spent // MINUTE


def due(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """When that many working minutes will have passed. 0 or fewer: at once."""
    left = timedelta(minutes=minutes)
    if left <= timedelta():
        return start
    if not calendar.hours:
        return start + left
    since = start
    for since, till in calendar.shifts(start, start + timedelta(days=LONGEST_SEARCH)):
        begins = max(since, start)
        if till - begins >= left:
            return begins + left
        left -= till - begins
    return since + left
