"""The table: filters, views, export, and many deals changed together."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Invalid, Refused
from dawra.access.ids import new_id
from dawra.access.listing import mark
from dawra.deals.actions.bulk import Change, edit_many
from dawra.deals.models import Criterion, Deal
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.team.models import SavedView

HTMX = {"HX-Request": "true"}


def now_of(*deals):
    return [Deal._base_manager.get(pk=one.pk) for one in deals]


def test_the_table_shows_what_one_may_see_and_costs_the_same_at_any_size(client_of, sana, zayn, deal):
    deal(sana, name="Only hers")
    browser = client_of(sana)
    browser.get("/deals/table/")
    with CaptureQueriesContext(connection) as few:
        assert "Only hers" in browser.get("/deals/table/").content.decode()
    for n in range(30):
        deal(sana, name=f"Another {n}")
    with CaptureQueriesContext(connection) as lots:
        browser.get("/deals/table/")
    assert len(few) == len(lots) <= 12
    assert "Only hers" not in client_of(zayn).get("/deals/table/").content.decode()


def test_it_is_filtered_sorted_and_paged_by_the_allow_list_only(client_of, sana, deal):
    deal(sana, name="Cheap", amount_minor=100_00)
    deal(sana, name="Dear", amount_minor=900_00)
    browser = client_of(sana)
    page = browser.get("/deals/table/?sort=-amount&columns=amount,owner").content.decode()
    assert page.index("Dear") < page.index("Cheap")
    assert "Cheap" not in browser.get("/deals/table/?amount__gte=500").content.decode()
    assert browser.get("/deals/table/?owner__password=x").status_code == 422


def test_a_view_is_saved_for_oneself_or_everybody(client_of, sana, omar, pipeline):
    asked = "stalled=1&sort=-amount&page=/deals/table/"
    answer = client_of(sana).post("/deals/views/", {"asked": asked, "name": "Stuck", "is_shared": "on"})
    assert answer.status_code == 302 and "stalled=1" in answer.url
    assert "Stuck" in client_of(omar).get("/deals/table/").content.decode()
    view = SavedView.objects.get()
    assert client_of(omar).post("/deals/views/", {"asked": "", "remove": str(view.pk)}).status_code == 404
    client_of(sana).post("/deals/views/", {"asked": "", "remove": str(view.pk)})
    assert not SavedView.objects.exists()


def test_a_dialog_never_leads_off_to_another_site(client_of, sana, pipeline):
    browser = client_of(sana)
    page = browser.get("/deals/filters/?page=https://evil.example/").content.decode()
    assert 'action="https://evil' not in page and 'href="https://evil' not in page
    assert 'href="/deals/table/"' in page
    sent = browser.get("/deals/filters/?apply=1&state=open&page=https://evil.example/")
    assert sent["Location"] == "/deals/table/?state=open"


def test_what_is_seen_is_exported_and_nothing_runs_in_a_spreadsheet(client_of, sana, zayn, deal):
    deal(sana, name='=HYPERLINK("x")', amount_minor=100_00)
    answer = client_of(sana).get("/deals/export/?columns=amount")
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in text and "100" in text
    assert Entry.objects.filter(kind="customers.exported.1", member=sana).exists()
    assert "HYPERLINK" not in b"".join(client_of(zayn).get("/deals/export/").streaming_content).decode()


def test_many_are_changed_and_one_undo_takes_all_back(omar, sana, deal, actor):
    one, two = deal(sana, name="One"), deal(sana, name="Two")
    day = date(2026, 12, 31)
    report = edit_many(actor(omar), ids=[one.pk, two.pk], change=Change("expected_close_on", day))
    assert (report.changed, report.left) == (2, ())
    assert [d.expected_close_on for d in now_of(one, two)] == [day, day]
    undo(actor(omar), key=report.entry.key)
    assert [d.expected_close_on for d in now_of(one, two)] == [None, None]


def test_deals_with_unmet_criteria_stay_and_are_reported(omar, sana, deal, pipeline, actor):
    back, ahead = deal(sana, name="Back", stage_id=pipeline["demo"].pk), deal(sana, name="Ahead")
    report = edit_many(actor(omar), ids=[back.pk, ahead.pk], change=Change("stage", "research"))
    assert report.changed == 1 and [left.name for left in report.left] == ["Ahead"]
    assert [d.stage.code for d in now_of(back, ahead)] == ["research", "prospecting"]


def test_owner_tag_category_and_bin_each_undo(omar, sana, lina, deal, actor):
    made = deal(sana)
    for change in (
        Change("owner", str(omar.pk)),
        Change("forecast_category", "commit"),
        Change("tag_add", "Q4"),
        Change("delete"),
    ):
        report = edit_many(actor(omar), ids=[made.pk], change=change)
        assert report.changed == 1, change
        undo(actor(omar), key=report.entry.key)
        stands = Deal._base_manager.get(pk=made.pk)
        assert (stands.owner_id, stands.forecast_category, stands.deleted_at) == (sana.pk, "pipeline", None)


def test_nobody_changes_many_without_the_right_or_beyond_sight(sana, omar, lina, deal, actor):
    hers = deal(lina)
    with pytest.raises(Refused):
        edit_many(actor(sana), ids=[hers.pk], change=Change("forecast_category", "commit"))
    report = edit_many(actor(omar), ids=[hers.pk], change=Change("forecast_category", "commit"))
    assert (report.changed, report.left) == (0, ())
    with pytest.raises(Invalid):
        edit_many(actor(omar), ids=[hers.pk], change=Change("created_at", "2020-01-01"))


def test_the_bulk_form_reports_each_deal_that_stayed(client_of, omar, sana, deal, pipeline):
    made, browser = deal(sana, name="Stays"), client_of(omar)
    asked = browser.post("/deals/bulk/", {"id": str(made.pk), "which": "chosen", "asked": ""})
    assert asked.status_code == 200 and 'name="field"' in asked.content.decode()
    done = browser.post("/deals/bulk/", {"id": str(made.pk), "which": "chosen", "field": "stage", "stage": "closing"})
    assert done.status_code == 200 and "Stays" in done.content.decode()
    Criterion.objects.all().delete()
    done = browser.post("/deals/bulk/", {"which": "all", "asked": "state=open", "field": "stage", "stage": "closing"})
    assert "deal changed" in done.content.decode()
    assert now_of(made)[0].stage.code == "closing"


def test_by_close_date_a_deal_goes_to_another_month(client_of, sana, zayn, deal):
    made = deal(sana, expected_close_on=date.today() + timedelta(days=3))
    browser = client_of(sana)
    page = browser.get("/deals/by-date/").content.decode()
    assert page.count('data-stage="') == 9 and "Fleet routing" in page
    codes = [part.split('"')[0] for part in page.split('data-stage="')[1:]]
    target = codes[3]
    answer = browser.post(f"/deals/{made.pk}/close-in/", {"stage": target, "version": 1}, headers=HTMX)
    assert answer.status_code == 204
    assert f"{now_of(made)[0].expected_close_on:%Y-%m}" == target
    assert browser.post(f"/deals/{made.pk}/close-in/", {"stage": "overdue"}).status_code == 422
    assert client_of(zayn).post(f"/deals/{made.pk}/close-in/", {"stage": target}).status_code == 404


@pytest.mark.parametrize("sort", ["qualification", "-qualification"])
def test_by_score_every_deal_stands_once_and_those_without_one_last(sana, zayn, deal, client_of, actor, sort):
    """Page by page, on the table and for programs."""
    for n, score in enumerate((40, None, 90, 40, None)):
        Deal._base_manager.filter(pk=deal(sana, f"Deal {n}").pk).update(qualification=score)
    reader, stranger = reads(actor(sana)), reads(actor(zayn))
    scores, names, after = [], [], ""
    while True:
        page = reader.get(f"/api/v1/deals?sort={sort}&limit=2&after={after}").json()
        scores += [one["qualification"] for one in page["items"]]
        names += [one["name"] for one in page["items"]]
        after = page["next"]
        if not after:
            break
    assert scores == [*sorted((40, 40, 90), reverse=sort.startswith("-")), None, None]
    assert sorted(names) == [f"Deal {n}" for n in range(5)]
    shown = client_of(sana).get(f"/deals/table/?sort={sort}").content.decode()
    assert shown.index("Deal 2") < shown.index("Deal 1") and shown.index("Deal 0") < shown.index("Deal 4")
    assert stranger.get(f"/api/v1/deals?sort={sort}").json()["items"] == []
    assert reader.get(f"/api/v1/deals?sort={sort}&after={mark(10**30, new_id())}").status_code == 422


def reads(signer):
    made = make_token(signer, name="x", scopes=["deals.read"], expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})
