"""Quick add and search, as dialogs, options and plain pages; nothing that may not be seen shows through."""

import json

import pytest
from django.db import connection

from dawra.customers.models import Activity, Company, Person
from dawra.customers.tests.acts import a_company, a_person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal

HTMX = {"HX-Request": "true"}
WHAT = ["person", "company", "deal", "call", "note", "task"]


@pytest.fixture
def nile(system, sana):
    start_with_defaults(system)
    return a_company(system, sana, "Nile Foods")


@pytest.mark.parametrize("what", WHAT)
def test_each_form_opens_as_a_dialog_and_as_a_page(client_of, sana, what):
    client = client_of(sana)
    assert "<html" not in client.get(f"/quick/{what}/", headers=HTMX).content.decode()
    assert "<html" in client.get(f"/quick/{what}/").content.decode()
    assert client.get("/quick/ticket/").status_code == 404


def test_a_person_is_added_with_company_and_addresses_without_leaving_the_page(client_of, sana, nile):
    typed = {"name": "Huda Amin", "email": "huda@nile.example", "phone": "٠٥٠١٢٣٤٥٦٧", "about": f"company:{nile.pk}"}
    answer = client_of(sana).post("/quick/person/", typed, headers=HTMX)
    assert answer.status_code == 204
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    person = Person._base_manager.get()
    assert toast["undo"]
    assert str(person.pk) in toast["open"]
    assert person.affiliations.get().company_id == nile.pk
    assert {point.kind for point in person.points.all()} == {"email", "phone"}


def test_a_deal_is_added_without_scripts_by_the_words_of_its_company(client_of, sana, nile):
    typed = {"name": "Fleet", "amount": "١٬٢٠٠٫٥", "about": "", "about_words": "nile"}
    assert client_of(sana).post("/quick/deal/", typed).status_code == 302
    deal = Deal._base_manager.get()
    assert (deal.company_id, deal.amount_minor, deal.currency, deal.owner_id) == (nile.pk, 1_200_50, "SAR", sana.pk)


def test_words_that_fit_several_records_list_them_and_a_choice_decides(client_of, system, sana, nile):
    delta = a_company(system, sana, "Nile Delta")
    client, typed = client_of(sana), {"body": "hello", "about_words": "nile"}
    answer = client.post("/quick/note/", typed)
    assert answer.status_code == 422
    assert str(delta.pk) in answer.content.decode()
    assert "hello" in answer.content.decode()
    assert client.post("/quick/note/", typed | {"about_choice": f"company:{delta.pk}"}).status_code == 302
    assert Activity._base_manager.get().links.get().record_id == delta.pk


def test_what_is_missing_is_said_and_nothing_is_added(client_of, sana):
    client = client_of(sana)
    for what in WHAT:
        assert client.post(f"/quick/{what}/", {}).status_code == 422, what
    assert (Person._base_manager.count(), Company._base_manager.count(), Activity._base_manager.count()) == (0, 0, 0)


def test_an_address_that_is_taken_keeps_what_was_typed(client_of, sana):
    client, typed = client_of(sana), {"name": "Huda", "email": "huda@nile.example"}
    client.post("/quick/person/", typed)
    answer = client.post("/quick/person/", typed | {"name": "Other"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="Other"' in answer.content.decode()


def test_a_stranger_neither_picks_nor_uses_anothers_record(client_of, zayn, nile):
    client = client_of(zayn)
    assert client.get(f"/quick/call/?about=company:{nile.pk}").status_code == 404
    answer = client.post("/quick/note/", {"body": "x", "about": f"company:{nile.pk}"})
    assert answer.status_code == 422
    for address in ("/search/?q=nile", "/search/palette/?q=nile", "/search/pick/?kind=company&q=nile"):
        shown = client.get(address, headers=HTMX)
        assert shown.status_code == 200
        assert "Nile Foods" not in shown.content.decode(), address


def test_the_palette_answers_with_options_in_groups(client_of, system, sana, nile):
    a_person(system, sana, "Nile Fisher")
    answer = client_of(sana).get("/search/palette/?q=nile", headers=HTMX).content.decode()
    assert answer.count('role="option"') == 2
    assert answer.count('role="group"') == 2


def test_search_is_a_page_without_scripts_and_says_when_nothing_matches(client_of, sana, nile):
    client = client_of(sana)
    assert "Nile Foods" in client.get("/search/?q=nile").content.decode()
    assert "Nothing matches" in client.get("/search/?q=zzz").content.decode()
    assert "<html" in client.get("/search/palette/?q=nile").content.decode()


def test_the_picker_offers_only_the_kinds_asked_for(client_of, system, sana, nile):
    a_person(system, sana, "Nile Fisher")
    client = client_of(sana)
    answer = client.get("/search/pick/?kind=company&q=nile", headers=HTMX).content.decode()
    assert "Nile Foods" in answer
    assert "Nile Fisher" not in answer
    assert client.get("/search/pick/?kind=member&q=nile").status_code == 422


def test_the_palette_costs_few_queries(client_of, sana, nile, django_assert_max_num_queries):
    client = client_of(sana)
    client.get("/search/palette/?q=nile", headers=HTMX)
    # PostgreSQL looks among the newest rows first, and through all only if that was not enough.
    with django_assert_max_num_queries(8 if connection.vendor == "postgresql" else 7):
        client.get("/search/palette/?q=nile", headers=HTMX)
