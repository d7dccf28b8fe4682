"""A file as rows, each with its physical line. Streams: memory does not grow with the file. Pure.

What is wrong with one row stays with that row: a field too long, a NUL, bytes that are no text, a quote that is never
closed. Only what makes the whole file unreadable raises Unreadable.

bounds      Limits, Shape, Row, Unreadable
kinds       text, gzip, workbook or archive, by the first bytes; what is none of these, by name
archives    gzip and zip, unpacked within bounds
encodings   which encoding, how sure
dialects    which delimiter, quote and escape
headings    which row names the columns
text        records of CSV and its relatives
markup      a workbook's XML in small pieces, nothing of it trusted
workbooks   parts, sheets, shared texts, date formats
sheets      rows of one sheet
marks       where rows begin, to read on from
numbers     a number as a person sees it, a serial as a date
"""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dawra.customers.importing.reading import sheets, text
from dawra.customers.importing.reading.archives import TABLES, Member, expand, opened
from dawra.customers.importing.reading.bounds import USUAL, Limits, Row, Shape, Unreadable
from dawra.customers.importing.reading.encodings import ENCODINGS, SAMPLE
from dawra.customers.importing.reading.headings import letter, named
from dawra.customers.importing.reading.kinds import ARCHIVE, WORKBOOK, kind_of
from dawra.customers.importing.reading.marks import Marks

__all__ = (
    "ENCODINGS", "SAMPLE", "TABLES", "USUAL", "Limits", "Member", "Row", "Shape", "Unreadable",
    "batch", "count", "expand", "is_archive", "letter", "named", "opened", "rows", "shape_of",
)  # fmt: skip


def is_archive(path: Path) -> bool:
    """Whether the file holds other files, which `expand` lays out. Raises Unreadable."""
    return kind_of(path) == ARCHIVE


def shape_of(
    path: Path,
    limits: Limits = USUAL,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    header_line: int = 0,
) -> Shape:
    """How the file is written: found out, unless somebody said so.

    Raises: Unreadable (empty_file, not_text, no_headers, too_many_columns, too_large and others)
    """
    kind = kind_of(path)
    if kind == ARCHIVE:
        raise Unreadable("archive_of_files")
    if kind == WORKBOOK:
        return sheets.shape_of(path, limits, sheet=sheet, header_line=header_line)
    if encoding == "xlsx":
        raise Unreadable("changed_file")
    return text.shape_of(path, limits, encoding=encoding, delimiter=delimiter, header_line=header_line)


def rows(
    path: Path, shape: Shape, limits: Limits = USUAL, *, after: int = 0, marks: Path | None = None
) -> Iterator[Row]:
    """The rows under the headers, from the one after row number `after`.

    marks:  a file of its own, where places are remembered, so that reading on much later starts near there
    Raises: Unreadable in mid-file (too_large, broken_archive, broken_workbook); what came before it stands
    """
    kept = Marks(marks, path, shape, limits) if marks else None
    return (sheets if shape.encoding == "xlsx" else text).rows(path, shape, limits, after=after, marks=kept)


def count(path: Path, shape: Shape, limits: Limits = USUAL, *, seconds: float = 10.0) -> int | None:
    """How many rows there are; of a workbook at most, blank ones counted; None if that takes too long to say.

    Raises: Unreadable
    """
    if shape.encoding == "xlsx":
        return sheets.count(path, shape, limits)
    began, number = time.monotonic(), 0
    for row in text.rows(path, shape, limits):
        number = row.number
        if number % 10_000 == 0 and time.monotonic() - began > seconds:
            return None
    return number


def batch(rows: Iterator[Row], most: int, limits: Limits = USUAL) -> list[Row]:
    """The next rows: at most so many, and not more text at once than memory should hold."""
    taken: list[Row] = []
    size = 0
    for row in islice(rows, most):
        taken.append(row)
        size += sum(map(len, row.cells)) + 8 * len(row.cells)
        if size > limits.batch:
            break
    return taken
