"""What a new workspace finds when it opens: a pipeline with its playbook and framework, reasons, answers, rules of proposals."""

from django.db import transaction

from dawra.access.actor import Actor
from dawra.deals import seeds
from dawra.deals.actions.answers import load_starters
from dawra.deals.actions.frameworks import load_starter_frameworks
from dawra.deals.actions.next_best import load_starter_rules
from dawra.deals.actions.playing import load_starter_plays
from dawra.deals.models import Criterion, Framework, OutcomeReason, Pipeline, PipelineVersion, Stage
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import PipelineAdded


@transaction.atomic
def start_with_defaults(actor: Actor) -> None:
    """The six stages, won and lost, and the usual reasons; whatever is there already stays as it is.

    Writes:  the first time deals.pipeline_added.1, deals.starter_answers_loaded.1, deals.starter_next_best_loaded.1,
             deals.starter_plays_loaded.1, deals.starter_frameworks_loaded.1
    """
    actor.must("deals.pipelines")
    for position, (outcome, code, name, name_ar) in enumerate(seeds.REASONS):
        OutcomeReason.objects.get_or_create(
            outcome=outcome, code=code, defaults={"name": name, "name_ar": name_ar, "position": position}
        )
    if Pipeline.objects.exists():
        return
    load_starters(actor)
    load_starter_rules(actor)
    name, name_ar = seeds.PIPELINE
    load_starter_frameworks(actor)
    first = Framework.objects.filter(is_starter=True, name=seeds.FRAMEWORK).first()
    pipeline = Pipeline.objects.create(name=name, name_ar=name_ar, is_default=True, framework=first)
    version = PipelineVersion.objects.create(pipeline=pipeline, number=1, published_at=actor.now)
    for position, seed in enumerate(seeds.STAGES):
        stage = Stage.objects.create(
            version=version,
            code=seed.code,
            name=seed.name,
            name_ar=seed.name_ar,
            type=seed.type,
            position=position,
            probability_bp=seed.probability_bp,
            stalled_after_days=seed.stalled_after_days,
            forecast_category=seed.forecast_category,
        )
        Criterion.objects.bulk_create(
            Criterion(stage=stage, sort=c.sort, detail=c.detail, name=c.name, name_ar=c.name_ar, position=place)
            for place, c in enumerate(seed.criteria)
        )
    journal.write(actor, PipelineAdded(pipeline.pk, pipeline.name), about=[pipeline])
    load_starter_plays(actor, pipeline_id=pipeline.pk)
