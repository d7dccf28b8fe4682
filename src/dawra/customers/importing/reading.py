"""A file as rows, each with its physical line. Streams: memory does not grow with the file. Pure.

What is wrong with one row stays with that row: a field too long, a NUL, bytes that are no text, a quote that is never
closed. Only what makes the whole file unreadable raises Unreadable.
"""

import csv
import gzip
import io
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

SAMPLE = 1 << 20
DELIMITERS = ",;\t|"
_GZIP = b"\x1f\x8b"
_ARABIC = range(0x0600, 0x0700)


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes: of the unpacked file. record: characters of one row over all its lines."""

    bytes: int = 4 << 30
    record: int = 1 << 20
    field: int = 32_000
    columns: int = 1_000
    lines_in_record: int = 2_000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written, and its first row."""

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    header_line: int


@dataclass(frozen=True, slots=True)
class Row:
    """number: 1 for the first row under the headers; blank rows do not count. problem: code of what is wrong, or ""."""

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""


class Unreadable(Exception):
    """The whole file cannot be read. code names the sentence; facts fill it."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)


class _TooLong(Exception):
    """The record under way is longer than a record may be."""


def shape_of(path: Path, limits: Limits = USUAL, *, encoding: str = "", delimiter: str = "") -> Shape:
    """Encoding by mark or by trial, delimiter by which one cuts evenly, headers as written.

    Raises: Unreadable (empty, not_text, too_many_columns, too_large)
    """
    with opened(path, limits) as file:
        head = file.read(SAMPLE)
    if not head.strip():
        raise Unreadable("empty_file")
    encoding = encoding or _encoding_of(head)
    text = head.decode(encoding, errors="surrogateescape" if encoding.startswith("utf-8") else "replace")
    if text.count("\x00") > len(text) // 20 or head.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("not_text")
    told = text[4] if text[:4].lower() == "sep=" and text[4:5] and text[4] in DELIMITERS else ""
    delimiter = delimiter or told or _delimiter_of(text)
    for line, cells, problem in _records(path, encoding, delimiter, limits):
        # A first line "sep=;" is Excel's way to tell the delimiter, not a row.
        if problem or (told and line == 1) or not any(cell.strip() for cell in cells):
            continue
        if len(cells) > limits.columns:
            raise Unreadable("too_many_columns", most=limits.columns, found=len(cells))
        return Shape(encoding, delimiter, tuple(cell.strip() for cell in cells), line)
    raise Unreadable("no_headers")


def rows(path: Path, shape: Shape, limits: Limits = USUAL, *, after: int = 0) -> Iterator[Row]:
    """The rows under the headers, from the one after row number `after`.

    Raises: Unreadable(too_large) in mid-file; what came before it stands
    """
    number = 0
    width = len(shape.headers)
    for line, cells, problem in _records(path, shape.encoding, shape.delimiter, limits):
        if line <= shape.header_line:
            continue
        if not problem and not any(cells):
            continue
        if not problem and not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > after:
            yield Row(number, line, tuple(cells), problem or _problem_in(cells, width, limits))


def opened(path: Path, limits: Limits) -> IO[bytes]:
    """The file's bytes, unpacked if it is gzip, never more than the limit."""
    raw = path.open("rb")
    packed = raw.read(2) == _GZIP
    raw.seek(0)
    source: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
    return io.BufferedReader(_Bounded(source, limits.bytes), 1 << 16)  # type: ignore[arg-type,return-value]


class _Bounded(io.RawIOBase):
    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._left = source, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, OSError) as broken:
            raise Unreadable("broken_archive") from broken
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("too_large")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        super().close()


def _encoding_of(head: bytes) -> str:
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for half, name in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        # The upper byte of Western letters is 0, that of Arabic ones 6.
        if (half.count(0) + half.count(6)) * 4 > len(half) * 3:
            return name
    try:
        head[: len(head) - 3 if len(head) == SAMPLE else None].decode("utf-8")
    except UnicodeDecodeError as wrong:
        if wrong.start > len(head) - 4 and len(head) == SAMPLE:
            return "utf-8"
        return _ansi_of(head)
    return "utf-8"


def _ansi_of(head: bytes) -> str:
    """Windows-1256 if its reading gives Arabic words, else Windows-1252."""
    high = [char for char in head.decode("cp1256", errors="replace") if ord(char) > 127]
    arabic = sum(ord(char) in _ARABIC for char in high)
    return "cp1256" if arabic * 2 > len(high) else "cp1252"


def _delimiter_of(text: str) -> str:
    sample = text[:65536].splitlines(keepends=True)[:50]  # a guess only: rows themselves are never cut this way

    def score(delimiter: str) -> float:
        try:
            widths = [len(cells) for cells in csv.reader(sample, delimiter=delimiter) if cells]
        except csv.Error:
            return 0
        if not widths or widths[0] < 2:
            return 0
        return widths[0] ** 0.5 * Counter(widths)[widths[0]] / len(widths)

    best = max(DELIMITERS, key=score)
    return best if score(best) else ","


class _Lines:
    """Feeds csv line by line, remembers the record under way, and can take lines back."""

    def __init__(self, text: io.TextIOBase, limits: Limits) -> None:
        self._text, self._limits = text, limits
        self._back: deque[str] = deque()
        self.number = 0
        self.record: list[str] = []
        self._length = 0
        self.ended = False

    def begin(self) -> None:
        self.record, self._length = [], 0

    def take_back(self) -> None:
        """All lines of this record but its first are read again."""
        self._back.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(self._limits.record)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.record.append(line)
        self._length += len(line)
        if self._length >= self._limits.record or len(self.record) > self._limits.lines_in_record:
            if len(self.record) == 1 and not line.endswith(("\n", "\r")):
                while (rest := self._text.readline(1 << 16)) and not rest.endswith(("\n", "\r")):
                    pass  # the rest of a line that is too long is read over, not kept
            raise _TooLong
        return line


def _records(path: Path, encoding: str, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str], str]]:
    """(first physical line, cells, problem) of each record."""
    csv.field_size_limit(max(limits.record, csv.field_size_limit()))
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with io.TextIOWrapper(opened(path, limits), encoding=encoding, errors=errors, newline="") as text:
        lines = _Lines(text, limits)
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            lines.begin()
            first = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_TooLong, csv.Error):
                reader = csv.reader(lines, delimiter=delimiter)
                several = len(lines.record) > 1
                lines.take_back()
                yield first, [lines.record[0][:200].rstrip("\r\n")], "open_quote" if several else "row_too_long"
                continue
            if lines.ended and len(lines.record) > 1 and _is_open("".join(lines.record), delimiter):
                # The file ended inside a quoted field: only its first line is at fault.
                lines.ended = False
                lines.take_back()
                reader = csv.reader(lines, delimiter=delimiter)
                yield first, [lines.record[0][:200].rstrip("\r\n")], "open_quote"
                continue
            yield first, cells, ""


def _is_open(record: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as wrong:
        return "unexpected end" in str(wrong)
    return False


def _problem_in(cells: list[str], width: int, limits: Limits) -> str:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return "too_many_cells"
    whole = "".join(cells)
    if "\x00" in whole:
        return "nul"
    if len(whole) > limits.field and max(map(len, cells)) > limits.field:
        return "field_too_long"
    if not whole.isascii() and any(0xDC80 <= ord(char) <= 0xDCFF for char in whole):
        return "not_in_encoding"
    return ""
