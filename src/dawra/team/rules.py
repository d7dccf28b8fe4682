"""Decisions about the company and its people, on plain values. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

LANGUAGES = ("en", "ar")
WEEKDAYS = frozenset(range(1, 8))
DEEPEST_PATH = 800
INVITATION_LASTS = timedelta(days=7)
LONGEST_LEAVE = timedelta(days=730)
_CURRENCY = re.compile(r"[A-Z]{3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

REASONS = ("mention", "assigned", "shared", "asked", "answered", "training", "letter")


def is_currency(code: str) -> bool:
    return bool(_CURRENCY.fullmatch(code))


def is_country(code: str) -> bool:
    return code == "" or bool(_COUNTRY.fullmatch(code))


def are_weekdays(days: Sequence[int]) -> bool:
    """At least one working day is left."""
    return set(days) <= WEEKDAYS and len(set(days)) == len(days) < 7


def would_circle(path: str, under_path: str) -> bool:
    """A team cannot stand below itself. path, under_path: "/root/…/own/"."""
    return under_path.startswith(path)


def moved_path(path: str, old_top: str, new_top: str) -> str:
    """The path of a team in a subtree whose top went from old_top to new_top."""
    return new_top + path.removeprefix(old_top)


def working_hours(written: Mapping[str, Sequence[str]]) -> dict[str, list[str]] | None:
    """{"1": ["09:00", "17:00"]} by ISO weekday with each day ending after it begins; None if it is anything else."""
    kept: dict[str, list[str]] = {}
    for day, hours in written.items():
        if day not in {str(number) for number in WEEKDAYS} or len(hours) != 2:
            return None
        start, end = hours
        if not _CLOCK.fullmatch(start) or not _CLOCK.fullmatch(end):
            return None
        if time.fromisoformat(start) >= time.fromisoformat(end):
            return None
        kept[day] = [start, end]
    return kept


def wants(notify: Mapping[str, Sequence[str]], reason: str) -> bool:
    """Whether a member wants to be told in the app; who never chose is told of everything."""
    return "app" in notify.get(reason, ("app",))


def leave_fits(from_on: date, until_on: date) -> bool:
    return from_on <= until_on <= from_on + LONGEST_LEAVE
