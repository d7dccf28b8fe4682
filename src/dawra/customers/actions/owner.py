"""Who looks after a person or a company."""

from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.customers.actions import editing
from dawra.customers.actions.editing import MODELS, Done
from dawra.customers.finding import refind
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Assigned
from dawra.journal.models import Entry
from dawra.team.colleagues import colleagues


@transaction.atomic
def assign(
    actor: Actor,
    *,
    kind: str,
    record_id: UUID,
    owner_id: UUID | None,
    version: int | None = None,
    cause: Entry | None = None,
) -> Done:
    """Give a person or company to another owner, or to nobody. One's own, and nobody's for oneself, need no permission.

    kind:   person, company
    Writes: customers.assigned.1, nothing if nothing differs
    Raises: Refused, NotFound, Invalid(owner_id), Stale
    """
    actor.must("customers.work")
    record = MODELS[kind].fetch(actor, record_id)
    before = record.owner_id
    if before == owner_id:
        return Done(record, None)
    editing.may_own(actor, owner_id, before)
    editing.must_be_at(record, version, owner_id=owner_id)
    record.change(actor, {"owner_id": owner_id})
    refind(kind, [record.pk])
    names = [one.name for one in colleagues([owner_id])] if owner_id else []
    fact = Assigned(kind, record.pk, before, owner_id, names[0] if names else "", record.name)
    return Done(record, write(actor, fact, about=[record], cause=cause))
