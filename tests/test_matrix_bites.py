"""The access matrix turns red for each of five planted leaks; else its green would mean nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, get_resolver, path

from dawra.access import kinds
from dawra.access.errors import Refused
from dawra.access.register import Address, opens
from dawra.site import urls
from dawra.site.register import Place, places
from dawra.team.models import Invitation, Member
from tests.matrix.leaks import leaks, unregistered
from tests.matrix.world import World, make_world


@pytest.fixture
def world(cast: Any) -> World:
    return make_world(cast)


def _place(name: str) -> Place:
    return next(place for place in places() if place.name == name)


def _pattern(name: str) -> Any:
    room, _colon, own = name.partition(":")

    def walk(patterns: Any, inside: bool) -> Iterator[Any]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, inside or pattern.namespace == room)
            elif inside and pattern.name == own:
                yield pattern

    return next(walk(get_resolver().url_patterns, False))


def _found(world: World, name: str) -> list[str]:
    return list(leaks(world, [_place(name)]))


def _replace(monkeypatch: Any, name: str, view: Any, entry: Address) -> None:
    view.address = entry
    monkeypatch.setattr(_pattern(name), "callback", view)


def test_a_view_that_forgets_visible_to_turns_it_red(world: World, monkeypatch: Any) -> None:
    assert _found(world, "access:who_sees") == []

    def anybodys(actor: Any, kind: str, record_id: Any) -> Any:
        return kinds.records()[kind]._base_manager.get(pk=record_id)

    monkeypatch.setattr(kinds, "open_record", anybodys)
    assert any("foreign" in line for line in _found(world, "access:who_sees"))


def test_a_view_without_its_guard_turns_it_red(world: World, monkeypatch: Any) -> None:
    assert _found(world, "team:teams") == []

    def open_to_all(request: Any) -> HttpResponse:
        return HttpResponse("all teams")

    _replace(monkeypatch, "team:teams", open_to_all, Address("team.read"))
    assert any("not signed in" in line for line in _found(world, "team:teams"))


def test_a_view_behind_the_wrong_permission_turns_it_red(world: World, monkeypatch: Any) -> None:
    assert _found(world, "team:withdraw") == []

    @opens("team.read")
    def withdraw(request: Any, invitation_id: Any) -> HttpResponse:
        Invitation.objects.filter(pk=invitation_id).update(withdrawn_at=request.now)
        return HttpResponse("withdrawn")

    monkeypatch.setattr(_pattern("team:withdraw"), "callback", withdraw)
    assert any("may only read" in line for line in _found(world, "team:withdraw"))


def test_a_view_that_writes_before_it_asks_turns_it_red(world: World, monkeypatch: Any) -> None:
    assert _found(world, "team:reactivate") == []

    @opens()
    def reactivate(request: Any, member_id: Any) -> HttpResponse:
        Member.objects.filter(pk=member_id).update(title="written first")
        raise Refused()

    _replace(monkeypatch, "team:reactivate", reactivate, Address("team.manage"))
    assert any("something was written" in line for line in _found(world, "team:reactivate"))


def test_an_address_that_nobody_registered_turns_it_red(monkeypatch: Any) -> None:
    assert list(unregistered(places())) == []
    forgotten = path("forgotten/", lambda request: HttpResponse("hello"))
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, forgotten])
    clear_url_caches()
    try:
        assert any("forgotten/" in line for line in unregistered(places()))
    finally:
        monkeypatch.undo()
        clear_url_caches()
