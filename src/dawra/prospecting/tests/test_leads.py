"""A lead's life: it comes in, is given to somebody, answered, accepted or rejected, and each of that can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.customers.actions.activities import Happening, delete_activity, log_activity
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson
from dawra.customers.models import Person
from dawra.deals.models import Deal, DealOrigin
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.prospecting.actions.adding import MaybeKnown, NewLead, add_lead, edit_lead
from dawra.prospecting.actions.answering import look_again
from dawra.prospecting.actions.deciding import Acceptance, accept_lead, reject_lead, reopen_lead
from dawra.prospecting.actions.giving import assign_lead, cover_leave
from dawra.prospecting.models import Assignment, Lead
from dawra.team.models import Leave
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def fresh(lead: Lead) -> Lead:
    return Lead._base_manager.select_related("person").get(pk=lead.pk)


def last(kind: str) -> Entry:
    found = Entry.objects.filter(kind=kind).order_by("id").last()
    assert found
    return found


def test_an_inquiry_makes_a_person_once_and_the_rules_say_who_answers(takes: Any, cast: Any, actor: Any) -> None:
    takes(cast.sana)
    asked = NewLead(
        person=NewPerson(name="Rania Aziz", points=(NewPoint("email", "rania@zaytun.example"),)),
        company_name="Zaytun Foods",
        source="Web form",
        words="Could you send a quote?",
    )
    first = add_lead(actor(cast.amal), new=asked).lead
    again = add_lead(actor(cast.amal), new=replace(asked, words="Any news?")).lead
    assert first.person_id == again.person_id and first.company_id == again.company_id
    assert Person._base_manager.count() == 1
    assert fresh(first).owner_id == cast.sana.pk
    why = Assignment.objects.filter(lead=first).get()
    assert "next in turn" in why.why or "only one" in why.why
    assert why.why_ar and why.why_ar != why.why
    assert fresh(first).due_at == NOW + timedelta(minutes=60)


def test_somebody_alike_is_asked_about_before_a_second_one_is_made(
    lead: Any, person: Any, cast: Any, actor: Any
) -> None:
    lead(person=NewPerson(name="Dina Farouk", points=(NewPoint("phone", "+966501234567"),)))
    twin = NewPerson(name="Dina Farouk", points=(NewPoint("phone", "+966501234567"),))
    with pytest.raises(MaybeKnown):
        add_lead(actor(cast.amal), new=NewLead(person=twin))
    assert add_lead(actor(cast.amal), new=NewLead(person=twin, anyway=True)).lead.pk


def test_the_clock_stops_with_the_first_outgoing_act_of_a_person_and_with_no_other(
    lead: Any, cast: Any, actor: Any, system: Any
) -> None:
    found = lead(cast.sana)
    later = replace(actor(cast.sana), now=NOW + timedelta(minutes=30))
    for said in (
        Happening("call", NOW + timedelta(minutes=5), "They called", direction="in"),
        Happening("email", NOW + timedelta(minutes=6), "Out of office", direction="out", outcome="auto_reply"),
    ):
        log_activity(later, records=[found.person], said=said)
    look_again(system, record_ids=[found.person_id])
    assert fresh(found).first_response_at is None and fresh(found).status == "new"

    said = Happening("call", NOW + timedelta(minutes=12), "Hello", direction="out")
    call = log_activity(later, records=[found.person], said=said)
    look_again(system, record_ids=[found.person_id])
    answered = fresh(found)
    assert (answered.response_minutes, answered.status) == (12, "working")
    assert answered.first_response_by_id == cast.sana.pk

    delete_activity(later, activity_id=call.activity.pk)
    look_again(system, record_ids=[found.person_id])
    assert fresh(found).first_response_at is None and fresh(found).status == "new"


def test_giving_a_lead_on_does_not_turn_its_clock_back(lead: Any, cast: Any, actor: Any) -> None:
    found = lead(cast.sana)
    later = replace(actor(cast.omar), now=NOW + timedelta(minutes=40))
    assign_lead(later, lead_id=found.pk, owner_id=cast.lina.pk, words="She knows them")
    given = fresh(found)
    assert given.counted_minutes == 40 and given.due_at == NOW + timedelta(minutes=60)
    assert "She knows them" in Assignment.objects.filter(lead=found).order_by("id").last().why


def test_whoever_gets_a_lead_can_reach_whom_it_is_about(lead: Any, person: Any, cast: Any, actor: Any) -> None:
    found = lead(cast.sana, person_id=person(cast.sana).pk)
    assign_lead(actor(cast.omar), lead_id=found.pk, owner_id=cast.lina.pk)
    assert Person.objects.visible_to(actor(cast.lina)).filter(pk=found.person_id).exists()
    with pytest.raises(NotFound):
        assign_lead(actor(cast.zayn), lead_id=found.pk, owner_id=cast.zayn.pk)


def test_leave_hands_unanswered_leads_to_the_stand_in_and_says_so(lead: Any, cast: Any) -> None:
    found = lead(cast.sana)
    Leave.objects.create(
        member=cast.sana, from_on=date(2026, 11, 23), until_on=date(2026, 11, 30), covered_by=cast.lina
    )
    cover_leave(NOW)
    assert fresh(found).owner_id == cast.lina.pk
    why = Assignment.objects.filter(lead=found, way="leave").get()
    assert "30 November 2026" in why.why and "إجازة" in why.why_ar


def test_accepting_opens_a_deal_of_the_same_person_that_remembers_the_lead(
    lead: Any, company: Any, cast: Any, actor: Any
) -> None:
    zaytun = company(name="Zaytun Foods")
    found = lead(cast.sana, company_id=zaytun.pk, source="Web form", campaign="Spring")
    done = accept_lead(actor(cast.sana), lead_id=found.pk, to=Acceptance())
    deal = Deal._base_manager.get(pk=done.deal.deal_id)
    assert (deal.name, deal.company_id, deal.source, deal.campaign) == ("Zaytun Foods", zaytun.pk, "Web form", "Spring")
    assert DealOrigin.objects.get(deal=deal).lead_id == found.pk
    zaytun.refresh_from_db()
    assert zaytun.owner_id == cast.sana.pk
    with pytest.raises(Conflict):
        accept_lead(actor(cast.sana), lead_id=found.pk, to=Acceptance())

    undo(actor(cast.sana), key=done.entry.key)
    assert fresh(found).status == "new" and not DealOrigin.objects.exists()
    assert Deal._base_manager.get(pk=deal.pk).deleted_at is not None
    zaytun.refresh_from_db()
    assert zaytun.owner_id is None


def test_a_lead_may_be_linked_to_a_deal_that_is_there(lead: Any, cast: Any, actor: Any) -> None:
    first, second = lead(cast.sana), lead(cast.sana)
    made = accept_lead(actor(cast.sana), lead_id=first.pk, to=Acceptance(name="Fleet routing"))
    linked = accept_lead(actor(cast.sana), lead_id=second.pk, to=Acceptance(deal_id=made.deal.deal_id))
    assert Deal._base_manager.count() == 1 and DealOrigin.objects.count() == 2
    undo(actor(cast.sana), key=linked.entry.key)
    assert Deal._base_manager.get().deleted_at is None and DealOrigin.objects.count() == 1


def test_rejecting_asks_a_reason_and_can_be_reopened_and_taken_back(lead: Any, cast: Any, actor: Any) -> None:
    found, sana = lead(cast.sana), actor(cast.sana)
    with pytest.raises(Invalid):
        reject_lead(sana, lead_id=found.pk, reason="no such reason")
    with pytest.raises(NotFound):
        reject_lead(actor(cast.zayn), lead_id=found.pk, reason="spam")
    rejected = reject_lead(sana, lead_id=found.pk, reason="no_budget", words="Next year perhaps")
    assert fresh(found).status == "rejected"
    undo(sana, key=rejected.key)
    assert fresh(found).status == "new" and fresh(found).reject_reason_id is None
    reject_lead(sana, lead_id=found.pk, reason="no_budget", words="Next year perhaps")
    reopened = reopen_lead(sana, lead_id=found.pk)
    assert fresh(found).is_open
    undo(sana, key=reopened.key)
    assert (fresh(found).status, fresh(found).reject_words) == ("rejected", "Next year perhaps")


def test_adding_editing_and_taking_can_be_taken_back(lead: Any, cast: Any, actor: Any) -> None:
    found, sana = lead(), actor(cast.sana)
    taken = assign_lead(sana, lead_id=found.pk, owner_id=cast.sana.pk)
    assert taken
    undo(sana, key=taken.key)
    assert fresh(found).owner_id is None
    edited = edit_lead(sana, lead_id=found.pk, values={"source": "Expo"})
    assert edited
    undo(sana, key=edited.key)
    assert fresh(found).source == ""
    undo(actor(cast.amal), key=last("prospecting.lead_added.1").key)
    assert fresh(found).deleted_at is not None


def test_who_may_only_read_adds_no_lead(started: None, cast: Any, actor: Any, person: Any) -> None:
    reader = replace(actor(cast.sana), permissions=frozenset({"prospecting.read", "customers.read"}))
    with pytest.raises(Refused):
        add_lead(reader, new=NewLead(person_id=person().pk))
