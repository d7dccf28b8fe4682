import pytest

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.duplicates.suggesting import suggest
from dawra.site.tests.calling import Caller
from tests.cast import NOW


@pytest.fixture
def two(actor, sana):
    people = [
        add_person(actor(sana), plan=NewPerson(name=name, points=(NewPoint("phone", "+966501234567"),))).record
        for name in ("Huda Amin", "Hoda Amin")
    ]
    suggest("person", [(people[0].pk, people[1].pk)], because="phone", now=NOW)
    return [str(one.pk) for one in people]


def test_a_program_lists_merges_and_takes_apart(sana, zayn, two):
    call, stranger = Caller(sana), Caller(zayn)
    (pair,) = call("get", "/duplicates").json()["items"]
    assert pair["reasons"] == "same phone" and {pair["one"]["id"], pair["other"]["id"]} == set(two)
    assert stranger("get", "/duplicates").json()["items"] == []
    assert stranger("get", f"/duplicates/{pair['id']}").status_code == 404
    body = {"kind": "person", "kept_id": two[0], "gone_id": two[1], "fields": {"name": "gone"}}
    assert stranger("post", "/merges", body).status_code == 404
    made = call("post", "/merges", body)
    assert made.status_code == 201
    assert call("get", f"/people/{two[0]}").json()["name"] == "Hoda Amin"
    led = call("get", f"/people/{two[1]}")
    assert led.status_code == 307 and led.headers["Location"] == f"/api/v1/people/{two[0]}"
    gone = call("patch", f"/people/{two[1]}", {"city": "Cairo"})
    assert gone.status_code == 410 and gone.json()["merged_into"] == two[0], "what was meant for the other is not done"
    assert stranger("get", f"/people/{two[1]}").status_code == 404
    assert call("post", "/merges", body).status_code == 409
    assert stranger("post", f"/merges/{made.json()['id']}/take-apart").status_code == 404
    back = call("post", f"/merges/{made.json()['id']}/take-apart").json()
    assert back["left"] == {} and back["undone_at"]
    assert call("get", f"/people/{two[0]}").json()["name"] == "Huda Amin"


def test_a_program_says_that_two_are_different(sana, zayn, two):
    call = Caller(sana)
    (pair,) = call("get", "/duplicates").json()["items"]
    assert Caller(zayn)("post", f"/duplicates/{pair['id']}/different").status_code == 404
    assert call("post", f"/duplicates/{pair['id']}/different").status_code == 204
    assert call("get", "/duplicates").json()["items"] == []


def test_a_program_that_adds_somebody_hears_why_they_may_be_here(sana, two):
    body = {"name": "Houda Amin", "points": [{"kind": "phone", "value": "0501234567"}], "if_duplicate": "refuse"}
    answer = Caller(sana)("post", "/people", body)
    assert answer.status_code == 409
    found = answer.json()["duplicates"]
    assert found[0]["reasons"].startswith("same phone; name") and found[0]["id"] in two
