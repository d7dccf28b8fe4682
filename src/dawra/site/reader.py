"""Whoever looks at the page: language, digits, calendar, zone and habits.

Presentation only; never a reason to show or hide a record.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from dawra.team.queries.people import workspace

LANGUAGES = ("en", "ar")
THEMES = ("light", "dark")
THEME_COOKIE = "dawra_theme"


@dataclass(frozen=True, slots=True)
class Reader:
    """language: en or ar. digits: latn or arab. calendar: gregorian or hijri. month_names: nile or levant.

    week_starts_on, weekend_days: ISO weekdays, Monday = 1. theme: "", light or dark. density: "" or compact.
    """

    language: str = "en"
    digits: str = "latn"
    calendar: str = "gregorian"
    month_names: str = "nile"
    time_zone: str = "UTC"
    week_starts_on: int = 7
    weekend_days: tuple[int, ...] = (5, 6)
    base_currency: str = "USD"
    theme: str = ""
    density: str = ""
    shortcuts: bool = True

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def other_language(self) -> str:
        return "en" if self.language == "ar" else "ar"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


_NOBODY = Reader()
_READER: ContextVar[Reader] = ContextVar("reader", default=_NOBODY)


def reading() -> Reader:
    """The reader of the page being rendered."""
    return _READER.get()


@contextmanager
def read_as(reader: Reader) -> Iterator[Reader]:
    """Everything rendered inside is for this reader."""
    token = _READER.set(reader)
    try:
        yield reader
    finally:
        _READER.reset(token)


def reader_of(request: Any, member: Any | None) -> Reader:
    """Who reads this request's page; also leaves the company at request.workspace.

    Cost: 1 query, none under /api/, whose answers hold no company habits.
    """
    request.workspace = None if request.path.startswith("/api/") else workspace()
    if member is not None:
        return reader_of_member(member, request.workspace)
    return reader_of_visitor(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        accepts=request.headers.get("Accept-Language", ""),
        theme=request.COOKIES.get(THEME_COOKIE, ""),
        workspace=request.workspace,
    )


def reader_of_member(member: Any, workspace: Any = None) -> Reader:
    """A signed-in member's own choices over the company's."""
    return Reader(
        language=member.language if member.language in LANGUAGES else "en",
        digits=member.digits,
        calendar=member.calendar,
        month_names=member.month_names,
        time_zone=member.time_zone or (workspace.time_zone if workspace else "UTC"),
        theme=member.theme,
        density=member.density,
        shortcuts=member.shortcuts,
        **_of_workspace(workspace),
    )


def reader_of_visitor(*, cookie: str = "", accepts: str = "", theme: str = "", workspace: Any = None) -> Reader:
    """Somebody not signed in: the language cookie, else the browser's wish, else the company's language.

    cookie: value of the language cookie. accepts: the Accept-Language header. theme: value of the theme cookie.
    """
    language = cookie if cookie in LANGUAGES else _wished(accepts) or (workspace.language if workspace else "en")
    return Reader(
        language=language,
        time_zone=workspace.time_zone if workspace else "UTC",
        theme=theme if theme in THEMES else "",
        **_of_workspace(workspace),
    )


def _of_workspace(workspace: Any) -> dict[str, Any]:
    if workspace is None:
        return {}
    return {
        "week_starts_on": workspace.week_starts_on,
        "weekend_days": tuple(workspace.weekend_days),
        "base_currency": workspace.base_currency,
    }


def _wished(accepts: str) -> str:
    """The first of our languages a browser asks for, by weight; "" if none."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepts.split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        try:
            share = float(weight) if weight else 1.0
        except ValueError:
            share = 0.0
        wishes.append((-share, place, name.strip().lower().split("-")[0]))
    return next((name for share, _, name in sorted(wishes) if name in LANGUAGES and share < 0), "")
