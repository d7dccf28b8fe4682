"""Records and acts that the tests of activities begin with."""

from typing import Any

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
