"""A call or meeting is logged with how it ended and what comes next, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.access.record import Record
from dawra.customers import next_steps
from dawra.customers.actions.activities import Happening, Kept, Plan, log_activity, plan_activity
from dawra.customers.models.talking import TALKS
from dawra.customers.queries.outcomes import outcomes, talk_rules
from dawra.journal.actions import write
from dawra.journal.catalogue.talking import NextStepDeclined

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Talk:
    """then: what comes next, as it is planned. because: why nothing does. Neither for what asks for none."""

    said: Happening
    then: Plan | None = None
    because: str = ""


@transaction.atomic
def log_talk(actor: Actor, *, records: Sequence[Record], talk: Talk) -> Kept:
    """Keep a call, a meeting or an e-mail that has happened, with how it ended, and plan what comes next.

    The next step becomes a task on the day of whoever logs it, and stands on what is still open of the records.
    Writes: what log_activity writes; customers.task_added.1 and an edit of each open record, or
            customers.next_step_declined.1, caused by it
    Raises: Refused, Invalid (no outcome where the company asks for one, or one that is not on its list; no next step)
    """
    actor.must("customers.work")
    because, asked = " ".join(talk.because.split())[:LONGEST_REASON], talk_rules()
    is_talk = talk.said.what in TALKS
    if is_talk:
        _must_be_on_the_list(talk.said, required=asked.outcome_required)
    waiting = [record for record in records if next_steps.expects_one(record)] if is_talk else []
    if waiting and asked.next_step_required and talk.then is None and not because:
        raise Invalid(_("Say what comes next, or why nothing does."), field="next_title")
    kept = log_activity(actor, records=records, said=talk.said)
    if talk.then is not None:
        plan_activity(actor, records=records, plan=talk.then, cause=kept.entry)
        for record in waiting:
            next_steps.write_to(actor, record, talk.then.title.strip()[:200], _day_of(talk.then), kept.entry)
    elif waiting and because:
        write(actor, NextStepDeclined(kept.activity.pk, because), about=records, cause=kept.entry)
    return kept


def _must_be_on_the_list(said: Happening, *, required: bool) -> None:
    """Nothing is asked for while the list is empty."""
    offered = {one.code for one in outcomes(said.what)}
    if said.outcome.strip() not in (offered or {said.outcome.strip()}) | {""}:
        raise Invalid(_("Choose an outcome of the company's list."), field="outcome")
    if required and offered and not said.outcome.strip():
        raise Invalid(_("Say how it ended."), field="outcome")


def _day_of(plan: Plan) -> date:
    """On the company's clock. Raises Invalid at the end of the calendar."""
    try:
        return timezone.localtime(plan.due_at).date()
    except OverflowError:
        raise Invalid(_("Say on which day."), field="next_on") from None
