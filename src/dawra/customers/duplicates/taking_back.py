"""Taking back what was decided about duplicates. Imported when the room is ready."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.duplicates.merging import unmerge
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("customers.merged.1")
def take_apart(actor: Actor, entry: Entry) -> None:
    unmerge(actor, merge_id=UUID(entry.facts["merge_id"]), cause=entry)
