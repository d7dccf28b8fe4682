"""Taking a backup."""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from dawra.site.operation import archive
from dawra.site.operation.backup import databases, keeping

Begin = Callable[[int], archive.Progress]


class AlreadyRunning(RuntimeError):
    """Another backup of this installation is being taken."""


def take(reason: str, *, begin: Begin = lambda _total: lambda _done: None, now: datetime | None = None) -> Path:
    """Back up everything and return the file. reason: manual, nightly, before-upgrade, before-restore.

    begin: is told the bytes to read (everything twice: checksum and copy) and gives a progress function
    Raises: AlreadyRunning, BadBackup, OSError (disk full; nothing is left behind)
    """
    taken_at = now or timezone.now()
    backups = Path(settings.BACKUPS)
    backups.mkdir(parents=True, exist_ok=True, mode=0o750)
    with _alone(backups):
        for left in backups.glob("*.tmp"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        work = Path(tempfile.mkdtemp(prefix="taking-", suffix=".tmp", dir=backups))
        try:
            dumped = databases.dump(work)
            sources = {dumped.member: dumped.path, **_key(), **_files()}
            total = sum(path.stat().st_size for path in sources.values())
            progress = begin(2 * total)
            manifest = archive.Manifest(
                format=archive.FORMAT,
                dawra=dawra_version(),
                taken_at=taken_at.isoformat(timespec="seconds"),
                reason=reason,
                vendor=connection.vendor,
                vendor_version=dumped.version,
                migrations=MigrationRecorder(connection).migration_qs.count(),
                rows=dumped.rows,
                parts={
                    name: {"size": path.stat().st_size, "sha256": archive.sha256(path, progress)}
                    for name, path in sources.items()
                },
            )
            target = _free_name(backups, taken_at, reason)
            archive.write(target, manifest, sources, progress)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        keeping.prune()
    return target


def dawra_version() -> str:
    try:
        return version("dawra")
    except PackageNotFoundError:
        return "0"


def _files() -> dict[str, Path]:
    """Attached files, by their name in the backup. They never change once written; what is half written ends in .tmp."""
    root = Path(settings.MEDIA_ROOT)
    paths = (
        (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".tmp") if root.exists() else ()
    )
    return {f"files/{path.relative_to(root).as_posix()}": path for path in paths}


def _key() -> dict[str, Path]:
    path = Path(settings.DAWRA_HOME) / "secret.key"
    return {"secret.key": path} if path.exists() else {}


def _free_name(folder: Path, at: datetime, reason: str) -> Path:
    stem = f"dawra-{at:%Y%m%dT%H%M%SZ}-{reason}"
    names = (folder / f"{stem}{f'-{n}' if n else ''}.tar" for n in range(1000))
    return next(name for name in names if not name.exists())


@contextmanager
def _alone(backups: Path) -> Iterator[None]:
    with (backups / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning("a backup is being taken already") from None
        yield


def command(reason: str) -> list[str]:
    """How another process takes a backup with this one's settings."""
    os.environ.setdefault("DAWRA_HOME", str(settings.DAWRA_HOME))
    return [sys.executable, "-m", "dawra.site.cli", "backup", "--reason", reason]
