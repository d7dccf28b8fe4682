"""Every address, tried as everybody: see ARCHITECTURE in docs, and tests/matrix for how."""

from typing import Any

import pytest
from django.test import Client

from dawra.access.kinds import records
from dawra.site.register import THIRD_PARTY, Place, places
from tests.matrix.leaks import leaks, unregistered
from tests.matrix.trying import FILLER, fingerprint, variants
from tests.matrix.world import World, make_world

PARTS = 8
STATELESS = {"healthz", "readyz"}  # answer before anything is looked at, and hold nothing


@pytest.fixture
def world(cast: Any) -> World:
    return make_world(cast)


def test_every_address_says_whom_it_opens_to() -> None:
    assert list(unregistered(places())) == []


def test_the_register_names_no_address_that_is_gone() -> None:
    assert set(THIRD_PARTY) - {place.name for place in places()} <= {"openid_connect_login", "openid_connect_callback"}


def test_every_kind_of_record_has_something_to_try(world: World) -> None:
    wanted = {place.entry.record for place in places() if place.entry and place.entry.record}
    assert wanted - {"record", "any"} <= set(world.records), "add a maker to tests/matrix/world.py"
    assert {kind for kind in wanted if kind in records()} <= set(world.records)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_leaks(world: World, part: int) -> None:
    """Anonymous, without permission, stranger, other rep, reader, owner: by every method, with own, foreign and no id."""
    tried = [place for number, place in enumerate(places()) if number % PARTS == part]
    found = list(leaks(world, tried))
    assert not found, "\n" + "\n".join(found)


def test_a_malformed_id_is_nothing_to_anybody(world: World, settings: Any) -> None:
    """Not a page, not an error, not another view's."""
    settings.API_CALLS_PER_10_SECONDS = 1_000_000  # one caller asks for every address there is
    found = []
    for place in places():
        if not any(name.endswith("_id") and name != "provider_id" for name in place.parameters):
            continue
        values = {name: "not-an-id" if name.endswith("_id") else "person" for name in place.parameters}
        client = (world.callers if place.is_api else world.browsers)["amal"]
        answer = client.generic(place.methods[0] if place.methods else "GET", place.path(values))
        if answer.status_code not in (404, 422, 405):
            found.append(f"{place.path(values)}: {answer.status_code}")
    assert found == []


def test_no_page_changes_anything_for_a_form_that_came_from_elsewhere(world: World) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies = world.browsers["amal"].cookies
    before = fingerprint()
    forged = []
    for place in _pages():
        for values in variants(world, place):
            answer = browser.post(place.path(values), FILLER)
            if (answer.status_code not in (403, 405) and place.name not in STATELESS) or fingerprint() != before:
                forged.append(f"{place.path(values)}: {answer.status_code}")
    assert not forged, "\n" + "\n".join(forged)


def _pages() -> list[Place]:
    return [place for place in places() if not place.is_api]
