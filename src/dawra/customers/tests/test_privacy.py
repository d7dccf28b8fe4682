"""Everything known of a person is handed out, and nothing of it is left once they are erased."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps

from dawra.access.errors import Invalid, NotFound, Refused
from dawra.access.holdings import HOLDS, IMPERSONAL
from dawra.customers.actions.activities import Happening, log_activity
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.consent import NewConsent, record_consent
from dawra.customers.actions.files import attach_file, store
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.actions.tags import change_tags
from dawra.customers.models import File, Person, SearchRow
from dawra.customers.privacy import ledger
from dawra.customers.privacy.erasing import erase_again, erase_person, scrub_search
from dawra.customers.privacy.whole_file import hand_out
from dawra.journal.models import Entry
from dawra.site.operation.backup import open_tables
from tests.cast import NOW

CANARY = "zwqx"
"""In every word that is known of the person, and nowhere else."""


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path


@pytest.fixture
def known(actor, sana):
    """A person of whom everything is known that can be."""
    signed = actor(sana)
    plan = NewPerson(
        name=f"{CANARY} name", name_ar=f"{CANARY} عربي", title=f"{CANARY} title", city=f"{CANARY} city",
        about=f"{CANARY} about", company_name="Nile Foods", country="EG", tags=("vip",),
        points=(NewPoint("email", f"{CANARY}@nile.example"), NewPoint("phone", "+201001234567", f"{CANARY} label")),
    )  # fmt: skip
    person = add_person(signed, plan=plan).record
    edit_person(signed, person_id=person.pk, changes={"title": f"{CANARY} boss"})
    wording = {"wording": f"{CANARY} wording", "proof": f"{CANARY} proof"}
    consent = NewConsent(channel="email", granted=True, basis="consent", **wording)
    record_consent(signed, person_id=person.pk, consent=consent)
    change_tags(signed, kind="person", record_id=person.pk, add=["friend"], remove=[])
    said = Happening("call", NOW, title=f"{CANARY} call", body=f"{CANARY} body")
    log_activity(signed, records=[person], said=said)
    attach_file(signed, record=person, stored=store(f"{CANARY}.txt", [f"{CANARY} file".encode()]))
    return person


def erase(signed, person):
    erase_person(signed, person_id=person.pk, reason="asked by letter", confirmed=person.name)


def everything(folder: Path) -> dict[str, str]:
    """Every table as text, and every file."""
    folder.mkdir()
    for model in open_tables.taken():
        open_tables.write_table(model, "default", folder / f"{model._meta.db_table}.jsonl")
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_every_table_says_what_it_knows_of_a_person() -> None:
    every = [m for m in apps.get_models(include_auto_created=True) if not m._meta.app_label.startswith("faults")]
    silent = [m._meta.label for m in every if m not in HOLDS and m._meta.label not in IMPERSONAL]
    assert silent == [], "declare it in the room's privacy.py: see access/holdings.py"
    assert set(IMPERSONAL) <= {m._meta.label for m in every}


@pytest.mark.django_db(transaction=True)
def test_nothing_said_of_an_erased_person_is_left_in_any_table_or_file(actor, admin, known, home) -> None:
    before = everything(home / "before")
    assert sum(CANARY in text for text in before.values()) >= 7
    erase(actor(admin), known)
    after = everything(home / "after")
    assert {name for name, text in after.items() if CANARY in text} == set()
    assert not [path for path in (home / "files").rglob("*") if path.is_file()]
    assert {name: text.count("\n") for name, text in after.items()}["journal_entry.jsonl"] >= before[
        "journal_entry.jsonl"
    ].count("\n")
    row = Person._base_manager.get(pk=known.pk)
    assert (row.country, row.lifecycle, row.owner_id) == ("EG", known.lifecycle, known.owner_id)


def test_the_history_keeps_what_was_done_and_when(actor, admin, known) -> None:
    before = list(Entry.objects.order_by("pk").values_list("kind", "happened_at"))
    erase(actor(admin), known)
    after = list(Entry.objects.order_by("pk").values_list("kind", "happened_at"))
    assert after[: len(before)] == before
    assert after[len(before)][0] == "customers.person_erased.1"


def test_an_erased_person_is_not_found_and_not_brought_back(actor, admin, known, client_of) -> None:
    erase(actor(admin), known)
    assert not SearchRow.objects.filter(record_id=known.pk).exists()
    assert client_of(admin).get(f"/people/{known.pk}/").status_code == 404
    assert "Erased person" not in client_of(admin).get("/bin/").content.decode()
    assert client_of(admin).post(f"/records/person/{known.pk}/restore/").status_code == 404
    with pytest.raises(NotFound):
        erase(actor(admin), known)


def test_the_name_must_be_typed_and_a_reason_given(actor, admin, known) -> None:
    with pytest.raises(Invalid):
        erase_person(actor(admin), person_id=known.pk, reason="asked", confirmed="somebody else")
    with pytest.raises(Invalid):
        erase_person(actor(admin), person_id=known.pk, reason=" ", confirmed=known.name)
    assert ledger.noted() == {}


def test_whoever_may_not_neither_erases_nor_takes_out(actor, sana, zayn, known, client_of) -> None:
    for member in (sana, zayn):
        with pytest.raises(Refused):
            erase(actor(member), known)
        with pytest.raises(Refused):
            hand_out(actor(member), person_id=known.pk)
        assert client_of(member).get(f"/people/{known.pk}/privacy/").status_code == 403
    assert ledger.noted() == {}


def test_a_restored_backup_forgets_again(actor, admin, known, now) -> None:
    ledger.note(known.pk, now)  # the database is older than the ledger
    assert erase_again(now) == 1
    assert Person._base_manager.get(pk=known.pk).erased_at == now
    assert erase_again(now) == 0


def test_a_line_of_the_ledger_cut_off_by_a_crash_is_read_over(known, now) -> None:
    ledger.note(known.pk, now)
    with ledger.place().open("a") as file:
        file.write('{"person": "01a2')
    assert list(ledger.noted()) == [known.pk]


def test_the_whole_file_holds_every_word_and_is_written_down(actor, admin, known, client_of) -> None:
    answer = client_of(admin).post(f"/people/{known.pk}/privacy/file")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    said = json.loads(archive.read("person.json"))
    text = json.dumps(said, ensure_ascii=False)
    for word in ("name", "عربي", "boss", "city", "about", "wording", "proof", "call", "body", "label"):
        assert f"{CANARY} {word}" in text, word
    assert {"customers_person.csv", "customers_consent.csv", "journal_entry.csv"} <= set(archive.namelist())
    [attached] = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(attached).decode() == f"{CANARY} file"
    assert Entry.objects.filter(kind="customers.person_handed_out.1", member=admin).count() == 1


def test_the_page_erases_and_says_what_is_wrong(admin, known, client_of) -> None:
    client = client_of(admin)
    page = client.get(f"/people/{known.pk}/")
    assert f"/people/{known.pk}/privacy/" in page.content.decode()
    wrong = client.post(f"/people/{known.pk}/privacy/", {"confirmed": "x", "reason": "asked"})
    assert wrong.status_code == 422 and "exactly" in wrong.content.decode()
    done = client.post(f"/people/{known.pk}/privacy/", {"confirmed": known.name, "reason": "asked"})
    assert done.status_code == 302
    assert Person._base_manager.get(pk=known.pk).erased_at
    assert File.objects.get(record_id=known.pk).deleted_at


@pytest.mark.django_db(transaction=True)
def test_the_full_text_index_is_merged_to_its_end(actor, admin, known, now) -> None:
    erase(actor(admin), known)
    scrub_search(now)
