"""A list is filtered by a person or a company chosen by typing, with scripts or without, and says so by name."""

from uuid import uuid4

import pytest

from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.models import Affiliation, Person
from dawra.customers.tests.acts import a_company, a_person
from dawra.deals.actions.starting import start_with_defaults


@pytest.fixture
def nile(system, sana):
    return a_company(system, sana, "Nile Foods")


@pytest.fixture
def huda(system, sana, nile):
    made = a_person(system, sana, "Huda Amin")
    Affiliation.objects.create(person=made, company=nile)
    a_person(system, sana, "Ali Saleh")
    return made


def test_the_dialog_has_a_picker_and_shows_what_is_asked_by_name(client_of, sana, huda, nile):
    browser = client_of(sana)
    empty = browser.get("/people/filters/").content.decode()
    assert 'data-picker="/search/pick/?kind=company"' in empty and 'name="company_words"' in empty
    filled = browser.get(f"/people/filters/?company={nile.pk}&sort=name").content.decode()
    assert f'value="company:{nile.pk}"' in filled and 'value="Nile Foods"' in filled
    assert 'name="sort" value="name"' in filled


def test_a_choice_becomes_a_plain_address_and_a_chip_with_its_name(client_of, sana, huda, nile):
    browser = client_of(sana)
    sent = {"apply": 1, "company": f"company:{nile.pk}", "company_words": "Nile Foods", "name__has": "", "sort": "name"}
    there = browser.get("/people/filters/", sent)["Location"]
    assert there == f"/people/?sort=name&company={nile.pk}"
    page = browser.get(there).content.decode()
    assert "Company: Nile Foods" in page and "Huda Amin" in page and "Ali Saleh" not in page
    assert browser.get("/people/filters/", {"apply": 1, "name__has": ""})["Location"] == "/people/"


def test_without_scripts_the_words_decide_and_several_are_listed(client_of, sana, system, huda, nile):
    browser = client_of(sana)
    assert browser.get("/people/filters/", {"apply": 1, "company_words": "nile"})["Location"].endswith(str(nile.pk))
    other = a_company(system, sana, "Nile Transport")
    asked = browser.get("/people/filters/", {"apply": 1, "company_words": "nile", "title__has": "head"})
    text = asked.content.decode()
    assert asked.status_code == 422 and "Several match" in text and "Nile Transport" in text
    assert 'value="head"' in text and 'name="company_words" value="nile"' not in text.split("<form")[0]
    chosen = {"apply": 1, "company_words": "nile", "company_choice": f"company:{other.pk}"}
    assert browser.get("/people/filters/", chosen)["Location"].endswith(str(other.pk))
    none = browser.get("/people/filters/", {"apply": 1, "company_words": "qqqq"})
    assert none.status_code == 422 and "Nothing matches" in none.content.decode()


def test_a_stranger_learns_no_name_from_an_id(client_of, zayn, huda, nile):
    browser = client_of(zayn)
    for address in (
        f"/people/?company={nile.pk}",
        f"/people/filters/?company={nile.pk}",
        f"/deals/table/?person={huda.pk}",
    ):
        page = browser.get(address)
        assert page.status_code == 200
        assert "Nile Foods" not in page.content.decode() and "Huda" not in page.content.decode()
    assert "not shared with you" in browser.get(f"/people/?company={uuid4()}").content.decode()
    guessed = browser.get("/people/filters/", {"apply": 1, "company": f"company:{nile.pk}"})
    assert guessed.status_code == 422 and "Nile" not in guessed.content.decode()


def test_custom_fields_that_name_a_person_are_filtered_so_too(client_of, sana, admin, actor, huda):
    field = define_field(actor(admin), record_kind="person", type="person", plan=FieldPlan("Referred by", "أحاله"))
    Person._base_manager.filter(name="Ali Saleh").update(custom={field.key: str(huda.pk)})
    browser = client_of(sana)
    there = browser.get("/people/filters/", {"apply": 1, f"{field.input_name}_words": "huda"})["Location"]
    page = browser.get(there).content.decode()
    assert "Referred by: Huda Amin" in page and "Ali Saleh" in page


@pytest.mark.parametrize("part", ["deals/table", "deals", "deals/by-date", "leads"])
def test_deals_and_leads_are_filtered_by_people_and_companies(client_of, sana, system, huda, nile, part):
    start_with_defaults(system)
    browser = client_of(sana)
    dialog = "/leads/filters/" if part == "leads" else "/deals/filters/"
    assert 'data-picker="/search/pick/?kind=person"' in browser.get(dialog).content.decode()
    back = {} if part == "leads" else {"page": f"/{part}/"}
    there = browser.get(dialog, {"apply": 1, "company_words": "nile", **back})["Location"]
    assert there == f"/{part}/?company={nile.pk}"
    assert "Company: Nile Foods" in browser.get(there).content.decode()
