"""The newest people are chosen owner by owner on SQLite; everybody still sees exactly what is theirs, page by page."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict

from dawra.access.models import Share
from dawra.customers.models import Person
from dawra.customers.queries import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(sana, omar, lina, actor) -> None:
    """Twelve people, one a minute, by turns of sana, omar, lina and nobody; two of lina's are shared with sana."""
    signer = actor(sana)
    owners = (sana, omar, lina, None)
    for number in range(12):
        owner, at = owners[number % 4], signer.now - timedelta(minutes=number)
        person = Person.signed_by(
            signer,
            name=f"P{number}",
            folded=f"p{number}",
            owner=owner,
            lifecycle_since=at,
            country="SA" if number < 9 else "",
        )
        person.created_at = at
        person.save(force_insert=True)
        if number in (2, 10):
            Share.objects.create(
                record_kind="person", record_id=person.pk, with_kind="member", with_id=sana.pk, reason="Both know her",
                shared_by=lina, shared_at=at,
            )  # fmt: skip


def paged(reader: Any, asked: str) -> list[str]:
    """Every page of three after the other, as one list."""
    listing, names, after = lists.listing("person"), [], ""
    while True:
        query = listing.parse(QueryDict(f"{asked}&limit=3&after={after}"))
        page = listing.page(Person.objects.visible_to(reader).select_related("owner"), query)
        names += [row.name for row in page.rows]
        if not page.next:
            return names
        after = page.next


@pytest.mark.parametrize("asked", ["sort=-created", "sort=created", "country=SA&sort=-created"])
def test_pages_hold_what_is_ones_own_nobodys_or_shared_and_nothing_else(everybody, sana, omar, zayn, actor, asked):
    seen = {
        sana: {0, 4, 8, 3, 7, 11, 2, 10},
        omar: {0, 4, 8, 1, 5, 9, 3, 7, 11},  # his own, those of his team, nobody's
        zayn: {3, 7, 11},
    }
    for member, numbers in seen.items():
        shown = sorted(number for number in numbers if "country" not in asked or number < 9)
        expected = [f"P{number}" for number in (reversed(shown) if asked == "sort=created" else shown)]
        assert paged(actor(member), asked) == expected
