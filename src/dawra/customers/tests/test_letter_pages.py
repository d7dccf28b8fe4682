"""The pages of letters: written from a person's or a deal's page, read in the log; templates checked while they are written."""

import pytest

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.letter_templates import TemplateSaid, write_template
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.models import Letter, LetterTemplate
from dawra.customers.posting import send_letters
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.people import set_person
from dawra.deals.actions.starting import start_with_defaults
from tests.cast import NOW

GOOD = {"name": "Offer", "subject": "For {person.first_name}", "body": "Worth {deal.amount|money:tidy}."}


@pytest.fixture
def huda(sana, actor):
    plan = NewPerson(name="Huda Salem", name_ar="هدى سالم", points=[NewPoint("email", "huda@nile.example")])
    return add_person(actor(sana), plan=plan).record


def test_a_template_is_checked_in_the_readers_language_and_looked_at_with_a_contact(admin, sana, huda, client_of):
    browser = client_of(admin)
    assert client_of(sana).get("/settings/letters/").status_code == 403
    wrong = {**GOOD, "body": "ok\n{{ person.name }} {person.nam}"}
    page = browser.post("/settings/letters/add/", wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "Line 2, character 1: One brace is enough" in text and "{{ person.name }}" in text
    admin.language = "ar"
    admin.save()
    look = browser.post("/settings/letters/add/", {**wrong, "act": "look"}, headers={"HX-Request": "true"})
    assert "السطر 2، الحرف 1: يكفي قوس واحد" in look.content.decode()
    look = browser.post("/settings/letters/add/", {**GOOD, "act": "look"}, headers={"HX-Request": "true"})
    assert "For Huda" in look.content.decode() and "⟦deal.amount⟧" in look.content.decode()
    assert not LetterTemplate.objects.exists()
    assert browser.post("/settings/letters/add/", GOOD).status_code == 302
    row = LetterTemplate.objects.get()
    assert row.groups == ["deal", "person"]
    here = f"/settings/letters/{row.pk}/"
    assert "{deal.amount|money:tidy}" in browser.get(here).content.decode()
    stale = browser.post(here, {**GOOD, "name": "New", "version": 9})
    assert stale.status_code == 409
    assert browser.post(f"{here}archive/").status_code == 302
    assert browser.post(f"{here}bring-back/").status_code == 302


def test_a_letter_is_written_from_a_deal_read_over_and_found_in_the_log(
    admin, sana, zayn, huda, actor, client_of, system
):
    start_with_defaults(system)
    deal = add_deal(actor(sana), new=NewDeal(name="Fleet", amount_minor=4_820_000, currency="SAR"))
    set_person(actor(sana), deal_id=deal.pk, person_id=huda.pk, role="champion")
    row, _entry = write_template(actor(admin), said=TemplateSaid(**GOOD))
    browser = client_of(sana)
    here = f"/records/deal/{deal.pk}/letter/"
    assert here in browser.get(f"/deals/{deal.pk}/").content.decode()
    assert str(row.pk) not in browser.get(f"/records/person/{huda.pk}/letter/").content.decode()
    page = browser.get(f"{here}?template={row.pk}").content.decode()
    assert "For Huda" in page and "Worth SAR\u00a048,200." in page
    said = {"person": huda.pk, "template": row.pk, "language": "en", "to": "huda@nile.example", "subject": "For Huda"}
    again = browser.post(here, said | {"body": "Worth ⟦deal.amount⟧"})
    assert again.status_code == 422 and "write it yourself" in again.content.decode()
    assert client_of(zayn).post(here, said | {"body": "x"}).status_code == 404
    assert browser.post(here, said | {"body": "Worth <b>a lot</b>"}).status_code == 302
    letter = Letter.objects.get()
    assert (letter.about_kind, letter.about_id, letter.template_id) == ("deal", deal.pk, row.pk)
    Letter.objects.update(send_at=NOW)
    send_letters(NOW)
    log = browser.get("/letters/?state__is=sent").content.decode()
    assert "For Huda" in log and "Huda Salem" in log
    assert "Worth &lt;b&gt;a lot" in browser.get(f"/letters/{letter.pk}/").content.decode()
    assert "For Huda" in browser.get(f"/deals/{deal.pk}/").content.decode()
    assert client_of(zayn).get(f"/letters/{letter.pk}/").status_code == 404
    assert "For Huda" not in client_of(zayn).get("/letters/").content.decode()
    deal.refresh_from_db()
    assert deal.last_activity_at is None or deal.last_activity_at == NOW
