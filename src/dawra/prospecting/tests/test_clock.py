"""The first-response clock counts working time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dawra.prospecting.rules import Calendar, business_minutes, due

RIYADH = Calendar({day: ["09:00", "17:00"] for day in "12347"}, "Asia/Riyadh")  # Friday and Saturday off


def at(day: int, hour: int, minute: int = 0, zone: str = "Asia/Riyadh", month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def test_an_inquiry_on_thursday_evening_is_due_on_sunday_morning() -> None:
    assert due(RIYADH, at(19, 16, 30), 60) == at(22, 9, 30)
    assert business_minutes(RIYADH, at(19, 16, 30), at(22, 9, 30)) == 60


def test_a_holiday_stops_the_clock() -> None:
    off = Calendar(RIYADH.hours, RIYADH.zone, frozenset({date(2026, 11, 22)}))
    assert due(off, at(19, 16, 30), 60) == at(23, 9, 30)
    assert business_minutes(off, at(19, 16, 30), at(23, 9, 15)) == 45


def test_due_and_minutes_are_each_others_reverse() -> None:
    for minutes in (1, 30, 479, 480, 481, 2000):
        moment = due(RIYADH, at(18, 11, 13), minutes)
        assert business_minutes(RIYADH, at(18, 11, 13), moment) == minutes


def test_the_same_moment_is_work_in_riyadh_and_night_in_new_york() -> None:
    moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert RIYADH.is_at_work(moment)
    assert not Calendar(RIYADH.hours, "America/New_York").is_at_work(moment)


def test_a_day_on_which_the_clock_jumps_is_as_long_as_it_is() -> None:
    cairo = Calendar({"5": ["00:00", "08:00"]}, "Africa/Cairo")  # 24 April 2026: 00:00 becomes 01:00
    start, end = (datetime(2026, 4, 24, hour, tzinfo=ZoneInfo("Africa/Cairo")) for hour in (2, 3))
    assert business_minutes(cairo, start, end) == 60
    long = Calendar({"4": ["00:00", "23:00"]}, "Africa/Cairo")  # 29 October 2026 ends an hour late
    assert business_minutes(long, at(29, 0, 0, "Africa/Cairo", 10), at(29, 23, 0, "Africa/Cairo", 10)) >= 23 * 60


def test_without_hours_the_wall_clock_counts() -> None:
    always = Calendar({})
    assert due(always, at(20, 23), 120) == at(21, 1)
    assert business_minutes(always, at(20, 23), at(21, 1)) == 120


def test_time_does_not_run_backwards() -> None:
    assert business_minutes(RIYADH, at(23, 12), at(23, 10)) == 0
    assert due(RIYADH, at(23, 12), -5) == at(23, 12)
