"""Taking back what was written into research briefs."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.prospecting.actions import briefs


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
