"""Everything in an open archive, to take elsewhere: made by hand, kept until removed, read back by `dawra restore`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.journal import actions as journal
from dawra.journal.catalogue.journal import ArchiveDownloaded, ArchiveRemoved, EverythingExported
from dawra.site.operation import archive
from dawra.site.operation.backup import open_tables
from dawra.site.operation.backup.taking import About, Begin, files, free_name, pack, work_folder


def folder() -> Path:
    return Path(settings.DAWRA_HOME) / "exports"


def take_open(actor: Actor, *, target: Path | None = None, begin: Begin = lambda _total: lambda _done: None) -> Path:
    """Write every table and attached file into one archive that other programs can read, and return it.

    target: where to; without it a new file in DAWRA_HOME/exports
    begin:  is told the bytes of what is read for checksums and copying
    Writes: journal.everything_exported.1 (before the first row leaves, and so part of the archive)
    Raises: Refused, AlreadyRunning, BadBackup, OSError
    """
    actor.must("workspace.operate")
    taken_at = actor.now
    target = target or free_name(folder(), taken_at, "open")
    with work_folder(folder()) as work:
        with transaction.atomic():
            journal.write(actor, EverythingExported(target.name), about=[])
        written = open_tables.dump(work)
        about = About("open", archive.OPEN, connection.vendor, written.rows)
        return pack(target, written.parts | files(), about, taken_at, begin)


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive in DAWRA_HOME/exports. size in bytes."""

    name: str
    made_at: datetime
    size: int


def kept() -> list[Archive]:
    """Newest first."""
    found = [(path, path.stat()) for path in folder().glob("*.tar")]
    archives = [Archive(path.stem, datetime.fromtimestamp(at.st_mtime, UTC), at.st_size) for path, at in found]
    return sorted(archives, key=lambda one: (one.made_at, one.name), reverse=True)


@transaction.atomic
def handed_out(actor: Actor, name: str) -> FileResponse:
    """The file for whoever may have it.

    Writes: journal.archive_downloaded.1
    Raises: Refused, NotFound
    """
    path = _path(actor, name)
    journal.write(actor, ArchiveDownloaded(path.name), about=[])
    response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="application/x-tar")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def remove(actor: Actor, name: str) -> None:
    """Throw one archive away. The entry is kept first: a file gone without one could not be explained.

    Writes: journal.archive_removed.1
    Raises: Refused, NotFound
    """
    path = _path(actor, name)
    with transaction.atomic():
        journal.write(actor, ArchiveRemoved(path.name), about=[])
    path.unlink(missing_ok=True)


def _path(actor: Actor, name: str) -> Path:
    actor.must("workspace.operate")
    path = folder() / f"{name}.tar"
    if "/" in name or not path.is_file():
        raise NotFound()
    return path
