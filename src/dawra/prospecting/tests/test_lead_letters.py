"""A letter answers an inquiry: it says what was asked, goes only to who asked, and stops the clock once it has left."""

from datetime import timedelta
from typing import Any

import pytest

from dawra.access.errors import NotFound
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.letter_templates import TemplateSaid, write_template
from dawra.customers.actions.letters import LetterSaid, send_letter
from dawra.customers.actions.people import NewPerson
from dawra.customers.models import Affiliation, Letter, Person
from dawra.customers.posting import send_letters
from dawra.journal.listeners import deliver_due
from dawra.prospecting.models import Lead
from dawra.team.actions.mail_server import ServerSaid, set_mail_server
from tests.cast import NOW
from tests.mailbox import mailbox

pytestmark = pytest.mark.django_db
TEMPLATE = TemplateSaid(
    name="Answer",
    subject="Your inquiry of {lead.asked_on|date}",
    body="Dear {person.first_name}, you asked: {lead.words}",
    subject_ar="استفسارك في {lead.asked_on|date}",
    body_ar="سألتم: {lead.words}",
)
ASKED = NewPerson(name="Rania Aziz", language="ar", points=(NewPoint("email", "rania@zaytun.example"),))


def test_a_lead_is_answered_by_a_letter_in_its_words_and_the_clock_stops_when_it_leaves(
    lead: Any, cast: Any, actor: Any, client_of: Any, settings: Any
) -> None:
    hers = lead(cast.sana, person=ASKED, words="هل لديكم نظام؟")
    row, _entry = write_template(actor(cast.amal), said=TEMPLATE)
    browser, here = client_of(cast.sana), f"/records/lead/{hers.pk}/letter/"
    assert here in browser.get(f"/leads/{hers.pk}/").content.decode()
    page = browser.get(f"{here}?template={row.pk}").content.decode()
    assert "سألتم: هل لديكم نظام؟" in page and "Rania Aziz" in page and f"/leads/{hers.pk}/" in page
    assert str(row.pk) not in browser.get(f"/records/person/{hers.person_id}/letter/").content.decode(), (
        "not from there"
    )
    said = {"person": hers.person_id, "template": row.pk, "language": "ar", "to": "rania@zaytun.example"}
    said |= {"subject": "استفسارك", "body": "سألتم: هل لديكم نظام؟"}
    assert client_of(cast.zayn).post(here, said).status_code == 404
    assert browser.post(here, said)["Location"] == f"/leads/{hers.pk}/"
    letter = Letter.objects.get()
    assert (letter.about_kind, letter.about_id) == ("lead", hers.pk)
    settings.EMAIL_BACKEND = "dawra.team.mailing.Backend"
    with mailbox() as box:
        set_mail_server(actor(cast.amal), said=ServerSaid(box.host, box.port, "plain", "sales@masar.example"))
        assert Lead._base_manager.get(pk=hers.pk).first_response_at is None
        Letter.objects.update(send_at=NOW)
        send_letters(NOW)
        assert len(box.letters) == 1
    while deliver_due(NOW + timedelta(minutes=1)):
        pass
    answered = Lead._base_manager.get(pk=hers.pk)
    assert (answered.first_response_at, answered.first_response_by_id) == (NOW, cast.sana.pk)
    assert "استفسارك" in browser.get(f"/leads/{hers.pk}/").content.decode()


def test_only_who_asked_is_written_to_of_a_company_whoever_works_there(
    lead: Any, company: Any, person: Any, cast: Any, actor: Any, client_of: Any
) -> None:
    nile = company(cast.sana)
    theirs = lead(cast.sana, company_id=nile.pk)
    browser, here = client_of(cast.sana), f"/records/lead/{theirs.pk}/letter/"
    assert "Nobody stands here yet" in browser.get(here).content.decode()
    huda = person(cast.sana)
    Affiliation.objects.create(person=huda, company=nile)
    assert "Huda Amin" in browser.get(here).content.decode()
    hidden = person(cast.sana, name="Somebody Hidden")
    asked = lead(cast.sana, person_id=hidden.pk)
    Person._base_manager.filter(pk=hidden.pk).update(owner=cast.lina)
    assert "Hidden" not in browser.get(f"/records/lead/{asked.pk}/letter/").content.decode()
    with pytest.raises(NotFound):
        send_letter(actor(cast.zayn), person_id=huda.pk, said=LetterSaid("a", "b", "en", about=("lead", theirs.pk)))
