"""The import page: look, start, watch, report; the rejected rows come back ready to be corrected."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.customers.formulas import neutral
from dawra.customers.importing import jobs, running
from dawra.customers.models import Import, ImportFile, Person
from tests.cast import NOW

TEXT = "name,email,about\nRania,rania@a.example,=cmd|' /C calc'!A0\nBad,no-mail,@SUM(1)\n"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME = tmp_path


def upload(client, text=TEXT, name="../../people.csv"):
    return client.post("/import/", {"files": [SimpleUploadedFile(name, text.encode(), "text/csv")], "what": ""})


def test_a_file_is_shown_before_anything_is_written_then_imported_and_reported(admin, client_of):
    client = client_of(admin)
    answer = upload(client)
    row = Import.objects.get()
    assert answer.status_code == 302 and not Person._base_manager.exists()
    assert b"Rania" in client.get(answer.url).content
    assert client.post(f"{answer.url}check/").status_code == 302
    jobs.judge_import(NOW, import_id=str(row.pk), token=Import.objects.get().dry_run["token"])
    assert "not an e-mail" in client.get(f"{answer.url}check/").content.decode()
    assert not Person._base_manager.exists()
    assert client.post(f"{answer.url}start").status_code == 302
    assert b"hx-get" in client.get(answer.url).content
    jobs.import_files(NOW, import_id=str(row.pk))
    report = re.sub("<[^>]+>", "", client.get(answer.url).content.decode())
    assert "2 rows = 1 accepted + 1 rejected" in report
    file = ImportFile.objects.get()
    download = client.get(f"{answer.url}rejected/{file.pk}.csv")
    text = b"".join(download.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("Bad,no-mail,'@SUM(1),3,email,")
    assert "attachment" in download["Content-Disposition"] and ".." not in download["Content-Disposition"]


def test_a_corrected_download_imports_only_its_rows(admin, client_of, system):
    client = client_of(admin)
    first = upload(client)
    client.post(f"{first.url}start")
    jobs.import_files(NOW, import_id=str(Import.objects.get().pk))
    again = upload(
        client, "name,email,about,Line,Column,What is wrong\nBad,bad@a.example,'@SUM(1),3,email,x\n", "fixed.csv"
    )
    client.post(f"{again.url}start")
    jobs.import_files(NOW, import_id=str(Import.objects.get(pk=again.url.split("/")[2]).pk))
    assert Person.objects.visible_to(system).get(name="Bad").about == "@SUM(1)"


def test_uploads_lie_under_random_names_and_go_after_thirty_days(admin, client_of, tmp_path):
    from datetime import timedelta

    upload(client_of(admin))
    stored = list((tmp_path / "imports").iterdir())
    assert len(stored) == 1 and len(stored[0].name) == 48 and stored[0].stat().st_mode & 0o077 == 0
    jobs.wake_imports(NOW + timedelta(days=400))
    assert not list((tmp_path / "imports").iterdir()) and Import.objects.get().files_removed_at


def test_a_file_that_cannot_be_read_leaves_nothing_behind(admin, client_of, tmp_path):
    answer = upload(client_of(admin), "")
    assert answer.status_code == 422 and not list((tmp_path / "imports").iterdir()) and not Import.objects.exists()


def test_strangers_and_reps_open_no_import(admin, omar, sana, client_of, client):
    url = upload(client_of(admin)).url
    assert client_of(sana).get("/import/").status_code == 403
    assert client_of(omar).get(url).status_code == 404
    assert client_of(omar).post(f"{url}start").status_code == 404
    assert client.get(url).status_code == 302
    assert Import.objects.get().state == "waiting"


def test_a_stop_ends_after_the_batch_and_going_on_takes_the_rest(admin, client_of, monkeypatch, system):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 10)
    client = client_of(admin)
    url = upload(client, "name,email\n" + "".join(f"P{i},p{i}@a.example\n" for i in range(25))).url
    client.post(f"{url}start")
    client.post(f"{url}stop")
    row = Import.objects.get()
    jobs.import_files(NOW, import_id=str(row.pk))
    row.refresh_from_db()
    assert row.state == "stopped" and Person.objects.visible_to(system).count() == 10
    client.post(f"{url}start")
    jobs.import_files(NOW, import_id=str(row.pk))
    assert Person.objects.visible_to(system).count() == 25


@pytest.mark.parametrize("cell", ["=1+1", " =1", "\t@x", "-2+3", "＝cmd", "\u00a0+1", "+1;x", "-1 "])
def test_a_spreadsheet_never_takes_a_cell_for_a_formula(cell):
    assert neutral(cell).startswith("'")
