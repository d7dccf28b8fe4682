"""The score kept at a deal: from its pipeline's framework and what was found out. The version of the deal stays."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dawra.deals import rules
from dawra.deals.models import Deal, Finding, Framework, Pipeline
from dawra.figures.qualification import Known, Qualification, Weighed, qualify
from dawra.journal import jobs

BATCH = 200


def weighed(criteria: Iterable[Mapping[str, Any]]) -> list[Weighed]:
    return [Weighed(one["code"], one["weight"]) for one in criteria]


def scored(framework: Framework, findings: Iterable[Finding]) -> Qualification:
    """How a deal stands by a framework; findings: those of that deal and framework. No query."""
    known = {one.code: Known(one.verdict, one.confidence) for one in findings}
    return qualify(weighed(framework.criteria), known)


def framework_of(deal: Deal) -> Framework | None:
    """By what a deal is qualified: its pipeline's framework, of a closed one what it was closed with. 0 or 1 query."""
    chosen = deal.stage.version.pipeline
    if deal.state != rules.OPEN and deal.framework_id not in (None, chosen.framework_id):
        return deal.framework
    return chosen.framework


def recount(deal: Deal) -> int | None:
    """What is found out about an open deal stands at the deal. Up to 3 queries."""
    framework = framework_of(deal)
    score = None
    if framework is not None:
        score = scored(framework, Finding.objects.filter(deal=deal, framework=framework)).score
    _keep({deal.pk: score}, framework)
    deal.qualification, deal.framework = score, framework if score is not None else None
    return score


@jobs.job("deals.requalify")
@transaction.atomic
def requalify_batch(now: datetime, *, pipeline_id: str, after: str) -> None:
    """Score a batch of open deals of a pipeline anew, and owe the next batch with it; closed ones keep their score."""
    pipeline = Pipeline.objects.select_related("framework").filter(pk=pipeline_id).first()
    if pipeline is None:
        return
    rows = Deal._base_manager.filter(state=rules.OPEN, stage__version__pipeline=pipeline)
    rows = rows.filter(pk__gt=UUID(after)) if after else rows
    ids = list(rows.order_by("id").values_list("pk", flat=True)[:BATCH])
    framework = pipeline.framework
    found: dict[UUID, list[Finding]] = {pk: [] for pk in ids}
    if framework is not None:
        for finding in Finding.objects.filter(deal_id__in=ids, framework=framework):
            found[finding.deal_id].append(finding)
    _keep({pk: scored(framework, found[pk]).score if framework else None for pk in ids}, framework)
    if len(ids) == BATCH:
        jobs.enqueue("deals.requalify", pipeline_id=pipeline_id, after=str(ids[-1]))


def _keep(scores: Mapping[UUID, int | None], framework: Framework | None) -> None:
    """One statement for each score that occurs."""
    by_score: dict[int | None, list[UUID]] = {}
    for pk, score in scores.items():
        by_score.setdefault(score, []).append(pk)
    for score, ids in by_score.items():
        rows = Deal._base_manager.filter(pk__in=ids)
        if score is None:
            rows.exclude(qualification=None).update(qualification=None, framework=None)
        else:
            rows.update(qualification=score, framework=framework)
