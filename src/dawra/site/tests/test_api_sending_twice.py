"""Files sent twice with one Idempotency-Key arrive once, and are answered the same."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart

from dawra.access.models import IdempotencyKey
from dawra.customers.importing.running import folder
from dawra.customers.models import File, Import
from dawra.site.tests.calling import Caller

PDF = b"%PDF-1.7 and so on"
_boundaries = itertools.count()


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DAWRA_HOME = tmp_path
    return tmp_path


@pytest.fixture
def call(caller: Any, sana: Any) -> Caller:
    return caller(sana)


def send(call: Caller, path: str, field: str, name: str, content: bytes, key: str = "once") -> Any:
    """Each sending wraps the file in a boundary of its own, as programs do."""
    boundary = f"boundary{next(_boundaries)}"
    return call.client.post(
        f"/api/v1{path}", encode_multipart(boundary, {field: SimpleUploadedFile(name, content)}),
        content_type=f"multipart/form-data; boundary={boundary}", headers={"Idempotency-Key": key},
    )  # fmt: skip


def on_disk(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()]


@pytest.fixture
def address(call: Caller) -> str:
    return f"/records/person/{call('post', '/people', {'name': 'Huda'}).json()['id']}/files"


def test_a_file_sent_twice_is_attached_once(call: Caller, address: str, home: Path) -> None:
    first, second = (send(call, address, "file", "offer.pdf", PDF) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 201) and first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first.headers
    assert File.objects.count() == 1 == len(on_disk(home))


@pytest.mark.parametrize(("name", "content"), [("offer.pdf", PDF + b"!"), ("other.pdf", PDF)])
def test_another_file_under_the_same_key_is_a_mistake(
    call: Caller, address: str, home: Path, name: str, content: bytes
) -> None:
    send(call, address, "file", "offer.pdf", PDF)
    other = send(call, address, "file", name, content)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert File.objects.count() == 1 == len(on_disk(home))


def test_what_was_refused_can_be_sent_again(call: Caller, address: str) -> None:
    refused = send(call, address, "file", "offer.exe", b"MZ")
    assert refused.status_code == 422 and not IdempotencyKey.objects.exists()
    assert send(call, address, "file", "offer.pdf", PDF).status_code == 201


def test_a_program_that_died_before_it_answered_is_told_what_was_made(
    call: Caller, address: str, home: Path, monkeypatch: Any
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("dawra.site.api.door._keep", _die)
        with pytest.raises(SystemExit):
            send(call, address, "file", "offer.pdf", PDF)
    again = send(call, address, "file", "offer.pdf", PDF)
    assert again.status_code == 201 and again.json() == {"id": str(File.objects.get().pk)}
    assert len(on_disk(home)) == 1


def test_two_at_once_leave_one_file(call: Caller, address: str, home: Path, monkeypatch: Any) -> None:
    """Both looked before either wrote: the second finds the key taken when it writes, and throws its file away."""
    send(call, address, "file", "offer.pdf", PDF)
    monkeypatch.setattr("dawra.site.api.door.known_answer", lambda *_call: None)
    second = send(call, address, "file", "offer.pdf", PDF)
    assert second.status_code == 201 and second.headers["Idempotent-Replayed"] == "true"
    assert File.objects.count() == 1 == len(on_disk(home))


def test_another_token_may_use_the_same_key(call: Caller, address: str, caller: Any, sana: Any) -> None:
    assert send(call, address, "file", "offer.pdf", PDF).status_code == 201
    assert send(caller(sana), address, "file", "offer.pdf", PDF).status_code == 201
    assert File.objects.count() == 2


def test_an_import_sent_twice_waits_once(caller: Any, admin: Any) -> None:
    call = caller(admin)
    rows = b"Name,E-mail\nHuda,huda@nile.example\n"
    first, second = (send(call, "/imports", "files", "people.csv", rows) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 201) and first.json() == second.json()
    assert Import.objects.count() == 1 == len([path for path in folder().iterdir() if path.is_file()])


def _die(*_anything: Any) -> None:
    raise SystemExit
