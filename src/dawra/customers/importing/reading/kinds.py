"""What sort of file this is, by its first bytes: the ending of its name says nothing."""

import io
import re
import zipfile
from pathlib import Path

from dawra.customers.importing.reading.bounds import Unreadable

TEXT, GZIP, WORKBOOK, ARCHIVE = "text", "gzip", "workbook", "archive"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3\x00", b"{\\rtf", b"\x7fELF", b"PAR1")
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<table|<meta|<head|<body)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml")
_LONGEST_DIRECTORY = 1 << 20
_MARK = re.compile(rb"^(?:\xef\xbb\xbf)")


def kind_of(path: Path) -> str:
    """text, gzip, workbook or archive. Raises Unreadable, naming what else it is."""
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(_ZIP):
        return _kind_of_zip(path)
    if head.startswith(_GZIP):
        return GZIP
    if head.startswith(_OLE):
        raise Unreadable("protected_workbook" if _is_protected(path) else "old_workbook", form=".xls")
    if head.startswith(_OTHER_ARCHIVES) or head[257:262] == b"ustar":
        raise Unreadable("other_archive")
    must_be_text(head)
    return TEXT


def must_be_text(head: bytes) -> None:
    """Raises: Unreadable (not_text, web_page, old_workbook, nested_archive)"""
    if head.startswith((*_ZIP, _GZIP, *_OTHER_ARCHIVES)):
        raise Unreadable("nested_archive", name="")
    if head.startswith((_OLE, *_NOT_TABLES)):
        raise Unreadable("not_text")
    bare = _MARK.sub(b"", head[:1024])
    if _XML.match(bare):
        raise Unreadable("old_workbook", form=".xml") if b"Excel.Sheet" in bare else Unreadable("not_text")
    if _HTML.match(bare):
        raise Unreadable("web_page")


def _kind_of_zip(path: Path) -> str:
    with Archive(path) as archive:
        names = {info.filename.lower() for info in archive.infolist()}
        if "xl/workbook.xml" in names:
            return WORKBOOK
        if "xl/workbook.bin" in names:
            raise Unreadable("old_workbook", form=".xlsb")
        if "index/document.iwa" in names or "index.zip" in names:
            raise Unreadable("old_workbook", form=".numbers")
        if "mimetype" in names and "content.xml" in names:
            raise Unreadable("old_workbook", form=".ods")
        if "[content_types].xml" in names:
            if any(name.startswith(("word/", "ppt/")) for name in names):
                raise Unreadable("not_text")
            return WORKBOOK
    return ARCHIVE


class Archive(zipfile.ZipFile):
    """A zip whose directory is of bounded length. Raises: Unreadable (broken_archive, too_many_members)"""

    def __init__(self, path: Path) -> None:
        self._careful = _Careful(path)
        try:
            super().__init__(self._careful)
        except Unreadable:
            self._careful.close()
            raise
        except Exception as broken:  # zipfile raises whatever a damaged directory leads to
            self._careful.close()
            raise Unreadable("broken_archive") from broken

    def close(self) -> None:
        super().close()
        self._careful.close()


class _Careful(io.FileIO):
    """Never asked for more at once than a directory may be long: a list of millions of names stays out of memory."""

    def read(self, size: int | None = -1) -> bytes:
        wanted = _LONGEST_DIRECTORY + 1 if size is None or size < 0 else size
        data = super().read(min(wanted, _LONGEST_DIRECTORY + 1)) or b""
        if len(data) > _LONGEST_DIRECTORY:
            raise Unreadable("too_many_members")
        return data


def _is_protected(path: Path) -> bool:
    mark = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as file:
        if mark in file.read(1 << 20):
            return True
        file.seek(max(0, path.stat().st_size - (1 << 20)))
        return mark in file.read(1 << 20)
