"""Who takes part in a deal, and in which role."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.deals import keeping
from dawra.deals.actions.fields import must_be_roles
from dawra.deals.models import DealPerson
from dawra.deals.queries import parties
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealPersonRemoved, DealPersonSet
from dawra.journal.models import Entry

ABSENT = "-"
MOST_PEOPLE = 60


@transaction.atomic
def set_person(actor: Actor, *, deal_id: UUID, person_id: UUID, role: str, cause: Entry | None = None) -> Entry | None:
    """A person joins a deal, or plays another role in it. None if nothing differs.

    role:    champion, economic_buyer, user, blocker, influencer, signatory; "" = not known yet
    Writes:  deals.deal_person_set.1
    Raises:  Refused, NotFound (deal or person), Invalid, Conflict (too many)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    person = parties.person_of(actor, person_id)
    must_be_roles([role])
    there = DealPerson.objects.filter(deal=deal, person_id=person_id).first()
    if there and there.role == role:
        return None
    if there is None and DealPerson.objects.filter(deal=deal).count() >= MOST_PEOPLE:
        raise Conflict(_("A deal holds at most %(most)s people."), most=MOST_PEOPLE)
    DealPerson.objects.update_or_create(deal=deal, person_id=person.id, defaults={"role": role})
    before = there.role if there else ABSENT
    told = DealPersonSet(deal.pk, deal.name, person.id, role, before, person=person.name)
    return journal.write(actor, told, about=[deal], cause=cause)


@transaction.atomic
def remove_person(actor: Actor, *, deal_id: UUID, person_id: UUID, cause: Entry | None = None) -> Entry:
    """A person no longer takes part. Whoever works on the deal may say so, even of a person hidden from them.

    Writes:  deals.deal_person_removed.1
    Raises:  Refused, NotFound
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    there = DealPerson.objects.select_related("person").filter(deal=deal, person_id=person_id).first()
    if there is None:
        raise NotFound()
    person, role = there.person, there.role
    there.delete()
    told = DealPersonRemoved(deal.pk, deal.name, person.pk, role, person=person.name)
    return journal.write(actor, told, about=[deal], cause=cause)
