"""How the playbook is followed: by whom, where reps differ, what goes with winning, and the deals under each number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.actor import Actor
from dawra.deals import plays, rules
from dawra.deals.models import Deal, Play, StageVisit, StepDone
from dawra.deals.plays import Stay
from dawra.deals.queries.answers import ShownShare
from dawra.deals.queries.pipelines import PipelineCard, StageCard, pipeline
from dawra.figures.adherence import FEW_OF_REP, Case, Mean, Spread, Stop, Winning, adherence, band_of
from dawra.figures.money import BASIS_POINTS

MOST_FIGURED, MOST_SHOWN = 5_000, 200
PERIODS = (90, 365, 1825)
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class MeanCard:
    """Of a rep or a stage. share: mean adherence; its n are deals, its hits the deals' summed shares, rounded."""

    id: UUID
    name: str
    name_ar: str
    share: ShownShare
    done: int
    due: int
    skipped: int
    is_few: bool


@dataclass(frozen=True, slots=True)
class StageCardLine:
    """low, high: the least and the most faithful rep with enough deals. between_bp: how reps differ beyond chance, None
    where it cannot be told."""

    stage: StageCard
    all: MeanCard
    reps: tuple[MeanCard, ...]
    counted: int
    low_bp: int | None
    high_bp: int | None
    between_bp: int | None


@dataclass(frozen=True, slots=True)
class BandCard:
    name: str
    share: ShownShare


@dataclass(frozen=True, slots=True)
class Difference:
    """Points in the win share between deals that followed closely and those that did little, with the interval."""

    points: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Report:
    """read: deals there were to count, at most the newest MOST_FIGURED; of them all there are `of`.

    difference: None with too little history; n closed deals
    """

    pipeline: PipelineCard
    days: int
    all: MeanCard
    reps: tuple[MeanCard, ...]
    stages: tuple[StageCardLine, ...]
    bands: tuple[BandCard, ...]
    difference: Difference | None
    closed: int
    read: int
    of: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class DealLine:
    id: UUID
    name: str
    state: str
    stage: Any
    owner: Any
    done: int
    due: int
    skipped: int


@dataclass(frozen=True, slots=True)
class _Read:
    """One deal with what it had to do. rest: as DealLine shows it."""

    id: UUID
    case: Case
    name: str
    state: str
    stage: Any
    owner: Any


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    name_ar: str


def report(actor: Actor, pipeline_id: UUID | None = None, days: int = 365) -> Report:
    """Deals the actor may see that moved or were closed in so many days. Raises NotFound; 8 queries, 10 beyond MOST_FIGURED."""
    book = pipeline(actor, pipeline_id)
    read = _read(actor, book, days)
    there = len(read) if len(read) < MOST_FIGURED else _moved(actor, book, days, _plays(book.id)).count()
    stages = [stage for stage in (book.current.stages if book.current else ()) if stage.type == rules.OPEN]
    found = adherence([one.case for one in read], [stage.code for stage in stages])
    names = {one.case.rep: one.owner for one in read if one.owner}
    by_code = {stage.code: stage for stage in stages}
    lines = []
    for line in found.stages:
        stage = by_code[line.stage]
        reps = tuple(_mean(one, names.get(one.key)) for one in line.reps)
        lines.append(StageCardLine(stage, _mean(line.all, stage), reps, line.spread.reps, *_spread(line.spread)))
    return Report(
        pipeline=book,
        days=days,
        all=_mean(found.all, None),
        reps=tuple(_mean(one, names.get(one.key)) for one in found.reps),
        stages=tuple(lines),
        bands=tuple(
            BandCard(band.name, ShownShare(band.won, band.n, *map(_bp, (band.share, band.low, band.high))))
            for band in found.winning.bands
        ),
        difference=_difference(found.winning),
        closed=found.winning.n,
        read=len(read),
        of=there,
        is_cut=len(read) < there,
    )


@dataclass(frozen=True, slots=True)
class Under:
    """Which deals of the report: of a rep (NOBODY for deals without one), of a band, closed ones only. Empty = all."""

    rep: UUID | None = None
    band: str = ""


def deals_under(actor: Actor, pipeline_id: UUID | None, days: int, under: Under) -> list[DealLine]:
    """The deals a number of the report stands on, the newest first; at most MOST_SHOWN. 8 queries."""
    lines = []
    for one in _read(actor, pipeline(actor, pipeline_id), days):
        share = one.case.share
        if share is None or (under.rep is not None and one.case.rep != under.rep):
            continue
        if under.band and (one.case.won is None or band_of(share) != under.band):
            continue
        lines.append(
            DealLine(
                one.id, one.name, one.state, one.stage, one.owner, one.case.done, one.case.due, one.case.skipped
            )
        )  # fmt: skip
    return lines[:MOST_SHOWN]


def _read(actor: Actor, book: PipelineCard, days: int) -> list[_Read]:
    actor.must("deals.read")
    written = _plays(book.id)
    if not written or book.current is None:
        return []
    rows = _moved(actor, book, days, written).order_by("-stage_since", "-id")[:MOST_FIGURED]
    stays, done = _stays(rows, book.id), _done(rows)
    stops = [Stop(stage.code, stage.position) for stage in book.current.stages if stage.type == rules.OPEN]
    columns = ("pk", "name", "state", "owner_id", "owner__name", "owner__name_ar", "stage__name", "stage__name_ar")
    found = []
    for pk, name, state, owner_id, owner, owner_ar, stage, stage_ar in rows.values_list(*columns):
        passed, skipped = plays.passed(stays.get(pk, ()), stops, written, done.get(pk, {}))
        won = None if state == rules.OPEN else state == rules.WON
        case = Case(owner_id or NOBODY, won, passed, len(skipped))
        of = _Name(owner, owner_ar) if owner_id else None
        found.append(_Read(pk, case, name, state, _Name(stage, stage_ar), of))
    return found


def _moved(actor: Actor, book: PipelineCard, days: int, written: list[plays.Play]) -> QuerySet[Deal]:
    """Those that moved or were closed since, and since anything was written at all."""
    since = max(min(play.at for play in written), actor.now - timedelta(days=days))
    return Deal.objects.visible_to(actor).filter(stage__version__pipeline_id=book.id, stage_since__gte=since)


def _plays(pipeline_id: UUID) -> list[plays.Play]:
    """All that was ever written, without its texts. 1 query."""
    rows = Play.objects.filter(drawn__pipeline_id=pipeline_id)
    columns = rows.values_list("pk", "code", "drawn__number", "number", "written_at", "steps")
    return [plays.Play(pk, code, drawn, n, at, plays.steps_of(steps)) for pk, code, drawn, n, at, steps in columns]


def _stays(deals: QuerySet[Deal], pipeline_id: UUID) -> dict[UUID, list[Stay]]:
    rows = StageVisit.objects.filter(deal__in=deals.values("pk"), stage__version__pipeline_id=pipeline_id)
    columns = ("deal_id", "stage__code", "stage__position", "stage__type", "stage__version__number", "exited_at")
    found: dict[UUID, list[Stay]] = {}
    for deal_id, *stay in rows.order_by("entered_at", "id").values_list(*columns):
        found.setdefault(deal_id, []).append(Stay(*stay))
    return found


def _done(deals: QuerySet[Deal]) -> dict[UUID, dict[tuple[str, str], datetime]]:
    found: dict[UUID, dict[tuple[str, str], datetime]] = {}
    rows = StepDone.objects.filter(deal__in=deals.values("pk"))
    for deal_id, code, step, at in rows.values_list("deal_id", "code", "step", "done_at"):
        found.setdefault(deal_id, {})[code, step] = at
    return found


def _mean(mean: Mean, named: Any) -> MeanCard:
    hits = round((mean.mean or 0) * mean.deals)
    share = ShownShare(hits, mean.deals, *map(_bp, (mean.mean, mean.low, mean.high)))
    key = mean.key if isinstance(mean.key, UUID) else NOBODY
    name, name_ar = (named.name, named.name_ar) if named else ("", "")
    return MeanCard(key, name, name_ar, share, mean.done, mean.due, mean.skipped, mean.deals < FEW_OF_REP)


def _spread(spread: Spread) -> tuple[int | None, int | None, int | None]:
    return _bp(spread.low), _bp(spread.high), _bp(spread.between)


def _difference(found: Winning) -> Difference | None:
    if found.difference is None or found.low is None or found.high is None:
        return None
    return Difference(*(round(100 * part) for part in (found.difference, found.low, found.high)))


def _bp(share: float | None) -> int | None:
    return None if share is None else round(share * BASIS_POINTS)
