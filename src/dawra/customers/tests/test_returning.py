"""An erased person's address does not come back unnoticed: a form asks, a program is refused, an import rejects the row."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.access.errors import Refused
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.importing import uploads
from dawra.customers.importing.running import Run
from dawra.customers.importing.starting import start
from dawra.customers.models import ImportFile, ImportRow, Person
from dawra.customers.privacy import ledger, returning
from dawra.customers.privacy.erasing import erase_person
from dawra.customers.rules import point
from dawra.journal.models import Entry

MAIL, PHONE, SWITCHBOARD = "huda@nile.example", "+201001234567", "+20227654321"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path


@pytest.fixture
def erased(actor, admin, sana):
    """Somebody with three addresses, one of which a colleague shares, and then nobody."""
    points = (NewPoint("email", MAIL), NewPoint("phone", PHONE), NewPoint("phone", SWITCHBOARD))
    person = add_person(actor(sana), plan=NewPerson(name="Huda Amin", points=points)).record
    add_person(actor(sana), plan=NewPerson(name="A colleague", points=(NewPoint("phone", SWITCHBOARD),)))
    erase_person(actor(admin), person_id=person.pk, reason="asked by letter", confirmed=person.name)
    return person


def bring(signed, text: str):
    import_ = uploads.take_in(signed, [SimpleUploadedFile("list.csv", text.encode(), "text/csv")])
    start(signed, import_=import_)
    Run(signed, import_.pk).go()
    return import_


def test_the_ledger_keeps_hashes_of_what_was_theirs_alone(erased, settings) -> None:
    text = Path(ledger.place()).read_text()
    assert MAIL not in text and "1001234567" not in text
    assert len(json.loads(text.splitlines()[-1])["addresses"]) == 2  # the switchboard is somebody else's too
    settings.SECRET_KEY = "another installation's"
    assert ledger.digest("email", MAIL) not in ledger.addresses()


def test_a_form_asks_first_and_writes_the_answer_down(erased, sana, client_of) -> None:
    browser, said = client_of(sana), {"name": "Huda Amin", "email": MAIL.upper(), "lifecycle": "lead"}
    asked = browser.post("/people/add/", said)
    assert asked.status_code == 422 and "asked to be erased" in asked.content.decode()
    assert browser.post("/people/add/", said | {"anyway": "1"}).status_code == 302
    entry = Entry.objects.get(kind="customers.address_welcomed.1")
    assert entry.member_id == sana.pk and MAIL not in str(entry.facts)
    assert returning.erased_among([point("email", MAIL, "")]) == []


def test_no_action_takes_the_address_in_silently(erased, actor, sana) -> None:
    with pytest.raises(returning.ErasedBefore):
        add_person(actor(sana), plan=NewPerson(name="Huda", points=(NewPoint("email", MAIL),)))
    add_person(actor(sana), plan=NewPerson(name="Shares it", points=(NewPoint("phone", SWITCHBOARD),)))


def test_a_row_of_an_import_is_rejected_until_who_answers_for_privacy_allows_it(
    erased, actor, admin, sana, client_of
) -> None:
    text = f"name,email\nHuda Amin,{MAIL}\nKarim Fadel,karim@cedar.example\n"
    import_ = bring(actor(admin), text)
    row = ImportRow.objects.get(file__within=import_, outcome="rejected")
    assert "erased_before" in json.dumps(row.says)
    said = {"address": MAIL, "reason": "wrote to us"}
    assert client_of(sana).post("/people/erased/", said).status_code == 403
    with pytest.raises(Refused):
        returning.welcome_written(actor(sana), points=[point("email", MAIL, "")], reason="x")
    assert client_of(admin).post("/people/erased/", said | {"address": "nobody@x.example"}).status_code == 422
    assert client_of(admin).post("/people/erased/", said).status_code == 302
    bring(actor(admin), text)
    assert Person._base_manager.filter(name="Huda Amin", erased_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_upload_whose_rejected_row_held_an_address_goes_with_the_person(actor, admin, sana) -> None:
    person = add_person(actor(sana), plan=NewPerson(name="Huda Amin", points=(NewPoint("email", MAIL),))).record
    import_ = bring(actor(admin), f"name,email,country\n,{MAIL};not one,Nowhere at all\n")
    kept = ImportFile.objects.get(within=import_)
    assert (uploads.folder() / kept.key).exists() and ImportRow.objects.filter(file=kept, outcome="rejected").exists()
    erase_person(actor(admin), person_id=person.pk, reason="asked", confirmed=person.name)
    assert not (uploads.folder() / kept.key).exists()
