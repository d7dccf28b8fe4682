"""CSV and its relatives: records with their first physical line, one bad record staying one bad record."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from dawra.customers.importing.reading import dialects, encodings, headings
from dawra.customers.importing.reading.archives import opened
from dawra.customers.importing.reading.bounds import Limits, Row, Shape, Unreadable
from dawra.customers.importing.reading.dialects import BLANKS, Dialect, cut_at_blanks
from dawra.customers.importing.reading.encodings import ERRORS, SAMPLE
from dawra.customers.importing.reading.judging import judged
from dawra.customers.importing.reading.kinds import must_be_text

# Characters that may be read a second time beyond those read once: with more, quotes are broken all over the file.
_READ_TWICE = 32 << 20
_SHOWN = 200


def shape_of(path: Path, limits: Limits, *, encoding: str, delimiter: str, header_line: int) -> Shape:
    """Encoding by mark or by trial, delimiter by which one cuts evenly, headers as written. Raises Unreadable."""
    with opened(path, limits) as file:
        head = file.read(SAMPLE)
        if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
            raise Unreadable("empty_file")
        must_be_text(head)
        encoding, sure = (encodings.known(encoding), 1.0) if encoding else encodings.detected(head, file)
    text = head.decode(encoding, ERRORS)
    if text.count("\x00") > len(text) // 20:
        raise Unreadable("not_text")
    told = dialects.told_in(text)
    delimiter = dialects.checked(delimiter or told) if delimiter or told else ""
    dialect = dialects.dialect_of(text, delimiter)
    lines = (
        (line, cells)
        for line, cells, problem in _records(path, encoding, dialect, limits)
        if not problem and not (told and line == 1) and any(cell.strip(" \t\ufeff") for cell in cells)
    )
    first = list(islice(lines, max(headings.LOOKED_AT, header_line)))
    lines.close()
    number, names = headings.found(first, limits, header_line)
    return Shape(
        encoding, dialect.delimiter, names, number, sure, dialect.quote, dialect.escape, dialect.padded
    )  # fmt: skip


def rows(path: Path, shape: Shape, limits: Limits, *, after: int = 0) -> Iterator[Row]:
    """See reading.rows."""
    number = 0
    dialect = Dialect(shape.delimiter, shape.quote, shape.escape, shape.padded)
    for line, cells, problem in _records(path, shape.encoding, dialect, limits):
        if line <= shape.header_line:
            continue
        if not problem and (not any(cells) or not any(cell.strip() for cell in cells)):
            continue
        number += 1
        if number > after:
            yield judged(number, line, cells, problem, shape.headers, limits)


class _TooLong(Exception):
    """The record under way is longer than a record may be."""


class _Lines:
    """Feeds csv line by line, remembers the record under way, and can take lines back."""

    def __init__(self, text: io.TextIOBase, limits: Limits) -> None:
        self._text, self._limits = text, limits
        self._back: deque[str] = deque()
        self._once = self._twice = 0
        self.number = 0
        self.record: list[str] = []
        self._length = 0
        self.ended = False

    def begin(self) -> None:
        self.record, self._length = [], 0

    def take_back(self) -> None:
        """All lines of this record but its first are read again, unless that has been done too often."""
        self._twice += self._length
        if self._twice > _READ_TWICE + self._once:
            return
        self.ended = False
        self._back.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            line = self._text.readline(self._limits.record)
            self._once += len(line)
        if not line:
            self.ended = True
            raise StopIteration
        if self.number == 0:
            line = line.removeprefix("\ufeff") or "\n"
        self.number += 1
        self.record.append(line)
        self._length += len(line)
        if self._length >= self._limits.record or len(self.record) > self._limits.lines_in_record:
            if len(self.record) == 1 and not line.endswith(("\n", "\r")):
                while (rest := self._text.readline(1 << 16)) and not rest.endswith(("\n", "\r")):
                    pass  # the rest of a line that is too long is read over, not kept
            raise _TooLong
        return line


Record = tuple[int, list[str], str]


def _records(path: Path, encoding: str, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    """(first physical line, cells, problem) of each record."""
    with io.TextIOWrapper(opened(path, limits), encoding=encoding, errors=ERRORS, newline="") as text:
        yield from (_blank_cut if dialect.delimiter == BLANKS else _quoted)(_Lines(text, limits), dialect, limits)


def _quoted(lines: _Lines, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    csv.field_size_limit(max(limits.record, csv.field_size_limit()))
    reader = _reader(lines, dialect)
    while True:
        lines.begin()
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_TooLong, csv.Error):
            reader = _reader(lines, dialect)
            several = len(lines.record) > 1
            shown = [lines.record[0][:_SHOWN].rstrip("\r\n")] if lines.record else []
            lines.take_back()
            yield first, shown, "open_quote" if several else "row_too_long"
            continue
        if lines.ended and len(lines.record) > 1 and _is_open(lines.record, dialect):
            # The file ended inside a quoted field: only its first line is at fault.
            shown = [lines.record[0][:_SHOWN].rstrip("\r\n")]
            lines.take_back()
            reader = _reader(lines, dialect)
            yield first, shown, "open_quote"
            continue
        yield first, cells, ""


def _blank_cut(lines: _Lines, _dialect: Dialect, _limits: Limits) -> Iterator[Record]:
    while True:
        lines.begin()
        try:
            line = next(lines)
        except StopIteration:
            return
        except _TooLong:
            yield lines.number, [lines.record[0][:_SHOWN]], "row_too_long"
            continue
        yield lines.number, cut_at_blanks(line), ""


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines, delimiter=dialect.delimiter, quotechar=dialect.quote, escapechar=dialect.escape or None,
        skipinitialspace=dialect.padded,
    )  # fmt: skip


def _is_open(record: list[str], dialect: Dialect) -> bool:
    """Whether one more line would still belong to this record."""
    return next(_reader(chain(record, ["\x1e\n"]), dialect))[-1].endswith("\x1e\n")
