"""Which files may be attached, told by their first bytes and their name together. Pure.

What a browser would run (SVG, HTML, scripts) is never among them.
"""

from dataclasses import dataclass

HEAD = 4096
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Media:
    """signatures: how the file may begin; () for plain text. at: where the signature stands."""

    media_type: str
    signatures: tuple[bytes, ...] = ()
    at: int = 0


ALLOWED: dict[str, Media] = {
    "pdf": Media("application/pdf", (b"%PDF-",)),
    "png": Media("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": Media("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Media("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": Media("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": Media("image/webp", (b"WEBP",), at=8),
    "heic": Media("image/heic", (b"ftyp",), at=4),
    "docx": Media(_OFFICE + "wordprocessingml.document", _ZIP),
    "xlsx": Media(_OFFICE + "spreadsheetml.sheet", _ZIP),
    "pptx": Media(_OFFICE + "presentationml.presentation", _ZIP),
    "odt": Media(_OPEN + "text", _ZIP),
    "ods": Media(_OPEN + "spreadsheet", _ZIP),
    "odp": Media(_OPEN + "presentation", _ZIP),
    "doc": Media("application/msword", _OLE),
    "xls": Media("application/vnd.ms-excel", _OLE),
    "ppt": Media("application/vnd.ms-powerpoint", _OLE),
    "msg": Media("application/vnd.ms-outlook", _OLE),
    "zip": Media("application/zip", _ZIP),
    "mp3": Media("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "m4a": Media("audio/mp4", (b"ftyp",), at=4),
    "mp4": Media("video/mp4", (b"ftyp",), at=4),
    "wav": Media("audio/wav", (b"WAVE",), at=8),
    "ogg": Media("audio/ogg", (b"OggS",)),
    "webm": Media("video/webm", (b"\x1aE\xdf\xa3",)),
    "txt": Media("text/plain"),
    "md": Media("text/plain"),
    "csv": Media("text/csv"),
    "vcf": Media("text/vcard"),
    "ics": Media("text/calendar"),
    "eml": Media("message/rfc822"),
}
_RUNS_IN_BROWSERS = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<body", b"<iframe")


class NotAllowed(ValueError):
    """A file that is not of an allowed kind, or not what its name says."""


def media_type_of(name: str, head: bytes) -> str:
    """The media type by the name's ending, if the first bytes (at most HEAD) agree. Raises NotAllowed."""
    ending = name.rpartition(".")[2].lower()
    media = ALLOWED.get(ending)
    if media is None or "." not in name:
        raise NotAllowed(ending)
    if media.signatures:
        if not any(head[media.at : media.at + len(one)] == one for one in media.signatures):
            raise NotAllowed(ending)
    elif b"\x00" in head or any(mark in head.lower() for mark in _RUNS_IN_BROWSERS):
        raise NotAllowed(ending)
    return media.media_type


def shown_name(name: str) -> str:
    """The last part of a path, without what would break a header or a page; at most 200 characters, ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(char for char in last if char.isprintable() and char not in '"<>|:*?').strip(". ")
    stem, dot, ending = clean.rpartition(".")
    return clean if len(clean) <= 200 else f"{stem[: 199 - len(ending)]}{dot}{ending}"
