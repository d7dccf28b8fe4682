"""Drawing pipelines: a draft is changed freely, published once, and never changed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.deals import rules, seeds
from dawra.deals.models import Criterion, Pipeline, PipelineVersion, Stage, StageVisit
from dawra.deals.models.deal import FORECAST_CATEGORIES
from dawra.deals.queries.pipelines import stages_of
from dawra.figures.money import BASIS_POINTS
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import PipelineAdded, PipelineDrafted, PipelinePublished, PipelineSaved
from dawra.journal.models import Entry
from dawra.team.queries import training

MOST_STAGES = 20
MOST_CRITERIA = 12
LONGEST_STALL = 3650
SORTS = ("box", "field", "activity", "playbook", "qualified", "certificate")
SCORES = frozenset(str(score) for score in range(1, 101))


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """sort: box, field (detail = its name), activity (detail = call, meeting, email, note; "" = any), or playbook (the
    required steps of this very stage), qualified (detail = the least score, 1 to 100), or certificate (detail = the id of
    the training path whose certificate the deal's owner must hold).
    """

    sort: str
    name: str
    name_ar: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NewStage:
    """stage_id: of the draft's stage it replaces; empty adds one. probability_bp: basis points."""

    name: str
    name_ar: str = ""
    type: str = rules.OPEN
    probability_bp: int = 0
    stalled_after_days: int = 14
    forecast_category: str = "pipeline"
    criteria: tuple[NewCriterion, ...] = ()
    stage_id: UUID | None = None


@transaction.atomic
def add_pipeline(actor: Actor, *, name: str, name_ar: str = "") -> PipelineVersion:
    """A second way of selling begins as a draft with the usual stages.

    Writes:  deals.pipeline_added.1
    Raises:  Refused, Invalid
    """
    actor.must("deals.pipelines")
    position = Pipeline.objects.count()
    pipeline = Pipeline.objects.create(name=_named(name), name_ar=name_ar.strip()[:80], position=position)
    version = PipelineVersion.objects.create(pipeline=pipeline, number=1)
    for place, seed in enumerate(seeds.STAGES):
        stage = Stage(version=version, code=seed.code, position=place, type=seed.type)
        criteria = tuple(NewCriterion(c.sort, c.name, c.name_ar, c.detail) for c in seed.criteria)
        usual = NewStage(
            seed.name,
            seed.name_ar,
            seed.type,
            seed.probability_bp,
            seed.stalled_after_days,
            seed.forecast_category,
            criteria,
        )
        _fill(stage, usual)
    journal.write(actor, PipelineAdded(pipeline.pk, pipeline.name), about=[pipeline])
    return version


@dataclass(frozen=True, slots=True)
class PipelineSaid:
    """is_default: new deals enter it. archived: put away."""

    name: str
    name_ar: str = ""
    is_default: bool = False
    archived: bool = False


@transaction.atomic
def save_pipeline(actor: Actor, *, pipeline_id: UUID, said: PipelineSaid, cause: Entry | None = None) -> None:
    """Rename a pipeline, make it the one new deals enter, or put it away; its deals stay.

    Writes:  deals.pipeline_saved.1
    Raises:  Refused, NotFound, Invalid, Conflict (the default one is not put away)
    """
    actor.must("deals.pipelines")
    pipeline = _pipeline(pipeline_id)
    if said.archived and (pipeline.is_default or said.is_default):
        raise Conflict(_("New deals enter the default pipeline. Make another one the default first."))
    published = PipelineVersion.objects.filter(pipeline=pipeline, published_at__isnull=False).exists()
    if said.is_default and not published:
        raise Conflict(_("Publish this pipeline before new deals enter it."))
    spoken = _named(said.name)
    wanted = {
        "name": spoken,
        "name_ar": said.name_ar.strip()[:80],
        "is_default": said.is_default or pipeline.is_default,
        "archived_at": (pipeline.archived_at or actor.now) if said.archived else None,
    }
    changes = {key: [getattr(pipeline, key), value] for key, value in wanted.items() if getattr(pipeline, key) != value}
    default_before = None
    if said.is_default:
        others = Pipeline.objects.exclude(pk=pipeline.pk).filter(is_default=True)
        default_before = others.values_list("pk", flat=True).first()
        others.update(is_default=False)
    Pipeline.objects.filter(pk=pipeline.pk).update(**wanted)
    told = PipelineSaved(pipeline.pk, spoken, changes, default_before)
    journal.write(actor, told, about=[pipeline], cause=cause)


@transaction.atomic
def draft_version(actor: Actor, *, pipeline_id: UUID) -> PipelineVersion:
    """The next version begins as a copy of the current one; a draft that is there already is gone on with.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound
    """
    actor.must("deals.pipelines")
    pipeline = _pipeline(pipeline_id)
    newest = PipelineVersion.objects.filter(pipeline=pipeline).order_by("-number").first()
    if newest is not None and newest.published_at is None:
        return newest
    draft = PipelineVersion.objects.create(pipeline=pipeline, number=newest.number + 1 if newest else 1)
    for stage in Stage.objects.filter(version=newest).order_by("position"):
        criteria = list(Criterion.objects.filter(stage=stage).order_by("position", "id"))
        copy = Stage(version=draft, code=stage.code, position=stage.position)
        same = tuple(NewCriterion(c.sort, c.name, c.name_ar, c.detail) for c in criteria)
        _fill(
            copy,
            NewStage(
                stage.name,
                stage.name_ar,
                stage.type,
                stage.probability_bp,
                stage.stalled_after_days,
                stage.forecast_category,
                same,
            ),
        )
    _tell_draft(actor, draft, "started")
    return draft


@transaction.atomic
def save_stage(actor: Actor, *, version_id: UUID, new: NewStage) -> Stage:
    """Add a stage to a draft or change one. Its code stays for good, so that figures know it in every version.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound, Invalid, Conflict (published)
    """
    actor.must("deals.pipelines")
    draft = _draft(version_id)
    _must_be_usable(new)
    stages = stages_of(draft.pk)
    stage = next((one for one in stages if one.pk == new.stage_id), None)
    if new.stage_id and stage is None:
        raise NotFound()
    if stage is None:
        if len(stages) >= MOST_STAGES:
            raise Conflict(_("A pipeline holds at most %(most)s stages."), most=MOST_STAGES)
        stage = Stage(version=draft, code=_code(new.name, {one.code for one in stages}), position=len(stages))
    _fill(stage, new)
    _put_in_order(stages_of(draft.pk))
    _tell_draft(actor, draft, stage.name)
    return stage


@transaction.atomic
def remove_stage(actor: Actor, *, stage_id: UUID) -> None:
    """Take a stage out of a draft.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound, Conflict (published)
    """
    actor.must("deals.pipelines")
    stage = Stage.objects.filter(pk=stage_id).first()
    if stage is None:
        raise NotFound()
    draft = _draft(stage.version_id)
    stage.delete()
    _tell_draft(actor, draft, stage.name)


@transaction.atomic
def order_stages(actor: Actor, *, version_id: UUID, stage_ids: Sequence[UUID]) -> None:
    """The open stages of a draft stand in this order; won and lost always come last.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound, Conflict (published)
    """
    actor.must("deals.pipelines")
    draft = _draft(version_id)
    places = {stage_id: place for place, stage_id in enumerate(stage_ids)}
    stages = sorted(stages_of(draft.pk), key=lambda stage: places.get(stage.pk, len(places) + stage.position))
    _put_in_order(stages)
    _tell_draft(actor, draft, "order")


@transaction.atomic
def publish_version(actor: Actor, *, version_id: UUID) -> PipelineVersion:
    """New deals enter this drawing from now on; open ones stay in theirs until they are moved over.

    Writes:  deals.pipeline_published.1
    Raises:  Refused, NotFound, Conflict (published, or without an open, a won and a lost stage)
    """
    actor.must("deals.pipelines")
    draft = _draft(version_id)
    types = {stage.type for stage in stages_of(draft.pk)}
    if types != {rules.OPEN, rules.WON, rules.LOST}:
        raise Conflict(_("A pipeline needs an open stage, one for won and one for lost deals."))
    PipelineVersion.objects.filter(pk=draft.pk).update(published_at=actor.now)
    pipeline = draft.pipeline
    journal.write(actor, PipelinePublished(pipeline.pk, pipeline.name, draft.number), about=[pipeline])
    return draft


@transaction.atomic
def unpublish_version(actor: Actor, *, pipeline_id: UUID, number: int, cause: Entry) -> None:
    """A version published by mistake is a draft again, as long as no deal has entered it.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("deals.pipelines")
    pipeline = _pipeline(pipeline_id)
    versions = PipelineVersion.objects.filter(pipeline=pipeline)
    version = versions.select_related("pipeline").filter(number=number, published_at__isnull=False).first()
    if version is None or versions.filter(number__gt=number).exists():
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    if StageVisit.objects.filter(stage__version=version).exists():
        raise Conflict(_("Deals have entered this version since, so it stays. Draft the next one."))
    if pipeline.is_default and not versions.filter(number__lt=number, published_at__isnull=False).exists():
        raise Conflict(_("New deals enter the default pipeline. Make another one the default first."))
    versions.filter(pk=version.pk).update(published_at=None)
    _tell_draft(actor, version, "unpublished", cause)


@transaction.atomic
def discard_draft(actor: Actor, *, version_id: UUID) -> None:
    """A draft is thrown away; no deal has ever been in it.

    Writes:  deals.pipeline_drafted.1
    Raises:  Refused, NotFound, Conflict (published, or the pipeline's only version)
    """
    actor.must("deals.pipelines")
    draft = _draft(version_id)
    if draft.number == 1:
        raise Conflict(_("A pipeline keeps its first version. Put the pipeline away instead."))
    _tell_draft(actor, draft, "discarded")
    Stage.objects.filter(version=draft).delete()
    draft.delete()


def _fill(stage: Stage, new: NewStage) -> None:
    stage.name, stage.name_ar, stage.type = _named(new.name), new.name_ar.strip()[:80], new.type
    stage.probability_bp, stage.stalled_after_days = new.probability_bp, new.stalled_after_days
    stage.forecast_category = new.forecast_category
    stage.save()
    Criterion.objects.filter(stage=stage).delete()
    Criterion.objects.bulk_create(
        Criterion(
            stage=stage,
            sort=c.sort,
            detail=stage.code if c.sort == "playbook" else c.detail,
            name=c.name[:160],
            name_ar=c.name_ar[:160],
            position=place,
        )
        for place, c in enumerate(new.criteria)
    )


def _must_be_usable(new: NewStage) -> None:
    if new.type not in (rules.OPEN, rules.WON, rules.LOST):
        raise Invalid(_("A stage is open, won or lost."), field="type")
    if not 0 <= new.probability_bp <= BASIS_POINTS:
        raise Invalid(_("A probability lies between 0 and 100 percent."), field="probability_bp")
    if not 0 <= new.stalled_after_days <= LONGEST_STALL:
        raise Invalid(_("Days are a whole number from 0; 0 means never."), field="stalled_after_days")
    if new.forecast_category not in FORECAST_CATEGORIES:
        raise Invalid(_("This is not one of the forecast categories."), field="forecast_category")
    if len(new.criteria) > MOST_CRITERIA or any(not c.name.strip() for c in new.criteria):
        raise Invalid(
            _("Each criterion needs a name, and a stage at most %(most)s of them."), field="criteria", most=12
        )
    if any(
        c.sort not in SORTS
        or (c.sort == "field" and not c.detail)
        or (c.sort == "qualified" and c.detail not in SCORES)
        for c in new.criteria
    ):
        raise Invalid(
            _("A criterion is a box, a field, an activity, the playbook, a certificate or a score from 1 to 100."),
            field="criteria",
        )
    asked = {c.detail for c in new.criteria if c.sort == "certificate"}
    if asked and not asked <= {str(path_id) for path_id, _name, _name_ar in training.named_paths(archived=True)}:
        raise Invalid(_("Choose one of the training paths for the certificate."), field="criteria")


def _put_in_order(stages: Sequence[Stage]) -> None:
    order = {rules.OPEN: 0, rules.WON: 1, rules.LOST: 2}
    for place, stage in enumerate(sorted(stages, key=lambda one: order[one.type])):
        if stage.position != place:
            Stage.objects.filter(pk=stage.pk).update(position=place)


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid(_("A name is needed."), field="name")
    return name.strip()[:80]


def _code(name: str, taken: set[str]) -> str:
    plain = slugify(fold(name)).replace("-", "_")[:30] or "stage"
    return next(code for n in range(1, 100) if (code := plain if n == 1 else f"{plain}_{n}") not in taken)


def _pipeline(pipeline_id: UUID) -> Pipeline:
    found = Pipeline.objects.filter(pk=pipeline_id).first()
    if found is None:
        raise NotFound()
    return found


def _draft(version_id: UUID) -> PipelineVersion:
    found = PipelineVersion.objects.select_related("pipeline").filter(pk=version_id).first()
    if found is None:
        raise NotFound()
    if found.published_at is not None:
        raise Conflict(_("A published version no longer changes. Draft the next one."))
    return found


def _tell_draft(actor: Actor, draft: PipelineVersion, what: str, cause: Entry | None = None) -> None:
    pipeline = draft.pipeline
    told = PipelineDrafted(pipeline.pk, pipeline.name, draft.number, what)
    journal.write(actor, told, about=[pipeline], cause=cause)
