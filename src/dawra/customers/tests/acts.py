"""Records and acts that the tests of activities begin with."""

from typing import Any

from django.apps import apps

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.customers.models import Company, Person
from dawra.figures.words import fold
from tests.cast import NOW


def a_person(actor: Actor, owner: Any, name: str = "Huda Amin", *words: str) -> Person:
    person = Person.signed_by(actor, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW)
    person.save(force_insert=True)
    search.put(search.Findable("person", person.pk, person.owner_id, name, "", [name, *words]))
    return person


def a_company(actor: Actor, owner: Any, name: str = "Nile Foods", *words: str) -> Company:
    company = Company.signed_by(actor, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW)
    company.save(force_insert=True)
    search.put(search.Findable("company", company.pk, company.owner_id, name, "", [name, *words]))
    return company


def tables() -> dict[str, list[str]]:
    """Every table of the house as it is, but for what tells of the doing itself."""
    telling = {"customers.Merge", "customers.SearchRow", "customers.BlockKey"}
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ("access", "team", "customers", "deals") or model._meta.label in telling:
            continue
        left_out = ("version", "updated_at", "updated_by_id", "decided_at", "decided_by_id")
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in left_out]
        found[model._meta.label] = sorted(str(row) for row in model._base_manager.values_list(*names))
    return found
