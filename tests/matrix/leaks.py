"""The oracles of the access matrix: each yields a sentence for every leak it finds."""

from collections.abc import Iterator
from typing import Any

from dawra.site.register import Place
from tests.matrix.trying import (
    ABOUT_ONESELF,
    NOTED,
    ONES_OWN_VIEWS,
    Tried,
    at_random,
    attempt,
    methods_of,
    prepared,
    variants,
)
from tests.matrix.world import World

# Personal things outside the records: nobody else's may be told apart from none.
PERSONAL = {"token_id", "notification_id", "view_id", "import_id", "attempt_id", "role_play_id", "certificate_id"}
READ_ONLY = {"GET", "HEAD"}


def unregistered(places: list[Place]) -> Iterator[str]:
    for place in places:
        if place.entry is None:
            yield f"{place.route}: nobody wrote in the register whom it opens to"


def leaks(world: World, places: list[Place]) -> Iterator[str]:
    for place in places:
        if place.entry is None:
            continue
        with prepared(world, place) as before:
            for method in methods_of(place):
                found = 0
                for values in variants(world, place):
                    own = attempt(world, _owner(world, place), place, method, values, before)
                    yield from _of_cell(world, place, method, values, before, own)
                    found += own.status != 404
                if place.entry.record and not found:
                    yield f"{method} {place.route}: its owner finds nothing there, so the matrix tries nothing"


def _of_cell(  # noqa: C901 - one oracle after another, in the order a reader asks them
    world: World, place: Place, method: str, values: dict[str, Any], before: str, own: Tried
) -> Iterator[str]:
    entry = place.entry
    assert entry

    def as_(who: str, asked: dict[str, Any] = values) -> Tried:
        return attempt(world, who, place, method, asked, before)

    def said(who: str, got: Tried, complaint: str) -> str:
        return f"{method} {place.path(values)} as {who}: {got.status}{' ' + got.to if got.to else ''}; {complaint}"

    cells = []
    if not entry.anyone:
        got = as_("anonymous")
        cells.append(("anonymous", got))
        if not _turned_away(got):
            yield said("anonymous", got, "somebody not signed in got in")
    if entry.permission:
        got = as_("nobody")
        cells.append(("nobody", got))
        if got.status not in (401, 403, 405):
            yield said("nobody", got, f"answers without {entry.permission}")
    if entry.record or PERSONAL & set(place.parameters):
        for who in ("zayn", "lina"):
            foreign, none = as_(who), as_(who, at_random(place, values))
            cells.append((who, foreign))
            if (foreign.status, foreign.body) != (none.status, none.body):
                yield said(who, foreign, f"a foreign id can be told from a random one ({none.status})")
            if foreign.status < 400 and method in READ_ONLY:
                yield said(who, foreign, "shows a foreign record")
    reader = as_("reader")
    cells.append(("reader", reader))
    personal = entry.anyone or place.name in ABOUT_ONESELF or place.route.endswith(ONES_OWN_VIEWS)
    if method not in READ_ONLY and reader.changed and not personal:
        yield said("reader", reader, "somebody who may only read changed something")
    owner = _owner(world, place)
    cells.append((owner, own))
    if method in READ_ONLY and own.changed and not place.is_third_party and not place.name.endswith(NOTED):
        yield said(owner, own, "reading changed something")
    for who, tried in cells:
        if tried.status >= 500:
            yield said(who, tried, "failed")
        if tried.status >= 400 and tried.changed:
            yield said(who, tried, "was refused, yet something was written")


def _owner(world: World, place: Place) -> str:
    """sana, whose things they are; the administrator where a rep may not act at all."""
    permission = place.entry.permission if place.entry else ""
    return "sana" if not permission or permission in world.cast.sana.role.permissions else "amal"


def _turned_away(got: Tried) -> bool:
    if got.status in (301, 302):
        return got.to.startswith("/accounts/login/")
    return got.status in (401, 403, 405)
