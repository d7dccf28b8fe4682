"""Pipelines as they stand: their versions, stages, criteria and the reasons for an outcome."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import rules
from dawra.deals.models import Criterion, OutcomeReason, Pipeline, PipelineVersion, Stage
from dawra.figures.words import named


@dataclass(frozen=True, slots=True)
class CriterionCard:
    id: UUID
    sort: str
    detail: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class StageCard:
    """type: open, won or lost. probability_bp: basis points. criteria: what is asked before leaving it forward."""

    id: UUID
    version_id: UUID
    code: str
    name: str
    name_ar: str
    type: str
    position: int
    probability_bp: int
    stalled_after_days: int
    forecast_category: str
    criteria: tuple[CriterionCard, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionCard:
    """stages: in order, open ones first, then won and lost."""

    id: UUID
    pipeline_id: UUID
    number: int
    published_at: datetime | None
    stages: tuple[StageCard, ...]


@dataclass(frozen=True, slots=True)
class PipelineCard:
    """current: the newest published version, which new deals enter."""

    id: UUID
    name: str
    name_ar: str
    is_default: bool
    current: VersionCard | None


@dataclass(frozen=True, slots=True)
class ReasonCard:
    id: UUID
    outcome: str
    code: str
    name: str
    name_ar: str
    is_archived: bool = False


def pipelines(actor: Actor) -> list[PipelineCard]:
    """Pipelines in use with their current version, the default one first. 4 queries."""
    actor.must("deals.read")
    rows = list(Pipeline.objects.filter(archived_at__isnull=True).order_by("-is_default", "position", "id"))
    newest: dict[UUID, PipelineVersion] = {}
    for drawn in versions().filter(pipeline__in=rows, published_at__isnull=False).order_by("number"):
        newest[drawn.pipeline_id] = drawn
    return [pipeline_card(row, newest.get(row.pk)) for row in rows]


def pipeline(actor: Actor, pipeline_id: UUID | None = None) -> PipelineCard:
    """One pipeline, or the default one, with its current version. 4 queries. Raises NotFound."""
    actor.must("deals.read")
    rows = Pipeline.objects.filter(archived_at__isnull=True)
    row = (rows.filter(pk=pipeline_id) if pipeline_id else rows.order_by("-is_default", "position", "id")).first()
    if row is None:
        raise NotFound()
    newest = versions().filter(pipeline=row, published_at__isnull=False).order_by("-number").first()
    return pipeline_card(row, newest)


def other_pipelines(actor: Actor, pipeline_id: UUID) -> list[PipelineCard]:
    """Those in use a deal could go on in instead, published at least once. 4 queries."""
    return [one for one in pipelines(actor) if one.current is not None and one.id != pipeline_id]


def version(version_id: UUID) -> VersionCard:
    """Raises NotFound; 3 queries."""
    found = versions().filter(pk=version_id).first()
    if found is None:
        raise NotFound()
    return version_card(found)


def stages_of(version_id: UUID) -> list[Stage]:
    """The stages of one version in order: open ones, won, lost. 1 query."""
    return list(Stage.objects.filter(version_id=version_id).order_by("position", "id"))


def stage_of(actor: Actor, stage_id: UUID) -> Stage:
    """Raises NotFound; 1 query."""
    stage = Stage.objects.select_related("version__pipeline").filter(pk=stage_id).first()
    if stage is None:
        raise NotFound()
    return stage


def entrance(pipeline_id: UUID | None = None) -> Stage | None:
    """The first open stage of a pipeline's current version (the default pipeline's if none is named). 1 query."""
    stages = Stage.objects.filter(
        type=rules.OPEN, version__published_at__isnull=False, version__pipeline__archived_at__isnull=True
    )
    stages = stages.filter(version__pipeline_id=pipeline_id) if pipeline_id else stages
    return (
        stages.select_related("version__pipeline")
        .order_by("-version__pipeline__is_default", "version__pipeline__position", "-version__number", "position")
        .first()
    )


def entrance_stages(pipeline_id: UUID | None = None) -> list[Stage]:
    """Where a new deal may enter: the open stages of the default (or named) pipeline's current version. 2 queries."""
    first = entrance(pipeline_id)
    return [stage for stage in stages_of(first.version_id) if stage.type == rules.OPEN] if first else []


def stage_codes(language: str) -> list[tuple[str, str]]:
    """(code, name) of the open and won stages that deals can stand in, the default pipeline's first. 1 query.

    Codes are the same in every version, so what is kept by them outlives a new drawing. Two pipelines that share a
    code share what is asked there.
    """
    rows = Stage.objects.filter(version__published_at__isnull=False, version__pipeline__archived_at__isnull=True)
    rows = rows.exclude(type=rules.LOST).order_by(
        "-version__pipeline__is_default",
        "version__pipeline__position",
        "version__pipeline",
        "-version__number",
        "position",
    )
    found: dict[str, str] = {}
    newest: dict[UUID, UUID] = {}
    first: UUID | None = None
    for stage in rows.select_related("version__pipeline"):
        drawn = stage.version
        first = first or drawn.pipeline_id
        if newest.setdefault(drawn.pipeline_id, drawn.pk) == drawn.pk and stage.code not in found:
            name = named(stage.name, stage.name_ar, language)
            pipeline_name = named(drawn.pipeline.name, drawn.pipeline.name_ar, language)
            found[stage.code] = name if drawn.pipeline_id == first else f"{name} · {pipeline_name}"
    return list(found.items())


def reasons(outcome: str = "", *, with_archived: bool = False) -> list[ReasonCard]:
    """Why deals are won and lost, in order. 1 query."""
    rows = OutcomeReason.objects.all() if with_archived else OutcomeReason.objects.filter(archived_at__isnull=True)
    rows = rows.filter(outcome=outcome) if outcome else rows
    return [
        ReasonCard(r.pk, r.outcome, r.code, r.name, r.name_ar, r.archived_at is not None)
        for r in rows.order_by("-outcome", "position", "id")
    ]


def pipeline_card(row: Pipeline, version: PipelineVersion | None) -> PipelineCard:
    current = version_card(version) if version else None
    return PipelineCard(row.pk, row.name, row.name_ar, row.is_default, current)


def version_card(version: PipelineVersion) -> VersionCard:
    """Takes a version read by versions(), whose stages and criteria are at hand."""
    return VersionCard(
        version.pk,
        version.pipeline_id,
        version.number,
        version.published_at,
        tuple(stage_card(stage) for stage in version.stages.all()),
    )


def stage_card(stage: Stage, *, with_criteria: bool = True) -> StageCard:
    criteria = stage.criteria.all() if with_criteria else ()
    return StageCard(
        stage.pk,
        stage.version_id,
        stage.code,
        stage.name,
        stage.name_ar,
        stage.type,
        stage.position,
        stage.probability_bp,
        stage.stalled_after_days,
        stage.forecast_category,
        tuple(CriterionCard(c.pk, c.sort, c.detail, c.name, c.name_ar) for c in criteria),
    )


def versions() -> QuerySet[PipelineVersion]:
    """Versions with their stages and criteria in order at hand. 3 queries."""
    criteria = Prefetch("criteria", Criterion.objects.order_by("position", "id"))
    stages = Prefetch("stages", Stage.objects.order_by("position", "id").prefetch_related(criteria))
    return PipelineVersion.objects.prefetch_related(stages)
