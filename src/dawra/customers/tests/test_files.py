"""Attached files: what is accepted, where it lies, who gets it, and what a failure leaves behind (nothing)."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.access.errors import Invalid, NotFound, Refused
from dawra.customers.actions import files
from dawra.customers.media import NotAllowed, media_type_of, shown_name
from dawra.customers.models import File
from dawra.customers.tests.acts import a_person
from dawra.journal.undo import undo

PDF = b"%PDF-1.7 and so on"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def huda(system, sana):
    return a_person(system, sana)


def stored_files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def attach(actor, huda, name="offer.pdf", content=PDF):
    return files.attach_file(actor, record=huda, stored=files.store(name, [content]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.html", b"<html></html>"),
        ("page.txt", b"  <!DOCTYPE html><script>alert(1)</script>"),
        ("list.csv", b"a,b\n<svg onload=alert(1)>"),
        ("offer.pdf", b"MZ\x90\x00 a program"),
        ("photo.png", b"GIF89a"),
        ("notes.txt", b"text\x00with a nul"),
        ("run.exe", b"MZ"),
        ("noending", PDF),
    ],
)
def test_what_a_browser_would_run_or_is_not_what_it_says_is_refused(home, name, content):
    with pytest.raises(NotAllowed):
        media_type_of(name, content)
    with pytest.raises(Invalid):
        files.store(name, [content])
    assert stored_files(home) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "..\\..\\boot.txt", "/abs/olute.txt", "a\x00b\r\n.txt", '"q".txt']
)
def test_a_name_is_only_a_name(name):
    assert not set('/\\\x00\r\n"') & set(shown_name(name))


def test_the_stored_name_says_nothing_and_only_its_owner_reads_it(home, actor, sana, huda):
    kept = attach(actor(sana), huda)
    (path,) = stored_files(home)
    assert "offer" not in str(path.relative_to(home))
    assert path.stat().st_mode & 0o777 == 0o600
    assert (kept.file.size, len(kept.file.sha256)) == (len(PDF), 64)


def test_a_file_that_is_too_large_leaves_nothing(home, settings):
    settings.FILE_MOST_BYTES = 2**20
    with pytest.raises(files.TooLarge):
        files.store("big.txt", iter([b"x" * 2**19] * 3))
    assert stored_files(home) == []


def test_a_full_disk_leaves_nothing(home, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.store("offer.pdf", [PDF])
    assert stored_files(home) == []


def test_an_upload_becomes_a_download_and_never_a_page(client_of, home, sana, huda):
    client = client_of(sana)
    upload = SimpleUploadedFile("عرض السعر.pdf", PDF, content_type="text/html")
    assert client.post(f"/records/person/{huda.pk}/files/", {"file": upload}).status_code == 302
    answer = client.get(f"/files/{File.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_a_failed_transaction_takes_the_file_away(client_of, home, sana, huda, monkeypatch):
    def fails(*args, **kwargs):
        raise Invalid("no")

    monkeypatch.setattr(files, "write", fails)
    upload = SimpleUploadedFile("offer.pdf", PDF)
    assert client_of(sana).post(f"/records/person/{huda.pk}/files/", {"file": upload}).status_code == 422
    assert (File.objects.count(), stored_files(home)) == (0, [])


def test_an_upload_over_the_limit_is_answered_with_a_clear_page(client_of, home, sana, huda, settings):
    settings.FILE_MOST_BYTES = 2**20
    upload = SimpleUploadedFile("big.txt", b"x" * (2**20 + 2**19))
    answer = client_of(sana).post(f"/records/person/{huda.pk}/files/", {"file": upload})
    assert (answer.status_code, stored_files(home)) == (413, [])


def test_a_stranger_neither_reads_nor_adds_nor_removes(client_of, actor, sana, zayn, huda):
    kept, stranger = attach(actor(sana), huda), client_of(zayn)
    at = f"/files/{kept.file.pk}/"
    assert stranger.get(at).status_code == 404
    assert stranger.post(f"{at}remove/").status_code == 404
    assert (
        stranger.post(f"/records/person/{huda.pk}/files/", {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code
        == 404
    )
    with pytest.raises(NotFound):
        files.remove_file(actor(zayn), file_id=kept.file.pk)


def test_removing_waits_in_the_bin_and_can_be_undone(actor, sana, lina, huda):
    me, kept = actor(sana), attach(actor(lina), huda)
    with pytest.raises(Refused):
        files.remove_file(me, file_id=kept.file.pk)
    mine = attach(me, huda)
    removed = files.remove_file(me, file_id=mine.file.pk)
    with pytest.raises(NotFound):
        files.remove_file(me, file_id=mine.file.pk)
    undo(me, key=removed.entry.key)
    assert File.objects.get(pk=mine.file.pk).deleted_at is None
    undo(me, key=mine.entry.key)
    assert File.objects.get(pk=mine.file.pk).deleted_at is not None
    assert configured.FILE_MOST_BYTES == 25 * 2**20
