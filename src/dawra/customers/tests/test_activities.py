"""Logging, planning, correcting and taking back; a stranger is refused as if there were nothing."""

from datetime import timedelta

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.customers.actions import activities
from dawra.customers.actions.activities import Happening, Plan
from dawra.customers.actions.notes import write_note
from dawra.customers.models import Activity, Company, Person
from dawra.customers.queries.activities import activity, due_for
from dawra.customers.tests.acts import a_company, a_person
from dawra.journal.models import Entry, Mention
from dawra.journal.undo import undo
from tests.cast import NOW

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def huda(system, sana):
    return a_person(system, sana)


def test_a_logged_call_stands_in_the_journal_at_the_time_it_was_true(actor, sana, huda):
    kept = activities.log_activity(actor(sana), records=[huda], said=Happening("call", YESTERDAY, "Prices"))
    assert (kept.entry.kind, kept.entry.happened_at) == ("customers.call_logged.1", YESTERDAY)
    assert Mention.objects.get(entry=kept.entry).record_id == huda.pk


def test_what_lies_in_the_future_cannot_have_happened(actor, sana, huda):
    with pytest.raises(Invalid):
        activities.log_activity(actor(sana), records=[huda], said=Happening("call", NOW + timedelta(hours=1)))
    with pytest.raises(Invalid):
        write_note(actor(sana), records=[huda], body="x", at=NOW + timedelta(hours=1))


def test_the_last_contact_follows_logging_dating_anew_and_deleting(actor, system, sana, huda):
    nile = a_company(system, sana)
    kept = activities.log_activity(actor(sana), records=[huda, nile], said=Happening("meeting", YESTERDAY))
    person = Person.fetch(actor(sana), huda.pk)
    assert (person.last_activity_at, person.version) == (YESTERDAY, huda.version)
    assert Company.fetch(actor(sana), nile.pk).last_activity_at == YESTERDAY
    earlier = YESTERDAY - timedelta(days=3)
    activities.edit_activity(actor(sana), activity_id=kept.activity.pk, values={"happened_at": earlier})
    assert Person.fetch(actor(sana), huda.pk).last_activity_at == earlier
    activities.delete_activity(actor(sana), activity_id=kept.activity.pk)
    assert Person.fetch(actor(sana), huda.pk).last_activity_at is None


def test_a_stranger_finds_no_activity_and_changes_none(actor, sana, zayn, huda):
    kept = activities.plan_activity(actor(sana), records=[huda], plan=Plan("Send prices", NOW))
    stranger, theirs = actor(zayn), kept.activity.pk
    for act in (
        lambda: activity(stranger, theirs),
        lambda: activities.finish_task(stranger, activity_id=theirs),
        lambda: activities.reopen_task(stranger, activity_id=theirs),
        lambda: activities.snooze_task(stranger, activity_id=theirs, until=NOW + timedelta(days=1)),
        lambda: activities.assign_task(stranger, activity_id=theirs, owner_id=zayn.pk),
        lambda: activities.edit_activity(stranger, activity_id=theirs, values={"title": "mine"}),
        lambda: activities.delete_activity(stranger, activity_id=theirs),
        lambda: undo(stranger, key=kept.entry.key),
    ):
        with pytest.raises(NotFound):
            act()
    activities.delete_activity(actor(sana), activity_id=theirs)
    with pytest.raises(NotFound):
        activities.restore_activity(stranger, activity_id=theirs)


def test_whoever_sees_the_record_sees_its_activities_and_nobody_else(actor, system, sana, omar, lina, zayn, huda):
    kept = activities.log_activity(actor(lina), records=[huda], said=Happening("call", YESTERDAY))
    assert activity(actor(sana), kept.activity.pk)
    assert activity(actor(omar), kept.activity.pk)
    with pytest.raises(NotFound):
        activity(actor(zayn), kept.activity.pk)


def test_a_rep_reads_but_does_not_rewrite_what_another_wrote(actor, sana, omar, lina, huda):
    kept = activities.log_activity(actor(lina), records=[huda], said=Happening("call", YESTERDAY, "Prices"))
    with pytest.raises(Refused):
        activities.edit_activity(actor(sana), activity_id=kept.activity.pk, values={"title": "Other"})
    assert activities.edit_activity(actor(omar), activity_id=kept.activity.pk, values={"title": "Other"})


def test_a_task_is_done_once_and_can_be_reopened(actor, sana, huda):
    kept = activities.plan_activity(actor(sana), records=[huda], plan=Plan("Send prices", NOW))
    done = activities.finish_task(actor(sana), activity_id=kept.activity.pk)
    with pytest.raises(Conflict):
        activities.finish_task(actor(sana), activity_id=kept.activity.pk)
    undo(actor(sana), key=done.entry.key)
    assert activity(actor(sana), kept.activity.pk).done_at is None


def test_a_snoozed_task_leaves_the_day_until_it_is_back(actor, sana, huda):
    me, until = actor(sana), NOW + timedelta(hours=3)
    kept = activities.plan_activity(me, records=[huda], plan=Plan("Send prices", NOW))
    snoozed = activities.snooze_task(me, activity_id=kept.activity.pk, until=until)
    assert due_for(me, before=NOW + timedelta(days=1), done_since=NOW) == []
    later = actor(sana, now=until + timedelta(minutes=1))
    assert [card.title for card in due_for(later, before=NOW + timedelta(days=1), done_since=NOW)] == ["Send prices"]
    undo(me, key=snoozed.entry.key)
    assert due_for(me, before=NOW + timedelta(days=1), done_since=NOW)[0].about == huda.pk


def test_a_task_for_somebody_else_lands_on_their_day_and_tells_them(actor, sana, omar, huda):
    kept = activities.plan_activity(actor(omar), records=[huda], plan=Plan("Call back", NOW, owner_id=sana.pk))
    assert Entry.objects.get(kind="customers.assigned.1", cause=kept.entry).facts["to_id"] == str(sana.pk)
    assert [card.id for card in due_for(actor(sana), before=NOW + timedelta(days=1), done_since=NOW)] == [
        kept.activity.pk
    ]


def test_an_edit_keeps_what_it_was_and_undo_brings_it_back(actor, sana, huda):
    me = actor(sana)
    kept = activities.log_activity(me, records=[huda], said=Happening("call", YESTERDAY, "Prices", "old"))
    edit = activities.edit_activity(me, activity_id=kept.activity.pk, values={"body": "new", "title": "Prices"})
    assert edit and edit.entry.facts["changes"] == {"body": ["old", "new"]}
    undo(me, key=edit.entry.key)
    assert activity(me, kept.activity.pk).body == "old"
    assert activities.edit_activity(me, activity_id=kept.activity.pk, values={"body": "old"}) is None


def test_an_edit_that_was_overtaken_is_neither_saved_nor_undone(actor, sana, huda):
    me = actor(sana)
    kept = activities.log_activity(me, records=[huda], said=Happening("call", YESTERDAY, "Prices"))
    first = activities.edit_activity(me, activity_id=kept.activity.pk, values={"title": "A"}, version=1)
    activities.edit_activity(me, activity_id=kept.activity.pk, values={"title": "B"})
    with pytest.raises(Stale):
        activities.edit_activity(me, activity_id=kept.activity.pk, values={"title": "C"}, version=1)
    with pytest.raises(Conflict):
        undo(me, key=first.entry.key)


def test_undoing_a_log_puts_it_in_the_bin_and_a_delete_brings_it_back(actor, sana, huda):
    me = actor(sana)
    kept = activities.log_activity(me, records=[huda], said=Happening("email", YESTERDAY, "Offer"))
    undo(me, key=kept.entry.key)
    assert not Activity.objects.visible_to(me).exists()
    undo(me, key=Entry.objects.get(kind="customers.activity_deleted.1").key)
    assert Activity.objects.visible_to(me).count() == 1


@pytest.mark.parametrize("name", ["Omar Haddad", "omar", "عمر حداد", "omar@masar.example"])
def test_a_note_knows_whom_it_mentions(actor, sana, omar, huda, name):
    kept = write_note(actor(sana), records=[huda], body=f"@{name}, please look; not mail@omar.example")
    assert kept.entry.facts["mentioned"] == [str(omar.pk)]


def test_an_empty_note_is_refused(actor, sana, huda):
    with pytest.raises(Invalid):
        write_note(actor(sana), records=[huda], body="  \n")
