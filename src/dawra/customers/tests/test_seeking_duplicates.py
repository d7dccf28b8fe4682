from datetime import timedelta

import pytest
from django.utils.translation import override

from dawra.access.errors import Conflict, NotFound, Refused
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.duplicates import deciding, searching, showing
from dawra.customers.duplicates.merging import merge
from dawra.customers.duplicates.suggesting import suggest
from dawra.customers.models import BlockKey, DuplicatePair, DuplicateSearch, Person
from dawra.customers.tests.acts import tables
from dawra.journal import jobs
from dawra.journal.undo import undo
from tests.cast import NOW


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def add(actor, sana):
    def added(name, phone="", email="", **more):
        points = tuple(NewPoint(kind, value) for kind, value in (("phone", phone), ("email", email)) if value)
        return add_person(actor(sana), plan=NewPerson(name=name, points=points, **more)).record

    return added


def whole_search(now=NOW + timedelta(minutes=1)):
    jobs.run_now("customers.seek_duplicates", now)
    search = DuplicateSearch.objects.order_by("-id").first()
    for _step in range(50):
        if DuplicateSearch.objects.get(pk=search.pk).ended_at:
            return
        jobs.run_now("customers.seek_batch", now, search_id=search.pk)
    raise AssertionError("the search never ends")


def test_the_search_finds_one_person_in_two_scripts(actor, sana, add):
    one = add("Mohammed Al-Harbi", "+966501234567")
    other = add("محمد الحربي", "+966501234567")
    add("Mohammed Al-Zahrani", "+966509999999")
    whole_search()
    (card,), following = showing.queue(actor(sana), "person")
    assert {card.one.id, card.other.id} == {one.pk, other.pk} and following == ""
    assert card.reasons == "same phone; name sounds the same" and not card.is_exact


def test_records_an_import_left_without_keys_get_them(add):
    person = add("Huda Amin", "+966501234567")
    BlockKey.objects.all().delete()
    whole_search()
    assert BlockKey.objects.filter(record_id=person.pk).exists()


def test_a_pair_is_seen_by_who_sees_both(actor, sana, omar, lina, zayn, add):
    one, other = add("Huda Amin", "+966501234567"), add("Huda Amin", "+966501234567")
    whole_search()
    assert len(showing.queue(actor(omar), "person")[0]) == 1
    assert showing.queue(actor(zayn), "person")[0] == []
    Person._base_manager.filter(pk=other.pk).update(owner=lina)
    assert showing.queue(actor(sana), "person")[0] == []
    pair = DuplicatePair.objects.get()
    for stranger in (zayn, lina, sana):
        with pytest.raises(NotFound):
            deciding.tell_apart(actor(stranger), pair_id=pair.pk)
    assert one.pk


def test_not_a_duplicate_is_remembered_and_can_be_taken_back(actor, sana, add):
    add("Huda Amin", "+966501234567"), add("Huda Amin", "+966501234567")
    whole_search()
    pair = DuplicatePair.objects.get()
    entry = deciding.tell_apart(actor(sana), pair_id=pair.pk)
    whole_search(NOW + timedelta(days=1))
    assert showing.queue(actor(sana), "person")[0] == []
    with pytest.raises(Conflict):
        deciding.tell_apart(actor(sana), pair_id=pair.pk)
    undo(actor(sana), key=entry.key)
    assert len(showing.queue(actor(sana), "person")[0]) == 1


def test_a_pair_that_is_no_longer_alike_leaves_the_queue(actor, sana, add):
    add("Huda Amin", city="Riyadh"), add("Nadia Salem", "+966501234567")
    third = add("Nadia Salem", "+966501234567")
    whole_search()
    assert DuplicatePair.objects.count() == 1
    third.points.all().delete()
    edit_person(actor(sana), person_id=third.pk, changes={"name": "Karim Saleh"})
    whole_search(NOW + timedelta(days=1))
    assert DuplicatePair.objects.count() == 0


def test_a_night_looks_at_what_changed_and_once_a_week_at_everything(actor, admin, sana, add, monkeypatch):
    monkeypatch.setattr(searching, "MOST_CHANGED", 9)
    monkeypatch.setattr(searching.meeting, "OVERLAP", 0)
    one, other = add("Huda Amin", "+966501234567"), add("Huda Amin", "+966501234567")
    third = add("Nadia Salem", "+966502222222")
    whole_search()
    assert DuplicateSearch.objects.latest("id").whole and DuplicatePair.objects.count() == 1
    DuplicatePair.objects.all().delete()
    fourth = add("Nadia Salem", "+966502222222")
    whole_search(NOW + timedelta(days=1))
    search, pair = DuplicateSearch.objects.latest("id"), DuplicatePair.objects.get()
    assert not search.whole and search.learnt
    assert {pair.a_id, pair.b_id} == {third.pk, fourth.pk}, "nobody touched the other two"
    fourth.points.all().delete()
    edit_person(actor(sana), person_id=fourth.pk, changes={"name": "Karim Saleh"})
    whole_search(NOW + timedelta(days=2))
    assert not DuplicatePair.objects.exists()
    searching.seek(actor(admin))
    assert DuplicateSearch.objects.latest("id").whole
    DuplicateSearch.objects.filter(ended_at=None).delete()
    whole_search(NOW + timedelta(days=9))
    assert DuplicateSearch.objects.latest("id").whole
    assert DuplicatePair.objects.filter(a_id=min(one.pk, other.pk)).exists()


def test_all_exact_ones_are_merged_at_once_and_taken_back_at_once(actor, omar, sana, add):
    people = [add("Huda Amin", "+966501234567") for _number in range(3)]
    add("Huda Amin", "+966509999999")
    add("Huda Amine", "+966501234567")
    whole_search()
    before = tables()
    with pytest.raises(Refused):
        deciding.merge_exact(actor(sana), kind="person")
    entry = deciding.merge_exact(actor(omar), kind="person")
    live = set(Person.objects.visible_to(actor(omar)).values_list("pk", flat=True))
    assert len(live) == 3 and people[0].pk in live
    undo(actor(omar), key=entry.key)
    assert tables() == before


def test_two_searches_never_run_at_once(actor, admin, sana):
    searching.seek(actor(admin))
    with pytest.raises(Conflict):
        searching.seek(actor(admin))
    with pytest.raises(Refused):
        searching.seek(actor(sana))


def test_what_an_import_suggests_waits_for_a_person(actor, sana, add):
    one, other = add("Huda Amin"), add("Huda Amin", email="h@x.example")
    suggest("person", [(other.pk, one.pk)], because="name", now=NOW)
    suggest("person", [(one.pk, other.pk)], because="name", now=NOW)
    (card,), _ = showing.queue(actor(sana), "person")
    assert card.reasons == "same name" and card.certainty == "possible"


def test_what_was_said_of_the_one_that_goes_holds_for_the_one_that_stays(actor, sana, add):
    one, other, third = (add("Huda Amin", "+966501234567") for _number in range(3))
    suggest("person", [(other.pk, third.pk)], because="name", now=NOW)
    deciding.tell_apart(actor(sana), pair_id=DuplicatePair.objects.get().pk)
    merge(actor(sana), kind="person", kept_id=one.pk, gone_id=other.pk, choices={})
    assert DuplicatePair.objects.get(a_id=one.pk, b_id=third.pk).state == "different"
