"""The board: what stands in each lane, how much it is worth, and the first cards.

Two things make it cheap at any size: the sums come out of one covering index, and the cards of all lanes out of one
statement that reads twenty-five index entries a lane, however many deals stand there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.deals.models import Deal
from dawra.deals.queries.lanes import Drawing, LaneStage, Named
from dawra.deals.rules import LOST, OPEN, WON, is_stalled
from dawra.figures.money import Money

CARDS = 25
_SENTINEL = UUID(int=0)

Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Card:
    """An open deal on the board. days: in its stage. rotten: stalled and without a next step."""

    id: UUID
    version: int
    name: str
    company: Named | None
    amount: Money
    days: int
    stalled: bool
    next_step: str
    owner: Named | None
    expected_close_on: date | None
    late: bool
    board_on: date

    @property
    def rotten(self) -> bool:
        return self.stalled and not self.next_step

    @property
    def cursor(self) -> str:
        return f"{self.board_on.isoformat()}.{self.id.hex}"


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


@dataclass(frozen=True, slots=True)
class Looking:
    """How somebody looks at the board.

    narrow: the filters, applied to what the actor may see
    today:  on the reader's calendar
    lane, after: where one lane is read on from
    """

    today: date
    base_currency: str
    narrow: Narrow = lambda rows: rows
    lane: str = ""
    after: str = ""


def board(actor: Actor, drawn: Drawing, looking: Looking) -> Board:
    """3 queries."""
    sums = _sums(actor, drawn.open_ids, looking)
    places = {lane.code: looking.after if lane.code == looking.lane else "" for lane in drawn.lanes}
    cards = _cards(actor, drawn.lanes, places, {row.stage_id for row in sums}, looking)
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
    cards = _cards(actor, [stage], {code: looking.after}, {row.stage_id for row in sums}, looking)
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


def card(actor: Actor, deal_id: UUID, today: date) -> Card:
    """One open deal as a card. 1 query. Raises NotFound."""
    row = shown(Deal.objects.visible_to(actor).filter(pk=deal_id)).first()
    if row is None:
        raise NotFound()
    return card_of(row, today)


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


# Cards


_COLUMNS = (
    "id", "version", "name", "company__name", "company__name_ar", "amount_minor", "currency", "stage_since", "stalls_on",
    "next_step", "owner__name", "owner__name_ar", "expected_close_on", "board_on",
)  # fmt: skip


def shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("board_on", "id").values_list(*_COLUMNS)


def _cards(
    actor: Actor, lanes: Sequence[LaneStage], places: dict[str, str], stocked: set[UUID], looking: Looking
) -> dict[str, list[Card]]:
    """The first cards of each lane, one more than shown. 1 query, none for an empty board.

    One branch a stage, joined by UNION ALL, each stopping after its own few index entries. Django cannot slice the
    branches of a union on SQLite, and compiling each alone would cost more than reading them: so one branch is
    compiled with a placeholder for the stage, and repeated with each stage's id in its place.
    """
    found: dict[str, list[Card]] = {lane.code: [] for lane in lanes}
    parts: list[str] = []
    params: list[Any] = []
    compiled: dict[str, Any] = {}
    of_stage: dict[UUID, str] = {}
    prepare = Deal._meta.get_field("stage").get_db_prep_value
    placeholder = prepare(_SENTINEL, connection)
    for lane in lanes:
        place = places.get(lane.code, "")
        for stage_id in lane.stage_ids:
            if stage_id not in stocked:
                continue
            if place not in compiled:
                rows = looking.narrow(Deal.objects.visible_to(actor)).filter(
                    beyond(place), state=OPEN, stage_id=_SENTINEL
                )
                chosen = rows.order_by("board_on", "id").values_list(*_COLUMNS, "stage_id")[: CARDS + 1]
                compiler = chosen.query.get_compiler(DEFAULT_DB_ALIAS)
                compiled[place] = (compiler, *compiler.as_sql())
            _compiler, sql, its_params = compiled[place]
            parts.append(f"SELECT * FROM ({sql}) AS lane_{len(parts)}")  # noqa: S608 - compiled by Django
            params += [prepare(stage_id, connection) if param == placeholder else param for param in its_params]
            of_stage[stage_id] = lane.code
    if not parts:
        return found
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        raw = cursor.fetchall()
    compiler = next(iter(compiled.values()))[0]
    for row in compiler.results_iter([raw]):
        found[of_stage[row[-1]]].append(card_of(row[:-1], looking.today))
    for lane in lanes:
        if len(lane.stage_ids) > 1:
            found[lane.code] = sorted(found[lane.code], key=lambda card: (card.board_on, card.id))[: CARDS + 1]
    return found


def card_of(row: Sequence[Any], today: date) -> Card:
    (
        pk,
        version,
        name,
        company,
        company_ar,
        amount,
        currency,
        since,
        stalls_on,
        next_step,
        owner,
        owner_ar,
        closes,
        board_on,
    ) = row
    return Card(
        id=pk,
        version=version,
        name=name,
        company=Named(company, company_ar) if company is not None else None,
        amount=Money(amount, currency),
        days=max(0, (today - timezone.localdate(since)).days),
        stalled=is_stalled(OPEN, stalls_on, today),
        next_step=next_step,
        owner=Named(owner, owner_ar) if owner is not None else None,
        expected_close_on=closes,
        late=closes is not None and closes < today,
        board_on=board_on,
    )


def beyond(place: str) -> Q:
    """The rows after a cursor in the order of a lane. Raises Invalid."""
    if not place:
        return Q()
    day, _dot, pk = place.partition(".")
    try:
        on, last = date.fromisoformat(day), UUID(pk)
    except ValueError:
        raise Invalid(_("The page mark in “after” is not one of ours."), field="after") from None
    # The first condition is implied by the second; it is what an index can begin with.
    return Q(board_on__gte=on) & (Q(board_on__gt=on) | Q(id__gt=last))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def week_of(day: date, starts_on: int) -> date:
    """The first day of the week a day is in. starts_on: ISO weekday, Monday = 1."""
    return day - timedelta(days=(day.isoweekday() - starts_on) % 7)
