import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dawra.site.operation import checks
from tests.cast import NOW

HERE, OUTSIDE = checks.Where("127.0.0.1", NOW), checks.Where("0.0.0.0", NOW)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.DAWRA_HOME = tmp_path
    settings.BACKUPS = tmp_path / "backups"
    yield tmp_path


def weights(check: checks.Check, where: checks.Where) -> list[str]:
    return [finding.weight for finding in check(where)]


def test_a_guessable_key_is_refused_where_others_can_reach_the_server(settings: Any) -> None:
    settings.SECRET_KEY = "secret"
    assert weights(checks.secret_key, OUTSIDE) == ["refusal"]
    assert weights(checks.secret_key, HERE) == ["warning"]


def test_debug_is_refused_where_others_can_reach_the_server(settings: Any) -> None:
    settings.DEBUG = True
    assert weights(checks.debug, OUTSIDE) == ["refusal"]
    assert weights(checks.debug, HERE) == ["note"]


def test_a_network_filesystem_is_refused_for_sqlite(
    settings: Any, monkeypatch: pytest.MonkeyPatch, home: Path, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(checks.connection, "vendor", "sqlite", raising=False)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(home / "dawra.db"))
    monkeypatch.setattr(checks, "mounts", lambda: [("/", "ext4"), (str(home), "nfs4")])
    assert weights(checks.network_filesystem, HERE) == ["refusal"]
    monkeypatch.setattr(checks, "mounts", lambda: [("/", "ext4")])
    assert weights(checks.network_filesystem, HERE) == []


def test_data_others_can_read_are_reported(home: Path) -> None:
    key = home / "secret.key"
    key.write_text("x")
    key.chmod(0o644)
    home.chmod(0o777)
    assert weights(checks.home_permissions, HERE) == ["warning", "warning"]
    key.chmod(0o600)
    home.chmod(0o750)
    assert weights(checks.home_permissions, HERE) == []


def test_a_backup_older_than_a_day_is_reported_but_a_new_installation_has_time(home: Path) -> None:
    (home / "secret.key").write_text("x")
    os.utime(home / "secret.key", (NOW.timestamp(), NOW.timestamp()))
    assert weights(checks.backup_age, HERE) == []
    assert weights(checks.backup_age, checks.Where("", NOW + timedelta(hours=26))) == ["warning"]


def test_a_full_disk_is_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"total": 100 * 2**30, "free": 4 * 2**30})
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _path: usage)
    assert weights(checks.disk, HERE) == ["warning"]


def test_a_worker_that_does_not_run_is_reported(db: Any) -> None:
    from django_q.models import Schedule

    from dawra.journal import schedule

    assert weights(checks.worker_alive, HERE) == []
    schedule.keep(NOW)
    Schedule.objects.update(next_run=NOW - timedelta(minutes=1))
    assert weights(checks.worker_alive, HERE) == []
    Schedule.objects.update(next_run=NOW - timedelta(minutes=5))
    assert weights(checks.worker_alive, HERE) == ["warning"]


def test_every_finding_says_what_to_do(settings: Any, home: Path) -> None:
    settings.SECRET_KEY, settings.DEBUG = "x", True
    for finding in [*checks.secret_key(OUTSIDE), *checks.debug(OUTSIDE), *checks.plain_http(OUTSIDE)]:
        assert finding.says.endswith(".")
        assert len(finding.do) > 5
