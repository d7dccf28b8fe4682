"""When a member leaves, the open leads go to the heir."""

from typing import Any

from django.db import transaction

from dawra.access.actor import Actor
from dawra.prospecting import keeping, why
from dawra.prospecting.models import Lead
from dawra.prospecting.models.lead import OPEN

BATCH = 50


@transaction.atomic
def hand_over_leads(member: Any, heir: Any, actor: Actor) -> dict[str, int]:
    """One batch of the open leads of somebody who leaves; called again until none is left.

    Writes:  prospecting.lead_assigned.1 for each
    """
    actor.must("team.manage")
    everything = Actor.system(actor.name, actor.now)  # whoever deactivates may hand over what they do not see
    rows = Lead.objects.visible_to(everything).filter(owner_id=member.pk, status__in=OPEN)
    batch = list(rows.select_related(*keeping.RELATED).order_by("id")[:BATCH])
    said = why.has_left(member.name, member.name_ar)
    for lead in batch:
        keeping.give(actor, lead, keeping.Given(heir.pk, "left", said))
    return {"leads": len(batch)}
