"""Search finds in either script, whole words first, and never hints at what may not be seen."""

from uuid import uuid4

import pytest
from django.db import connection

from dawra.access.models import Share
from dawra.access.permissions import PERMISSIONS
from dawra.customers import search
from dawra.customers.models import Person
from dawra.customers.search import find, narrowed
from dawra.customers.tests.acts import a_company, a_person
from tests.cast import NOW


@pytest.fixture
def huda(system, sana):
    return a_person(system, sana, "هُدى أحمَد", "Huda Ahmed", "huda.ahmed@nile.example", "+966 50 123 4567", "José")


@pytest.mark.parametrize(
    "text",
    [
        "هدى", "هدي", "احمد", "أحمد", "إحمد", "هُدى أَحمد", "احمد هدى", "huda", "HUD", "hud ahm", "jose", "José",
        "huda.ahmed@nile.example", "nile", "0501234567", "050 123 4567", "+966501234567", "966501234567",
        "٠٥٠١٢٣٤٥٦٧", "1234567", "4567", "1234", "00966501234567",
    ],
)  # fmt: skip
def test_each_way_of_writing_finds_her(actor, sana, huda, text):
    assert [found.id for found in find(actor(sana), text)] == [huda.pk]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "zzz", "huda zzz", '"', "*", 'a" OR "b', "NOT", "'; DROP", "-huda zz", "\x00", "(", ":", "kperson"],
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(actor, sana, huda, text):
    assert find(actor(sana), text) == []


def test_marks_inside_the_index_cannot_be_asked_for(actor, sana, huda):
    for text in (search.MARK, f"{search.MARK}person", sana.pk.hex, "nobody"):
        assert find(actor(sana), text) == [], text


def test_the_article_may_be_left_out(actor, system, sana):
    company = a_company(system, sana, "شركة النيل للأغذية")
    assert [found.id for found in find(actor(sana), "نيل")] == [company.pk]


def test_the_exact_name_comes_before_whole_words_and_these_before_beginnings(actor, system, sana):
    exact, whole = a_person(system, sana, "Ali"), a_person(system, sana, "Ali Hassan")
    beginning = a_person(system, sana, "Alia Saleh")
    assert [found.id for found in find(actor(sana), "ali")] == [exact.pk, whole.pk, beginning.pk]


def test_nobody_finds_what_is_anothers(actor, sana, omar, lina, zayn, admin, huda):
    assert [len(find(actor(member), "huda")) for member in (sana, omar, admin, lina, zayn)] == [1, 1, 1, 0, 0]


def test_what_belongs_to_nobody_is_found_by_everybody(actor, system, zayn):
    a_person(system, None, "Mona Saleh")
    assert len(find(actor(zayn), "mona")) == 1


def test_a_shared_record_is_found_by_whom_it_is_shared_with(actor, sana, zayn, huda):
    Share.objects.create(
        record_kind="person",
        record_id=huda.pk,
        with_kind="member",
        with_id=zayn.pk,
        reason="x",
        shared_at=NOW,
        shared_by=sana,
    )
    assert [found.id for found in find(actor(zayn), "huda ahm")] == [huda.pk]
    assert list(narrowed(Person.objects.visible_to(actor(zayn)), "huda")) == [huda]


def test_a_role_that_may_not_read_deals_finds_none(actor, sana):
    search.put(search.Findable("deal", uuid4(), sana.pk, "Huda's fleet", "", ["Huda's fleet"]))
    me = actor(sana)
    assert len(find(me, "fleet")) == 1
    assert find(me.limited_to(set(PERMISSIONS) - {"deals.read"}, "api"), "fleet") == []


def test_kinds_narrow_the_answer(actor, system, sana):
    a_person(system, sana, "Nile Fisher")
    company = a_company(system, sana, "Nile Foods")
    assert [found.id for found in find(actor(sana), "nile", kinds=["company"])] == [company.pk]


def test_a_new_owner_and_a_new_name_are_known_at_once(actor, sana, lina, huda):
    search.put(search.Findable("person", huda.pk, lina.pk, "Huda Nasser", "", ["Huda Nasser"]))
    assert find(actor(sana), "huda") == []
    assert len(find(actor(lina), "nasser")) == 1
    assert find(actor(lina), "ahmed") == []


def test_what_is_in_the_bin_is_not_found(actor, sana, huda):
    search.drop([huda.pk])
    assert find(actor(sana), "huda") == []


def test_a_list_is_narrowed_to_its_readers_own_before_candidates_are_counted(actor, system, sana, lina, monkeypatch):
    monkeypatch.setattr(search, "MOST_CANDIDATES", 3)
    mine = a_person(system, sana, "Karim Fadel")
    for number in range(5):
        a_person(system, lina, f"Karim {number}")
    assert list(narrowed(Person.objects.visible_to(actor(sana)), "karim")) == [mine]
    assert narrowed(Person.objects.visible_to(actor(sana)), " ").count() == 1


def test_a_search_costs_few_queries(actor, sana, huda, django_assert_max_num_queries):
    """PostgreSQL is asked twice each time: among the newest rows, then the index."""
    me = actor(sana)
    with django_assert_max_num_queries(3 if connection.vendor == "sqlite" else 5):
        find(me, "hud")


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no index of letters inside words")
@pytest.mark.parametrize(("text", "finds"), [("hmed", True), ("مد هد", False), ("ile", True), ("rso", False)])
def test_letters_inside_a_word_are_found_where_nothing_begins_so_but_never_a_mark(actor, sana, zayn, huda, text, finds):
    assert [found.id for found in find(actor(sana), text)] == ([huda.pk] if finds else [])
    assert find(actor(zayn), text) == []
