"""How lists of deals are asked: quick filters, and where a board is read on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.customers.listing_page import address
from dawra.deals.queries import table


@dataclass(frozen=True, slots=True)
class Quick:
    """One chip that is a whole question. url: turns it on, or off if it is on. names: the parameters it sets."""

    text: str | Promise
    url: str
    on: bool
    icon: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the board stands: which pipeline, and from where on one lane is read."""

    pipeline: UUID | None
    lane: str
    after: str


def place(asked: Mapping[str, str]) -> Place:
    """Raises Invalid."""
    wanted = asked.get("pipeline", "")
    try:
        pipeline = UUID(wanted) if wanted else None
    except ValueError:
        raise Invalid(_("There is no such pipeline."), field="pipeline") from None
    return Place(pipeline, asked.get("lane", "")[:40], asked.get("from", "")[:60])


def quick_filters(asked: QueryDict, today: date, *, sees_others: bool) -> list[Quick]:
    """Mine, the team's, closing this month, stalled, without a next step."""
    first = today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    offered: list[tuple[Any, str, dict[str, str]]] = []
    if sees_others:
        offered += [(_("My deals"), "star", {"owner": table.ME}), (_("My team's"), "users", {"owner": table.TEAM})]
    offered += [
        (_("Closing this month"), "", {"close__gte": first.isoformat(), "close__lte": last.isoformat()}),
        (_("Stalled"), "", {"stalled": "1"}),
        (_("No next step"), "", {"next_step": "0"}),
    ]
    return [_quick(asked, text, icon, wanted) for text, icon, wanted in offered]


def _quick(asked: QueryDict, text: Any, icon: str, wanted: dict[str, str]) -> Quick:
    on = all(asked.get(name) == value for name, value in wanted.items())
    changes: dict[str, str | None] = dict.fromkeys(wanted) if on else dict(wanted)
    return Quick(
        text,
        address(asked, **{"from": None, "lane": None, "after": None, "view": None}, **changes),
        on,
        icon,
        tuple(wanted),
    )


def in_quick(asked: QueryDict, quick: Iterable[Quick]) -> frozenset[str]:
    """Names of the parameters that quick filters in force already show."""
    return frozenset(name for one in quick if one.on for name in one.names if name in asked)
