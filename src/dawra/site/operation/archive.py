"""The file of a backup: a tar whose first member, manifest.json, lists every other with size and sha256.

Needs nothing but Python: a backup can be checked on any machine.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 2**20
MEMBER = re.compile(
    r"(database\.(sqlite|pgdump)|secret\.key|files(/[A-Za-z0-9_.-]+)+|tables/[a-z0-9_]+\.jsonl|schema\.json|README\.txt)"
)
OPEN = "open"
"""The vendor of an open archive: tables as JSON Lines instead of a database file, readable into either database."""

Progress = Callable[[int], None]


class BadBackup(ValueError):
    """The file is not a backup, is damaged, or does not fit here."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """vendor: sqlite, postgresql or open; rows: count per table; parts: sha256 and size (bytes) per member."""

    format: int
    dawra: str
    taken_at: str
    reason: str
    vendor: str
    vendor_version: str
    migrations: int
    rows: dict[str, int]
    parts: dict[str, dict[str, str | int]]

    @property
    def size(self) -> int:
        return sum(int(part["size"]) for part in self.parts.values())


def sha256(path: Path, progress: Progress = lambda _done: None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
            progress(len(block))
    return digest.hexdigest()


def write(target: Path, manifest: Manifest, sources: dict[str, Path], progress: Progress = lambda _done: None) -> None:
    """Write the tar beside its final name, sync it, rename it, sync the folder.

    Raises: BadBackup if a file changed or vanished since the manifest was made
    """
    draft = target.with_suffix(".tmp")
    said = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                tar.addfile(_member(MANIFEST, len(said)), io.BytesIO(said))
                for name, path in sources.items():
                    with path.open("rb") as file:
                        counted = _Counted(file, progress)
                        tar.addfile(_member(name, int(manifest.parts[name]["size"])), counted)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(target)
        sync_folder(target.parent)
    except OSError as failure:
        draft.unlink(missing_ok=True)
        if failure.errno is None:  # not the disk: tarfile found the file shorter than promised
            raise BadBackup(f"a file changed while it was being backed up: {failure}") from failure
        raise
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read_manifest(path: Path) -> Manifest:
    """Only the first member is read, however large the backup is. Raises BadBackup."""
    try:
        with tarfile.open(path, "r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or first.size > LARGEST_MANIFEST:
                raise BadBackup(f"{path.name} is not a backup of Dawra")
            content = tar.extractfile(first)
            said = json.loads(content.read() if content else b"")
        manifest = Manifest(**said)
    except (tarfile.TarError, OSError, ValueError, TypeError) as failure:
        if isinstance(failure, BadBackup | FileNotFoundError):
            raise
        raise BadBackup(f"{path.name} cannot be read as a backup: {failure}") from failure
    if manifest.format != FORMAT:
        raise BadBackup(f"{path.name} has format {manifest.format}; this version of Dawra reads format {FORMAT}")
    unknown = [name for name in manifest.parts if not MEMBER.fullmatch(name) or ".." in name.split("/")]
    if unknown:
        raise BadBackup(f"{path.name} holds a part that no backup holds: {unknown[0]!r}")
    return manifest


def check(path: Path, progress: Progress = lambda _done: None) -> Manifest:
    """Read the whole backup and compare every checksum. Raises BadBackup."""
    manifest = read_manifest(path)
    for _name in members(path, manifest, lambda _part: None, progress):
        pass
    return manifest


def members(
    path: Path, manifest: Manifest, sink: Callable[[str], BinaryIO | None], progress: Progress = lambda _done: None
) -> Iterator[str]:
    """Stream each listed member into the file that sink gives for it (None: only check), comparing checksums.

    Raises: BadBackup at the first member that is missing, twice there, unlisted or different
    """
    owed = set(manifest.parts)
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                if member.name == MANIFEST:
                    continue
                if member.name not in owed or not member.isfile():
                    raise BadBackup(f"{path.name}: {member.name} is not in the manifest, or twice in the file")
                owed.discard(member.name)
                _copy(tar, member, manifest, sink(member.name), progress)
                yield member.name
    except tarfile.TarError as failure:
        raise BadBackup(f"{path.name} is damaged: {failure}") from failure
    if owed:
        raise BadBackup(f"{path.name} is cut short: {min(owed)} is missing")


def _copy(
    tar: tarfile.TarFile, member: tarfile.TarInfo, manifest: Manifest, out: BinaryIO | None, progress: Progress
) -> None:
    content = tar.extractfile(member)
    digest = hashlib.sha256()
    try:
        while content and (block := content.read(2**20)):
            digest.update(block)
            progress(len(block))
            if out:
                out.write(block)
        if out:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out:
            out.close()
    if digest.hexdigest() != manifest.parts[member.name]["sha256"]:
        raise BadBackup(f"{member.name} is damaged: its checksum differs from the manifest's")


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


class _Counted(io.RawIOBase):
    """Reads through to a file and tells how far it got."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self.file, self.progress = file, progress

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.progress(len(block))
        return block
