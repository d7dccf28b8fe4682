"""Letters through the API: templates checked, letters merged, sent and taken back; a stranger finds none."""

import pytest

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.letter_sampling import write_letters
from dawra.customers.letter_seeds import STARTERS, start_with_letters
from dawra.customers.models import Letter, LetterTemplate


@pytest.fixture
def huda(sana, actor):
    plan = NewPerson(name="Huda Salem", points=[NewPoint("email", "huda@nile.example")])
    return add_person(actor(sana), plan=plan).record


def test_a_letter_is_merged_sent_listed_and_taken_back(caller, admin, sana, zayn, huda):
    designs, call, stranger = caller(admin), caller(sana), caller(zayn)
    text = {"name": "Hello", "subject": "For {person.first_name}", "body": "Dear {person.first_name}, {person.city}"}
    assert call("post", "/letter-templates", text).status_code == 403
    wrong = designs("post", "/letter-templates", text | {"body": "{{ name }}"})
    assert wrong.status_code == 422 and "One brace" in wrong.content.decode()
    made = designs("post", "/letter-templates", text)
    assert made.status_code == 201 and made.json()["groups"] == ["person"]
    letters, template = f"/people/{huda.pk}/letters", {"template_id": made.json()["id"], "language": "en"}
    assert "person.city" in call("post", letters, template).content.decode()
    here = f"/letter-templates/{made.json()['id']}"
    good = text | {"body": 'Dear {person.first_name}, {person.city|or:"wherever you are"}'}
    assert designs("put", here, good, **{"If-Match": made.headers["ETag"]}).status_code == 200
    assert designs("put", here, text, **{"If-Match": made.headers["ETag"]}).status_code == 412
    sent = call("post", letters, template)
    assert sent.status_code == 202 and sent.json()["body"] == "Dear Huda, wherever you are"
    assert stranger("post", letters, template).status_code == 404
    assert [one["id"] for one in call("get", "/letters?state__is=queued").json()["items"]] == [sent.json()["id"]]
    assert stranger("get", "/letters").json()["items"] == []
    address = f"/letters/{sent.json()['id']}"
    assert stranger("post", f"{address}/take-back").status_code == 404
    assert call("post", f"{address}/take-back").json()["state"] == "taken_back"
    assert call("post", f"{address}/take-back").status_code == 409
    assert designs("post", f"{here}/archive").json()["archived"]
    assert call("get", "/letter-templates").json()["items"] == []
    assert not designs("post", f"{here}/bring-back").json()["archived"]


def test_a_new_company_begins_with_templates_in_both_languages_that_can_be_read(admin, actor):
    assert start_with_letters(actor(admin)) == len(STARTERS)
    assert start_with_letters(actor(admin)) == 0
    for row in LetterTemplate.objects.all():
        assert row.is_starter and row.body and row.body_ar and row.name_ar and "person" in row.groups
    write_letters(actor(admin))
    assert not Letter.objects.exists()
