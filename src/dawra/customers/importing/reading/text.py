"""CSV and its relatives: records with their first physical line, one bad record staying one bad record."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from dawra.customers.importing.reading import dialects, encodings, headings
from dawra.customers.importing.reading.archives import opened
from dawra.customers.importing.reading.bounds import Limits, Row, Shape, Unreadable
from dawra.customers.importing.reading.dialects import BLANKS, Dialect, cut_at_blanks
from dawra.customers.importing.reading.encodings import ERRORS, SAMPLE
from dawra.customers.importing.reading.judging import judged
from dawra.customers.importing.reading.kinds import must_be_text
from dawra.customers.importing.reading.marks import Marks

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
    with _opened(path, encoding, limits) as lines:
        filled = (
            (line, cells)
            for line, cells, problem in _cut(lines, dialect)
            if not problem and not (told and line == 1) and any(cell.strip(" \t\ufeff") for cell in cells)
        )
        first = list(islice(filled, max(headings.LOOKED_AT, header_line)))
    number, names = headings.found(first, limits, header_line)
    return Shape(
        encoding, dialect.delimiter, names, number, sure, dialect.quote, dialect.escape, dialect.padded
    )  # fmt: skip


def rows(path: Path, shape: Shape, limits: Limits, *, after: int = 0, marks: Marks | None = None) -> Iterator[Row]:
    """See reading.rows."""
    mark = marks.nearest(after) if marks else None
    number, place = (mark[0], mark[1:]) if mark else (0, ())
    dialect = Dialect(shape.delimiter, shape.quote, shape.escape, shape.padded)
    with _opened(path, shape.encoding, limits, place) as lines:
        for line, cells, problem in _cut(lines, dialect):
            if line <= shape.header_line:
                continue
            if not problem and (not any(cells) or not any(cell.strip() for cell in cells)):
                continue
            number += 1
            if marks and marks.is_due(number) and (here := lines.place()):
                marks.put((number, *here))
            if number > after:
                yield judged(number, line, cells, problem, shape.headers, limits)


class _TooLong(Exception):
    """The record under way is longer than a record may be."""


class _Lines:
    """Feeds csv line by line, remembers the record under way, and can take lines back."""

    def __init__(
        self, text: io.TextIOBase, limits: Limits, encoding: str, at: int, place: tuple[int, ...] = ()
    ) -> None:
        self._text, self._limits, self._encoding = text, limits, encoding
        self._back: deque[str] = deque()
        self.number, _at, self._once, self._twice = place or (0, 0, 0, 0)
        self._at: int | None = at
        self.record: list[str] = []
        self._length = 0
        self.ended = False

    @property
    def longest(self) -> int:
        return self._limits.record

    def place(self) -> tuple[int, int, int, int] | None:
        """Between two records: what it takes to go on from here; None if that cannot be told."""
        if self._back or self._at is None:
            return None
        return self.number, self._at, self._once, self._twice

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
        line = self._back.popleft() if self._back else self._next(self._limits.record)
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
                while (rest := self._next(1 << 16)) and not rest.endswith(("\n", "\r")):
                    pass  # the rest of a line that is too long is read over, not kept
            raise _TooLong
        return line

    def _next(self, most: int) -> str:
        line = self._text.readline(most)
        self._once += len(line)
        if self._at is not None:
            size = encodings.size_of(line, self._encoding)
            self._at = None if size is None else self._at + size
        return line


Record = tuple[int, list[str], str]


@contextmanager
def _opened(path: Path, encoding: str, limits: Limits, place: tuple[int, ...] = ()) -> Iterator["_Lines"]:
    """place: where a record begins, as `_Lines.place` told it."""
    with opened(path, limits) as file:
        encoding, begin = encodings.started(encoding, file.read(3))
    at = place[1] if place else begin
    with io.TextIOWrapper(
        opened(path, limits, at), encoding=encoding, errors=encodings.errors_of(encoding), newline=""
    ) as text:
        yield _Lines(text, limits, encoding, at, place)


def _cut(lines: _Lines, dialect: Dialect) -> Iterator[Record]:
    """(first physical line, cells, problem) of each record."""
    return _cut_at_blanks(lines) if dialect.delimiter == BLANKS else _quoted(lines, dialect)


def _quoted(lines: _Lines, dialect: Dialect) -> Iterator[Record]:
    csv.field_size_limit(max(lines.longest, csv.field_size_limit()))
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


def _cut_at_blanks(lines: _Lines) -> Iterator[Record]:
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
