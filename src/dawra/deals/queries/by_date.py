"""Open deals by the month they are expected to close in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, QuerySet, Sum, Value, When

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Deal
from dawra.deals.queries.lane_cards import Card, Looking, beyond, card_of, shown
from dawra.deals.rules import OPEN
from dawra.figures.money import Money

MONTHS = 6
CARDS = 10
OVERDUE, LATER, NONE = "overdue", "later", "none"


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
    """Sums from the index deal_by_close_date, and the first cards of each group. 2 queries and one more a group."""
    actor.must("deals.read")
    all_spans = spans(looking.today)
    sums = _sums(actor, all_spans, looking)
    return [_group(actor, span, sums.get(span.code, (0, 0, 0)), looking) for span in all_spans]


def group(actor: Actor, code: str, looking: Looking) -> Group:
    """One group from looking.after on. 2 queries. Raises NotFound."""
    span = next((one for one in spans(looking.today) if one.code == code), None)
    if span is None:
        raise NotFound()
    return _group(actor, span, _sums(actor, [span], looking).get(code, (0, 0, 0)), looking)


def _open(actor: Actor, looking: Looking) -> QuerySet[Any]:
    return looking.narrow(Deal.objects.visible_to(actor)).filter(state=OPEN)


def _within(rows: QuerySet[Any], span: Span) -> QuerySet[Any]:
    if span.code == NONE:
        return rows.filter(board_on=date.max)
    return rows.filter(board_on__gte=span.from_on, board_on__lt=span.until_on)


def _sums(actor: Actor, wanted: list[Span], looking: Looking) -> dict[str, tuple[int, int, int]]:
    whens = [
        When(board_on=date.max, then=Value(span.code))
        if span.code == NONE
        else When(board_on__gte=span.from_on, board_on__lt=span.until_on, then=Value(span.code))
        for span in wanted
    ]
    rows = _open(actor, looking).order_by()
    if len(wanted) == 1:
        rows = _within(rows, wanted[0])
    grouped = rows.annotate(span=Case(*whens, default=Value(""), output_field=CharField())).values_list("span")
    found = grouped.annotate(n=Count("*"), total=Sum("base_minor"), weighted=Sum("weighted_minor"))
    return {span: (n, total, weighted) for span, n, total, weighted in found}


def _group(actor: Actor, span: Span, sums: tuple[int, int, int], looking: Looking) -> Group:
    count, total, weighted = sums
    after = looking.after if looking.lane == span.code else ""
    rows: list[Any] = []
    if count:
        rows = list(shown(_within(_open(actor, looking), span).filter(beyond(after)))[: CARDS + 1])
    cards = [card_of(row, looking.today) for row in rows[:CARDS]]
    base = looking.base_currency
    more = cards[-1].cursor if len(rows) > CARDS else ""
    return Group(span, count, Money(total, base), Money(weighted, base), tuple(cards), more)
