"""Whom a deal names: companies, people and members of other rooms, as far as the actor may see them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.models import Company, Person
from dawra.team.models import Member


def company_of(actor: Actor, company_id: UUID) -> Company:
    """Raises NotFound; 1 query."""
    return Company.fetch(actor, company_id)


def person_of(actor: Actor, person_id: UUID) -> Person:
    """Raises NotFound; 1 query."""
    return Person.fetch(actor, person_id)


def owner_of(actor: Actor, member_id: UUID | None) -> Member:
    """An active member who may own a deal. Raises Invalid; 1 query."""
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None:
        raise Invalid(_("This is not an active member."), field="owner_id")
    return member


def visible_companies(actor: Actor, ids: set[UUID]) -> set[UUID]:
    """Which of these companies the actor may open. 1 query."""
    return set(Company.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def visible_people(actor: Actor, ids: set[UUID]) -> set[UUID]:
    """Which of these people the actor may open. 1 query."""
    return set(Person.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
