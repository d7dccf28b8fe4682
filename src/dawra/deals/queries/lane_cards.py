"""The cards of a board: the first of each lane, out of one statement, however many deals stand there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from operator import itemgetter
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
    row = Deal.objects.visible_to(actor).filter(pk=deal_id).values_list(*OWN, *_NAMES).first()
    if row is None:
        raise NotFound()
    return drawn([row], today)[0]


# What stands in the deal's own row; of whom it is, and with which company, is named once the deals are chosen.
OWN = (
    "id", "version", "name", "amount_minor", "currency", "stage_since", "stalls_on", "next_step", "expected_close_on",
    "board_on", "next_step_on", "open_objections", "last_activity_at", "plan_due_on", "probability_bp", "qualification",
)  # fmt: skip
_NAMES = ("company__name", "company__name_ar", "owner__name", "owner__name_ar")
_NAMED = (
    "SELECT d.*, c.name, c.name_ar, m.name, m.name_ar FROM (",
    ") AS d LEFT JOIN customers_company AS c ON c.id = d.company_id LEFT JOIN team_member AS m ON m.id = d.owner_id",
)
_ORDER = OWN.index("board_on"), OWN.index("id")


def first_of(
    after: Callable[[str], QuerySet[Any]], branches: Sequence[tuple[str, Mapping[Any, Any]]]
) -> list[list[tuple[Any, ...]]]:
    """What the first cards of several places show, one more for each than there is room for. 1 query, none for no branches.

    after:    deals from a mark on, with stand-ins in the place of what differs from branch to branch
    branches: the mark each begins at, and what takes the place of the stand-ins

    One branch each, joined by UNION ALL, each stopping after its own few index entries. Django cannot slice the
    branches of a union on SQLite, and compiling each alone would cost more than reading them: so one is compiled, and
    repeated with other values. Names are joined to the few that were chosen: a branch that must sort joined all before.
    """
    compiled: dict[str, Any] = {}
    parts: list[str] = []
    params: list[Any] = []
    for number, (mark, values) in enumerate(branches):
        if mark not in compiled:
            rows = after(mark).order_by("board_on", "id").values_list(*OWN, "company_id", "owner_id")[: CARDS + 1]
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            compiled[mark] = (compiler, *compiler.as_sql())
        _compiler, sql, its_params = compiled[mark]
        parts.append(f"SELECT b{number}.*, {number} AS branch FROM ({sql}) AS b{number}")  # noqa: S608 - compiled by Django
        params += [values.get(param, param) for param in its_params]
    found: list[list[tuple[Any, ...]]] = [[] for _branch in branches]
    if not parts:
        return found
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts).join(_NAMED), params)
        raw = cursor.fetchall()
    for *own, _company_id, _owner_id, branch, company, company_ar, owner, owner_ar in compiled[mark][0].results_iter(
        [raw]
    ):
        found[branch].append((*own, company, company_ar, owner, owner_ar))
    return [sorted(rows, key=itemgetter(*_ORDER)) for rows in found]


def cards_of(
    actor: Actor, lanes: Sequence[LaneStage], places: dict[str, str], stocked: set[UUID], looking: Looking
) -> dict[str, list[Card]]:
    """The first cards of each lane, one more than shown. 1 query, none for an empty board."""
    prepare = Deal._meta.get_field("stage").get_db_prep_value
    stand_in = prepare(_SENTINEL, connection)
    wanted = [(lane, stage_id) for lane in lanes for stage_id in lane.stage_ids if stage_id in stocked]

    def after(mark: str) -> QuerySet[Any]:
        rows = looking.narrow(Deal.objects.visible_to(actor))
        return rows.filter(beyond(mark), state=OPEN, stage_id=_SENTINEL)

    branches = [(places.get(lane.code, ""), {stand_in: prepare(stage_id, connection)}) for lane, stage_id in wanted]
    found: dict[str, list[tuple[Any, ...]]] = {lane.code: [] for lane in lanes}
    for (lane, _stage_id), rows in zip(wanted, first_of(after, branches), strict=True):
        found[lane.code] += rows
    for lane in lanes:
        if len(lane.stage_ids) > 1:
            found[lane.code] = sorted(found[lane.code], key=itemgetter(*_ORDER))[: CARDS + 1]
    return {code: drawn(rows, looking.today) for code, rows in found.items()}


def drawn(rows: Iterable[Sequence[Any]], today: date) -> list[Card]:
    """rows: OWN, then the names of company and owner. Days are those of the reader's zone, asked for once."""
    zone = timezone.get_current_timezone()
    return [card_of(row, today, zone) for row in rows]


def card_of(row: Sequence[Any], today: date, zone: tzinfo) -> Card:
    (
        pk,
        version,
        name,
        amount,
        currency,
        since,
        stalls_on,
        next_step,
        closes,
        board_on,
        next_step_on,
        objections,
        active_at,
        plan_due_on,
        probability,
        qualified,
        company,
        company_ar,
        owner,
        owner_ar,
    ) = row
    active_on = active_at.astimezone(zone).date() if active_at else None
    stands = health(
        Signs(
            today,
            stalls_on,
            next_step,
            next_step_on,
            closes,
            objections,
            active_on,
            plan_due_on,
            probability,
            qualified,
        )
    )
    return Card(
        id=pk,
        version=version,
        name=name,
        company=Named(company, company_ar) if company is not None else None,
        amount=Money(amount, currency),
        days=max(0, (today - since.astimezone(zone).date()).days),
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
