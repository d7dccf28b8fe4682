"""Addresses, companies, stages, tags, consent, owners and the bin: done, told, taken back, closed to strangers."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from dawra.access.actions.sharing import With, share
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.models import Share
from dawra.customers import binned
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.bin import delete_record, restore_record
from dawra.customers.actions.companies import NewCompany, add_company, edit_company
from dawra.customers.actions.consent import NewConsent, record_consent
from dawra.customers.actions.contact import (
    Place,
    add_point,
    affiliate,
    change_affiliation,
    change_point,
    end_affiliation,
    remove_point,
)
from dawra.customers.actions.lifecycle import rename_stage, set_lifecycle
from dawra.customers.actions.owner import assign
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.actions.tags import change_tags
from dawra.customers.listeners import become_customers, become_opportunities
from dawra.customers.models import Affiliation, Company, Consent, ContactPoint, LifecycleChange, Person, Tagging
from dawra.customers.queries.records import consents_of, may_reach
from dawra.customers.queries.stages import stage_choices
from dawra.customers.search import find
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.deals import DealAdded, DealWon
from dawra.journal.undo import undo

NOBODY = UUID(int=7)


@pytest.fixture
def person(actor, sana):
    return add_person(actor(sana), plan=NewPerson(name="Huda", company_name="Nile", role="CEO")).record


@pytest.fixture
def company(person):
    return Affiliation.objects.select_related("company").get(person=person).company


def test_addresses_come_change_and_go_and_each_can_be_taken_back(actor, sana, person):
    signed = actor(sana)
    added = add_point(signed, kind="person", record_id=person.pk, point=NewPoint("email", "a@nile.example"))
    assert added.record.is_primary
    changed = change_point(signed, point_id=added.record.pk, point=NewPoint("email", "b@nile.example", "work"))
    assert find(signed, "b@nile") and not find(signed, "a@nile")
    undo(signed, key=changed.entry.key)
    assert ContactPoint.objects.get().value == "a@nile.example"
    removed = remove_point(signed, point_id=added.record.pk)
    undo(signed, key=removed.entry.key)
    assert ContactPoint.objects.get().unique_key == "email:person:a@nile.example"
    with pytest.raises(Conflict):
        add_point(signed, kind="person", record_id=person.pk, point=NewPoint("email", "A@nile.example"))


def test_one_address_of_each_kind_is_the_first(actor, sana, person):
    signed = actor(sana)
    one = add_point(signed, kind="person", record_id=person.pk, point=NewPoint("phone", "0551234567")).record
    two = add_point(signed, kind="person", record_id=person.pk, point=NewPoint("phone", "0557654321", "", True)).record
    assert dict(ContactPoint.objects.values_list("pk", "is_primary")) == {one.pk: False, two.pk: True}
    remove_point(signed, point_id=two.pk)
    assert ContactPoint.objects.get().is_primary


def test_a_person_belongs_to_many_companies_and_one_is_primary(actor, sana, person, company):
    signed = actor(sana)
    other = add_company(signed, plan=NewCompany(name="Barq")).record
    linked = affiliate(signed, person_id=person.pk, company_id=other.pk, place=Place("Board", True))
    assert list(Affiliation.objects.filter(is_primary=True).values_list("company_id", flat=True)) == [other.pk]
    ended = end_affiliation(signed, affiliation_id=linked.record.pk, until_on=date(2026, 11, 1))
    assert Affiliation.objects.get(is_primary=True).company_id == company.pk
    undo(signed, key=ended.entry.key)
    assert Affiliation.objects.get(pk=linked.record.pk).until_on is None
    changed = change_affiliation(signed, affiliation_id=linked.record.pk, place=Place("Chair", False))
    undo(signed, key=changed.entry.key)
    assert Affiliation.objects.get(pk=linked.record.pk).role == "Board"
    undo(signed, key=linked.entry.key)
    assert Affiliation.objects.count() == 1
    with pytest.raises(Invalid):
        affiliate(
            signed, person_id=person.pk, company_id=other.pk, place=Place("", False, date(2026, 2, 1), date(2026, 1, 1))
        )


def test_a_stage_change_is_kept_and_taken_back(actor, sana, person):
    signed = actor(sana)
    done = set_lifecycle(signed, kind="person", record_id=person.pk, to_stage="customer", reason="signed")
    steps = LifecycleChange.objects.filter(record_id=person.pk).order_by("id").values_list("from_stage", "to_stage")
    assert list(steps) == [("", "lead"), ("lead", "customer")]
    undo(signed, key=done.entry.key)
    assert Person.fetch(signed, person.pk).lifecycle == "lead"
    with pytest.raises(Invalid):
        set_lifecycle(signed, kind="person", record_id=person.pk, to_stage="king")


def test_a_company_names_its_stages_its_own_way(actor, admin, sana):
    rename_stage(actor(admin), code="lead", name="Prospect", name_ar="مرتقب")
    assert dict(stage_choices("ar"))["lead"] == "مرتقب" and dict(stage_choices("en"))["lead"] == "Prospect"
    rename_stage(actor(admin), code="lead", name="")
    assert dict(stage_choices("en"))["lead"] == "Lead"
    with pytest.raises(Refused):
        rename_stage(actor(sana), code="lead", name="x")


def test_a_deal_moves_its_company_and_people_onward_never_back(actor, sana, system, person, company):
    from django.db import transaction

    with transaction.atomic():
        added = write(actor(sana), DealAdded(NOBODY, "Deal", NOBODY, "First", 1, "SAR"), about=[company])
    become_opportunities(system, added)
    assert Company.fetch(actor(sana), company.pk).lifecycle == "opportunity"
    with transaction.atomic():
        won = write(
            actor(sana), DealWon(NOBODY, "Deal", NOBODY, NOBODY, 1, "SAR", 1, "price", company.pk), about=[company]
        )
    become_customers(system, won)
    assert Person.fetch(actor(sana), person.pk).lifecycle == "customer"
    become_opportunities(system, added)
    assert Company.fetch(actor(sana), company.pk).lifecycle == "customer"


def test_tags_are_one_set_of_words_for_all_records(actor, sana, person, company):
    signed = actor(sana)
    change_tags(signed, kind="person", record_id=person.pk, add=["VIP", "cold  chain"])
    entry = change_tags(signed, kind="company", record_id=company.pk, add=["vip"])
    assert Tagging.objects.count() == 3 and len(set(Tagging.objects.values_list("tag_id", flat=True))) == 2
    undo(signed, key=entry.key)
    assert not Tagging.objects.filter(record_id=company.pk).exists()
    assert change_tags(signed, kind="person", record_id=person.pk, add=["Vip"]) is None


def test_consent_is_added_never_overwritten_and_the_newest_word_counts(actor, sana, person, now):
    signed = actor(sana)
    assert may_reach(person.pk, "email") is None
    given = NewConsent("email", True, "consent", "Yes, write to me", "form 12", now - timedelta(days=2))
    record_consent(signed, person_id=person.pk, consent=given)
    record_consent(signed, person_id=person.pk, consent=NewConsent("email", False, "objection"))
    assert Consent.objects.count() == 2
    assert [(one.channel, one.granted) for one in consents_of(person)] == [("email", False)]
    with pytest.raises(Invalid) as refusal:
        record_consent(signed, person_id=person.pk, consent=NewConsent("sms", True, "consent"))
    assert refusal.value.field == "wording"


def test_giving_away_ones_own_is_free_taking_anothers_is_not(actor, sana, lina, omar, person):
    entry = assign(actor(sana), kind="person", record_id=person.pk, owner_id=lina.pk).entry
    with pytest.raises(NotFound):
        Person.fetch(actor(sana), person.pk)
    assert find(actor(lina), "huda") and not find(actor(sana), "huda")
    assign(actor(lina), kind="person", record_id=person.pk, owner_id=sana.pk)
    with pytest.raises(Conflict):
        undo(actor(omar), key=entry.key)
    back = assign(actor(omar), kind="person", record_id=person.pk, owner_id=omar.pk).entry
    undo(actor(omar), key=back.key)
    assert Person.fetch(actor(sana), person.pk).owner_id == sana.pk


def test_the_bin_frees_unique_addresses_and_explains_a_collision(actor, omar):
    signed = actor(omar)
    plan = NewPerson(name="Rania", points=(NewPoint("email", "r@x.example"),))
    first = add_person(signed, plan=plan).record
    delete_record(signed, kind="person", record_id=first.pk)
    second = add_person(signed, plan=plan).record
    with pytest.raises(Conflict, match="Rania"):
        restore_record(signed, kind="person", record_id=first.pk)
    delete_record(signed, kind="person", record_id=second.pk)
    restore_record(signed, kind="person", record_id=first.pk)
    assert find(signed, "rania")[0].id == first.pk


def test_after_thirty_days_only_what_nothing_refers_to_is_gone(actor, omar, lina, now):
    signed = actor(omar, now - timedelta(days=31))
    parent = add_company(signed, plan=NewCompany(name="Parent")).record
    child = add_company(signed, plan=NewCompany(name="Child", parent_id=parent.pk)).record
    lone = add_company(signed, plan=NewCompany(name="Lone")).record
    for one in (child, lone):
        share(signed, record=one, with_whom=With("member", lina.pk), reason="joint visit")
    for one in (parent, lone):
        delete_record(signed, kind="company", record_id=one.pk)
    jobs.run_now("customers.empty_bin", now)
    assert [row.record_id for row in Share.objects.all()] == [child.pk], "what is gone is shared with nobody"
    assert set(Company._base_manager.values_list("pk", flat=True)) == {parent.pk, child.pk}
    assert [one.name for one in binned.in_bin(actor(omar))] == ["Parent"]


def test_a_company_is_never_its_own_parent(actor, sana):
    signed = actor(sana)
    top = add_company(signed, plan=NewCompany(name="Top")).record
    low = add_company(signed, plan=NewCompany(name="Low", parent_id=top.pk)).record
    with pytest.raises(Invalid):
        edit_company(signed, company_id=top.pk, changes={"parent_id": low.pk})


def test_a_renamed_company_keeps_its_people_findable(actor, sana, person, company, now):
    edit_company(actor(sana), company_id=company.pk, changes={"name": "Delta Dairies"})
    jobs.run_now("customers.refind_people_of", now, company_id=str(company.pk))
    assert person.pk in [one.id for one in find(actor(sana), "delta", kinds=("person",))]
    edit_company(actor(sana), company_id=company.pk, changes={"name_ar": "ألبان الدلتا"})
    jobs.run_now("customers.refind_people_of", now, company_id=str(company.pk))
    (found,) = find(actor(sana), "دلتا", kinds=("person",))
    assert "Delta Dairies" in found.detail and "ألبان الدلتا" in found.detail_ar


def test_a_stranger_does_none_of_it(actor, sana, zayn, person, company, now):
    point = add_point(actor(sana), kind="person", record_id=person.pk, point=NewPoint("phone", "0551234567")).record
    link = Affiliation.objects.get()
    stranger = actor(zayn)
    attempts = [
        lambda: add_point(stranger, kind="person", record_id=person.pk, point=NewPoint("email", "z@z.example")),
        lambda: change_point(stranger, point_id=point.pk, point=NewPoint("phone", "0551111111")),
        lambda: remove_point(stranger, point_id=point.pk),
        lambda: affiliate(stranger, person_id=person.pk, company_id=company.pk, place=Place("x")),
        lambda: change_affiliation(stranger, affiliation_id=link.pk, place=Place("x")),
        lambda: end_affiliation(stranger, affiliation_id=link.pk, until_on=date(2026, 11, 1)),
        lambda: set_lifecycle(stranger, kind="person", record_id=person.pk, to_stage="customer"),
        lambda: assign(stranger, kind="person", record_id=person.pk, owner_id=zayn.pk),
        lambda: change_tags(stranger, kind="person", record_id=person.pk, add=["x"]),
        lambda: record_consent(stranger, person_id=person.pk, consent=NewConsent("email", False, "objection")),
        lambda: edit_company(stranger, company_id=company.pk, changes={"city": "x"}),
        lambda: delete_record(stranger, kind="person", record_id=person.pk),
        lambda: restore_record(stranger, kind="person", record_id=person.pk),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
