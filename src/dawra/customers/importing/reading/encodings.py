"""Which encoding a file has, and how sure that is. Offered to be changed wherever it is shown."""

import codecs
import re
from operator import itemgetter
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
_SCRIPTS = {
    # Words as they are written: capitals only at the beginning, or all of them.
    "cp1251": (re.compile("[А-ЯЁа-яёЄІЇҐєіїґ][а-яёєіїґ]{2,}|[А-ЯЁЄІЇҐ]{3,}"), frozenset("оеаинтсрвлкм")),
    "cp1253": (re.compile("[Α-Ωα-ωΆ-Ώ][α-ωά-ώς]{2,}|[Α-ΩΆ-Ώ]{3,}"), frozenset("αοιετςσνηρπκόί")),
}
"""Encoding → (a word of its script, the letters that make three quarters of its texts)."""
_ARABIC_USUAL = frozenset("اليمونرتبدعهفسكقحأةش")
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
    """The Windows encoding in which the letters make words of one script, and come as often as in its languages."""
    arabic = head.decode("cp1256")
    letters = len(_LETTERS.findall(arabic))
    if not letters:
        return "cp1252", 0.6
    share = sum(map(len, _ARABIC_WORD.findall(arabic))) / letters
    best, fit = max(
        ((name, _fit(head.decode(name, "replace"), *how)) for name, how in _SCRIPTS.items()), key=itemgetter(1)
    )
    if fit > 0.55 and fit > _fit(arabic, _ARABIC_WORD, _ARABIC_USUAL) + 0.1:
        return best, min(0.9, fit)
    if share > 0.5:
        return "cp1256", min(0.95, 0.4 + share * 0.55)
    if _is_turkish(head.decode("cp1254", "replace")):
        return "cp1254", 0.75
    return "cp1252", min(0.9, 0.9 - share * 0.6)


def _fit(text: str, word: re.Pattern[str], usual: frozenset[str]) -> float:
    """How much of the letters stands in words of the script, weighed by how usual those are. About 0.7 of a true text."""
    letters = _LETTERS.findall(text)
    found = "".join(word.findall(text)).lower()
    if not letters or not found:
        return 0.0
    return len(found) / len(letters) * sum(char in usual for char in found) / len(found)


def _is_turkish(text: str) -> bool:
    letters = _LETTERS.findall(text)
    own = sum(char in "ğışĞİŞ" for char in letters)
    return own * 4 >= len(letters) and own + sum(char in "çöüÇÖÜâîûÂÎÛ" for char in letters) >= 0.95 * len(letters)
