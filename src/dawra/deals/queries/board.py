"""The board: what stands in each lane, how much it is worth, and the first cards.

Two things make it cheap at any size: the sums come out of one covering index, and the cards of all lanes out of one
statement that reads twenty-five index entries a lane, however many deals stand there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Sum
from django.utils import timezone

from dawra.access.actor import Actor
from dawra.deals.models import Deal
from dawra.deals.queries.lane_cards import CARDS, Card, Looking, cards_of
from dawra.deals.queries.lanes import Drawing, LaneStage
from dawra.deals.rules import LOST, OPEN, WON
from dawra.figures.money import Money


@dataclass(frozen=True, slots=True)
class Lane:
    """stage: what it is. total, weighted: in the base currency. currencies: those of its deals, most deals first.

    after: cursor of the next cards, "" if these are the last. more: how many are not shown.
    """

    stage: LaneStage
    count: int
    total: Money
    weighted: Money
    currencies: tuple[str, ...]
    cards: tuple[Card, ...]
    after: str
    more: int

    @property
    def mixed(self) -> bool:
        return len(self.currencies) > 1

    @property
    def converted(self) -> bool:
        return any(code != self.total.currency for code in self.currencies)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Won or lost in the month so far."""

    stage: LaneStage
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class Board:
    drawing: Drawing
    lanes: tuple[Lane, ...]
    outcomes: tuple[Outcome, ...]
    count: int
    total: Money
    weighted: Money


def board(actor: Actor, drawn: Drawing, looking: Looking) -> Board:
    """3 queries."""
    sums = _sums(actor, drawn.open_ids, looking)
    places = {lane.code: looking.after if lane.code == looking.lane else "" for lane in drawn.lanes}
    cards = cards_of(actor, drawn.lanes, places, {row.stage_id for row in sums}, looking)
    lanes = tuple(
        _lane(stage, sums, cards[stage.code], looking) for stage in drawn.lanes if stage.stage_id or _holds(stage, sums)
    )
    total, weighted = sum(row.total for row in sums), sum(row.weighted for row in sums)
    base = looking.base_currency
    return Board(
        drawn, lanes, _outcomes(actor, drawn, looking), sum(row.count for row in sums), Money(total, base), Money(weighted, base)
    )  # fmt: skip


def lane(actor: Actor, drawn: Drawing, code: str, looking: Looking) -> Lane:
    """One lane from looking.after on. 2 queries. Raises NotFound, Invalid."""
    stage = drawn.lane(code)
    sums = _sums(actor, stage.stage_ids, looking)
    cards = cards_of(actor, [stage], {code: looking.after}, {row.stage_id for row in sums}, looking)
    return _lane(stage, sums, cards[code], looking)


def heads(actor: Actor, drawn: Drawing, codes: Iterable[str], looking: Looking) -> list[Lane]:
    """The heads of some lanes, without cards, and nothing of those that are no open lanes. 1 query."""
    wanted = set(codes)
    stages = [stage for stage in drawn.lanes if stage.code in wanted]
    sums = _sums(actor, [pk for stage in stages for pk in stage.stage_ids], looking)
    return [_lane(stage, sums, [], looking) for stage in stages]


def outcomes(actor: Actor, drawn: Drawing, looking: Looking) -> tuple[Outcome, ...]:
    """1 query."""
    return _outcomes(actor, drawn, looking)


# Sums


@dataclass(frozen=True, slots=True)
class _Sum:
    stage_id: UUID
    currency: str
    count: int
    total: int
    weighted: int


def _sums(actor: Actor, stage_ids: Sequence[UUID], looking: Looking) -> list[_Sum]:
    """Count and worth by stage and currency, read from the index deal_board_sums alone. 1 query."""
    rows = looking.narrow(Deal.objects.visible_to(actor)).filter(state=OPEN, stage_id__in=stage_ids)
    grouped = rows.order_by().values_list("stage_id", "currency")
    return [
        _Sum(*row) for row in grouped.annotate(n=Count("*"), total=Sum("base_minor"), weighted=Sum("weighted_minor"))
    ]


def _holds(stage: LaneStage, sums: Iterable[_Sum]) -> bool:
    return any(row.stage_id in stage.stage_ids for row in sums)


def _lane(stage: LaneStage, sums: Iterable[_Sum], cards: Sequence[Card], looking: Looking) -> Lane:
    own = [row for row in sums if row.stage_id in stage.stage_ids]
    by_currency: dict[str, int] = defaultdict(int)
    for row in own:
        by_currency[row.currency] += row.count
    shown, beyond = cards[:CARDS], len(cards) > CARDS
    count = sum(row.count for row in own)
    return Lane(
        stage=stage,
        count=count,
        total=Money(sum(row.total for row in own), looking.base_currency),
        weighted=Money(sum(row.weighted for row in own), looking.base_currency),
        currencies=tuple(sorted(by_currency, key=lambda code: (-by_currency[code], code))),
        cards=tuple(shown),
        after=shown[-1].cursor if beyond else "",
        more=count - len(shown) if beyond and not looking.after else 0,
    )


def _outcomes(actor: Actor, drawn: Drawing, looking: Looking) -> tuple[Outcome, ...]:
    stages = [stage for stage in (drawn.won, drawn.lost) if stage is not None]
    since = midnight(looking.today.replace(day=1))
    ids = [pk for stage in stages for pk in stage.stage_ids]
    rows = looking.narrow(Deal.objects.visible_to(actor)).filter(
        state__in=[WON, LOST], closed_at__gte=since, stage_id__in=ids
    )
    found = {
        state: (count, total)
        for state, count, total in rows.order_by().values_list("state").annotate(n=Count("*"), total=Sum("base_minor"))
    }
    return tuple(
        Outcome(stage, found.get(stage.type, (0, 0))[0], Money(found.get(stage.type, (0, 0))[1], looking.base_currency))
        for stage in stages
    )  # fmt: skip


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def week_of(day: date, starts_on: int) -> date:
    """The first day of the week a day is in. starts_on: ISO weekday, Monday = 1."""
    return day - timedelta(days=(day.isoweekday() - starts_on) % 7)
