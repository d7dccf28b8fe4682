"""The whole playbook of a pipeline: what it says of each stage, how it was written, and each stage for whoever writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import plays, rules
from dawra.deals.models import Pipeline, PipelineVersion, Play, Stage
from dawra.deals.queries.pipelines import (
    PipelineCard,
    StageCard,
    VersionCard,
    pipeline_card,
    stage_card,
    version_card,
    versions,
)
from dawra.deals.words import MEETS


@dataclass(frozen=True, slots=True)
class StagePage:
    """play: None if nothing is written yet. written: how often it was; what a writer has seen."""

    stage: StageCard
    play: plays.Play | None
    written: int
    writer: str = ""
    writer_ar: str = ""

    @property
    def steps(self) -> list[tuple[plays.Step, Any]]:
        """Each with what meets it, in words."""
        return [(step, MEETS[step.by]) for step in (self.play.steps if self.play else ())]


@dataclass(frozen=True, slots=True)
class Playbook:
    """drawn: the drawing it is read for. draft: one that is being worked on, for whoever draws pipelines."""

    pipeline: PipelineCard
    drawn: VersionCard
    draft: VersionCard | None
    stages: tuple[StagePage, ...]

    @property
    def is_written(self) -> bool:
        return any(page.play for page in self.stages)

    @property
    def has_starters(self) -> bool:
        return any(page.play is not None and page.play.is_starter for page in self.stages)


def playbook(actor: Actor, pipeline_id: UUID | None = None, version_id: UUID | None = None) -> Playbook:
    """Of one pipeline or the default one; its current drawing, or the one named. Raises NotFound; 6 queries."""
    actor.must("deals.read")
    rows = Pipeline.objects.all() if pipeline_id else Pipeline.objects.filter(archived_at__isnull=True)
    row = (rows.filter(pk=pipeline_id) if pipeline_id else rows.order_by("-is_default", "position", "id")).first()
    if row is None:
        raise NotFound()
    drawings = list(versions().filter(pipeline=row).order_by("-number"))
    if not actor.may("deals.pipelines"):
        drawings = [one for one in drawings if one.published_at is not None]
    current = next((one for one in drawings if one.published_at is not None), None)
    drawn = (
        next((one for one in drawings if one.pk == version_id), None)
        if version_id
        else current or next(iter(drawings), None)
    )
    if drawn is None:
        raise NotFound()
    draft = next((one for one in drawings if one.published_at is None), None)
    kept = written_for(drawn)
    stages = [stage for stage in drawn.stages.all() if stage.type == rules.OPEN]
    return Playbook(
        pipeline_card(row, current),
        version_card(drawn),
        version_card(draft) if draft else None,
        tuple(_page(stage_card(stage), drawn.number, kept) for stage in stages),
    )


def page_of(actor: Actor, stage_id: UUID) -> tuple[PipelineVersion, StagePage]:
    """One stage's page and the drawing it belongs to. Raises NotFound, also for a stage that closes deals; 3 queries."""
    actor.must("deals.read")
    rows = Stage.objects.select_related("version__pipeline").prefetch_related("criteria")
    stage = rows.filter(pk=stage_id, type=rules.OPEN).first()
    if stage is None or not (stage.version.published_at or actor.may("deals.pipelines")):
        raise NotFound()
    return stage.version, _page(stage_card(stage), stage.version.number, written_for(stage.version, stage.code))


def written_for(drawn: PipelineVersion, code: str | None = None) -> list[Play]:
    """Everything ever written that this drawing has or inherits. 1 query."""
    rows = Play.objects.filter(drawn__pipeline_id=drawn.pipeline_id, drawn__number__lte=drawn.number)
    rows = rows.filter(code=code) if code else rows
    return list(rows.select_related("drawn", "written_by").order_by("drawn__number", "number"))


def as_play(row: Play) -> plays.Play:
    """Takes a row whose drawing is at hand."""
    return plays.Play(
        row.pk, row.code, row.drawn.number, row.number, row.written_at, plays.steps_of(row.steps), row.is_starter,
        row.todo, row.todo_ar, row.script, row.script_ar, plays.material_of(row.material),
    )  # fmt: skip


def _page(stage: StageCard, drawn: int, kept: Iterable[Play]) -> StagePage:
    mine = {row.pk: row for row in kept if row.code == stage.code}
    play = plays.in_force([as_play(row) for row in mine.values()], stage.code, drawn)
    by: Any = mine[play.id].written_by if play else None
    shown = play if play is not None and not play.is_empty else None
    return StagePage(stage, shown, len(mine), by.name if by else "", by.name_ar if by else "")
