"""When a member leaves, the open deals go to the heir."""

from typing import Any

from django.db import transaction

from dawra.access.actor import Actor
from dawra.deals import keeping, rules
from dawra.deals.models import Deal
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Assigned

BATCH = 200


@transaction.atomic
def hand_over_deals(member: Any, heir: Any, actor: Actor) -> dict[str, int]:
    """One batch of the open deals of somebody who leaves; called again until none is left.

    Writes:  customers.assigned.1 for each
    """
    actor.must("team.manage")
    everything = Actor.system(actor.name, actor.now)  # whoever deactivates may hand over what they do not see
    rows = Deal.objects.visible_to(everything).filter(owner_id=member.pk, state=rules.OPEN)
    batch = list(rows.select_related("company").order_by("id")[:BATCH])
    for deal in batch:
        deal.change(actor, {"owner_id": heir.pk})
        assigned = Assigned("deal", deal.pk, member.pk, heir.pk, heir.name, name=deal.name)
        journal.write(actor, assigned, about=[deal])
    keeping.make_findable(batch)
    return {"deals": len(batch)}
