"""Statements that are kept give everybody what a fresh one would, and nobody what another may see."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from dawra.access.errors import Invalid
from dawra.access.kept import KeptList
from dawra.customers.models import Person
from dawra.customers.queries import lists

pytestmark = pytest.mark.django_db


def a_person(signer: Any, name: str, country: str = "") -> None:
    values = {"folded": name.lower(), "owner_id": signer.member_id, "lifecycle_since": signer.now, "country": country}
    Person.signed_by(signer, name=name, **values).save(force_insert=True)


@pytest.fixture
def kept() -> KeptList:
    """A list nobody has asked yet."""
    return KeptList(
        Person.objects.visible_to,
        ids=("id", "owner_id"),
        moments=("created_at", "updated_at"),
        texts=("folded", "country"),
    )


def names(kept: KeptList, actor: Any, asked: str) -> list[str]:
    listing = lists.listing("person")
    return [row["folded"] for row in kept.page(actor, listing, listing.parse(QueryDict(asked))).rows]


def test_what_one_reader_taught_the_list_shows_the_next_only_their_own(kept, sana, lina, zayn, admin, actor) -> None:
    a_person(actor(sana), name="Mona")
    a_person(actor(lina), name="Huda")
    for _round in range(2):
        assert names(kept, actor(sana), "sort=name") == ["mona"]
        assert names(kept, actor(lina), "sort=name") == ["huda"]
        assert names(kept, actor(zayn), "sort=name") == []
        assert names(kept, actor(admin), "sort=name") == ["huda", "mona"]
    assert all(kept._texts.values()), "every one of these questions could be kept"


def test_a_kept_question_is_asked_with_the_values_of_today(kept, sana, actor) -> None:
    for name, country in (("Mona", "SA"), ("Noor", "EG"), ("Rami", "SA")):
        a_person(actor(sana), name=name, country=country)
    asked = {
        "country=SA&sort=name": ["mona", "rami"],
        "country=EG&sort=name": ["noor"],
        "country__in=EG,SA&sort=-name": ["rami", "noor", "mona"],
        "country__in=EG,JO&sort=-name": ["noor"],
        "country__not=SA": ["noor"],
        "country__not=EG&sort=name": ["mona", "rami"],
        "created__gte=2000-01-01&name=noor": ["noor"],
        "created__gte=2999-01-01&name=noor": [],
        "name__has=o&sort=name": ["mona", "noor"],
        "country__empty=yes": [],
    }
    for _round in range(2):
        for question, answer in asked.items():
            assert names(kept, actor(sana), question) == answer, question


@pytest.mark.parametrize("sort", ["name", "-name", "created", "-created", "-updated"])
def test_pages_follow_one_another_without_gap_or_overlap(kept, sana, actor, sort) -> None:
    for number in range(7):
        a_person(actor(sana), name=f"P{number % 3}{number}")
    listing = lists.listing("person")
    whole = kept.page(actor(sana), listing, listing.parse(QueryDict(f"sort={sort}"))).rows
    found, after = [], ""
    for _page in range(4):
        page = kept.page(actor(sana), listing, listing.parse(QueryDict(f"sort={sort}&limit=2&after={after}")))
        found += page.rows
        after = page.next
    assert [row["id"] for row in found] == [row["id"] for row in whole]
    assert not after


def test_the_text_is_what_a_fresh_question_would_be(kept, omar, sana, actor) -> None:
    a_person(actor(sana), name="Mona", country="SA")
    texts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            names(kept, actor(omar), "country=SA&sort=-created")
        texts.append(captured.captured_queries[-1]["sql"])
    learnt, again = texts
    assert len(learnt) == len(again)
    assert sorted(learnt) == sorted(again)


@pytest.mark.parametrize("after", [["s", "x"], ["i", 2**70], ["f", "1"], ["n", None], ["d", "2020-01-01"]])
def test_a_page_mark_of_another_order_is_refused(kept, sana, actor, after) -> None:
    text = base64.urlsafe_b64encode(json.dumps([*after, str(uuid4())]).encode()).decode()
    with pytest.raises(Invalid):
        names(kept, actor(sana), f"sort=-created&after={text}")


def test_a_character_no_column_holds_is_refused(kept, sana, actor) -> None:
    with pytest.raises(Invalid):
        names(kept, actor(sana), "source__is=%00")
