"""Whoever is given many records at once is told once, not five hundred times."""

import pytest

from dawra.customers.actions import bulk as people_bulk
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.models import BulkRun
from dawra.deals.actions import bulk as deals_bulk
from dawra.journal import jobs
from dawra.journal.listeners import deliver_due
from dawra.journal.undo import undo
from dawra.team.models import Notification
from dawra.team.queries.notices import unread


def deliver(now):
    while deliver_due(now):
        pass


@pytest.fixture
def people(actor, omar):
    return [add_person(actor(omar), plan=NewPerson(name=f"Person {n}")).record.pk for n in range(6)]


def test_many_people_given_are_one_notice(actor, omar, sana, people, now):
    change = people_bulk.Change("owner", str(sana.pk))
    people_bulk.edit_many(actor(omar), kind="person", ids=people, change=change)
    deliver(now)
    [told] = unread(actor(sana))
    assert (told.reason, told.line.facts["count"]) == ("assigned", 6)
    assert not Notification.objects.exclude(member=sana).exists()


def test_all_that_match_given_in_batches_are_one_notice(actor, omar, sana, people, now, monkeypatch):
    monkeypatch.setattr(people_bulk, "BATCH", 4)
    change = people_bulk.Change("owner", str(sana.pk))
    run = people_bulk.start_bulk(actor(omar), kind="person", asked="", change=change)
    while not BulkRun.objects.get().finished_at:
        jobs.run_now("customers.bulk_batch", now, run_id=str(run.pk))
        deliver(now)
    assert [told.line.facts["count"] for told in unread(actor(sana))] == [6]


def test_many_deals_given_and_taken_back_are_one_notice(actor, omar, sana, deal, now):
    ids = [deal(omar, f"Deal {n}").pk for n in range(5)]
    report = deals_bulk.edit_many(actor(omar), ids=ids, change=deals_bulk.Change("owner", str(sana.pk)))
    deliver(now)
    [told] = unread(actor(sana))
    assert (told.record_kind, told.line.facts["count"], report.changed) == ("deal", 5, 5)
    undo(actor(omar), key=report.entry.key)
    deliver(now)
    assert Notification.objects.count() == 1 and not unread(actor(sana))


def test_giving_to_nobody_or_to_oneself_tells_nobody(actor, omar, people, now):
    for owner in ("", str(omar.pk)):
        people_bulk.edit_many(actor(omar), kind="person", ids=people, change=people_bulk.Change("owner", owner))
    deliver(now)
    assert not Notification.objects.exists()


def test_one_record_given_still_tells_by_itself(actor, omar, sana, deal, now):
    from dawra.deals.actions.editing import edit_deal

    edit_deal(actor(omar), deal_id=deal(omar).pk, values={"owner_id": sana.pk})
    deliver(now)
    assert len(unread(actor(sana))) == 1


def test_a_stranger_hears_nothing_of_what_others_were_given(actor, omar, sana, zayn, people, now):
    people_bulk.edit_many(actor(omar), kind="person", ids=people, change=people_bulk.Change("owner", str(sana.pk)))
    deliver(now)
    assert not unread(actor(zayn))
