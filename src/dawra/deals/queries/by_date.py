"""Open deals by the month they are expected to close in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Deal
from dawra.deals.queries.lane_cards import Card, Looking, beyond, drawn, first_of
from dawra.deals.rules import OPEN
from dawra.figures.money import Money

MONTHS = 6
CARDS = 10
OVERDUE, LATER, NONE = "overdue", "later", "none"
_FIRST, _LAST = date(1, 2, 3), date(1, 2, 4)  # stand for a group's days while its statement is compiled


@dataclass(frozen=True, slots=True)
class Span:
    """code: overdue, 2026-11, later or none. Half-open: from_on ≤ day < until_on. sets: the day a deal moved here gets."""

    code: str
    from_on: date
    until_on: date
    sets: date | None

    @property
    def is_month(self) -> bool:
        return self.code[:4].isdigit()


@dataclass(frozen=True, slots=True)
class Group:
    """total, weighted: in the base currency. after: cursor of the next cards, "" if there are none."""

    span: Span
    count: int
    total: Money
    weighted: Money
    cards: tuple[Card, ...]
    after: str


def spans(today: date) -> list[Span]:
    """Overdue, this month and the five after it, later, without a day.

    A deal moved to a month keeps its day there where it has one; see day_in.
    """
    first = today.replace(day=1)
    found = [Span(OVERDUE, date.min, today, None)]
    begin = first
    for _place in range(MONTHS):
        end = next_month(begin)
        last = end - timedelta(days=1)
        found.append(Span(f"{begin:%Y-%m}", max(begin, today), end, last))
        begin = end
    found.append(Span(LATER, begin, date.max, None))
    found.append(Span(NONE, date.max, date.max, None))
    return found


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def day_in(span: Span, was: date | None) -> date:
    """The same day of that month, as far as it has one and it has not gone by; its last day for a deal without a day."""
    assert span.sets is not None
    if was is None:
        return span.sets
    return min(max(span.from_on, span.sets.replace(day=min(was.day, span.sets.day))), span.sets)


def groups(actor: Actor, looking: Looking) -> list[Group]:
    """Sums from the index deal_by_close_date, and the first cards of each group. 2 queries."""
    actor.must("deals.read")
    return _groups(actor, spans(looking.today), looking)


def group(actor: Actor, code: str, looking: Looking) -> Group:
    """One group from looking.after on. 2 queries. Raises NotFound."""
    wanted = [one for one in spans(looking.today) if one.code == code]
    if not wanted:
        raise NotFound()
    return _groups(actor, wanted, looking)[0]


def _groups(actor: Actor, wanted: list[Span], looking: Looking) -> list[Group]:
    sums = _sums(actor, wanted, looking)
    rows = _first_rows(actor, [span for span in wanted if span.code in sums], looking)
    return [_group(span, sums.get(span.code, (0, 0, 0)), rows.get(span.code, []), looking) for span in wanted]


def _open(actor: Actor, looking: Looking, first: date, last: date) -> QuerySet[Any]:
    rows = looking.narrow(Deal.objects.visible_to(actor)).filter(state=OPEN)
    return rows.filter(board_on__gte=first, board_on__lte=last)


def _last_day(span: Span) -> date:
    return date.max if span.code == NONE else span.until_on - timedelta(days=1)


def _sums(actor: Actor, wanted: list[Span], looking: Looking) -> dict[str, tuple[int, int, int]]:
    """Group → how many deals, and how much they are worth. By day in the order of the index; by group here. 1 query."""
    days = _open(actor, looking, wanted[0].from_on, _last_day(wanted[-1])).order_by().values_list("board_on")
    found: dict[str, tuple[int, int, int]] = {}
    for day, count, total, weighted in days.annotate(
        n=Count("*"), total=Sum("base_minor"), weighted=Sum("weighted_minor")
    ):
        span = next((one for one in wanted if one.from_on <= day <= _last_day(one)), None)
        if span is not None:
            before = found.get(span.code, (0, 0, 0))
            found[span.code] = (before[0] + count, before[1] + total, before[2] + weighted)
    return found


def _first_rows(actor: Actor, wanted: list[Span], looking: Looking) -> dict[str, list[tuple[Any, ...]]]:
    """Group → what its first cards show, one more than there is room for. 1 query, none for no groups."""
    prepare = connection.ops.adapt_datefield_value
    branches = [
        (
            looking.after if looking.lane == span.code else "",
            {prepare(_FIRST): prepare(span.from_on), prepare(_LAST): prepare(_last_day(span))},
        )
        for span in wanted
    ]
    rows = first_of(lambda mark: _open(actor, looking, _FIRST, _LAST).filter(beyond(mark)), branches)
    return {span.code: found for span, found in zip(wanted, rows, strict=True)}


def _group(span: Span, sums: tuple[int, int, int], rows: Sequence[Sequence[Any]], looking: Looking) -> Group:
    count, total, weighted = sums
    cards = drawn(rows[:CARDS], looking.today)
    base = looking.base_currency
    more = cards[-1].cursor if len(rows) > CARDS else ""
    return Group(span, count, Money(total, base), Money(weighted, base), tuple(cards), more)
