"""Scores at closing against what became of the deals: it goes with winning, it proves nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from dawra.access.actor import Actor
from dawra.deals import rules
from dawra.deals.models import Deal, Framework
from dawra.deals.queries.answers import ShownShare, shown_share
from dawra.figures.objections import share_of_n
from dawra.figures.qualification import WHOLE, outcomes

FEW = 10


@dataclass(frozen=True, slots=True)
class BandCard:
    """Closed deals with a score from low to high, both included; is_few: too few to read much into."""

    low: int
    high: int
    share: ShownShare
    is_few: bool


@dataclass(frozen=True, slots=True)
class ByFramework:
    id: UUID
    name: str
    name_ar: str
    n: int
    bands: tuple[BandCard, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """unscored: closed deals nothing was noted of."""

    frameworks: tuple[ByFramework, ...]
    unscored: ShownShare
    whole: int = WHOLE


def report(actor: Actor) -> Report:
    """Over the closed deals the actor may see. 3 queries."""
    actor.must("deals.read")
    closed = Deal.objects.visible_to(actor).filter(state__in=(rules.WON, rules.LOST)).order_by()
    scored = closed.filter(framework__isnull=False, qualification__isnull=False)
    counted = scored.values_list("framework", "qualification", "state").annotate(n=Count("pk"))
    of: dict[UUID, list[tuple[int, bool, int]]] = {}
    for framework_id, score, state, n in counted:
        of.setdefault(framework_id, []).append((score, state == rules.WON, n))
    names = Framework.objects.filter(pk__in=list(of)).order_by("name", "id").values_list("pk", "name", "name_ar")
    plain = dict(closed.filter(qualification__isnull=True).values_list("state").annotate(n=Count("pk")))
    won = plain.get(rules.WON, 0)
    return Report(
        tuple(_by_framework(pk, name, name_ar, of[pk]) for pk, name, name_ar in names),
        shown_share(share_of_n(won, won + plain.get(rules.LOST, 0))),
    )


def _by_framework(pk: UUID, name: str, name_ar: str, closed: list[tuple[int, bool, int]]) -> ByFramework:
    bands = tuple(
        BandCard(band.low, band.high, shown_share(share_of_n(band.won, band.n)), band.n < FEW)
        for band in outcomes(closed)
    )
    return ByFramework(pk, name, name_ar, sum(n for _score, _won, n in closed), bands)
