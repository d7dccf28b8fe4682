"""Ticking what a stage asks for."""

from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import keeping
from dawra.deals.models import Criterion, CriterionTick
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import CriterionTicked
from dawra.journal.models import Entry


@transaction.atomic
def tick(actor: Actor, *, deal_id: UUID, criterion_id: UUID, ticked: bool, cause: Entry | None = None) -> Entry | None:
    """A box of the deal's pipeline is ticked, or not after all. None if it stands so already.

    Writes:  deals.criterion_ticked.1
    Raises:  Refused, NotFound (deal, or no box of its pipeline)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    boxes = Criterion.objects.filter(sort="box", stage__version_id=deal.stage.version_id)
    criterion = boxes.filter(pk=criterion_id).first()
    if criterion is None:
        raise NotFound()
    rows = CriterionTick.objects.filter(deal=deal, criterion=criterion)
    if rows.exists() == ticked:
        return None
    if ticked:
        rows.create(deal=deal, criterion=criterion, ticked_at=actor.now, ticked_by_id=actor.member_id)
    else:
        rows.delete()
    told = CriterionTicked(deal.pk, deal.name, criterion.pk, criterion.name, ticked)
    return journal.write(actor, told, about=[deal], cause=cause)
