"""Deals wait in the bin before they are gone."""

from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers import search
from dawra.deals import keeping
from dawra.deals.models import Deal
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealDeleted, DealRestored
from dawra.journal.models import Entry


@transaction.atomic
def delete_deal(actor: Actor, *, deal_id: UUID, version: int | None = None, cause: Entry | None = None) -> Entry:
    """A deal goes to the bin: no list, sum or search shows it until it is brought back.

    Writes:  deals.deal_deleted.1
    Raises:  Refused, NotFound, Stale
    """
    actor.must("deals.delete")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, {"deleted_at": actor.now})
    deal.change(actor, {"deleted_at": actor.now})
    search.drop([deal.pk])
    return journal.write(actor, DealDeleted(deal.pk, deal.name), about=[deal], cause=cause)


@transaction.atomic
def restore_deal(actor: Actor, *, deal_id: UUID, cause: Entry | None = None) -> Entry:
    """A deal comes back from the bin as it was, valued at today's rate if it is open.

    Writes:  deals.deal_restored.1
    Raises:  Refused, NotFound, RateMissing
    """
    actor.must("deals.delete")
    rows = Deal.objects.in_bin_of(actor).select_related(*keeping.RELATED)
    deal: Deal | None = rows.filter(pk=deal_id).first()
    if deal is None:
        raise NotFound()
    keeping.keep(actor, deal, {"deleted_at": None})
    keeping.make_findable([deal])
    return journal.write(actor, DealRestored(deal.pk, deal.name), about=[deal], cause=cause)
