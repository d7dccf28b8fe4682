"""The cards of a board: the first of each lane, out of one statement, however many deals stand there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.deals.models import Deal
from dawra.deals.queries.lanes import LaneStage, Named
from dawra.deals.rules import OPEN, is_stalled
from dawra.figures.deal_health import Signs, health
from dawra.figures.money import Money

CARDS = 25
_SENTINEL = UUID(int=0)

Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Card:
    """An open deal on the board. days: in its stage. rotten: stalled and without a next step.

    health: 0 to 100, level its tone (figures/deal_health); objections: how many are open
    """

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
    health: int
    level: str
    objections: int

    @property
    def mood(self) -> str:
        """What its edge shows: "", stalled or rotten."""
        return "" if not self.stalled else "stalled" if self.next_step else "rotten"

    @property
    def key(self) -> SafeString:
        """Its id as written in addresses; safe, so that a page of cards does not escape it six hundred times."""
        return SafeString(self.id)

    @property
    def rotten(self) -> bool:
        return self.stalled and not self.next_step

    @property
    def cursor(self) -> str:
        return f"{self.board_on.isoformat()}.{self.id.hex}"


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


def card(actor: Actor, deal_id: UUID, today: date) -> Card:
    """One open deal as a card. 1 query. Raises NotFound."""
    row = shown(Deal.objects.visible_to(actor).filter(pk=deal_id)).first()
    if row is None:
        raise NotFound()
    return card_of(row, today)


_COLUMNS = (
    "id", "version", "name", "company__name", "company__name_ar", "amount_minor", "currency", "stage_since", "stalls_on",
    "next_step", "owner__name", "owner__name_ar", "expected_close_on", "board_on", "next_step_on", "open_objections",
    "last_activity_at",
)  # fmt: skip


def shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("board_on", "id").values_list(*_COLUMNS)


def cards_of(
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
        next_step_on,
        objections,
        active_at,
    ) = row
    active_on = timezone.localdate(active_at) if active_at else None
    stands = health(Signs(today, stalls_on, next_step, next_step_on, closes, objections, active_on))
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
        health=stands.score,
        level=stands.level,
        objections=objections,
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
