"""News of many records given away at once: one entry for the new owner, however many there were."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import HandedOver
from dawra.journal.models import Entry


def tell_the_owner(actor: Actor, bulk: Entry) -> Entry | None:
    """Part of a bulk edit of any kind: if it gave records to somebody, say so once. 1 to 5 queries."""
    given = Entry.objects.filter(cause=bulk, kind="customers.assigned.1")
    first = given.order_by("pk").first()
    if first is None or first.facts["to_id"] is None:
        return None
    facts = first.facts
    news = HandedOver(
        record_kind=facts["record_kind"],
        record_id=UUID(facts["record_id"]),
        count=given.count(),
        to_id=UUID(facts["to_id"]),
        owner=facts["owner"],
    )
    return write(actor, news, about=[], cause=bulk)
