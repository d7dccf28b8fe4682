"""Showing the product: one meeting in the calendar, told once; what was shown, who came, what goes with winning."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.customers.actions.activities import edit_activity
from dawra.customers.models import Activity
from dawra.customers.queries.activities import due_for
from dawra.deals.actions.closing import Close, lose_deal, win_deal
from dawra.deals.actions.demoing import (
    DemoSaid,
    DemoTold,
    Showing,
    cancel_demo,
    edit_demo,
    hold_demo,
    miss_demo,
    plan_demo,
    reschedule_demo,
)
from dawra.deals.actions.moving import CriteriaUnmet, DealClosed, Move, move_deal
from dawra.deals.actions.people import set_person
from dawra.deals.models import Criterion, Deal, Demo, DemoPerson
from dawra.deals.queries import demos
from dawra.journal.listeners import deliver_due
from dawra.journal.undo import undo
from tests.cast import NOW

SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
SAID = DemoSaid("online", 45, ("Two hours a day are lost",), ("Routes", "Reports"))


@pytest.fixture
def planned(deal, sana, actor):
    """Of a new deal, in an hour."""

    def make(member=sana, name="Fleet routing", said=SAID):
        made = deal(member, name=name)
        return plan_demo(actor(member), deal_id=made.pk, starts_at=SOON, said=said)

    return make


def fresh(kept):
    return Demo._base_manager.get(pk=kept.demo.pk)


def on_the_day(actor, member, at=NOW):
    cards = due_for(actor(member, at), before=NOW + timedelta(days=3), done_since=NOW)
    return [(card.title, card.due_at, card.done_at is not None) for card in cards]


def test_it_stands_in_the_calendar_without_being_entered_twice(planned, sana, actor):
    kept = planned()
    assert on_the_day(actor, sana) == [("Demo: Fleet routing", SOON, False)]
    edit_activity(actor(sana), activity_id=kept.demo.activity_id, values={"due_at": LATER})
    while deliver_due(NOW + timedelta(minutes=1)):
        pass
    assert fresh(kept).starts_at == LATER, "moved in the calendar, it moves here"
    told = DemoTold(
        (Showing("Routes", True, "loved", "Exactly that"), Showing("Reports", False)), (), ("Map",), "Send the offer"
    )
    with pytest.raises(Conflict):
        hold_demo(actor(sana, NOW), demo_id=kept.demo.pk, said=told)
    hold_demo(actor(sana, LATER), demo_id=kept.demo.pk, said=told)
    assert on_the_day(actor, sana, LATER) == [("Demo: Fleet routing", LATER, True)]
    assert Deal._base_manager.get().next_step == "Send the offer"
    assert Activity._base_manager.get().happened_at == LATER
    page = demos.demo(actor(sana), kept.demo.pk)
    assert [(i.name, i.shown, i.reaction) for i in page.items] == [("Routes", True, "loved"), ("Reports", False, "")]


def test_nobody_came_another_time_and_back_again(planned, sana, actor):
    kept = planned()
    missed = miss_demo(actor(sana, LATER), demo_id=kept.demo.pk)
    assert (fresh(kept).state, on_the_day(actor, sana, LATER)) == ("no_show", [])
    undo(actor(sana, LATER), key=missed.entry.key)
    assert (fresh(kept).state, len(on_the_day(actor, sana, LATER))) == ("planned", 1)
    miss_demo(actor(sana, LATER), demo_id=kept.demo.pk)
    when = LATER + timedelta(days=1)
    moved = reschedule_demo(actor(sana, LATER), demo_id=kept.demo.pk, starts_at=when)
    assert (fresh(kept).state, fresh(kept).moved, on_the_day(actor, sana)) == (
        "planned",
        1,
        [("Demo: Fleet routing", when, False)],
    )
    undo(actor(sana, LATER), key=moved.entry.key)
    assert (fresh(kept).state, fresh(kept).starts_at, fresh(kept).moved) == ("no_show", SOON, 0)
    reschedule_demo(actor(sana, LATER), demo_id=kept.demo.pk, starts_at=when)
    off = cancel_demo(actor(sana, LATER), demo_id=kept.demo.pk)
    with pytest.raises(Conflict):
        hold_demo(actor(sana, when), demo_id=kept.demo.pk, said=DemoTold())
    undo(actor(sana, LATER), key=off.entry.key)
    held = hold_demo(actor(sana, when), demo_id=kept.demo.pk, said=DemoTold())
    undo(actor(sana, when), key=held.entry.key)
    assert (fresh(kept).state, on_the_day(actor, sana)) == ("planned", [("Demo: Fleet routing", when, False)])
    changed = edit_demo(actor(sana), demo_id=kept.demo.pk, said=DemoSaid("trial", 30, (), ("Alarms",)))
    undo(actor(sana, when), key=changed.entry.key)
    assert [item.name for item in demos.demo(actor(sana), kept.demo.pk).items] == ["Routes", "Reports"]
    assert fresh(kept).type == "online"


def test_a_stranger_neither_sees_nor_changes_it(planned, sana, zayn, actor):
    one = planned().demo.pk
    signed = actor(zayn, LATER)
    for act in (
        lambda: plan_demo(signed, deal_id=Deal._base_manager.get().pk, starts_at=LATER, said=SAID),
        lambda: edit_demo(signed, demo_id=one, said=SAID),
        lambda: reschedule_demo(signed, demo_id=one, starts_at=LATER),
        lambda: hold_demo(signed, demo_id=one, said=DemoTold()),
        lambda: miss_demo(signed, demo_id=one),
        lambda: cancel_demo(signed, demo_id=one),
        lambda: demos.demo(signed, one),
    ):
        with pytest.raises(NotFound):
            act()
    assert demos.coming(signed) == [] and demos.report(signed).held == 0


def test_a_stage_can_ask_for_a_demo_that_was_held(planned, sana, pipeline, actor):
    Criterion.objects.filter(stage=pipeline["prospecting"]).delete()
    Criterion.objects.create(stage=pipeline["prospecting"], sort="activity", detail="demo", name="Shown")
    kept = planned()
    go = Move(pipeline["research"].pk)
    with pytest.raises(CriteriaUnmet):
        move_deal(actor(sana), deal_id=kept.demo.deal_id, move=go)
    hold_demo(actor(sana, LATER), demo_id=kept.demo.pk, said=DemoTold())
    assert move_deal(actor(sana, LATER), deal_id=kept.demo.deal_id, move=go)


def test_what_goes_with_winning_is_told_with_n_and_an_interval(planned, sana, actor):
    for n in range(4):
        kept = planned(name=f"Deal {n}")
        shown = [Showing("Routes", True), Showing("Reports", n == 0)]
        told = DemoTold(
            tuple(shown), next_step="Offer" if n < 2 else "", next_step_on=date(2026, 12, 1) if n < 2 else None
        )
        hold_demo(actor(sana, LATER), demo_id=kept.demo.pk, said=told)
        close = win_deal if n < 2 else lose_deal
        if n < 3:
            close(
                actor(sana, LATER),
                deal_id=kept.demo.deal_id,
                close=Close("fit" if n < 2 else "price", override="So it was"),
            )
    found = demos.report(actor(sana))
    assert (found.held, found.open_deals, found.close.share.hits, found.close.share.n) == (4, 1, 2, 3)
    assert (found.with_step.share.share_bp, found.without_step.share.share_bp) == (10_000, 0)
    rates = {rate.name: rate for rate in found.features}
    assert (rates["Routes"].share.n, rates["Reports"].share.n, rates["Reports"].is_few) == (3, 1, True)
    assert (found.close.share.low_bp, found.close.share.high_bp) == (2077, 9385)  # Wilson, 2 of 3
    with pytest.raises(DealClosed):
        plan_demo(actor(sana), deal_id=Deal._base_manager.get(name="Deal 0").pk, starts_at=SOON, said=SAID)
    with pytest.raises(Invalid):
        planned(name="Odd", said=DemoSaid("dance"))


def test_people_are_those_of_the_deal_and_their_merge_moves_them(deal, sana, person, actor):
    from dawra.customers.duplicates.merging import merge

    made, huda, twin, other = deal(sana), person(sana), person(sana, "Huda Amin"), person(sana, "Not here")
    for one in (huda, twin):
        set_person(actor(sana), deal_id=made.pk, person_id=one.pk, role="user")
    with pytest.raises(NotFound):
        plan_demo(actor(sana), deal_id=made.pk, starts_at=SOON, said=DemoSaid(people=(other.pk,)))
    kept = plan_demo(actor(sana), deal_id=made.pk, starts_at=SOON, said=DemoSaid(people=(huda.pk, twin.pk)))
    hold_demo(actor(sana, LATER), demo_id=kept.demo.pk, said=DemoTold(came=(twin.pk,)))
    assert dict(DemoPerson.objects.values_list("person_id", "came")) == {huda.pk: False, twin.pk: True}
    merge(actor(sana), kind="person", kept_id=huda.pk, gone_id=twin.pk, choices={})
    assert list(DemoPerson.objects.values_list("person_id", flat=True)) == [huda.pk]


def test_its_pages_work_without_scripts(client_of, deal, sana, zayn, django_assert_max_num_queries):
    made, client = deal(sana), client_of(sana)
    page = reverse("deals:deal", args=[made.pk])
    new = reverse("deals:plan_demo", args=[made.pk])
    said = {
        "type": "on_site",
        "minutes": "60",
        "pains": "Late vans\n",
        "features": "Routes\nReports\nRoutes",
        "starts_at": "2026-11-01T10:00",
    }
    assert client.post(new, said | {"minutes": "1"}).status_code == 422
    assert client.post(new, said).status_code == 302
    one = Demo._base_manager.get()
    at = f"{page}demos/{one.pk}/"
    for part in ("", "agenda/", "held/", "reschedule/"):
        assert client.get(at + part).status_code == 200, part
        assert client_of(zayn).get(at + part).status_code == 404, part
    assert "Late vans" in client.get(at + "agenda/").content.decode()
    with django_assert_max_num_queries(20):
        assert "waits for its report" in client.get(page).content.decode()
    client.post(at + "no-show/")
    client.post(at + "reschedule/", {"starts_at": "2026-11-02T10:00"})
    rows = {
        "name_0": "Routes",
        "shown_0": "yes",
        "reaction_0": "loved",
        "name_1": "Reports",
        "reaction_1": "",
        "gaps": "Map",
    }
    assert client.post(at + "held/", rows | {"reaction_0": "sang"}).status_code == 422
    assert client.post(at + "held/", rows | {"next_step": "Offer", "next_step_on": "2026-12-01"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.moved, one.gaps, one.next_step, one.items.filter(shown=True).count()) == (
        "held",
        1,
        ["Map"],
        "Offer",
        1,
    )
    shown = client.get(reverse("deals:demos")).content.decode()
    assert "Demo to close" in shown
    assert client.post(at + "cancel/").status_code == 409
