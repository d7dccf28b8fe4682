"""Many at once: one entry for all, one for each, and one way back."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dawra.access.errors import Invalid, Refused
from dawra.customers.actions.bulk import Change, edit_many, start_bulk
from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.models import BulkRun, Person, Tagging
from dawra.customers.search import find
from dawra.journal import jobs
from dawra.journal.models import Entry
from dawra.journal.undo import undo


@pytest.fixture
def ids(actor, sana):
    return [add_person(actor(sana), plan=NewPerson(name=f"Person {n}")).record.pk for n in range(6)]


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("lifecycle", "customer", lambda p: p.lifecycle == "customer"),
        ("country", "SA", lambda p: p.country == "SA"),
        ("owner", "omar", lambda p: p.owner.name == "Omar Haddad"),
        ("tag_add", "vip", lambda p: Tagging.objects.filter(record_id=p.pk).exists()),
        ("custom.size", "12.5", lambda p: p.custom == {"size": 12.5}),
    ],
)
def test_a_bulk_edit_changes_all_and_is_undone_together(actor, admin, omar, ids, field, value, read):
    define_field(actor(admin), record_kind="person", type="number", plan=FieldPlan("Size", searchable=True))
    signed = actor(omar)
    entry = edit_many(signed, kind="person", ids=ids, change=Change(field, str(omar.pk) if value == "omar" else value))
    of_each = Entry.objects.filter(cause=entry).exclude(kind="customers.handed_over.1")
    assert entry.facts["count"] == 6 and of_each.count() == 6
    assert all(read(Person.fetch(signed, one, "owner")) for one in ids)
    undo(signed, key=entry.key)
    assert not any(read(Person.fetch(signed, one, "owner")) for one in ids)


def test_undoing_leaves_alone_what_was_changed_since(actor, omar, ids):
    signed = actor(omar)
    entry = edit_many(signed, kind="person", ids=ids, change=Change("country", "SA"))
    edit_person(signed, person_id=ids[0], changes={"country": "EG"})
    undo(signed, key=entry.key)
    assert [Person.fetch(signed, one).country for one in ids] == ["EG", "", "", "", "", ""]


def test_its_cost_does_not_grow_with_the_number(actor, omar, ids, django_assert_max_num_queries):
    signed = actor(omar)
    with django_assert_max_num_queries(12):
        edit_many(signed, kind="person", ids=ids[:1], change=Change("country", "SA"))
    with django_assert_max_num_queries(12):
        edit_many(signed, kind="person", ids=ids, change=Change("country", "AE"))


def test_everything_that_matches_is_edited_batch_by_batch(actor, omar, ids, now, monkeypatch):
    monkeypatch.setattr("dawra.customers.actions.bulk.BATCH", 4)
    signed = actor(omar)
    edit_person(signed, person_id=ids[0], changes={"title": "Boss"})
    run = start_bulk(signed, kind="person", asked="lifecycle=lead", change=Change("lifecycle", "customer"))
    assert run.total == 6
    for _step in range(3):
        jobs.run_now("customers.bulk_batch", now, run_id=str(run.pk))
    done = BulkRun.objects.get()
    assert (done.looked_at, bool(done.finished_at)) == (6, True)
    assert {Person.fetch(signed, one).lifecycle for one in ids} == {"customer"}
    undo(signed, key=done.entry.key)
    assert {Person.fetch(signed, one).lifecycle for one in ids} == {"lead"}


def test_only_who_may_edits_many_and_only_what_they_see(actor, sana, zayn, omar, lina, ids):
    change = Change("country", "SA")
    with pytest.raises(Refused):
        edit_many(actor(sana), kind="person", ids=ids, change=change)
    stranger = replace(actor(zayn), permissions=actor(omar).permissions)
    assert edit_many(stranger, kind="person", ids=ids, change=change).facts["count"] == 0
    with pytest.raises(Invalid):
        edit_many(actor(omar), kind="person", ids=[uuid4() for _ in range(501)], change=change)
    with pytest.raises(Invalid):
        edit_many(actor(omar), kind="person", ids=ids, change=Change("lifecycle", "king"))
    with pytest.raises(Invalid):
        edit_many(actor(omar), kind="person", ids=ids, change=Change("name", "x"))


def test_the_page_chooses_field_and_value_and_applies(client_of, omar, ids):
    client = client_of(omar)
    chosen = {"id": [str(one) for one in ids[:2]], "which": "chosen", "asked": "lifecycle=lead"}
    assert "2 records chosen" in client.post("/people/bulk/", chosen).content.decode()
    assert "Saudi Arabia" in client.post("/people/bulk/", chosen | {"field": "country"}).content.decode()
    answer = client.post("/people/bulk/", chosen | {"field": "country", "value": "SA", "apply": "1"})
    assert answer.url == "/people/?lifecycle=lead"
    assert Person._base_manager.filter(country="SA").count() == 2
    answer = client.post(
        "/people/bulk/", {"which": "all", "asked": "country=SA", "field": "country", "value": "EG", "apply": "1"}
    )
    assert client.get(answer.url).status_code == 200
    assert client.post("/people/bulk/", {"which": "chosen"}).status_code == 422


def test_a_new_owner_finds_what_was_given(actor, omar, sana, ids):
    edit_many(actor(omar), kind="person", ids=ids, change=Change("owner", str(omar.pk)))
    assert not find(actor(sana), "person")
