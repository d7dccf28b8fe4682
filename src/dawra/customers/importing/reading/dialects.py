"""Which delimiter, quote and escape a text uses: the usual ones by trial, the rare ones only where they are evident."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dawra.customers.importing.reading.bounds import Unreadable

# Where two cut equally well the earlier one is meant: commas stand in texts, tabs hardly ever.
USUAL_DELIMITERS = "\t;|,"
RARE_DELIMITERS = "^~\x1f\x01¦§¬#*!"
# Two or more blanks, for tables printed in columns.
BLANKS = " "
_BLANKS = re.compile(" {2,}|\t+")
_LINES, _CHARACTERS = 50, 65_536


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str
    quote: str = '"'
    escape: str = ""
    padded: bool = False


def told_in(text: str) -> str:
    """The delimiter of a first line "sep=;", Excel's way to tell it; "" if there is none."""
    line = text[:12].lstrip('\ufeff"')
    return line[4] if line[:4].lower() == "sep=" and line[4:5] and line[5:6] in ("", '"', "\r", "\n") else ""


def checked(delimiter: str) -> str:
    """A delimiter somebody named. Raises Unreadable (bad_delimiter)."""
    delimiter = {"\\t": "\t", "tab": "\t", "  ": BLANKS}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter.isalnum() or delimiter in "\r\n\"'\\\x00\ufeff":
        raise Unreadable("bad_delimiter", value=delimiter[:10])
    return delimiter


def dialect_of(text: str, delimiter: str = "") -> Dialect:
    """How the beginning of a text is cut, the delimiter found out unless it is given."""
    sample = text[:_CHARACTERS].removeprefix("\ufeff")
    if told_in(sample):
        sample = sample.partition("\n")[2]
    lines = sample.splitlines(keepends=True)  # a guess only: rows themselves are never cut this way
    if len(text) > _CHARACTERS and len(lines) > 1:
        lines.pop()
    lines = lines[:_LINES]
    delimiter = delimiter or _delimiter_of(lines)
    if delimiter == BLANKS:
        return Dialect(BLANKS)
    sample = "".join(lines)
    quote = _quote_of(sample, delimiter)
    return Dialect(delimiter, quote, _escape_of(lines, delimiter, quote), _is_padded(sample, delimiter, quote))


def cut_at_blanks(line: str) -> list[str]:
    return _BLANKS.split(line.strip(" \t\r\n"))


def _delimiter_of(lines: Sequence[str]) -> str:
    """One of the usual ones that cuts the first line; else a rare one that cuts all; else what cuts below a title."""
    best, score = max(((each, _score(lines, each)) for each in USUAL_DELIMITERS), key=lambda pair: pair[1])
    if score >= 1:
        return best
    for each in RARE_DELIMITERS:
        if lines and each in lines[0] and len(widths := _widths(lines, each)) > 1 and _is_even(widths):
            return each
    widths = [len(cut_at_blanks(line)) for line in lines if line.strip()]
    if len(widths) > 2 and _is_even(widths):
        return BLANKS
    return best if score else ","


def _score(lines: Sequence[str], delimiter: str) -> float:
    """More columns, and more rows as wide as the first, score higher: 1 and above. Below 1: not cut in the first line."""
    widths = _widths(lines, delimiter)
    if not widths:
        return 0.0
    if widths[0] >= 2:
        return 1 + float(widths[0] ** 0.5 * Counter(widths)[widths[0]] / len(widths))
    width, count = max(Counter(widths).items(), key=lambda pair: (pair[1], pair[0]))
    return count / len(widths) * width / (width + 1) if width >= 2 else 0.0


def _widths(lines: Sequence[str], delimiter: str) -> list[int]:
    try:
        return [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
    except csv.Error:
        return []


def _is_even(widths: Sequence[int]) -> bool:
    return bool(widths) and widths[0] > 1 and len(set(widths)) == 1


def _quote_of(sample: str, delimiter: str) -> str:
    """An apostrophe only where no quotation mark quotes and most cells stand in apostrophes from end to end."""
    cut = re.escape(delimiter)
    if re.search(rf'(?:^|{cut})[ \t]*"', sample, re.MULTILINE):
        return '"'
    quoted = len(re.findall(rf"(?:^|{cut})'[^'\r\n]*'(?={cut}|\r?$)", sample, re.MULTILINE))
    cells = sum(line.count(delimiter) + 1 for line in sample.splitlines() if line.strip())
    return "'" if quoted >= 2 and quoted * 2 > cells else '"'


def _escape_of(lines: Sequence[str], delimiter: str, quote: str) -> str:
    """A backslash only where it stands before a quote and fewer rows fall apart when it is obeyed."""
    if not any(f"\\{quote}" in line for line in lines):
        return ""
    return "\\" if _faults(lines, delimiter, quote, "\\") < _faults(lines, delimiter, quote, None) else ""


def _faults(lines: Sequence[str], delimiter: str, quote: str, escape: str | None) -> int:
    count = 0
    for line in lines:
        try:
            list(csv.reader([line], delimiter=delimiter, quotechar=quote, escapechar=escape, strict=True))
        except csv.Error:
            count += 1
    return count


def _is_padded(sample: str, delimiter: str, quote: str) -> bool:
    cut = re.escape(delimiter)
    padded = re.search(rf"{cut}[ ]+{quote}[^{quote}\r\n]*{quote}[ ]*(?:{cut}|\r?$)", sample, re.MULTILINE)
    return bool(padded) and f"{delimiter}{quote}" not in sample
