"""A deal is won, lost, or begins again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.deals import keeping, rules
from dawra.deals.actions.moving import CHANGED, DealClosed, may_leave, must_be_open, stage_among
from dawra.deals.models import Deal, OutcomeReason, Stage, StageVisit
from dawra.deals.queries import pipelines
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealLost, DealReopened, DealWon
from dawra.journal.models import Entry

CLOSING = (*CHANGED, "state", "closed_at", "reason_id")
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Close:
    """reason: code of an outcome reason. words: in the seller's own words. version, override, at: as in a Move.

    to: which won or lost stage, where a pipeline has several; empty = the first
    """

    reason: str
    words: str = ""
    version: int | None = None
    override: str = ""
    at: datetime | None = None
    to: UUID | None = None


@transaction.atomic
def win_deal(actor: Actor, *, deal_id: UUID, close: Close, cause: Entry | None = None) -> Entry:
    """The customer bought. Its worth is fixed at the rate of that day.

    Writes:  deals.deal_won.1
    Raises:  Refused, NotFound, Stale, DealClosed, CriteriaUnmet, Invalid (reason, at), RateMissing
    """
    return _close(actor, deal_id, rules.WON, close, cause)


@transaction.atomic
def lose_deal(actor: Actor, *, deal_id: UUID, close: Close, cause: Entry | None = None) -> Entry:
    """The attempt has failed; the reason teaches.

    Writes:  deals.deal_lost.1
    Raises:  Refused, NotFound, Stale, DealClosed, Invalid (reason, at), RateMissing
    """
    return _close(actor, deal_id, rules.LOST, close, cause)


@transaction.atomic
def reopen_deal(
    actor: Actor, *, deal_id: UUID, to: UUID | None = None, version: int | None = None, cause: Entry | None = None
) -> Entry:
    """A closed deal goes on, in the open stage it was closed from unless another is named.

    Writes:  deals.deal_reopened.1
    Raises:  Refused, NotFound, Stale, Conflict (it is open), Invalid
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, {"state": rules.OPEN})
    if deal.state == rules.OPEN:
        raise Conflict(_("This deal is open already."))
    stage = _back_in(deal, pipelines.stages_of(deal.stage.version_id), to)
    stood, words, was, here = keeping.before(deal, CLOSING), deal.reason_words, deal.state, deal.stage_id
    more = {"state": rules.OPEN, "closed_at": None, "reason": None, "reason_words": ""}
    visit = keeping.enter(actor, deal, stage, keeping.moment_of_move(actor, deal, None), more)
    reopened = DealReopened(
        deal_id=deal.pk,
        deal=deal.name,
        from_stage_id=here,
        to_stage_id=stage.pk,
        to_stage=stage.name,
        was=was,
        before=stood,
        visit_id=visit.pk,
        words=words,
    )
    return journal.write(actor, reopened, about=[deal], cause=cause)


def _close(actor: Actor, deal_id: UUID, outcome: str, close: Close, cause: Entry | None) -> Entry:
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, close.version, {"state": outcome})
    must_be_open(deal)
    stages = pipelines.stages_of(deal.stage.version_id)
    to = _final(stages, outcome, close.to)
    reason = _reason(outcome, close.reason)
    at = keeping.moment_of_move(actor, deal, close.at)
    may_leave(actor, deal, to, stages, at, close.override)
    stood, here = keeping.before(deal, CLOSING), deal.stage_id
    words = close.words.replace("\x00", "").strip()[:MOST_WORDS]
    more = {"state": outcome, "closed_at": at, "reason": reason, "reason_words": words}
    visit = keeping.enter(actor, deal, to, at, more)
    told: dict[str, Any] = {
        "deal_id": deal.pk,
        "deal": deal.name,
        "from_stage_id": here,
        "to_stage_id": to.pk,
        "amount_minor": deal.amount_minor,
        "currency": deal.currency,
        "base_minor": deal.base_minor,
        "reason": reason.code,
        "company_id": deal.company_id,
        "before": stood,
        "visit_id": visit.pk,
        "words": words,
    }
    fact = DealWon(**told) if outcome == rules.WON else DealLost(**told)
    return journal.write(actor, fact, about=[deal], at=at, cause=cause)


def _reason(outcome: str, code: str) -> OutcomeReason:
    reason = OutcomeReason.objects.filter(outcome=outcome, code=code, archived_at__isnull=True).first()
    if reason is None:
        raise Invalid(_("Choose the reason from the list."), field="reason")
    return reason


def _final(stages: list[Stage], outcome: str, to: UUID | None) -> Stage:
    found = [stage for stage in stages if stage.type == outcome and to in (None, stage.pk)]
    if not found:
        raise Invalid(_("This pipeline has no such final stage."), field="to")
    return found[0]


def _back_in(deal: Deal, stages: list[Stage], to: UUID | None) -> Stage:
    if to is not None:
        stage = stage_among(stages, to)
        if stage.type != rules.OPEN:
            raise Invalid(_("A deal is reopened in an open stage."), field="to")
        return stage
    open_ones = {stage.pk: stage for stage in stages if stage.type == rules.OPEN}
    last = (
        StageVisit.objects.filter(deal=deal, stage_id__in=open_ones)
        .order_by("-exited_at", "-id")
        .values_list("stage_id", flat=True)
        .first()
    )
    if last is None and not open_ones:
        raise DealClosed(deal_id=deal.pk, state=deal.state)
    return open_ones[last] if last else next(iter(open_ones.values()))
