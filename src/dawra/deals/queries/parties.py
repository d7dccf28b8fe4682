"""Whom a deal names: companies, people and members of other rooms, as far as the actor may see them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.customers.queries import fields as custom
from dawra.customers.queries.cards import CompanyCard, PersonCard, company_card, person_cards
from dawra.customers.rules import FieldCard
from dawra.customers.rules import fields as typed
from dawra.customers.rules.wrong import Wrong
from dawra.deals.models import DealPerson


def company_of(actor: Actor, company_id: UUID) -> CompanyCard:
    """Raises NotFound; 1 query."""
    return company_card(actor, company_id)


def person_of(actor: Actor, person_id: UUID) -> PersonCard:
    """Raises NotFound; 3 queries."""
    return people_of(actor, [person_id])[person_id]


def people_of(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """All of them, or NotFound; 3 queries."""
    wanted = set(ids)
    found = person_cards(actor, wanted) if wanted else {}
    if set(found) != wanted:
        raise NotFound()
    return found


def visible_companies(actor: Actor, ids: set[UUID]) -> set[UUID]:
    """Which of these companies the actor may open. 1 query."""
    if not ids or not actor.may("customers.read"):
        return set()
    rows = kinds.records()["company"].objects.visible_to(actor).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def openable_company(actor: Actor, deal: Any) -> set[UUID]:
    """The deal's company if the actor may open it. deal: read with its company. 1 query, none for who sees everything."""
    if deal.company_id is None:
        return set()
    if actor.sees_all and actor.may("customers.read"):
        return {deal.company_id} if deal.company.deleted_at is None else set()
    return visible_companies(actor, {deal.company_id})


def may_open_person(actor: Actor, column: str) -> Any:
    """For annotate(): whether the actor may open the person whose id stands in that column."""
    if not actor.may("customers.read"):
        return Value(False)
    return Exists(kinds.records()["person"].objects.visible_to(actor).filter(pk=OuterRef(column)))


def person_names(actor: Actor, ids: set[UUID]) -> dict[str, str]:
    """Names by id as text, of those the actor may see. 1 query, none for nobody."""
    if not ids or not actor.may("customers.read"):
        return {}
    rows = kinds.records()["person"].objects.visible_to(actor).filter(pk__in=ids)
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def takers(deal_id: UUID) -> list[tuple[UUID, str, str]]:
    """(id, name, Arabic name) of those who take part in a deal the actor has fetched. 1 query."""
    rows = DealPerson.objects.filter(deal_id=deal_id).order_by("person__folded", "id")
    return list(rows.values_list("person_id", "person__name", "person__name_ar"))


# Custom fields


def custom_fields() -> list[FieldCard]:
    """Those of deals, archived ones too: what was kept stays readable. 1 query."""
    return custom.fields_of("deal", archived=True)


def custom_cleaned(values: dict[str, Any], now: dict[str, Any], currency: str = "") -> dict[str, Any]:
    """What was written for some custom fields, typed; None for nothing. Raises Invalid. 0 or 1 query."""
    if not values:
        return {}
    known = {field.key: field for field in custom_fields() if not field.archived}
    cleaned = {}
    for key, written in values.items():
        if key not in known:
            raise Invalid(_("There is no field “%(name)s”."), field=f"custom_{key}"[:80], name=key[:40])
        try:
            cleaned[key] = typed.parse(known[key], written, currency=currency, now=now.get(key))
        except Wrong as wrong:
            raise Invalid(_(wrong.sentence), field=known[key].input_name, **wrong.facts) from None
    return cleaned


def custom_from_plain(key: str, plain: Any) -> Any:
    """A custom value as the journal kept it, typed again. 1 query."""
    return typed.from_plain({field.key: field for field in custom_fields()}.get(key), plain)
