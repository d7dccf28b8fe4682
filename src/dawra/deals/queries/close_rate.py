"""How many of the deals that closed were won, by the furthest stage they reached, beside the period before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery

from dawra.access.actor import Actor
from dawra.deals import rules
from dawra.deals.models import Deal, StageVisit
from dawra.deals.queries.answers import ShownShare
from dawra.deals.queries.pipelines import PipelineCard, StageCard, pipeline
from dawra.figures.closing import FIELD_HIGH, FIELD_LOW, LEAST, CloseRate, Ended, close_rate
from dawra.figures.money import BASIS_POINTS
from dawra.figures.objections import Share

PERIODS = (90, 365, 1825)
FIELD_BP = (round(FIELD_LOW * BASIS_POINTS), round(FIELD_HIGH * BASIS_POINTS))


@dataclass(frozen=True, slots=True)
class PassageCard:
    stage: StageCard
    share: ShownShare
    is_little: bool
    is_weakest: bool


@dataclass(frozen=True, slots=True)
class LeverCard:
    """now, before: the stage's share of going on. becomes: the close rate with the share of before; gain in it."""

    stage: StageCard
    now: ShownShare
    before: ShownShare
    becomes_bp: int
    gain_bp: int
    low_bp: int
    high_bp: int


@dataclass(frozen=True, slots=True)
class CloseRateCard:
    """since, until: closed from, and before. where: below, within or above the band that the field reports."""

    pipeline: PipelineCard
    days: int
    since: datetime
    until: datetime
    rate: ShownShare
    is_little: bool
    least: int
    where: str
    field_bp: tuple[int, int]
    passages: tuple[PassageCard, ...]
    lever: LeverCard | None


def rate_of(actor: Actor, pipeline_id: UUID | None = None, days: int = 365) -> CloseRateCard:
    """Deals of one pipeline the actor may see, closed in so many days until now; open ones are not counted.

    Raises: NotFound, Refused    Cost: 7 queries, two of which count the closed deals of a period
    """
    book = pipeline(actor, pipeline_id)
    stages = [stage for stage in (book.current.stages if book.current else ()) if stage.type == rules.OPEN]
    since = actor.now - timedelta(days=days)
    now = _ended(actor, book.id, stages, since, actor.now)
    before = _ended(actor, book.id, stages, since - timedelta(days=days), since)
    found = close_rate(now, len(stages), before)
    weakest = found.weakest
    return CloseRateCard(
        pipeline=book,
        days=days,
        since=since,
        until=actor.now,
        rate=_shown(found.rate),
        is_little=found.is_little,
        least=LEAST,
        where=_where(found.rate.share),
        field_bp=FIELD_BP,
        passages=tuple(
            PassageCard(stages[one.stage], _shown(one.share), one.is_little, one is weakest) for one in found.passages
        ),
        lever=_lever(found, stages),
    )


def _ended(actor: Actor, pipeline_id: UUID, stages: list[StageCard], since: datetime, until: datetime) -> list[Ended]:
    """By the furthest open stage; one that is drawn no longer counts as the first, which every deal passed."""
    if not stages:
        return []
    visits = StageVisit.objects.filter(
        deal=OuterRef("pk"), stage__type=rules.OPEN, stage__version__pipeline_id=pipeline_id
    )
    furthest = visits.order_by("-stage__position", "-id").values("stage__code")[:1]
    closed = Deal.objects.visible_to(actor).filter(
        state__in=(rules.WON, rules.LOST), closed_at__gte=since, closed_at__lt=until,
        stage__version__pipeline_id=pipeline_id,
    )  # fmt: skip
    rows = (
        closed.annotate(furthest=Subquery(furthest)).order_by().values_list("furthest", "state").annotate(n=Count("pk"))
    )
    places = {stage.code: place for place, stage in enumerate(stages)}
    return [Ended(places.get(code or "", 0), state == rules.WON, n) for code, state, n in rows]


def _lever(found: CloseRate, stages: list[StageCard]) -> LeverCard | None:
    one = found.lever
    if one is None or found.rate.share is None:
        return None
    bps = [round(value * BASIS_POINTS) for value in (found.rate.share + one.gain, one.gain, one.low, one.high)]
    return LeverCard(stages[one.stage], _shown(one.now), _shown(one.before), *bps)


def _where(share: float | None) -> str:
    if share is None:
        return ""
    return "below" if share < FIELD_LOW else "above" if share > FIELD_HIGH else "within"


def _shown(one: Share) -> ShownShare:
    bps = [None if value is None else round(value * BASIS_POINTS) for value in (one.share, one.low, one.high)]
    return ShownShare(one.hits, one.n, *bps)
