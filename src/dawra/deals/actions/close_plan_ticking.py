"""What a buyer does with a close plan, through its link: tick their own steps. The link is the right."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.deals.actions.close_plans import LONGEST_NAME, recount
from dawra.deals.models import PlanStep
from dawra.deals.models.plan import THEIRS
from dawra.deals.queries import close_plans
from dawra.deals.rules import OPEN
from dawra.journal import actions as journal
from dawra.journal.catalogue import close_plans as told
from dawra.journal.models import Entry


@transaction.atomic
def tick_theirs(actor: Actor, *, key_hash: str, step_id: UUID, done: bool, name: str) -> Entry | None:
    """The buyer says that a step of theirs is done, or is not after all. None if it stands so.

    Writes:  deals.plan_step_done.1 or deals.plan_step_opened.1
    Raises:  NotFound (no such link, or not a step of theirs), Invalid (no name), Conflict (the deal is closed)
    """
    actor.must("deals.work")
    deal = close_plans.by_link(key_hash, actor.now)
    row = PlanStep.objects.filter(pk=step_id, deal=deal, side=THEIRS).first()
    if row is None:
        raise NotFound()
    if deal.state != OPEN:
        raise Conflict(_("This plan is over."))
    name = name.replace("\0", "").strip()[:LONGEST_NAME]
    if not name:
        raise Invalid(_("Write your name, so that both sides know who ticked it."), field="name")
    if (row.done_at is not None) == done:
        return None
    values = {"done_at": actor.now if done else None, "done_by_id": None, "done_name": name if done else ""}
    PlanStep.objects.filter(pk=row.pk, version=row.version).update(**values, version=row.version + 1)
    recount(deal)
    kind = told.PlanStepDone if done else told.PlanStepOpened
    return journal.write(actor, kind(deal.pk, deal.name, row.pk, row.side, row.title, name), about=[deal])
