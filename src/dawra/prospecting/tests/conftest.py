"""What the tests of prospecting start from."""

from collections.abc import Callable
from typing import Any

import pytest

from dawra.access.actor import Actor
from dawra.customers.models import Company, Person
from dawra.deals.actions.starting import start_with_defaults as pipelines
from dawra.figures.words import fold
from dawra.prospecting.actions.adding import NewLead, add_lead
from dawra.prospecting.actions.settings import SellerSaid, save_seller, start_with_defaults
from dawra.prospecting.models import Lead
from tests.cast import NOW


@pytest.fixture
def started(cast: Any, system: Actor) -> None:
    """Reasons and rules, and a pipeline that accepted leads enter."""
    start_with_defaults(system)
    pipelines(system)


@pytest.fixture
def company(system: Actor) -> Callable[..., Company]:
    def make(owner: Any = None, name: str = "Nile Transport", **more: Any) -> Company:
        made = Company.signed_by(system, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW, **more)
        made.save(force_insert=True)
        return made

    return make


@pytest.fixture
def person(system: Actor) -> Callable[..., Person]:
    def make(owner: Any = None, name: str = "Huda Amin", **more: Any) -> Person:
        made = Person.signed_by(system, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW, **more)
        made.save(force_insert=True)
        return made

    return make


@pytest.fixture
def takes(system: Actor, started: None) -> Callable[..., None]:
    """takes(sana): she takes leads."""

    def make(member: Any, **said: Any) -> None:
        save_seller(system, member_id=member.pk, said=SellerSaid(**said))

    return make


@pytest.fixture
def lead(started: None, actor: Any, person: Any) -> Callable[..., Lead]:
    """lead(sana): an inquiry she has, about a person whom nobody looks after."""

    def make(owner: Any = None, **asked: Any) -> Lead:
        about = {} if {"person_id", "company_id", "person"} & set(asked) else {"person_id": person().pk}
        signer = actor(owner) if owner else Actor.system("web form", NOW)
        new = NewLead(**about, owner_id=owner.pk if owner else None, unassigned=owner is None, **asked)
        return add_lead(signer, new=new).lead

    return make
