"""The wizard: any file is understood column by column, what is open is asked once, and nothing is written before."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.customers.importing import jobs
from dawra.customers.models import FieldDef, Import, ImportFile, ImportRow, Person, SavedMapping
from dawra.customers.models.importing import REJECTED
from tests.cast import NOW

NASTY = (
    "الاسم,البريد,المرحلة,Met on,Fleet?,Notes 2\n"
    "رانيا سعد,rania@zaytun.example,Warm,03/04/2026,Small,x\n"
    "Karim Fadel,karim@cedar.example,Warm,05/06/2026,Large,x\n"
    "Huda Amin,huda at nile,Cold,07/08/2026,Small,y\n"
    'Dina Rizk,"dina@atlas,com",Cold,01/02/2026,Large,y\n'
    'Maya Tawil,"maya@delta,com",Warm,02/03/2026,Small,y\n'
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME = tmp_path


def upload(client, text=NASTY, name="expo.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    return client.post("/import/", {"files": [SimpleUploadedFile(name, raw)], "what": ""}).url


def columns_url(url):
    row = Import.objects.get(pk=url.split("/")[2])
    return f"{url}columns/{row.files.get().pk}/"


def plain(response):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", response.content.decode()))


def run(job, url):
    row = Import.objects.get(pk=url.split("/")[2])
    if job == "check":
        jobs.judge_import(NOW, import_id=str(row.pk), token=row.dry_run["token"])
    elif job == "import":
        jobs.import_files(NOW, import_id=str(row.pk))
    else:
        jobs.undo_import(NOW, import_id=str(row.pk))


ANSWERS = {
    "field_3": "new", "new_name_3": "Met on", "new_type_3": "date", "order_3": "dmy",
    "field_4": "new", "new_name_4": "Fleet", "new_type_4": "choice", "new_choices_4": "Small\nLarge",
    "word_2_0": "warm", "label_2_0": "lead", "word_2_1": "cold", "label_2_1": "", "policy": "both", "go": "next",
}  # fmt: skip


def matched(client, url):
    return client.post(columns_url(url), ANSWERS | {"remember": "1", "name": "Expo"})


def test_an_unknown_file_is_shown_with_its_guess_and_what_is_open(admin, client_of):
    client = client_of(admin)
    page = plain(client.get(columns_url(upload(client))))
    assert "رانيا سعد" in page and "sure" in page and "skipped" in page
    assert "Which option does each of these labels stand for?" in page and "Warm" in page


def test_nothing_goes_on_before_what_is_open_is_answered(admin, client_of):
    client = client_of(admin)
    url = upload(client)
    answer = client.post(columns_url(url), {"go": "next"})
    assert answer.status_code == 422 and "nothing is guessed" in answer.content.decode()
    assert Import.objects.get().dry_run == {}


def test_the_whole_way_with_new_fields_labels_dates_a_fix_and_back(admin, client_of, system):
    client = client_of(admin)
    url = upload(client)
    assert matched(client, url).url == f"{url}check/"
    assert {f.type for f in FieldDef.objects.all()} == {"date", "choice"}
    run("check", url)
    page = plain(client.get(f"{url}check/"))
    assert "5 rows were checked" in page and not Person._base_manager.exists()
    client.post(f"{url}start")
    run("import", url)
    file = ImportFile.objects.get()
    assert (file.rows_seen, file.created, file.rejected) == (5, 2, 3)
    rania = Person.objects.visible_to(system).get(name__startswith="رانيا")
    assert rania.lifecycle == "lead" and "2026-04-03" in rania.custom.values()
    report = plain(client.get(url))
    assert "Use dina@atlas.com" in report and "Fix 2 alike in one go" in report
    row = ImportRow.objects.filter(outcome=REJECTED, says__icontains="email_comma").first()
    client.post(f"{url}rows/{row.pk}/fix")
    file.refresh_from_db()
    assert (file.created, file.rejected) == (3, 2)
    client.post(f"{url}undo/")
    run("undo", url)
    assert Import.objects.get().state == "undone" and not Person.objects.visible_to(system).exists()


def test_labels_that_come_late_are_asked_after_the_check(admin, client_of):
    client = client_of(admin)
    rows = "".join(f"Person {i},p{i}@a.example,Lead\n" for i in range(2_010)) + "Late One,late@a.example,Zombie\n"
    url = upload(client, "Name,Email,Lifecycle stage\n" + rows)
    assert client.post(columns_url(url), {"policy": "both", "go": "next"}).url == f"{url}check/"
    run("check", url)
    page = plain(client.get(f"{url}check/"))
    assert "has not been answered" in page and "Lifecycle stage" in page and "Answer" in page
    assert "Lead, " in page and "sales_qualified" not in page  # the choices go by their names
    assert "Zombie" in plain(client.get(columns_url(url)))
    said = {"policy": "both", "go": "next", "word_2_0": "zombie", "label_2_0": "lead"}
    client.post(columns_url(url), said)
    run("check", url)
    assert "Every row can come in" in plain(client.get(f"{url}check/"))


def test_an_import_that_rests_is_stopped_for_good(admin, client_of, monkeypatch):
    client = client_of(admin)
    url = upload(client, "Name,Email\nRania Aziz,rania@zaytun.example\nOmar Haddad,omar@zaytun.example\n")
    monkeypatch.setattr("dawra.customers.importing.running.ROWS_IN_BATCH", 1)
    client.post(f"{url}start")
    client.post(f"{url}pause")
    run("import", url)
    page = client.get(url).content.decode()
    assert Import.objects.get().state == "paused" and f"{url}stop" in page
    client.post(f"{url}stop")
    row = Import.objects.get()
    assert (row.state, row.files.get().created) == ("stopped", 1) and row.finished_at
    page = plain(client.get(url))
    assert "Take back import" in page and "can be taken back whole" in page


def test_the_next_file_with_these_headings_is_matched_as_before(admin, client_of):
    client = client_of(admin)
    assert matched(client, upload(client)).status_code == 302
    again = upload(client, NASTY.replace("03/04/2026", "09/10/2026"), "second.csv")
    page = plain(client.get(columns_url(again)))
    assert "Matched as before, by the mapping “Expo”" in page
    file = ImportFile.objects.get(within_id=again.split("/")[2])
    assert file.plan["columns"][3]["options"]["order"] == "dmy" and not file.plan["columns"][3]["open"]
    saved = SavedMapping.objects.get()
    client.post(f"/import/mappings/{saved.pk}/forget")
    assert not SavedMapping.objects.exists()


def test_a_file_in_the_wrong_encoding_or_sort_is_read_again(admin, client_of):
    client = client_of(admin)
    url = upload(client, "الاسم;البريد\nرانيا سعد;rania@a.example\n".encode("cp1256"))
    file = ImportFile.objects.get()
    assert file.encoding == "cp1256" and file.delimiter == ";"
    client.post(f"{url}files/{file.pk}/read", {"encoding": "cp1252", "delimiter": ";", "sort": "simple/people"})
    file.refresh_from_db()
    assert file.encoding == "cp1252" and file.headers[0] != "الاسم"
    told = {"encoding": "cp1256", "delimiter": ";", "sort": "hubspot/contacts"}
    client.post(f"{url}files/{file.pk}/read", told)
    file.refresh_from_db()
    assert file.part == "contacts" and Import.objects.get().system == "hubspot" and file.headers[0] == "الاسم"


def test_one_sheet_of_a_workbook_is_chosen(admin, client_of):
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["name", "email"])
    book.active.append(["One", "one@a.example"])
    other = book.create_sheet("Other")
    other.append(["name", "phone"])
    other.append(["Two", "+966501234567"])
    book.save(out)
    client = client_of(admin)
    url = upload(client, out.getvalue(), "two.xlsx")
    file = ImportFile.objects.get()
    client.post(f"{url}files/{file.pk}/read", {"encoding": "xlsx", "sheet": "Other", "sort": "simple/people"})
    file.refresh_from_db()
    assert file.plan["sheet"] == "Other" and file.headers == ["name", "phone"]
    assert "Two" in client.get(url).content.decode()


def test_a_stranger_finds_no_step_of_the_wizard(admin, omar, sana, client_of):
    url = upload(client_of(admin))
    at = columns_url(url)
    for client, status in ((client_of(omar), 404), (client_of(sana), 403)):
        assert client.get(at).status_code == status and client.post(at, ANSWERS).status_code == status
        assert client.get(f"{url}check/").status_code == status and client.post(f"{url}undo/").status_code == status
        assert client.post(f"{url}rows/1/fix").status_code == status
    assert not FieldDef.objects.exists()
