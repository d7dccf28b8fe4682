"""The pages and the API of leads: what a rep, a colleague and sales operations see and do there."""

from datetime import date
from typing import Any

import pytest

from dawra.prospecting.actions.settings import RuleSaid, save_rule, set_holiday
from dawra.prospecting.models import Lead, Rule
from dawra.prospecting.queries.simulating import simulate
from dawra.site.tests.calling import Caller

pytestmark = pytest.mark.django_db


def test_every_page_of_leads_opens_in_both_languages(lead: Any, client_of: Any, cast: Any, takes: Any) -> None:
    takes(cast.sana, countries=("SA",), languages=("ar",), skills=("fleet",), most_open=20)
    found = lead(cast.sana, source="Web form", words="Can you send a quote?")
    lead(source="Expo")
    client = client_of(cast.amal)
    rule = Rule.objects.first()
    assert rule
    for address in (
        "/leads/", "/leads/?queue=overdue", "/leads/?queue=closed", "/leads/filters/", "/leads/new/", "/leads/sources/",
        f"/leads/{found.pk}/", f"/leads/{found.pk}/accept/", f"/leads/{found.pk}/reject/", f"/leads/{found.pk}/assign/",
        f"/leads/{found.pk}/edit/", "/settings/leads/", "/settings/leads/new/", f"/settings/leads/{rule.pk}/",
        "/settings/leads/try/", "/settings/leads/try/?one=1&country=SA", "/settings/leads/sellers/",
        f"/settings/leads/sellers/{cast.sana.pk}/", "/settings/leads/promise/", "/settings/leads/reasons/",
        f"/people/{found.person_id}/", "/quick/lead/", "/",
    ):  # fmt: skip
        for language in ("en", "ar"):
            cast.amal.language = language
            cast.amal.save()
            assert client.get(address).status_code == 200, address


def test_a_form_adds_a_lead_about_somebody_new_and_accepting_it_opens_a_deal(
    started: None, client_of: Any, cast: Any
) -> None:
    client = client_of(cast.sana)
    asked = {"name": "Rania Aziz", "email": "rania@zaytun.example", "company_name": "Zaytun Foods", "words": "A quote?"}
    assert client.post("/leads/new/", asked | {"to": "none"}).status_code == 302
    found = Lead._base_manager.get()
    assert found.owner_id is None
    assert client.post(f"/leads/{found.pk}/take/").status_code == 302
    accepted = client.post(f"/leads/{found.pk}/accept/", {"name": "Zaytun fleet", "amount": "1200"})
    assert accepted.status_code == 302 and accepted.headers["Location"].startswith("/deals/")
    assert "Zaytun fleet" in client.get(f"/leads/{found.pk}/").content.decode()
    assert "Web" not in client.get("/leads/sources/").content.decode()


def test_the_queues_cost_the_same_for_two_leads_and_for_twenty(
    lead: Any, client_of: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast.sana)
    for number in range(2):
        lead(cast.sana, source=f"Source {number}")
    client.get("/leads/")
    with django_assert_max_num_queries(16) as few:
        client.get("/leads/")
    for number in range(18):
        lead(cast.sana, source=f"Source {number}")
    with django_assert_max_num_queries(16) as many:
        client.get("/leads/")
    assert len(many) == len(few)


def test_the_dry_run_says_who_would_get_a_lead_before_the_rule_is_on(
    lead: Any, takes: Any, cast: Any, actor: Any
) -> None:
    takes(cast.sana)
    operations = actor(cast.amal)
    rule = save_rule(operations, said=RuleSaid("Lina first", strategy="least_load", members=(cast.lina.pk,)))
    Rule.objects.filter(pk=rule.pk).update(position=0)
    Rule.objects.exclude(pk=rule.pk).update(position=1)
    lead(cast.sana)
    (outcome,) = simulate(operations)
    assert outcome.then.who and outcome.then.who.id == cast.lina.pk
    assert outcome.differs and "Lina first" in outcome.why and "Lina first" in outcome.why_ar
    assert Lead._base_manager.get().owner_id == cast.sana.pk


def test_settings_are_kept_and_a_holiday_moves_what_is_due(lead: Any, client_of: Any, cast: Any, actor: Any) -> None:
    client = client_of(cast.amal)
    kept = {"target_minutes": "30"} | {
        f"{p}_{d}": t for d in range(1, 8) for p, t in (("from", "08:00"), ("until", "16:00"))
    }
    assert client.post("/settings/leads/promise/", kept).status_code == 302
    set_holiday(actor(cast.amal), on=date(2026, 11, 23), name="Founding day")
    due = lead(cast.sana).due_at
    assert due.isoformat() == "2026-11-24T05:30:00+00:00"
    assert client_of(cast.sana).get("/settings/leads/").status_code == 403


def test_programs_add_a_lead_with_its_person_in_one_call_and_decide_on_it(started: None, cast: Any) -> None:
    call = Caller(cast.sana)
    body = {
        "person": {"name": "Rania Aziz", "email": "rania@zaytun.example"}, "company_name": "Zaytun Foods",
        "source": "Web form", "words": "A quote?", "owner_id": str(cast.sana.pk),
    }  # fmt: skip
    made = call("post", "/leads", body)
    assert made.status_code == 201, made.content
    said = made.json()
    assert (said["status"], said["person"], said["company"]) == ("new", "Rania Aziz", "Zaytun Foods")
    at = f"/leads/{said['id']}"
    assert call("post", f"{at}/reject", {"reason": "spam"}, if_match='"99"').status_code in (409, 412)
    assert call("post", f"{at}/reject", {"reason": "no_budget"}).json()["reject_reason"] == "no_budget"
    assert call("post", f"{at}/reopen", {}).json()["status"] == "new"
    accepted = call("post", f"{at}/accept", {"name": "Zaytun"}).json()
    assert accepted["status"] == "accepted" and accepted["deal_id"]
    listed = call("get", "/leads?status=accepted&source__has=web").json()
    assert [one["id"] for one in listed["items"]] == [said["id"]]
    assert call("get", "/leads?colour=red").status_code == 422
