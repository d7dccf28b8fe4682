"""Fixtures of every test: the cast, their actors and their browsers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, SimpleTestCase
from django.utils import translation

from dawra.access.actor import Actor
from dawra.customers.actions.outcomes import start_with_outcomes
from dawra.team.actors import actor_for
from dawra.team.models import Member
from tests.cast import NOW, Cast, make_cast


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database is run: the rest has said all it can in the run on SQLite."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    pure = [item for item in items if not _meets_a_database(item)]
    if pure:
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if _meets_a_database(item)]


def _meets_a_database(item: pytest.Item) -> bool:
    """It asks for one, or says that it speaks of PostgreSQL, or of installations with databases of their own."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "browser", "slow"))
    own = getattr(item, "cls", None)
    return bool(asked or marked or (own is not None and issubclass(own, SimpleTestCase)))


@pytest.fixture
def cast(db: Any) -> Cast:
    # A migration brings these; a test that empties every table takes them away.
    start_with_outcomes(Actor.system("set-up", NOW))
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


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A reader's language does not outlive the test that read in it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nobody_was_erased() -> Iterator[None]:
    """The ledger of the erased lies beside the database, so taking a test back does not empty it."""
    yield
    (Path(settings.DAWRA_HOME) / "erased.jsonl").unlink(missing_ok=True)
