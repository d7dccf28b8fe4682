"""Adding and editing people: whole or not at all, written down, and taken back."""

from uuid import uuid4

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.models import Affiliation, Company, ContactPoint, LifecycleChange, Person
from dawra.customers.queries.duplicates import likely
from dawra.customers.rules import point
from dawra.customers.search import find
from dawra.journal.models import Entry, Mention
from dawra.journal.undo import undo

HUDA = NewPerson(
    name="Huda Amin",
    name_ar="هدى أمين",
    title="Head of fleet",
    points=(NewPoint("email", "Huda@Nile.example"), NewPoint("phone", "055 123 4567", "mobile")),
    company_name="Nile Foods",
)


def test_a_person_is_added_whole_with_addresses_company_entry_and_search_row(actor, sana):
    done = add_person(actor(sana), plan=HUDA)
    person = done.record
    assert (person.owner_id, person.version, person.folded) == (sana.pk, 1, "huda amin هدي امين")
    points = {p.kind: (p.value, p.normal, p.is_primary) for p in ContactPoint.objects.filter(person=person)}
    assert points["phone"] == ("+966 55 123 4567", "+966551234567", True)
    assert points["email"][1] == "huda@nile.example"
    link = Affiliation.objects.select_related("company").get(person=person)
    assert link.is_primary and link.company.name == "Nile Foods"
    assert Mention.objects.filter(entry=done.entry).count() == 2
    assert LifecycleChange.objects.filter(record_id=person.pk, to_stage="lead").exists()
    for words in ("huda", "هدي", "nile foods", "0551234567", "huda@nile"):
        assert person.pk in [one.id for one in find(actor(sana), words, kinds=("person",))], words


def test_adding_a_person_costs_few_queries(actor, sana, django_assert_max_num_queries):
    plan = NewPerson(name="Karim Saleh", points=(NewPoint("email", "karim@x.example"),))
    company = add_company(actor(sana), plan=NewCompany(name="Barq")).record
    signed = actor(sana)
    with django_assert_max_num_queries(15):  # two of them are a savepoint
        likely(signed, "person", [plan.name], [point("email", "karim@x.example")])
        add_person(signed, plan=NewPerson(name="Karim Saleh", points=plan.points, company_id=company.pk))


def test_an_address_that_cannot_be_read_stops_everything(actor, sana):
    with pytest.raises(Invalid) as refusal:
        add_person(actor(sana), plan=NewPerson(name="X", company_name="New Co", points=(NewPoint("email", "no"),)))
    assert refusal.value.field == "points.0"
    assert not Company.objects.visible_to(actor(sana)).exists()


def test_an_email_belongs_to_one_person_and_the_refusal_says_only_what_one_may_see(actor, sana, lina, omar):
    add_person(actor(sana), plan=HUDA)
    again = NewPerson(name="Someone", points=(NewPoint("email", "huda@nile.example"),))
    with pytest.raises(Conflict, match="Huda Amin"):
        add_person(actor(omar), plan=again)
    with pytest.raises(Conflict) as refusal:
        add_person(actor(lina), plan=again)
    assert "cannot see" in str(refusal.value) and "Amin" not in str(refusal.value)


def test_duplicates_are_named_before_saving_with_the_reason(actor, sana, lina):
    huda = add_person(actor(sana), plan=HUDA).record
    points = [point("email", "huda@nile.example"), point("phone", "+966551234567")]
    found = likely(actor(sana), "person", ["HUDA  amin"], points)
    assert [(one.id, one.because, one.blocks) for one in found] == [(huda.pk, "email", True)]
    assert likely(actor(sana), "person", ["هدي امين"], [])[0].because == "name"
    assert likely(actor(sana), "person", ["H. A.", "هدي امين"], [])[0].because == "name"
    assert likely(actor(sana), "person", ["Huda"], []) == []
    blind = likely(actor(lina), "person", ["Huda Amin"], points)
    assert [(one.id, one.name) for one in blind] == [(None, "")]


def test_an_edit_tells_before_and_after_and_can_be_taken_back(actor, sana):
    person = add_person(actor(sana), plan=HUDA).record
    done = edit_person(actor(sana), person_id=person.pk, changes={"title": "CFO", "city": "Riyadh"}, version=1)
    assert done.entry.facts["changes"] == {"title": ["Head of fleet", "CFO"], "city": ["", "Riyadh"]}
    undo(actor(sana), key=done.entry.key)
    fresh = Person.fetch(actor(sana), person.pk)
    assert (fresh.title, fresh.city, fresh.version) == ("Head of fleet", "", 3)


def test_an_edit_changed_since_is_not_taken_back(actor, sana):
    person = add_person(actor(sana), plan=HUDA).record
    first = edit_person(actor(sana), person_id=person.pk, changes={"title": "CFO"}).entry
    edit_person(actor(sana), person_id=person.pk, changes={"title": "CEO"})
    with pytest.raises(Conflict):
        undo(actor(sana), key=first.key)
    assert Person.fetch(actor(sana), person.pk).title == "CEO"


def test_the_second_of_two_editors_learns_what_changed(actor, sana, omar):
    person = add_person(actor(sana), plan=HUDA).record
    edit_person(actor(sana), person_id=person.pk, changes={"title": "CFO"}, version=1)
    with pytest.raises(Stale) as stale:
        edit_person(actor(omar), person_id=person.pk, changes={"title": "CTO"}, version=1)
    assert (stale.value.facts["theirs"], stale.value.facts["yours"]) == ({"title": "CFO"}, {"title": "CTO"})
    assert stale.value.facts["version"] == 2


def test_nothing_is_written_where_nothing_differs(actor, sana):
    person = add_person(actor(sana), plan=HUDA).record
    assert edit_person(actor(sana), person_id=person.pk, changes={"title": "Head of fleet"}).entry is None


def test_adding_can_be_taken_back_by_who_added(actor, sana):
    done = add_person(actor(sana), plan=HUDA)
    undo(actor(sana), key=done.entry.key)
    assert not Person.objects.visible_to(actor(sana)).filter(pk=done.record.pk).exists()
    add_person(actor(sana), plan=HUDA)  # the address is free again


def test_a_stranger_finds_edits_and_undoes_nothing(actor, sana, zayn):
    done = add_person(actor(sana), plan=HUDA)
    with pytest.raises(NotFound):
        edit_person(actor(zayn), person_id=done.record.pk, changes={"title": "x"})
    with pytest.raises(NotFound):
        undo(actor(zayn), key=done.entry.key)
    with pytest.raises(NotFound):
        add_person(actor(zayn), plan=NewPerson(name="Y", company_id=Affiliation.objects.get().company_id))
    with pytest.raises(NotFound):
        edit_person(actor(zayn), person_id=uuid4(), changes={"title": "x"})
    assert find(actor(zayn), "huda") == []


def test_without_the_permission_nobody_adds(actor, sana):
    from dataclasses import replace

    with pytest.raises(Refused):
        add_person(replace(actor(sana), permissions=frozenset({"customers.read"})), plan=HUDA)
    assert not Entry.objects.filter(kind="customers.person_added.1").exists()


def test_only_who_may_assign_adds_for_others(actor, sana, omar):
    plan = NewPerson(name="X", owner_id=omar.pk)
    with pytest.raises(Refused):
        add_person(actor(sana), plan=plan)
    assert add_person(actor(omar), plan=NewPerson(name="X", owner_id=sana.pk)).record.owner_id == sana.pk
