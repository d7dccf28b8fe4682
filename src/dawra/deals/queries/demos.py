"""Demos: those of a deal, one whole, those to come, and what goes with winning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Field, Listing, Query
from dawra.deals import rules
from dawra.deals.models import Deal, Demo, DemoItem, DemoPerson
from dawra.deals.models.demo import DEMO_STATES, DEMO_TYPES, HELD, NO_SHOW, PLANNED
from dawra.deals.queries.answers import ShownShare, shown_share
from dawra.deals.words import DEMO_STATE, DEMO_TYPE, REACTION, ROLES
from dawra.figures.demos import DemoFigures, Shown, WinRate, figures
from dawra.figures.money import BASIS_POINTS
from dawra.figures.objections import share_of_n

MOST_COMING = 50
MOST_FIGURED = 20_000


@dataclass(frozen=True, slots=True)
class DemoCard:
    """One demo in a list. waits: its time has passed and nobody told how it went."""

    id: UUID
    version: int
    deal_id: UUID
    deal: str
    type: str
    type_name: Any
    state: str
    state_name: Any
    starts_at: datetime
    minutes: int
    moved: int
    items: int
    shown: int
    next_step: str
    next_step_on: date | None
    waits: bool


@dataclass(frozen=True, slots=True)
class ItemCard:
    name: str
    shown: bool
    reaction: str
    reaction_name: Any
    words: str


@dataclass(frozen=True, slots=True)
class AttendeeCard:
    """Somebody who is to be there. came: None until it is known."""

    id: UUID
    name: str
    name_ar: str
    role_name: Any
    came: bool | None


@dataclass(frozen=True, slots=True)
class DemoPage:
    card: DemoCard
    pains: tuple[str, ...]
    gaps: tuple[str, ...]
    items: tuple[ItemCard, ...]
    people: tuple[AttendeeCard, ...]


@dataclass(frozen=True, slots=True)
class RateCard:
    """name: of a feature, or a code. lift_low and lift_high: percent of the share of all; None where nothing is known."""

    name: str
    share: ShownShare
    is_few: bool
    lift_percent: int | None
    lift_low: int | None
    lift_high: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """held, missed: demos told as such. close, with_step, without_step, features: win rates of closed deals."""

    held: int
    no_show: ShownShare
    open_deals: int
    close: RateCard
    with_step: RateCard
    without_step: RateCard
    features: tuple[RateCard, ...]


def on_deal(actor: Actor, deal: Deal) -> list[DemoCard]:
    """Newest first. deal: one the actor has fetched. 1 query."""
    rows = list(_counted(Demo._base_manager.filter(deal=deal, deleted_at__isnull=True)).order_by("-starts_at", "-id"))
    for row in rows:
        row.deal = deal  # not joined: a hundred columns would be grouped by, of a row that is at hand
    return [_card(actor, row) for row in rows]


def demo(actor: Actor, demo_id: UUID, deal_id: UUID | None = None) -> DemoPage:
    """One demo whole. Raises NotFound, also for one of another deal; 3 queries."""
    actor.must("deals.read")
    rows = Demo.objects.visible_to(actor).select_related("deal").filter(pk=demo_id)
    found = list(_counted(rows.filter(deal_id=deal_id) if deal_id else rows))
    if not found:
        raise NotFound()
    row = found[0]
    items = DemoItem.objects.filter(demo=row).order_by("position", "id")
    people = DemoPerson.objects.filter(demo=row).select_related("person").order_by("id")
    return DemoPage(
        _card(actor, row),
        tuple(row.pains),
        tuple(row.gaps),
        tuple(ItemCard(i.name, i.shown, i.reaction, REACTION.get(i.reaction, ""), i.words) for i in items),
        tuple(
            AttendeeCard(p.person_id, p.person.name, p.person.name_ar, ROLES.get(p.role, ""), p.came) for p in people
        ),
    )


def coming(actor: Actor) -> list[DemoCard]:
    """Planned ones, those first whose time has passed. 1 query."""
    actor.must("deals.read")
    rows = Demo.objects.visible_to(actor).filter(state=PLANNED).select_related("deal")
    return _cards(actor, rows.order_by("starts_at", "id")[:MOST_COMING])


def was_held(deal_id: UUID) -> bool:
    """Whether the product was shown in a deal the actor has fetched. 1 query."""
    return Demo._base_manager.filter(deal_id=deal_id, state=HELD, deleted_at__isnull=True).exists()


def report(actor: Actor) -> Report:
    """Over the newest MOST_FIGURED demos of deals the actor may see. 3 queries."""
    actor.must("deals.read")
    visible = Demo.objects.visible_to(actor)
    told = dict(visible.order_by().values_list("state").annotate(n=Count("pk")))
    rows = visible.filter(state=HELD).order_by("-starts_at", "-id")[:MOST_FIGURED]
    held = list(rows.values_list("pk", "deal_id", "deal__state", "next_step"))
    ids = {row[0] for row in held}
    items = DemoItem.objects.filter(shown=True, demo__in=visible.filter(state=HELD).values("pk"))
    features: dict[UUID, set[str]] = {}
    names: dict[str, str] = {}
    for demo_id, folded, name in items.order_by("id").values_list("demo_id", "folded", "name"):
        if demo_id in ids:
            features.setdefault(demo_id, set()).add(folded)
            names[folded] = name
    return _report(told, figures(_cases(held, features)), names)


def _cases(held: Iterable[tuple[UUID, UUID, str, str]], features: dict[UUID, set[str]]) -> list[Shown]:
    """One case a deal: every feature shown in it, and whether its last demo ended with a next step."""
    deals: dict[UUID, Shown] = {}
    for demo_id, deal_id, state, step in held:  # newest first
        known, shown = deals.get(deal_id), frozenset(features.get(demo_id, ()))
        if known is None:
            deals[deal_id] = Shown(shown, bool(step), None if state == rules.OPEN else state == rules.WON)
        else:
            deals[deal_id] = Shown(known.features | shown, known.next_step, known.won)
    return list(deals.values())


def _report(told: dict[str, int], found: DemoFigures, names: dict[str, str]) -> Report:
    missed = told.get(NO_SHOW, 0)
    return Report(
        held=told.get(HELD, 0),
        no_show=shown_share(share_of_n(missed, missed + told.get(HELD, 0))),
        open_deals=found.open_deals,
        close=_rate(found.close, names),
        with_step=_rate(found.with_step, names),
        without_step=_rate(found.without_step, names),
        features=tuple(_rate(rate, names) for rate in found.features),
    )


def _rate(rate: WinRate, names: dict[str, str]) -> RateCard:
    share = ShownShare(rate.won, rate.n, *(_scaled(part, BASIS_POINTS) for part in (rate.share, rate.low, rate.high)))
    lifts = (_scaled(part, 100) for part in (rate.lift, rate.lift_low, rate.lift_high))
    return RateCard(names.get(rate.name, rate.name), share, rate.is_few, *lifts)


def _scaled(part: float | None, by: int) -> int | None:
    return None if part is None or part == float("inf") else round(part * by)


# For the API

LISTING = Listing(
    fields={
        "deal": Field("deal_id", "id"),
        "type": Field("type", "choice", choices=DEMO_TYPES),
        "state": Field("state", "choice", choices=DEMO_STATES),
        "starts": Field("starts_at", "moment"),
    },
    sorts={"starts": "starts_at"},
    default_sort="-starts",
)
PLAIN = (
    "id", "version", "deal_id", "activity_id", "type", "state", "starts_at", "minutes", "pains", "gaps", "next_step",
    "next_step_on", "moved", "created_at", "updated_at",
)  # fmt: skip


def plain_list(actor: Actor, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of demos, and the mark of the next. 3 queries."""
    actor.must("deals.read")
    page = LISTING.page(Demo.objects.visible_to(actor).values(*PLAIN), query)
    return _with_parts(page.rows), page.next


def plain(actor: Actor, demo_id: UUID) -> dict[str, Any]:
    """Raises NotFound; 3 queries."""
    actor.must("deals.read")
    rows = list(Demo.objects.visible_to(actor).filter(pk=demo_id).values(*PLAIN))
    if not rows:
        raise NotFound()
    return _with_parts(rows)[0]


def _with_parts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    parts: dict[str, dict[UUID, list[Any]]] = {"items": {}, "people": {}}
    columns: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
        "items": (DemoItem, ("demo_id", "name", "shown", "reaction", "words"), ("position", "id")),
        "people": (DemoPerson, ("demo_id", "person_id", "role", "came"), ("id",)),
    }
    for name, (model, wanted, order) in columns.items():
        for part in model.objects.filter(demo_id__in=ids).order_by(*order).values(*wanted):
            parts[name].setdefault(part.pop("demo_id"), []).append(part)
    return [{**row, **{name: found.get(row["id"], []) for name, found in parts.items()}} for row in rows]


# Pieces


def _counted(rows: Any) -> Any:
    return rows.annotate(n_items=Count("items"), n_shown=Count("items", filter=Q(items__shown=True)))


def _cards(actor: Actor, rows: Any) -> list[DemoCard]:
    return [_card(actor, row) for row in _counted(rows)]


def _card(actor: Actor, row: Any) -> DemoCard:
    return DemoCard(
        id=row.pk,
        version=row.version,
        deal_id=row.deal_id,
        deal=row.deal.name,
        type=row.type,
        type_name=DEMO_TYPE[row.type],
        state=row.state,
        state_name=DEMO_STATE[row.state],
        starts_at=row.starts_at,
        minutes=row.minutes,
        moved=row.moved,
        items=row.n_items,
        shown=row.n_shown,
        next_step=row.next_step,
        next_step_on=row.next_step_on,
        waits=row.state == PLANNED and row.starts_at + timedelta(minutes=row.minutes) < actor.now,
    )
