"""The API does what the pages do, for exactly the same people."""

from typing import Any
from uuid import uuid4

import pytest

from dawra.access.models import IdempotencyKey
from dawra.site.tests.calling import Caller


def add_person(call: Caller, **more: Any) -> Any:
    body = {"name": "Huda Amin", "points": [{"kind": "email", "value": "huda@nile.example"}], "company_name": "Nile"}
    return call("post", "/people", body | more)


def test_a_person_is_added_found_changed_and_deleted(caller, sana, omar):
    call = caller(sana)
    added = add_person(call)
    assert added.status_code == 201
    address = added.headers["Location"].removeprefix("/api/v1")
    assert [one["name"] for one in call("get", "/people?q=huda").json()["items"]] == ["Huda Amin"]
    whole = call("get", address)
    assert whole.json()["affiliations"][0]["company"]["name"] == "Nile"
    changed = call("patch", address, {"title": "Head of security"}, **{"If-Match": whole.headers["ETag"]})
    assert changed.json()["title"] == "Head of security"
    assert caller(omar)("delete", address).status_code == 204
    assert call("get", address).status_code == 404


def test_a_stranger_is_told_nothing_not_even_that_there_is_something(caller, sana, zayn):
    address = add_person(caller(sana)).headers["Location"].removeprefix("/api/v1")
    stranger = caller(zayn)
    for method, body in (("get", None), ("patch", {"title": "x"})):
        foreign = stranger(method, address, body)
        random = stranger(method, "/people/01900000-0000-7000-8000-000000000000", body)
        assert (foreign.status_code, foreign.json()) == (random.status_code, random.json())
    assert stranger("get", "/people").json()["items"] == []


def test_a_token_does_no_more_than_its_scopes(caller, sana):
    call = caller(sana, ["customers.read"])
    assert call("get", "/people").status_code == 200
    assert add_person(call).status_code == 403
    assert call("get", "/deals").status_code == 403


def test_a_session_cookie_opens_nothing(client_of, sana):
    assert client_of(sana).get("/api/v1/people").status_code == 401


def test_a_change_made_meanwhile_is_not_overwritten(caller, sana):
    call = caller(sana)
    address = add_person(call).headers["Location"].removeprefix("/api/v1")
    seen = call("get", address).headers["ETag"]
    assert call("patch", address, {"city": "Riyadh"}, **{"If-Match": seen}).status_code == 200
    late = call("patch", address, {"city": "Jeddah"}, **{"If-Match": seen})
    assert late.status_code == 412
    assert late.json()["theirs"] == {"city": "Riyadh"}
    assert late.json()["yours"] == {"city": "Jeddah"}


def test_an_unchanged_record_is_not_sent_again(caller, sana):
    call = caller(sana)
    address = add_person(call).headers["Location"].removeprefix("/api/v1")
    seen = call("get", address).headers["ETag"]
    assert call("get", address, **{"If-None-Match": seen}).status_code == 304


def test_a_repeated_call_gets_the_first_answer_and_does_nothing_twice(caller, sana):
    call = caller(sana)
    body = {"name": "Karim Fadel"}
    first, second = (call("post", "/people", body, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert len(call("get", "/people?q=karim").json()["items"]) == 1
    other = call("post", "/people", {"name": "Somebody"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


def test_a_refused_call_keeps_its_answer_and_leaves_nothing_else(caller, sana):
    call = caller(sana)
    add_person(call)
    again = add_person(call, name="Other")
    assert again.status_code == 409
    kept = call("post", "/people", {"name": ""}, **{"Idempotency-Key": "k2"})
    assert kept.status_code == 422
    assert IdempotencyKey.objects.get(key="k2").status == 422


def test_likely_duplicates_are_named_and_can_be_refused(caller, sana):
    call = caller(sana)
    add_person(call)
    assert call("post", "/people", {"name": "Huda Amin"}).json()["duplicates"][0]["because"] == "name"
    assert call("post", "/people", {"name": "Huda Amin", "if_duplicate": "refuse"}).status_code == 409


def test_unknown_filters_and_fields_are_refused_by_name(caller, sana):
    call = caller(sana)
    assert call("get", "/people?password=x").json()["errors"][0]["field"] == "password"
    assert call("post", "/people", {"name": "A", "is_admin": True}).status_code == 422
    assert call("get", "/people?sort=owner__password").status_code == 422
    assert call("get", "/nothing").json()["code"] == "not_found"


def test_a_list_is_read_to_its_end_without_gap_or_repetition(caller, sana):
    call = caller(sana)
    for number in range(7):
        call("post", "/people", {"name": f"Person {number}"})
    seen, after = [], ""
    while True:
        page = call("get", f"/people?limit=3&sort=name&after={after}").json()
        seen += [item["name"] for item in page["items"]]
        if not page["next"]:
            break
        after = page["next"]
    assert seen == [f"Person {number}" for number in range(7)]


def test_a_deal_goes_its_way(caller, sana):
    call = caller(sana)
    added = call("post", "/deals", {"name": "Nile Foods", "amount_minor": 4_820_000, "currency": "SAR"})
    assert added.status_code == 201, added.content
    deal = added.json()
    stages = call("get", "/pipelines").json()["items"][0]["current"]["stages"]
    moved = call("post", f"/deals/{deal['id']}/move", {"stage_id": stages[1]["id"]})
    assert (moved.status_code, moved.json()["code"]) == (422, "criteria_unmet")
    moved = call("post", f"/deals/{deal['id']}/move", {"stage_id": stages[1]["id"], "override": "they called us"})
    assert moved.json()["stage"] == stages[1]["code"]
    reasons = {one["outcome"]: one["code"] for one in call("get", "/reasons").json()["items"]}
    lost = call("post", f"/deals/{deal['id']}/lose", {"reason": reasons["lost"], "words": "السعر"})
    assert (lost.json()["state"], lost.json()["reason"]) == ("lost", reasons["lost"])
    assert call("post", f"/deals/{deal['id']}/reopen", {}).json()["state"] == "open"
    assert len(call("get", f"/deals/{deal['id']}").json()["visits"]) == 4
    assert call("get", f"/timeline/deal/{deal['id']}").json()["items"][0]["kind"] == "deals.deal_reopened.1"


def test_too_many_calls_are_told_how_long_to_wait(caller, sana, settings):
    settings.API_CALLS_PER_10_SECONDS = 3
    call = caller(sana)
    answers = [call("get", "/me") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert answers[0].headers["RateLimit-Remaining"] == "2"


@pytest.mark.parametrize("many", [1, 60])
def test_a_list_costs_the_same_queries_however_long_it_is(caller, sana, django_assert_max_num_queries, many):
    call = caller(sana)
    for number in range(many):
        call("post", "/people", {"name": f"Person {number}", "company_name": f"Company {number}"})
    call("get", "/people")
    with django_assert_max_num_queries(5):  # token, people, addresses, companies, and which companies a rep may open
        call("get", "/people?limit=50&sort=-created")
    with django_assert_max_num_queries(4):
        call("get", "/deals?limit=50&sort=-amount")


def test_the_contract_is_published_and_its_page_needs_nobody_signed_in(client, cast):
    contract = client.get("/api/v1/openapi.json").json()
    assert contract["openapi"].startswith("3.1")
    operations = [o["operationId"] for path in contract["paths"].values() for o in path.values() if "operationId" in o]
    assert len(operations) == len(set(operations)) > 50
    assert client.get("/api/v1/docs").status_code == 200


def test_a_task_is_planned_for_a_member_who_is_there(caller, sana, omar):
    call = caller(sana)
    said = {"what": "task", "title": "Call back", "due_at": "2026-12-01T09:00:00Z"}
    assert call("post", "/tasks", said | {"owner_id": str(omar.pk)}).status_code == 201
    nobody = call("post", "/tasks", said | {"owner_id": str(uuid4())})
    assert (nobody.status_code, nobody.json()["errors"][0]["field"]) == (422, "owner")
