"""A deal goes from stage to stage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Invalid
from dawra.deals import keeping, rules
from dawra.deals.actions.versions import current_version
from dawra.deals.models import Deal, Stage, StageOverride
from dawra.deals.queries import criteria, pipelines
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealChangedPipeline, DealMoved
from dawra.journal.models import Entry

CHANGED = ("stage_id", "stage_since", "probability_bp", "probability_source", "forecast_category")


class CriteriaUnmet(Answer):
    """A forward move without everything its stage asks for; say why and it goes through.

    facts: deal_id, to_stage_id, unmet [{id, sort, detail, name, name_ar}]
    """

    code = "criteria_unmet"
    sentence = _("Some criteria of this stage are not met yet. The move goes through with a reason, which is kept.")


class DealClosed(Answer):
    """A won or lost deal was asked to do what only open ones do."""

    code, status = "deal_closed", 409
    sentence = _("This deal is closed. Reopening it comes first.")


class NeedsReason(Answer):
    """Winning and losing ask for the reason. facts: deal_id, to_stage_id, outcome"""

    code = "needs_reason"
    sentence = _("Closing a deal needs a reason from the list.")


@dataclass(frozen=True, slots=True)
class Move:
    """to: the stage. version: of the deal as last seen. override: why unmet criteria may be passed over.

    at: when it happened, if told late
    """

    to: UUID
    version: int | None = None
    override: str = ""
    at: datetime | None = None


@transaction.atomic
def move_deal(actor: Actor, *, deal_id: UUID, move: Move, cause: Entry | None = None) -> Entry | None:
    """An open deal goes to another open stage of its pipeline. None if it is there already.

    Writes:  deals.deal_moved.1
    Raises:  Refused, NotFound, Stale, CriteriaUnmet, DealClosed, NeedsReason (to a won or lost stage), Invalid
    Cost:    about 15 queries forward, 8 backward
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, move.version, {"stage_id": move.to})
    if deal.stage_id == move.to:
        return None
    stages = pipelines.stages_of(deal.stage.version_id)
    to = stage_among(stages, move.to)
    if to.type != rules.OPEN:
        raise NeedsReason(deal_id=deal.pk, to_stage_id=to.pk, outcome=to.type)
    must_be_open(deal)
    at = keeping.moment_of_move(actor, deal, move.at)
    override = may_leave(actor, deal, to, stages, at, move.override)
    here, stood = deal.stage, keeping.before(deal, CHANGED)
    visit = keeping.enter(actor, deal, to, at, {})
    moved = DealMoved(
        deal_id=deal.pk,
        deal=deal.name,
        from_stage_id=here.pk,
        from_stage=here.name,
        to_stage_id=to.pk,
        to_stage=to.name,
        amount_minor=deal.amount_minor,
        currency=deal.currency,
        override=override,
        before=stood,
        visit_id=visit.pk,
    )
    return journal.write(actor, moved, about=[deal], at=at, cause=cause)


@transaction.atomic
def change_pipeline(actor: Actor, *, deal_id: UUID, move: Move, cause: Entry | None = None) -> Entry | None:
    """An open deal goes on in another pipeline, in an open stage of its current version.

    Criteria are not asked: it is another way of selling, not a step on this one.

    Writes:  deals.deal_changed_pipeline.1
    Raises:  Refused, NotFound, Stale, DealClosed, NeedsReason (to a won or lost stage), Conflict (not published), Invalid
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, move.version, {"stage_id": move.to})
    must_be_open(deal)
    to = pipelines.stage_of(actor, move.to)
    theirs, ours = to.version.pipeline, deal.stage.version.pipeline
    if theirs.pk == ours.pk:
        raise Invalid(_("The deal is in this pipeline already."), field="stage_id")
    if theirs.archived_at is not None or to.version_id != current_version(theirs.pk).pk:
        raise Invalid(_("Deals enter the current version of a pipeline in use."), field="stage_id")
    if to.type != rules.OPEN:
        raise NeedsReason(deal_id=deal.pk, to_stage_id=to.pk, outcome=to.type)
    at = keeping.moment_of_move(actor, deal, move.at)
    here, stood = deal.stage, keeping.before(deal, CHANGED)
    visit = keeping.enter(actor, deal, to, at, {})
    told = DealChangedPipeline(
        deal_id=deal.pk,
        deal=deal.name,
        from_stage_id=here.pk,
        from_pipeline=ours.name,
        to_stage_id=to.pk,
        to_pipeline=theirs.name,
        to_stage=to.name,
        amount_minor=deal.amount_minor,
        currency=deal.currency,
        before=stood,
        visit_id=visit.pk,
    )
    return journal.write(actor, told, about=[deal], at=at, cause=cause)


def stage_among(stages: list[Stage], stage_id: UUID) -> Stage:
    """Raises Invalid for a stage of another pipeline or version."""
    found = next((stage for stage in stages if stage.pk == stage_id), None)
    if found is None:
        raise Invalid(_("This stage is not part of the deal's pipeline."), field="stage_id")
    return found


def must_be_open(deal: Deal) -> None:
    if deal.state != rules.OPEN:
        raise DealClosed(deal_id=deal.pk, state=deal.state)


def may_leave(actor: Actor, deal: Deal, to: Stage, stages: list[Stage], at: datetime, override: str) -> str:
    """Ask the criteria of the stages left behind; a reason passes over unmet ones and is kept. Gives that reason."""
    lacking = criteria.unmet_for(deal, to, stages, actor.now)
    if not lacking:
        return ""
    unmet: list[dict[str, Any]] = [
        {"id": str(a.id), "sort": a.sort, "detail": a.detail, "name": a.name, "name_ar": a.name_ar} for a in lacking
    ]
    reason = override.strip()
    if not reason:
        raise CriteriaUnmet(deal_id=deal.pk, to_stage_id=to.pk, unmet=unmet)
    StageOverride.objects.create(
        deal=deal,
        from_stage=deal.stage,
        to_stage=to,
        unmet=unmet,
        reason=reason[:2000],
        overridden_at=at,
        overridden_by_id=actor.member_id,
    )
    return reason[:2000]
