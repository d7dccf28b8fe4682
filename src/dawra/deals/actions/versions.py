"""Deals move over to the current version of their pipeline: one by one, or all open ones in batches."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.deals import keeping, rules
from dawra.deals.models import Deal, PipelineVersion, Stage, StageVisit
from dawra.deals.queries.pipelines import stages_of
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue.deals import DealChangedVersion, PipelineSaved
from dawra.journal.models import Entry

BATCH = 100


@transaction.atomic
def change_version(actor: Actor, *, deal_id: UUID, version: int | None = None) -> Entry | None:
    """An open deal goes on in the current drawing of its pipeline. None if it is there already.

    A stage of the same code is the same stage: the visit goes on. Where the stage is gone, the deal enters the open
    stage nearest to it.

    Writes:  deals.deal_changed_version.1
    Raises:  Refused, NotFound, Stale, Conflict (closed)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, {"pipeline_version": None})
    current = current_version(deal.stage.version.pipeline_id)
    return _change(actor, deal, current, stages_of(current.pk))


@transaction.atomic
def change_all_versions(actor: Actor, *, pipeline_id: UUID) -> None:
    """Every open deal of a pipeline moves over to its current version, in the background.

    Writes:  deals.pipeline_saved.1 now, deals.deal_changed_version.1 for each deal
    Raises:  Refused, Conflict (not published)
    """
    actor.must("deals.pipelines")
    current = current_version(pipeline_id)
    pipeline = current.pipeline
    told = PipelineSaved(pipeline.pk, pipeline.name, {"version": [None, current.number]})
    journal.write(actor, told, about=[pipeline])
    jobs.enqueue("deals.change_versions", pipeline_id=str(pipeline_id), by=actor.name)


@jobs.job("deals.change_versions")
@transaction.atomic
def change_versions_batch(now: datetime, *, pipeline_id: str, by: str) -> None:
    """One batch of open deals that are in an older version, and the next batch enqueued with it."""
    actor = Actor.system(by, now)
    current = current_version(UUID(pipeline_id))
    stages = stages_of(current.pk)
    rows = Deal.objects.visible_to(actor).filter(state=rules.OPEN, stage__version__pipeline_id=pipeline_id)
    rows = rows.exclude(stage__version=current).select_related(*keeping.RELATED).order_by("id")
    batch = list(rows[:BATCH])
    for deal in batch:
        _change(actor, deal, current, stages)
    if len(batch) == BATCH:
        jobs.enqueue("deals.change_versions", pipeline_id=pipeline_id, by=by)


def current_version(pipeline_id: UUID) -> PipelineVersion:
    """The newest published version. Raises Conflict; 1 query."""
    rows = PipelineVersion.objects.filter(pipeline_id=pipeline_id, published_at__isnull=False)
    found = rows.order_by("-number").first()
    if found is None:
        raise Conflict(_("This pipeline has not been published yet."))
    return found


def _change(actor: Actor, deal: Deal, current: PipelineVersion, stages: list[Stage]) -> Entry | None:
    here = deal.stage
    if here.version_id == current.pk:
        return None
    to = rules.stage_after(stages, here.code, here.position)
    if deal.state != rules.OPEN or to is None:
        raise Conflict(_("Closed deals stay in the version they were closed in."))
    if to.code == here.code and to.type == rules.OPEN:
        follows = {} if deal.probability_source == "person" else {"probability_bp": to.probability_bp}
        keeping.keep(actor, deal, {"stage": to, **follows})
        StageVisit.objects.filter(deal=deal, exited_at__isnull=True).update(stage=to)
    else:
        keeping.enter(actor, deal, to, keeping.moment_of_move(actor, deal, None), {})
    told = DealChangedVersion(deal.pk, deal.name, here.pk, to.pk, current.number)
    return journal.write(actor, told, about=[deal])
