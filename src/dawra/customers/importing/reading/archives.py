"""gzip and zip, unpacked within bounds: how much, how much from how little, how many, and nothing inside each other."""

import gzip
import io
import os
import secrets
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dawra.customers.importing.reading.bounds import Limits, Unreadable
from dawra.customers.importing.reading.kinds import ARCHIVE, GZIP, Archive, kind_of

BLOCK = 1 << 16
TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (EOFError, OSError, zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive. name: as it was called there, without folders; key: its random name where it lies now."""

    path: Path
    name: str
    key: str


def opened(path: Path, limits: Limits, at: int = 0) -> IO[bytes]:
    """The file's bytes from place `at`, unpacked if it is gzip, never more than the limit."""
    raw = path.open("rb")
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0 if packed else at)
    source: Any = gzip.GzipFile(fileobj=raw) if packed else raw
    bounded = Bounded(source, limits, raw if packed else None)
    if packed:
        skip(bounded, at)
    bounded.given = at
    return io.BufferedReader(bounded, BLOCK)  # type: ignore[arg-type,return-value]


def skip(source: Any, count: int) -> None:
    while count > 0 and (block := source.read(min(count, BLOCK))):
        count -= len(block)


def expand(path: Path, into: Path, limits: Limits) -> list[Member]:
    """Lays the tables of a zip out under random names; what is no table by its ending is left out.

    All of them or none: on failure nothing stays behind.
    Raises: Unreadable (encrypted_archive, too_many_members, nested_archive, too_large, bomb, broken_archive, no_tables)
    """
    with Archive(path) as archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise Unreadable("too_many_members", most=limits.members)
        files = [(info, name) for info in infos if (name := _bare_name(info))]
        tables = [(info, name) for info, name in files if name.lower().endswith(_ENDINGS)] or (
            files if len(files) == 1 else []
        )
        if not tables:
            raise Unreadable("no_tables")
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        made: list[Member] = []
        left = limits.bytes
        try:
            for info, name in tables:
                key = secrets.token_hex(24)
                made.append(Member(into / key, name, key))
                left -= _lay_out(archive, info, into / key, limits, left)
                _must_hold_no_files(into / key, name)
        except BaseException:
            for member in made:
                member.path.unlink(missing_ok=True)
            raise
    return made


_ENDINGS = (*TABLES, *(f"{ending}.gz" for ending in TABLES[:4]), ".gz", ".zip", ".7z", ".rar", ".xls", ".xlsb", ".ods")


def _lay_out(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, limits: Limits, left: int) -> int:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    size = 0
    with os.fdopen(handle, "wb") as out, member_of(archive, info, limits, left) as source:
        while block := source.read(BLOCK):
            out.write(block)
            size += len(block)
        out.flush()
        os.fsync(out.fileno())
    return size


def member_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, most: int = 0) -> IO[bytes]:
    """One file of an archive as a bounded stream. Raises Unreadable."""
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted_archive")
    if info.compress_type not in _PLAIN:
        raise Unreadable("other_archive")
    try:
        source = archive.open(info)
    except _BROKEN as broken:
        raise Unreadable("broken_archive") from broken
    return Bounded(source, limits, packed=info.compress_size, most=most or limits.bytes)  # type: ignore[return-value]


def _must_hold_no_files(path: Path, name: str) -> None:
    try:
        nested = kind_of(path) in (ARCHIVE, GZIP)
    except Unreadable as wrong:
        nested = wrong.code == "other_archive"  # what else is wrong with it is said when it is looked at
    if nested:
        raise Unreadable("nested_archive", name=name[:80])


def _bare_name(info: zipfile.ZipInfo) -> str:
    """Without folders and invisible characters; "" for what a computer puts into archives by itself."""
    path = info.filename.replace("\\", "/")
    name = path.rpartition("/")[2]
    if name.startswith(".") or "__MACOSX/" in path:
        return ""
    return "".join(char for char in name if unicodedata.category(char)[0] != "C")[-200:]


class Bounded(io.RawIOBase):
    """Passes a stream on until it grows over its bound. raw or packed: where or how much it is unpacked from."""

    def __init__(self, source: Any, limits: Limits, raw: Any = None, *, packed: int = 0, most: int = 0) -> None:
        self._source, self._raw, self._packed = source, raw, packed
        self._most, self._limits = most or limits.bytes, limits
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._source.read(BLOCK if size < 0 else size)
        except _BROKEN as broken:
            raise Unreadable("broken_archive") from broken
        self.given += len(data)
        if self.given > self._most:
            raise Unreadable("too_large")
        if self.given > self._limits.ratio_from and (self._raw or self._packed):
            packed = self._packed or self._raw.tell()
            if self.given > packed * self._limits.ratio:
                raise Unreadable("bomb", ratio=self._limits.ratio)
        return data

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        if self._raw:
            self._raw.close()
        super().close()
