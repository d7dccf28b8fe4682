"""Many leads at once: given away or rejected and taken back together; told once; taken home as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import strip_tags

from dawra.access.errors import Invalid, Refused
from dawra.journal.listeners import deliver_due
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.prospecting.actions.bulk import Together, change_many
from dawra.prospecting.actions.deciding import Acceptance, accept_lead
from dawra.prospecting.actions.giving import assign_lead
from dawra.prospecting.models import Assignment, Lead, RejectReason
from dawra.site.tests.calling import Caller
from dawra.team.models import Notification
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def told() -> list[Notification]:
    while deliver_due(NOW + timedelta(minutes=1)):
        pass
    return list(Notification.objects.order_by("pk"))


def bell_of(browser: Any) -> str:
    """The page of notices without its markup."""
    return " ".join(strip_tags(browser.get("/notifications/").content.decode()).split())


def owners(leads: list[Lead]) -> list[Any]:
    rows = dict(Lead._base_manager.values_list("pk", "owner_id"))
    return [rows[one.pk] for one in leads]


def test_many_are_given_away_told_once_and_taken_back_together(lead: Any, cast: Any, actor: Any) -> None:
    leads = [lead(cast.sana, source=f"S{n}") for n in range(3)]
    hidden, closed = lead(cast.zayn), lead(cast.sana)
    omar = actor(cast.omar)
    accept_lead(actor(cast.sana), lead_id=closed.pk, to=Acceptance(name="Deal"))
    ids = [one.pk for one in (*leads, hidden, closed)]
    with pytest.raises(Refused):
        change_many(actor(cast.sana), ids=ids, said=Together("assign", cast.lina.pk))
    report = change_many(omar, ids=ids, said=Together("assign", cast.omar.pk, words="I take over"))
    assert (report.changed, report.same, [one.lead_id for one in report.left]) == (3, 0, [closed.pk])
    assert "closed" in report.left[0].why
    assert owners([*leads, hidden]) == [cast.omar.pk] * 3 + [cast.zayn.pk]
    assert Entry.objects.filter(cause=report.entry, kind="prospecting.lead_assigned.1").count() == 3
    assert change_many(omar, ids=[leads[0].pk], said=Together("assign", cast.omar.pk)).same == 1
    undo(omar, key=report.entry.key)
    assert owners(leads) == [cast.sana.pk] * 3


def test_a_new_owner_is_told_of_one_lead_by_its_name_and_of_many_once(
    lead: Any, cast: Any, actor: Any, client_of: Any
) -> None:
    first, *more = [lead(cast.sana) for _n in range(3)]
    amal = actor(cast.amal)
    assign_lead(amal, lead_id=first.pk, owner_id=cast.lina.pk)
    [notice] = [one for one in told() if one.member_id == cast.lina.pk]
    assert (notice.reason, notice.record_kind, notice.record_id) == ("assigned", "lead", first.pk)
    bell = client_of(cast.lina).get("/notifications/").content.decode()
    assert f'href="/leads/{first.pk}/"' in bell and "Huda Amin" in bell
    change_many(amal, ids=[one.pk for one in more], said=Together("assign", cast.lina.pk))
    assert len([one for one in told() if one.member_id == cast.lina.pk]) == 2, "one for both"
    assert "gave 2 records to Lina" in bell_of(client_of(cast.lina))
    mine = lead()
    assign_lead(actor(cast.amal), lead_id=mine.pk, owner_id=cast.amal.pk)
    assert not [one for one in told() if one.member_id == cast.amal.pk], "who takes one knows it"


def test_many_are_rejected_with_a_reason_or_given_out_by_the_rules(
    lead: Any, takes: Any, cast: Any, actor: Any
) -> None:
    leads = [lead(cast.sana) for _n in range(2)]
    amal = actor(cast.amal)
    for wrong in (Together("reject", reason="no such"), Together("nothing"), Together("assign", leads[0].pk)):
        with pytest.raises(Invalid):
            change_many(amal, ids=[one.pk for one in leads], said=wrong)
    code = RejectReason.objects.order_by("position").values_list("code", flat=True)[0]
    report = change_many(amal, ids=[one.pk for one in leads], said=Together("reject", reason=code, words="Students"))
    assert report.changed == 2 and set(Lead._base_manager.values_list("status", "reject_words")) == {
        ("rejected", "Students")
    }
    undo(amal, key=report.entry.key)
    assert set(Lead._base_manager.values_list("status", flat=True)) == {"new"}
    takes(cast.lina)
    assert change_many(amal, ids=[one.pk for one in leads], said=Together("route")).changed == 2
    assert owners(leads) == [cast.lina.pk] * 2
    assert Assignment.objects.filter(lead=leads[0], way="rule").exists()


def test_the_page_asks_does_it_and_says_what_stayed(lead: Any, cast: Any, client_of: Any) -> None:
    leads = [lead(cast.sana) for _n in range(2)]
    browser = client_of(cast.amal)
    listed = browser.get("/leads/").content.decode()
    assert f'value="{leads[0].pk}" form="lead-many"' in listed
    ticked = {"id": [str(one.pk) for one in leads], "which": "chosen", "asked": "queue=open"}
    asked = browser.post("/leads/many/", ticked)
    assert asked.status_code == 200 and "What becomes of 2 leads?" in asked.content.decode()
    assert browser.post("/leads/many/", ticked | {"way": "reject", "reason": ""}).status_code == 422
    done = browser.post("/leads/many/", ticked | {"way": "assign", "owner": str(cast.lina.pk)})
    assert done.status_code == 200 and "2 leads changed" in done.content.decode()
    assert owners(leads) == [cast.lina.pk] * 2
    everything = {"which": "all", "asked": f"queue=open&owner={cast.lina.pk}", "way": "assign", "owner": ""}
    assert browser.post("/leads/many/", everything).status_code == 200
    assert owners(leads) == [None, None]
    assert browser.post("/leads/many/", {"which": "chosen"}).status_code == 422
    assert 'form="lead-many"' not in client_of(cast.sana).get("/leads/").content.decode(), "she may not"
    assert client_of(cast.sana).post("/leads/many/", ticked).status_code == 403


def test_the_list_goes_home_as_a_file_as_it_is_seen(lead: Any, cast: Any, client_of: Any) -> None:
    lead(cast.sana, source="=cmd()", words="Hello; a quote?")
    lead(cast.zayn, source="Hidden")
    browser = client_of(cast.sana)
    answer = browser.get("/leads/export/?queue=open&columns=source,words,owner,minutes")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["Lead", "Source", "What was asked", "Owner", "Working minutes until the answer"],
        ["Huda Amin", "'=cmd()", "Hello; a quote?", "Sana Khoury", ""],
    ]
    assert Entry.objects.get(kind="customers.exported.1").facts["record_kind"] == "lead"
    assert browser.get("/leads/export/?format=xlsx").status_code == 200
    assert browser.get("/leads/export/?queue=closed").status_code == 200
    assert browser.get("/leads/export/?colour=red").status_code == 422


def test_programs_do_it_too(lead: Any, cast: Any) -> None:
    leads = [lead(cast.sana) for _n in range(2)]
    caller = Caller(cast.amal)
    body = {"ids": [str(one.pk) for one in leads], "way": "assign", "owner_id": str(cast.lina.pk)}
    answer = caller("post", "/bulk/leads", body)
    assert answer.status_code == 200 and answer.json()["changed"] == 2 and answer.json()["undo"]
    assert owners(leads) == [cast.lina.pk] * 2
    assert caller("post", "/bulk/leads", body | {"way": "reject", "reason": "x"}).status_code == 422
