"""Health addresses, and the page of backups."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from dawra.journal.models import Entry
from dawra.site.operation import archive
from dawra.site.views import backups, health


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.DAWRA_HOME, settings.BACKUPS = tmp_path, tmp_path / "backups"
    settings.BACKUPS.mkdir()
    return tmp_path


def keep(folder: Path, name: str, hours_ago: float, reason: str = "nightly") -> None:
    taken = timezone.now() - timedelta(hours=hours_ago)
    manifest = archive.Manifest(1, "0.1.0", taken.isoformat(), reason, "sqlite", "3", 1, {"deals_deal": 1234}, {})
    archive.write(folder / "backups" / name, manifest, {})


def test_a_living_process_says_so_without_looking_at_the_database(client: Any) -> None:
    assert client.get("/healthz").content == b"ok"


def test_a_process_is_ready_when_database_and_disk_are(client: Any, db: Any, monkeypatch: Any) -> None:
    said = client.get("/readyz")
    assert (said.status_code, said.json()) == (200, {"database": True, "disk": True})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: type("Usage", (), {"total": 100, "free": 1}))
    assert client.get("/readyz").status_code == 503


def test_monitoring_also_hears_of_late_jobs_and_backups(client: Any, db: Any, home: Path) -> None:
    from django_q.models import OrmQ

    assert client.get("/readyz?all").json()["backup"] is False
    keep(home, "a.tar", 2)
    assert client.get("/readyz?all").status_code == 200
    OrmQ.objects.create(key="dawra", payload="x", lock=timezone.now() - timedelta(minutes=2))
    said = client.get("/readyz?all")
    assert (said.status_code, said.json()["queue"]) == (503, False)


def test_the_administrator_sees_what_has_been_kept(client_of: Any, admin: Any, home: Path) -> None:
    keep(home, "old.tar", 50)
    keep(home, "new.tar", 3)
    (home / "backups" / "broken.tar").write_bytes(b"no tar")
    page = client_of(admin).get("/settings/backups/").content.decode()
    assert page.index("new.tar") < page.index("old.tar")
    assert "Unreadable" in page and "1,234" in page
    assert "more than a day old" not in page


def test_a_late_backup_stands_out_in_arabic_too(client_of: Any, admin: Any, home: Path) -> None:
    keep(home, "old.tar", 50)
    type(admin).objects.filter(pk=admin.pk).update(language="ar")
    page = client_of(admin).get("/settings/backups/").content.decode()
    assert "مضى على أحدث نسخة احتياطية أكثر من يوم" in page
    assert 'dir="rtl"' in page


def test_nobody_else_sees_or_takes_backups(client_of: Any, sana: Any, omar: Any, client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(backups.subprocess, "Popen", lambda *_a, **_k: pytest.fail("started"))
    for member in (sana, omar):
        assert client_of(member).get("/settings/backups/").status_code == 403
        assert client_of(member).post("/settings/backups/take").status_code == 403
    assert client.get("/settings/backups/").status_code == 302
    assert client.post("/settings/backups/take").status_code == 401


def test_back_up_now_starts_a_process_and_says_so(client_of: Any, admin: Any, monkeypatch: Any) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(backups.subprocess, "Popen", lambda words, **_k: started.append(words))
    said = client_of(admin).post("/settings/backups/take", follow=True)
    assert said.status_code == 200
    assert started[0][-2:] == ["--reason", "manual"]
    assert client_of(admin).get("/settings/backups/take").status_code == 405


def archive_in(home: Path) -> str:
    (home / "exports").mkdir()
    (home / "exports" / "dawra-1-open.tar").write_bytes(b"all")
    return "/settings/backups/everything/dawra-1-open.tar"


def test_an_open_archive_is_listed_handed_out_and_written_down(client_of: Any, admin: Any, home: Path) -> None:
    address = archive_in(home)
    client = client_of(admin)
    assert "dawra-1-open.tar" in client.get("/settings/backups/").content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"all"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dawra-1-open.tar"'
    assert Entry.objects.filter(kind="journal.archive_downloaded.1", member=admin).count() == 1
    assert client.post(f"{address}/remove").status_code == 302
    assert client.get(address).status_code == 404
    assert not list((home / "exports").iterdir())


def test_whoever_does_not_run_the_installation_gets_no_archive(client_of: Any, sana: Any, home: Path) -> None:
    address = archive_in(home)
    assert client_of(sana).get(address).status_code == 403
    assert client_of(sana).post(f"{address}/remove").status_code == 403
    assert (home / "exports" / "dawra-1-open.tar").exists()


def test_an_archive_is_named_by_a_name_only(client_of: Any, admin: Any, home: Path) -> None:
    (home / "secret.tar").write_bytes(b"key")
    for name in ("..%2Fsecret", "../secret", "%2e%2e/secret"):
        assert client_of(admin).get(f"/settings/backups/everything/{name}.tar").status_code == 404
