"""A member's own calendar, as programs read it without signing in."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from dawra.access.errors import NotFound
from dawra.customers.actions.activities import Plan, delete_activity, edit_activity, finish_task, plan_activity
from dawra.customers.actions.people import NewPerson, add_person
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.demoing import DemoSaid, plan_demo
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.starting import start_with_defaults
from dawra.journal.models import Entry
from dawra.team.actions.calendar_feed import end_feed, make_feed
from dawra.team.models import CalendarFeed
from dawra.team.queries.calendar_feed import subscriber
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("dawra.site.middleware.timezone.now", lambda: NOW)


@pytest.fixture
def sanas_deal(system, actor, sana):
    start_with_defaults(system)
    return add_deal(actor(sana), new=NewDeal(name="Fleet", amount_minor=100_00, currency="SAR"))


@pytest.fixture
def huda(actor, sana):
    return add_person(actor(sana), plan=NewPerson(name="هدى سالم")).record


@pytest.fixture
def read(actor, sana):
    """Her calendar's events by UID, by whoever holds the address."""
    key = make_feed(actor(sana)).key

    def ask():
        answer = Client().get(f"/calendar/{key}.ics")
        assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
        return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}

    ask.address = f"/calendar/{key}.ics"
    return ask


def plan(actor, member, about, title="Visit", at=SOON, **how):
    return plan_activity(actor(member), records=[about], plan=Plan(title, at, **how)).activity


def test_meetings_calls_and_tasks_stand_there_with_whom_they_are_about(read, actor, sana, huda):
    meeting = plan(actor, sana, huda, "Kick-off", what="meeting")
    task = plan(actor, sana, huda, "Send, the; price", all_day=True)
    events = read()
    event = events[f"{meeting.pk}@dawra"]
    assert event["summary"] == "Kick-off · هدى سالم" and event["transp"] == "OPAQUE"
    assert (event.start, event.end) == (SOON, SOON + timedelta(minutes=45))
    assert event.start.utcoffset() == timedelta(0)
    day = events[f"{task.pk}@dawra"]
    assert (
        day["summary"] == "Send, the; price · هدى سالم" and type(day.start) is date and day["transp"] == "TRANSPARENT"
    )
    assert day.end - day.start == timedelta(days=1)
    assert f"/activities/{meeting.pk}/" in event["description"] and event["url"].startswith("http://testserver/")


def test_a_demo_lasts_as_long_as_it_is_planned_and_leads_to_its_page(read, actor, sana, sanas_deal):
    demo = plan_demo(actor(sana), deal_id=sanas_deal.pk, starts_at=SOON, said=DemoSaid(minutes=80)).demo
    event = read()[f"{demo.activity_id}@dawra"]
    assert event.end - event.start == timedelta(minutes=80)
    assert event["url"].endswith(f"/deals/{sanas_deal.pk}/demos/{demo.pk}/")


def test_the_next_step_of_an_open_deal_is_a_whole_day(read, actor, sana, sanas_deal):
    edit_deal(actor(sana), deal_id=sanas_deal.pk, values={"next_step": "Call", "next_step_on": SOON.date()})
    event = read()[f"{sanas_deal.pk}-next@dawra"]
    assert event.start == SOON.date() and str(event["summary"]) == f"Next step: Call · {sanas_deal.name}"


def test_a_change_keeps_the_uid_and_counts_on_and_what_is_deleted_is_gone(read, actor, sana, huda):
    row = plan(actor, sana, huda, what="meeting")
    before = read()[f"{row.pk}@dawra"]
    edit_activity(actor(sana), activity_id=row.pk, values={"due_at": SOON + timedelta(hours=1)})
    after = read()[f"{row.pk}@dawra"]
    assert after["sequence"] > before["sequence"] and after.start == SOON + timedelta(hours=1)
    finish_task(actor(sana), activity_id=row.pk)
    assert f"{row.pk}@dawra" in read()  # it took place: a calendar keeps it
    delete_activity(actor(sana), activity_id=row.pk)
    assert read() == {}


def test_only_her_own_and_only_what_is_near(read, actor, sana, omar, huda):
    plan(actor, omar, huda, owner_id=omar.pk)
    for days in (-61, 402):
        plan(actor, sana, huda, at=NOW + timedelta(days=days))
    assert read() == {}


def test_no_stranger_finds_anything_there(read, client_of, zayn, actor, sana, huda):
    row = plan(actor, sana, huda, what="meeting")
    for key in ("x" * 43, "a", "%00", "é" * 20, "a" * 500):
        assert Client().get(f"/calendar/{key}.ics").status_code == 404
    make_feed(actor(zayn))
    key = make_feed(actor(zayn)).key
    assert str(row.pk).encode() not in Client().get(f"/calendar/{key}.ics").content
    assert client_of(zayn).post(read.address).status_code == 405


def test_a_new_address_ends_the_old_one_at_once_and_switching_off_ends_both(read, actor, sana):
    newer = make_feed(actor(sana)).key
    assert Client().get(read.address).status_code == 404
    assert Client().get(f"/calendar/{newer}.ics").status_code == 200
    assert end_feed(actor(sana)) is not None and end_feed(actor(sana)) is None
    assert Client().get(f"/calendar/{newer}.ics").status_code == 404
    told = list(Entry.objects.filter(kind__startswith="team.calendar").order_by("id").values_list("kind", flat=True))
    assert told == ["team.calendar_feed_made.1", "team.calendar_feed_made.1", "team.calendar_feed_ended.1"]


def test_the_key_itself_is_kept_nowhere(actor, sana):
    key = make_feed(actor(sana)).key
    row = CalendarFeed.objects.get()
    assert len(key) == 43 and key not in (row.key_hash, *map(str, Entry.objects.values_list("facts", flat=True)))
    with pytest.raises(NotFound):
        subscriber(row.key_hash, NOW)


def test_whoever_has_left_has_no_calendar(read, sana):
    sana.is_active = False
    sana.save(update_fields=["is_active"])
    assert Client().get(read.address).status_code == 404


def test_a_program_that_has_it_is_told_that_nothing_changed(read, actor, sana, huda):
    plan(actor, sana, huda)
    first = Client().get(read.address)
    again = Client().get(read.address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == first["ETag"]
    plan(actor, sana, huda, "Another")
    assert Client().get(read.address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_long_arabic_titles_are_folded_between_letters(read, actor, sana, huda):
    row = plan(actor, sana, huda, "اجتماع " * 25 + "\x07نهاية", what="meeting")
    content = Client().get(read.address).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\x07" not in content
    assert str(read()[f"{row.pk}@dawra"]["summary"]).startswith("اجتماع اجتماع")


def test_it_costs_the_same_however_much_is_planned(read, actor, sana, huda, django_assert_num_queries, sanas_deal):
    for _number in range(2):
        plan_demo(actor(sana), deal_id=sanas_deal.pk, starts_at=SOON, said=DemoSaid())
    for number in range(20):
        plan(actor, sana, huda, f"Call {number}", what="call")
    with django_assert_num_queries(7):  # company twice (frame and zone), member, and four of the calendar
        assert len(read()) == 22


def test_the_address_is_shown_once(client_of, sana, zayn):
    browser = client_of(sana)
    assert "Switched off" in browser.get("/settings/calendar/").content.decode()
    made = browser.post("/settings/calendar/")
    assert made.status_code == 201 and "/calendar/" in made.content.decode()
    address = made.content.decode().split('value="http://testserver')[1].split('"')[0]
    assert Client().get(address).status_code == 200
    assert address not in browser.get("/settings/calendar/").content.decode()
    client_of(zayn).post("/settings/calendar/", {"act": "end"})
    assert Client().get(address).status_code == 200
    assert browser.post("/settings/calendar/", {"act": "end"}).status_code == 302
    assert Client().get(address).status_code == 404
