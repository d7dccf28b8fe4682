"""The timeline in the browser: as a page, as a piece, in both languages, and never for a stranger."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dawra.customers.actions import activities
from dawra.customers.actions.activities import Happening, Plan
from dawra.customers.actions.notes import write_note
from dawra.customers.models import Activity
from dawra.customers.queries.timeline import timeline_of
from dawra.customers.tests.acts import a_person
from tests.cast import NOW


@pytest.fixture
def huda(system, sana):
    return a_person(system, sana)


@pytest.fixture
def page(huda):
    return f"/records/person/{huda.pk}/timeline/"


def test_the_page_works_without_scripts_and_shows_what_was_written(client_of, sana, huda, page):
    client = client_of(sana)
    answer = client.post(
        f"/records/person/{huda.pk}/add/note/", {"body": "**Budget** is <script>alert(1)</script> set"}
    )
    assert answer.status_code == 302
    shown = client.get(page).content.decode()
    assert "<strong>Budget</strong>" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize("what", ["note", "call", "meeting", "email", "task", "file"])
def test_each_composer_opens_as_a_page_and_as_a_dialog(client_of, sana, huda, what):
    address = f"/records/person/{huda.pk}/add/{what}/"
    client = client_of(sana)
    assert "<html" in client.get(address).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_call_is_logged_at_the_moment_typed_in_arabic_digits(client_of, sana, huda):
    client = client_of(sana)
    typed = {"title": "Prices", "happened_at": "٢٠٢٦-٠١-٠٥T١٠:٣٠", "duration_minutes": "٢٤", "outcome": "reached"}
    answer = client.post(f"/records/person/{huda.pk}/add/call/", typed, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "told" in answer.headers["HX-Trigger"]
    row = Activity._base_manager.get()
    assert (row.happened_at.isoformat(), row.duration_minutes) == ("2026-01-05T07:30:00+00:00", 24)


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(client_of, sana, huda):
    answer = client_of(sana).post(f"/records/person/{huda.pk}/add/task/", {"title": "Send", "what": "task"})
    assert answer.status_code == 422
    assert 'value="Send"' in answer.content.decode()


def test_an_activity_is_corrected_ticked_put_off_handed_over_and_deleted_from_its_page(
    client_of, actor, sana, omar, huda
):
    soon = timezone.now() + timedelta(days=1)
    kept = activities.plan_activity(actor(sana), records=[huda], plan=Plan("Send prices", soon))
    client, at = client_of(sana), f"/activities/{kept.activity.pk}/"
    assert "Send prices" in client.get(at).content.decode()
    edited = {"title": "Send new prices", "due_on": "2027-01-05", "due_time": "", "version": 1}
    assert client.post(at, edited).status_code == 302
    for verb, data in (
        ("snooze", {"until": "tomorrow"}),
        ("finish", {}),
        ("reopen", {}),
        ("assign", {"owner": str(omar.pk)}),
    ):
        assert client.post(f"{at}{verb}/", data).status_code == 302, verb
    assert client.post(f"{at}delete/").status_code == 302
    row = Activity._base_manager.get()
    assert (row.title, row.all_day, row.owner_id, row.deleted_at is None) == ("Send new prices", True, omar.pk, False)
    assert client.post(f"{at}restore/").status_code == 302


def test_a_second_editor_is_told_instead_of_overwriting(client_of, actor, sana, huda):
    kept = activities.log_activity(actor(sana), records=[huda], said=Happening("call", NOW, "Prices"))
    activities.edit_activity(actor(sana), activity_id=kept.activity.pk, values={"title": "Other"})
    typed = {"title": "Mine", "happened_at": "2026-11-20T10:00", "version": 1}
    assert client_of(sana).post(f"/activities/{kept.activity.pk}/", typed).status_code == 409


def test_a_stranger_gets_not_found_everywhere(client_of, actor, sana, zayn, huda, page):
    kept = activities.plan_activity(actor(sana), records=[huda], plan=Plan("Send prices", NOW))
    client, at = client_of(zayn), f"/activities/{kept.activity.pk}/"
    for address in (page, f"/records/person/{huda.pk}/add/note/", at, f"/records/nothing/{huda.pk}/timeline/"):
        assert client.get(address).status_code == 404, address
    for address in (f"/records/person/{huda.pk}/add/note/", *(at + v for v in ("", "finish/", "delete/", "snooze/"))):
        assert client.post(address, {"body": "x", "until": "later"}).status_code == 404, address


def test_older_lines_come_page_by_page_without_gap_or_repetition(actor, sana, huda):
    for number in range(7):
        write_note(actor(sana), records=[huda], body=str(number), at=NOW - timedelta(hours=number))
    me, after, seen = actor(sana), "", []
    while True:
        shown = timeline_of(me, huda, after=after, limit=3)
        seen += [told.activity.body for day in shown.days for told in day.lines]
        after = shown.older
        if not after:
            break
    assert seen == [str(number) for number in range(7)]


def test_the_filter_keeps_its_themes_only(actor, sana, huda):
    me = actor(sana)
    write_note(me, records=[huda], body="note")
    activities.log_activity(me, records=[huda], said=Happening("call", NOW, "Prices"))
    shown = timeline_of(me, huda, show="calls")
    assert [told.line.kind.theme for day in shown.days for told in day.lines] == ["call"]


def test_a_timeline_costs_the_same_queries_however_long_it_is(actor, sana, huda, django_assert_num_queries):
    me = actor(sana)
    write_note(me, records=[huda], body="first")
    with django_assert_num_queries(2):
        timeline_of(me, huda)
    for number in range(30):
        activities.plan_activity(me, records=[huda], plan=Plan(str(number), NOW))
    with django_assert_num_queries(2):
        timeline_of(me, huda)


def test_an_undone_line_no_longer_offers_undo(actor, sana, huda):
    from dawra.journal.undo import undo

    me = actor(sana)
    kept = write_note(me, records=[huda], body="first")
    undo(me, key=kept.entry.key)
    offers = {told.line.kind.code: told.can_undo for day in timeline_of(me, huda).days for told in day.lines}
    assert offers == {"customers.activity_deleted.1": True, "customers.note_written.1": False}


def test_whoever_types_at_is_offered_colleagues(client_of, sana, omar):
    assert "Omar Haddad" in client_of(sana).get("/activities/mentionable/?q=عم").content.decode()
