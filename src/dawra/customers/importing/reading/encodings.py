"""Which encoding a file has, and how sure that is. Offered to be changed wherever it is shown."""

import codecs
import re
from typing import IO

from dawra.customers.importing.reading.bounds import Unreadable

SAMPLE = 1 << 20
# How far plain ASCII is followed in search of the first byte that tells encodings apart.
SEARCHED = 64 << 20
# Stands for bytes that are no text in the encoding; no encoding gives it for real text.
LONE = "\udc80"
ERRORS = "dawra.lone"

ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("cp1256", "Windows-1256"),
    ("cp1252", "Windows-1252"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("iso8859-6", "ISO 8859-6"),
    ("cp1250", "Windows-1250"),
    ("cp1251", "Windows-1251"),
    ("cp1253", "Windows-1253"),
    ("cp1254", "Windows-1254"),
)
_KNOWN = {code for code, _name in ENCODINGS} | {"utf-8-sig"}
_ARABIC_WORD = re.compile(
    "[\u0621-\u063a\u0640-\u0652\u067e\u0679\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be]{3,}"
)
_LETTERS = re.compile("[^\x00-\x7f\u00a0-\u00bf\u060c\u061b\u061f\u2000-\u2122\ufffd]")


def _lone(wrong: UnicodeError) -> tuple[str, int]:
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    return LONE, wrong.end


codecs.register_error(ERRORS, _lone)


def known(encoding: str) -> str:
    """The code of an encoding somebody named. Raises Unreadable (unknown_encoding)."""
    try:
        code = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        code = ""
    if code not in _KNOWN:
        raise Unreadable("unknown_encoding", value=encoding[:40], known=", ".join(name for _code, name in ENCODINGS))
    return code


def detected(head: bytes, rest: IO[bytes]) -> tuple[str, float]:
    """(encoding, how sure 0..1). Follows plain ASCII into the rest of the file until something tells."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", 1.0
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", 1.0
    if (wide := _wide(head)) is not None:
        return wide, 0.9
    searched = len(head)
    while head.isascii() and searched < SEARCHED:
        block = rest.read(SAMPLE)
        if not block:
            return "utf-8", 1.0
        # The last bytes go along, lest a character be cut in two.
        head, searched = head[-4:] + block, searched + len(block)
    return _eight_bits(head)


def errors_of(encoding: str) -> str:
    """How damaged bytes are kept: each as a character of its own where that can be."""
    return ERRORS if encoding.startswith("utf-16") else "surrogateescape"


def size_of(line: str, encoding: str) -> int | None:
    """How many bytes a line had that was decoded so; None if that cannot be told any more."""
    if encoding.startswith("utf-16"):
        return None if LONE in line else len(line.encode("utf-16-le", "surrogatepass"))
    if line.isascii() or not encoding.startswith("utf-8"):
        return len(line)
    return len(line.encode("utf-8", "surrogateescape"))


def started(encoding: str, head: bytes) -> tuple[str, int]:
    """(the encoding of what follows the mark at the beginning, length of that mark)."""
    if encoding == "utf-8-sig":
        return "utf-8", 3 if head.startswith(codecs.BOM_UTF8) else 0
    if encoding == "utf-16":
        if head.startswith(codecs.BOM_UTF16_BE):
            return "utf-16-be", 2
        return "utf-16-le", 2 if head.startswith(codecs.BOM_UTF16_LE) else 0
    return encoding, 0


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: the upper byte of Western letters is 0, that of Arabic ones 6."""
    low, high = head[0::2], head[1::2]
    for upper, lower, name in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if (upper.count(0) + upper.count(6)) * 4 > len(upper) * 3 and lower.count(0) * 4 < len(lower):
            return name
    return None


def _eight_bits(head: bytes) -> tuple[str, float]:
    text = head.decode("utf-8", ERRORS)
    wrong = text.rstrip(LONE).count(LONE)
    if not wrong:
        return "utf-8", 0.99
    if len(_LETTERS.findall(text)) - wrong >= wrong * 20:
        return "utf-8", 0.8  # a few damaged bytes in a file that otherwise is UTF-8 cost their rows only
    return _ansi(head)


def _ansi(head: bytes) -> tuple[str, float]:
    """Windows-1256 if its reading gives Arabic words, else Windows-1252, whose letters stand alone among ASCII."""
    text = head.decode("cp1256")
    letters = len(_LETTERS.findall(text))
    if not letters:
        return "cp1252", 0.6
    share = sum(map(len, _ARABIC_WORD.findall(text))) / letters
    return ("cp1256", min(0.95, 0.4 + share * 0.55)) if share > 0.5 else ("cp1252", min(0.9, 0.9 - share * 0.6))
