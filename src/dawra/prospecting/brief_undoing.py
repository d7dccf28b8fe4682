"""Taking back what was written into research briefs, and what the planner was told."""

from datetime import date
from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.prospecting.actions import briefs, planning


@reverses("prospecting.brief_written.1")
def unwrite(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    briefs.take_back(
        actor, kind=facts["record_kind"], record_id=UUID(facts["record_id"]), rows=facts["rows"], cause=entry
    )


@reverses("prospecting.brief_rules_set.1")
def put_rules_back(actor: Actor, entry: Entry) -> None:
    percent, days = entry.facts["before"]
    briefs.set_brief_rules(actor, needed_percent=percent, fresh_days=days, cause=entry)


@reverses("prospecting.plan_set.1")
def put_plan_back(actor: Actor, entry: Entry) -> None:
    before = entry.facts["before"]
    if not before:
        planning.forget_plan(actor, cause=entry)
        return
    days = {name: date.fromisoformat(before[name]) for name in ("from_on", "until_on")}
    planning.set_plan(actor, said=planning.PlanSaid(**{**before, **days}), cause=entry)
