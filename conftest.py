"""Fixtures of every test: the cast, their actors and their browsers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from dawra.access.actor import Actor
from dawra.team.actors import actor_for
from dawra.team.models import Member
from tests.cast import NOW, Cast, make_cast


@pytest.fixture
def cast(db: Any) -> Cast:
    return make_cast()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def sana(cast: Cast) -> Member:
    return cast.sana


@pytest.fixture
def omar(cast: Cast) -> Member:
    return cast.omar


@pytest.fixture
def lina(cast: Cast) -> Member:
    return cast.lina


@pytest.fixture
def zayn(cast: Cast) -> Member:
    return cast.zayn


@pytest.fixture
def admin(cast: Cast) -> Member:
    return cast.amal


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """actor(sana): the Actor who signs, at NOW unless told otherwise."""

    def of(member: Member, now: datetime = NOW, **changes: Any) -> Actor:
        fresh = Member.objects.select_related("role", "team").get(pk=member.pk)
        return actor_for(fresh, now, **changes)

    return of


@pytest.fixture
def system() -> Actor:
    return Actor.system("tests", NOW)


@pytest.fixture
def client_of() -> Callable[[Member], Client]:
    """client_of(sana): a browser in which she is signed in."""

    def of(member: Member) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return of
