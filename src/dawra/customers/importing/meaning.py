"""Whom a row of another room means: companies and people by mail or by a name that only one has."""

from collections.abc import Iterable
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.figures.words import fold


def companies_named(actor: Actor, names: Iterable[str]) -> dict[str, UUID]:
    """Folded name → the one visible company of that name. 1 query or none."""
    return _only(actor, Company, names)


def people_named(actor: Actor, names: Iterable[str]) -> dict[str, UUID]:
    """Folded name → the one visible person of that name. 1 query or none."""
    return _only(actor, Person, names)


def _only(actor: Actor, model: type[Company] | type[Person], names: Iterable[str]) -> dict[str, UUID]:
    wanted = {fold(name) for name in names} - {""}
    if not wanted:
        return {}
    found: dict[str, UUID | None] = {}
    for folded, pk in model.objects.visible_to(actor).filter(folded__in=wanted).values_list("folded", "pk"):
        found[folded] = None if folded in found else pk
    return {name: pk for name, pk in found.items() if pk is not None}


def people_by_mail(actor: Actor, mails: Iterable[str]) -> dict[str, UUID]:
    """Address as compared → the visible person who has it. 2 queries or none."""
    wanted = {mail for mail in mails if mail}
    if not wanted:
        return {}
    rows = ContactPoint.objects.filter(kind="email", normal__in=wanted, person__isnull=False)
    holders = {normal: person for normal, person in rows.values_list("normal", "person_id") if person is not None}
    seen = visible(actor, "person", holders.values())
    return {normal: person for normal, person in holders.items() if person in seen}


def visible(actor: Actor, kind: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that the actor may see. 1 query or none."""
    wanted = set(ids)
    if not wanted:
        return set()
    model = Company if kind == "company" else Person
    return set(model.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def names_of(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Both names of companies. 1 query or none."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Company._base_manager.filter(pk__in=wanted).values_list("pk", "name", "name_ar")
    return {pk: (name, name_ar) for pk, name, name_ar in rows}


def companies_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Person → the company they mainly belong to. 1 query or none."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Affiliation.objects.filter(person_id__in=wanted, is_primary=True, until_on__isnull=True)
    return dict(rows.values_list("person_id", "company_id"))
