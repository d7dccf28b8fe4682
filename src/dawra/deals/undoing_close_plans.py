"""Taking back what was done to a close plan. A buyer's link that ended stays ended: a new one is made."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals.actions import close_plans, plan_templates
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("deals.close_plan_begun.1")
def forget_plan(actor: Actor, entry: Entry) -> None:
    close_plans.forget_plan(actor, entry=entry)


@reverses("deals.plan_step_added.1")
def take_out(actor: Actor, entry: Entry) -> None:
    close_plans.remove_step(actor, step_id=UUID(entry.facts["step_id"]), cause=entry)


@reverses("deals.plan_step_removed.1")
def bring_back(actor: Actor, entry: Entry) -> None:
    close_plans.restore_step(actor, entry=entry)


@reverses("deals.plan_step_changed.1")
def put_back(actor: Actor, entry: Entry) -> None:
    close_plans.put_step_back(actor, entry=entry)


@reverses("deals.plan_step_done.1", "deals.plan_step_opened.1")
def tick_back(actor: Actor, entry: Entry) -> None:
    done = entry.kind == "deals.plan_step_opened.1"
    close_plans.tick_step(actor, step_id=UUID(entry.facts["step_id"]), done=done, cause=entry)


@reverses("deals.close_plan_shared.1")
def end_link(actor: Actor, entry: Entry) -> None:
    close_plans.end_link(actor, deal_id=UUID(entry.facts["deal_id"]), cause=entry)


@reverses("deals.plan_template_written.1")
def put_template_back(actor: Actor, entry: Entry) -> None:
    plan_templates.put_back(actor, entry=entry)


@reverses("deals.plan_template_retired.1", "deals.plan_template_in_use.1")
def use_as_before(actor: Actor, entry: Entry) -> None:
    retired = entry.kind == "deals.plan_template_in_use.1"
    plan_templates.retire_template(actor, template_id=UUID(entry.facts["template_id"]), retired=retired, cause=entry)
