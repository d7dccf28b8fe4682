"""What the tests of deals start from."""

from collections.abc import Callable
from typing import Any

import pytest

from dawra.access.actor import Actor
from dawra.customers.models import Company, Person
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, Stage
from dawra.figures.words import fold
from tests.cast import NOW


@pytest.fixture
def pipeline(cast: Any, system: Actor) -> dict[str, Stage]:
    """The default pipeline: stages by code."""
    start_with_defaults(system)
    return {stage.code: stage for stage in Stage.objects.order_by("position")}


@pytest.fixture
def company(system: Actor) -> Callable[..., Company]:
    def make(owner: Any = None, name: str = "Nile Transport", name_ar: str = "النيل للنقل") -> Company:
        made = Company.signed_by(
            system, name=name, name_ar=name_ar, folded=fold(f"{name} {name_ar}"), owner=owner, lifecycle_since=NOW
        )
        made.save(force_insert=True)
        return made

    return make


@pytest.fixture
def person(system: Actor) -> Callable[..., Person]:
    def make(owner: Any = None, name: str = "Huda Amin") -> Person:
        made = Person.signed_by(system, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW)
        made.save(force_insert=True)
        return made

    return make


@pytest.fixture
def deal(pipeline: Any, actor: Any) -> Callable[..., Deal]:
    """deal(sana, amount_minor=100_00): a deal she added."""

    def make(member: Any, name: str = "Fleet routing", **asked: Any) -> Deal:
        return add_deal(actor(member), new=NewDeal(name=name, **asked))

    return make
