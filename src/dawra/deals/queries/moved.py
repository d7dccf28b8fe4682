"""What moved in a week: new, forward, back, won, lost and slipped, with their worth and the deals behind each number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from dawra.access.actor import Actor
from dawra.deals.models import Deal, StageVisit
from dawra.deals.rules import LOST, OPEN, WON
from dawra.figures.money import Money
from dawra.journal import queries as journal

SHOWN = 50
KINDS = ("new", "forward", "back", "won", "lost", "slipped")


@dataclass(frozen=True, slots=True)
class Moved:
    """worth: in the base currency, as the deal stands now; zero for what slipped."""

    deal_id: UUID
    name: str
    worth: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Movement:
    """One kind of movement. deals: the newest first, at most SHOWN. A deal counts once a kind."""

    kind: str
    count: int
    worth: Money
    deals: tuple[Moved, ...]


def moved(actor: Actor, since: datetime, base_currency: str) -> list[Movement]:
    """From the visits begun since then and the journal's edits of close dates. 2 queries."""
    actor.must("deals.read")
    found: dict[str, dict[UUID, Moved]] = {kind: {} for kind in KINDS}
    for kind, one in _steps(actor, since, base_currency):
        found[kind].setdefault(one.deal_id, one)
    for one in _slipped(actor, since, base_currency):
        found["slipped"].setdefault(one.deal_id, one)
    return [
        Movement(
            kind,
            len(deals),
            Money(sum(d.worth.minor for d in deals.values()), base_currency),
            tuple(deals.values())[:SHOWN],
        )
        for kind, deals in found.items()
    ]


def _steps(actor: Actor, since: datetime, base: str) -> Iterable[tuple[str, Moved]]:
    """Visits begun since then beside the stage their deal came from; visits touch, so that is the one that ended then."""
    before = StageVisit.objects.filter(deal=OuterRef("deal"), entered_at__lt=OuterRef("entered_at"))
    earlier = before.order_by("-entered_at")
    rows = (
        StageVisit.objects.filter(entered_at__gte=since, deal__in=Deal.objects.visible_to(actor))
        .annotate(
            came_from=Subquery(earlier.values("stage__position")[:1]), came_type=Subquery(earlier.values("stage__type")[:1])
        )
        .order_by("-entered_at", "-id")
        .values_list(
            "deal_id", "deal__name", "deal__base_minor", "entered_at", "stage__type", "stage__position", "came_from", "came_type"
        )
    )  # fmt: skip
    for deal_id, name, worth, at, type_, position, came_from, came_type in rows:
        kind = kind_of(type_, position, came_from, came_type)
        if kind:
            yield kind, Moved(deal_id, name, Money(worth, base), at)


def kind_of(type_: str, position: int, came_from: int | None, came_type: str | None) -> str:
    """ "" for what is no movement between open stages: a reopened deal."""
    if type_ in (WON, LOST):
        return type_
    if came_from is None:
        return "new"
    if came_type != OPEN or position == came_from:
        return ""
    return "forward" if position > came_from else "back"


def _slipped(actor: Actor, since: datetime, base: str) -> Iterable[Moved]:
    """Deals whose close date went to a later month, by the names they had then."""
    visible = Deal.objects.visible_to(actor).values("pk")
    for deal_id, at, facts in journal.told_since("deals.deal_edited.1", since, visible):
        change = facts.get("changes", {}).get("expected_close_on")
        if change and later_month(change):
            yield Moved(deal_id, facts["deal"], Money(0, base), at)


def later_month(change: Any) -> bool:
    before, after = change
    if not before or not after:
        return False
    return date.fromisoformat(after).replace(day=1) > date.fromisoformat(before).replace(day=1)
