"""Restoring a backup, on an empty machine or over an installation."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from dawra.customers.privacy.erasing import erase_again
from dawra.site.operation import archive, preparing
from dawra.site.operation.backup import databases, open_tables
from dawra.site.operation.backup.taking import take

Begin = Callable[[int], archive.Progress]


class NotEmpty(RuntimeError):
    """There are data where the backup should go."""


@dataclass(frozen=True, slots=True)
class Restored:
    """saved: the backup taken first of what was here, if anything was."""

    manifest: archive.Manifest
    saved: Path | None


def restore(path: Path, *, force: bool = False, begin: Begin = lambda _total: lambda _done: None) -> Restored:
    """Check the backup, put database, files and key in place, and count the rows again.

    force:  replace what is here, after backing it up
    Raises: BadBackup (nothing has been changed), NotEmpty
    """
    manifest = archive.read_manifest(path)
    if manifest.vendor not in (connection.vendor, archive.OPEN):
        raise archive.BadBackup(
            f"this backup is of {manifest.vendor}, but DATABASE_URL names {connection.vendor}: restore it with the same kind"
        )
    occupied = is_occupied()
    if occupied and not force:
        raise NotEmpty(f"{settings.DAWRA_HOME} or the database already holds data")
    home = Path(settings.DAWRA_HOME)
    home.mkdir(parents=True, exist_ok=True, mode=0o750)
    work = Path(tempfile.mkdtemp(prefix="restoring-", suffix=".tmp", dir=home))
    try:
        for _name in archive.members(path, manifest, lambda part: _place(work, part), begin(manifest.size)):
            pass  # every checksum is compared before anything is replaced
        saved = take("before-restore") if occupied else None
        if occupied:
            databases.clear()
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        _move_in(work, home)
        if manifest.vendor == archive.OPEN:
            open_tables.load(work)
        else:
            databases.load(work / next(name for name in manifest.parts if name.startswith("database.")))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _compare(manifest)
    if not preparing.pending():  # else whoever starts the newer version forgets them again, once a day
        erase_again(timezone.now())
    return Restored(manifest, saved)


def is_occupied() -> bool:
    """There is a table with rows of ours, or an attached file."""
    if connection.vendor == "sqlite" and not databases.live_sqlite().exists():
        has_rows = False
    else:
        has_rows = any(
            name.startswith(("team_", "customers_", "prospecting_", "deals_"))
            for name in connection.introspection.table_names()
        )
    media = Path(settings.MEDIA_ROOT)
    return has_rows or (media.exists() and any(path.is_file() for path in media.rglob("*")))


def _place(work: Path, part: str) -> BinaryIO:
    target = work / part
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _move_in(work: Path, home: Path) -> None:
    if (work / "secret.key").exists():
        (work / "secret.key").replace(home / "secret.key")
    media = Path(settings.MEDIA_ROOT)
    if (work / "files").exists():
        if media.exists():
            media.rmdir() if not any(media.iterdir()) else shutil.rmtree(media)
        shutil.move(work / "files", media)
    media.mkdir(parents=True, exist_ok=True, mode=0o750)


def _compare(manifest: archive.Manifest) -> None:
    there = databases.count_rows()
    wrong = {table: (rows, there.get(table)) for table, rows in manifest.rows.items() if there.get(table) != rows}
    if wrong:
        table, (before, after) = next(iter(wrong.items()))
        raise archive.BadBackup(f"after restoring, {table} has {after} rows instead of {before}")
