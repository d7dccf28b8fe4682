"""What may be read at most, what reading gives, and how it says no."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes: of the unpacked file, or of all files of an archive together. record: characters of one row over all its
    lines. ratio: unpacked to packed, judged once more than ratio_from bytes are unpacked. members: files in an archive.
    cells, strings, token, quiet: of a workbook's markup: cells of one sheet, shared texts, one piece of markup in
    bytes, bytes in which no row ends. batch: characters of rows held at once. marks: rows
    between two places that are remembered.
    """

    bytes: int = 4 << 30
    record: int = 1 << 20
    field: int = 32_000
    columns: int = 1_000
    lines_in_record: int = 2_000
    ratio: int = 250
    ratio_from: int = 64 << 20
    members: int = 200
    directory: int = 1 << 20
    sheets: int = 250
    cells: int = 50_000_000
    strings: int = 10_000_000
    token: int = 256 << 10
    quiet: int = 64 << 20
    batch: int = 8 << 20
    marks: int = 5_000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written, and its row of column names.

    encoding:   "xlsx" for a workbook, whose delimiter is ""; delimiter " " stands for two or more blanks
    confidence: 0..1, how sure the encoding is
    escape:     the character that takes the next one literally, "" if there is none
    padded:     blanks stand between delimiter and quote
    sheets:     names of a workbook's sheets, sheet the one that is read
    """

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    header_line: int
    confidence: float = 1.0
    quote: str = '"'
    escape: str = ""
    padded: bool = False
    sheets: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """number: 1 for the first row under the headers; blank rows do not count. problem: code of what is wrong, or "".

    column: index of the cell that is at fault, -1 if the whole row is. notes: (index of a cell, code) worth saying
    """

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""
    column: int = -1
    notes: tuple[tuple[int, str], ...] = ()


class Unreadable(Exception):
    """The whole file cannot be read. code names the sentence; facts fill it."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)
