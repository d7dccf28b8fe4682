"""Whether a certificate goes with winning: closed deals by whether their owner held it that day, and the deals themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Deal
from dawra.deals.queries.answers import ShownShare
from dawra.deals.rules import OPEN, WON
from dawra.figures.money import BASIS_POINTS
from dawra.figures.training import Closed, Gap, Side, compare
from dawra.team.queries import training

MOST_FIGURED, MOST_SHOWN = 5_000, 200
PERIODS = (90, 365, 1825)
SIDES = CERTIFIED, WITHOUT = ("certified", "without")


@dataclass(frozen=True, slots=True)
class PathLine:
    id: UUID
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class SideCard:
    """share: won of closed deals. reps: who sold them."""

    side: str
    share: ShownShare
    reps: int


@dataclass(frozen=True, slots=True)
class GapCard:
    """Points of win rate with the 95 % interval; n deals of reps."""

    points: int
    low: int
    high: int
    n: int
    reps: int


@dataclass(frozen=True, slots=True)
class Report:
    """path: None where there is no training yet. between: all reps; within: the same reps with and without it.

    is_cut: only the newest MOST_FIGURED deals were read
    """

    path: PathLine | None
    paths: tuple[PathLine, ...]
    days: int
    sides: tuple[SideCard, ...]
    between: GapCard | None
    within: GapCard | None
    is_cut: bool


@dataclass(frozen=True, slots=True)
class DealLine:
    id: UUID
    name: str
    is_won: bool
    closed_at: Any
    owner: str
    owner_ar: str


@dataclass(frozen=True, slots=True)
class _Read:
    case: Closed
    line: DealLine


def report(actor: Actor, path_id: UUID | None = None, days: int = 365) -> Report:
    """Closed deals the actor may see that somebody owns. path_id: None = the first by name. Raises NotFound; 3 queries."""
    paths = _paths(actor)
    path = _chosen(paths, path_id)
    read = list(_read(actor, path.id, days)) if path else []
    found = compare(one.case for one in read)
    return Report(
        path=path,
        paths=paths,
        days=days,
        sides=(_side(CERTIFIED, found.certified), _side(WITHOUT, found.without)),
        between=_gap(found.between),
        within=_gap(found.within),
        is_cut=len(read) >= MOST_FIGURED,
    )


def deals_under(actor: Actor, path_id: UUID, days: int, side: str) -> tuple[PathLine, list[DealLine]]:
    """The deals a number stands on, the newest first; at most MOST_SHOWN. Raises NotFound; 3 queries."""
    path = _chosen(_paths(actor), path_id)
    if path is None or side not in SIDES:
        raise NotFound()
    found = [one.line for one in _read(actor, path.id, days) if one.case.certified == (side == CERTIFIED)]
    return path, found[:MOST_SHOWN]


def _paths(actor: Actor) -> tuple[PathLine, ...]:
    actor.must("deals.read")
    actor.must("team.read")
    return tuple(PathLine(*one) for one in training.named_paths(archived=True))


def _chosen(paths: tuple[PathLine, ...], path_id: UUID | None) -> PathLine | None:
    if path_id is None:
        return paths[0] if paths else None
    found = next((one for one in paths if one.id == path_id), None)
    if found is None:
        raise NotFound()
    return found


def _read(actor: Actor, path_id: UUID, days: int) -> Iterator[_Read]:
    held = training.spans(path_id)
    since = actor.now - timedelta(days=days)
    rows = Deal.objects.visible_to(actor).exclude(state=OPEN).filter(closed_at__gte=since, owner__isnull=False)
    columns = ("pk", "name", "state", "closed_at", "owner_id", "owner__name", "owner__name_ar")
    for pk, name, state, at, owner_id, owner, owner_ar in rows.order_by("-closed_at", "-id").values_list(*columns)[
        :MOST_FIGURED
    ]:
        day = timezone.localtime(at).date()
        certified = any(span.holds(day) for span in held.get(owner_id, ()))
        yield _Read(Closed(owner_id, certified, state == WON), DealLine(pk, name, state == WON, at, owner, owner_ar))


def _side(side: str, found: Side) -> SideCard:
    return SideCard(side, ShownShare(found.won, found.n, *map(_bp, (found.share, found.low, found.high))), found.reps)


def _gap(found: Gap | None) -> GapCard | None:
    if found is None:
        return None
    points, low, high = (round(100 * part) for part in (found.difference, found.low, found.high))
    return GapCard(points, low, high, found.n, found.reps)


def _bp(share: float | None) -> int | None:
    return None if share is None else round(share * BASIS_POINTS)
