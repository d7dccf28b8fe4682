"""Taking back what this room and access did."""

from uuid import UUID

from dawra.access import kinds
from dawra.access.actions.sharing import With, end_share, share
from dawra.access.actor import Actor
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("access.record_shared.1")
def stop_sharing(actor: Actor, entry: Entry) -> None:
    record = kinds.fetch(actor, entry.facts["record_kind"], UUID(entry.facts["record_id"]))
    end_share(actor, record=record, with_id=UUID(entry.facts["with_id"]), cause=entry)


@reverses("access.share_ended.1")
def share_again(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    record = kinds.fetch(actor, facts["record_kind"], UUID(facts["record_id"]))
    whom = With(facts["with_kind"], UUID(facts["with_id"]))
    share(actor, record=record, with_whom=whom, reason=facts["reason"], cause=entry)
