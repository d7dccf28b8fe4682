"""Files attached to a record: kept on disk under a random key, named in the database.

The file is on disk before the transaction begins, and taken away again if the transaction fails.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Invalid, NotFound, Refused
from dawra.customers.media import ALLOWED, HEAD, NotAllowed, media_type_of, shown_name
from dawra.customers.models import File
from dawra.customers.queries import files as queries
from dawra.journal.actions import Mentionable, write
from dawra.journal.catalogue.customers import FileAdded, FileRemoved
from dawra.journal.models import Entry


class TooLarge(Answer):
    code, status = "too_large", 413
    sentence = _("This file is larger than %(most)s MB.")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies on disk, not yet known to the database. sha256 in hex, size in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    key: str

    def discard(self) -> None:
        path_of(self.key).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class KeptFile:
    file: File
    entry: Entry


def store(name: str, chunks: Iterable[bytes]) -> Stored:
    """Write an upload to disk, whole or not at all. Outside any transaction.

    Raises: Invalid (kind of file), TooLarge, OSError (disk full); nothing is left behind then
    """
    shown = shown_name(name)
    key = secrets.token_hex(24)
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.FILE_MOST_BYTES:
                    raise TooLarge(most=settings.FILE_MOST_BYTES // 2**20)
                head += chunk[: HEAD - len(head)] if len(head) < HEAD else b""
                digest.update(chunk)
                out.write(chunk)
            media_type = _allowed(shown, head, size)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(path)
        _sync_folder(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
    return Stored(shown, media_type, size, digest.hexdigest(), key)


@transaction.atomic
def attach_file(actor: Actor, *, record: Mentionable, stored: Stored) -> KeptFile:
    """Attach a stored file to a record the actor has fetched.

    Writes: customers.file_added.1
    Raises: Refused
    """
    actor.must("customers.work")
    file = File.objects.create(
        record_kind=record.kind,
        record_id=record.pk,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        key=stored.key,
        added_at=actor.now,
        added_by_id=actor.member_id,
    )
    fact = FileAdded(record.kind, record.pk, file.pk, file=file.name)
    return KeptFile(file, write(actor, fact, about=[record]))


@transaction.atomic
def remove_file(actor: Actor, *, file_id: UUID, cause: Entry | None = None) -> KeptFile:
    """Move a file to the bin; it stays on disk until the bin is emptied.

    Writes: customers.file_removed.1
    Raises: Refused, NotFound
    """
    return _set_deleted(actor, file_id, deleted=True, cause=cause)


@transaction.atomic
def restore_file(actor: Actor, *, file_id: UUID, cause: Entry | None = None) -> KeptFile:
    """Bring a file back from the bin.

    Writes: customers.file_added.1
    Raises: Refused, NotFound
    """
    return _set_deleted(actor, file_id, deleted=False, cause=cause)


def path_of(key: str) -> Path:
    """Where a key's file lies: files/ab/cd…; keys are ours alone, hex only."""
    if not key.isalnum() or not key.isascii():
        raise NotFound()
    return Path(settings.MEDIA_ROOT) / key[:2] / key[2:]


def _set_deleted(actor: Actor, file_id: UUID, *, deleted: bool, cause: Entry | None) -> KeptFile:
    actor.must("customers.work")
    file, record = queries.file(actor, file_id, in_bin=not deleted)
    if file.added_by_id != actor.member_id and not actor.may("customers.delete"):
        raise Refused(_("Only who attached this file, or a manager, can remove it."))
    moment = actor.now if deleted else None
    if not File.objects.filter(pk=file.pk, deleted_at__isnull=deleted).update(deleted_at=moment):
        raise NotFound()
    file.deleted_at = moment
    fact = (FileRemoved if deleted else FileAdded)(record.kind, record.pk, file.pk, file=file.name)
    return KeptFile(file, write(actor, fact, about=[record], cause=cause))


def _allowed(name: str, head: bytes, size: int) -> str:
    if size == 0:
        raise Invalid(_("This file is empty."), field="file")
    try:
        return media_type_of(name, head)
    except NotAllowed:
        endings = ", ".join(sorted(ALLOWED))
        raise Invalid(
            _("This kind of file cannot be attached, or its content is not what its name says. Allowed: %(endings)s."),
            field="file",
            endings=endings,
        ) from None


def _sync_folder(folder: Path) -> None:
    """The rename itself survives a power cut only once the folder is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
