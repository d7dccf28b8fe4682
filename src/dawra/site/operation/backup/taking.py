"""Taking a backup."""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    folder = Path(settings.BACKUPS)
    with work_folder(folder) as work:
        dumped = databases.dump(work)
        sources = {dumped.member: dumped.path, **_key(), **files()}
        about = About(reason, connection.vendor, dumped.version, dumped.rows)
        target = pack(free_name(folder, taken_at, reason), sources, about, taken_at, begin)
        keeping.prune()
    return target


@dataclass(frozen=True, slots=True)
class About:
    """What the manifest says besides the parts. rows: per table."""

    reason: str
    vendor: str
    vendor_version: str
    rows: dict[str, int]


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """A folder to prepare an archive in, on the disk where it will lie; only one at a time. Raises: AlreadyRunning"""
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with _alone(folder):
        for left in folder.glob("*.tmp"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        work = Path(tempfile.mkdtemp(prefix="taking-", suffix=".tmp", dir=folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def pack(target: Path, sources: dict[str, Path], about: About, taken_at: datetime, begin: Begin) -> Path:
    """Write the archive of these parts, with their checksums; returns target. Raises: BadBackup, OSError"""
    progress = begin(2 * sum(path.stat().st_size for path in sources.values()))
    manifest = archive.Manifest(
        format=archive.FORMAT,
        dawra=dawra_version(),
        taken_at=taken_at.isoformat(timespec="seconds"),
        reason=about.reason,
        vendor=about.vendor,
        vendor_version=about.vendor_version,
        migrations=MigrationRecorder(connection).migration_qs.count(),
        rows=about.rows,
        parts={
            name: {"size": path.stat().st_size, "sha256": archive.sha256(path, progress)}
            for name, path in sources.items()
        },
    )
    archive.write(target, manifest, sources, progress)
    return target


def dawra_version() -> str:
    try:
        return version("dawra")
    except PackageNotFoundError:
        return "0"


def files() -> dict[str, Path]:
    """Attached files, by their name in the backup. They never change once written; what is half written ends in .tmp."""
    root = Path(settings.MEDIA_ROOT)
    paths = (
        (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".tmp") if root.exists() else ()
    )
    return {f"files/{path.relative_to(root).as_posix()}": path for path in paths}


def _key() -> dict[str, Path]:
    path = Path(settings.DAWRA_HOME) / "secret.key"
    return {"secret.key": path} if path.exists() else {}


def free_name(folder: Path, at: datetime, reason: str) -> Path:
    """A name that no archive of the folder has."""
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


def command(*words: str) -> list[str]:
    """How another process runs a command of Dawra with this one's settings."""
    os.environ.setdefault("DAWRA_HOME", str(settings.DAWRA_HOME))
    return [sys.executable, "-m", "dawra.site.cli", *words]
