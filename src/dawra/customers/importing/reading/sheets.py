"""Rows of one sheet of a workbook, read as they come: empty stretches and far corners cost nothing."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from dawra.customers.importing.reading import headings, markup, numbers
from dawra.customers.importing.reading.archives import BLOCK
from dawra.customers.importing.reading.bounds import Limits, Row, Shape, Unreadable
from dawra.customers.importing.reading.judging import judged
from dawra.customers.importing.reading.marks import Marks
from dawra.customers.importing.reading.strings import Strings, unescaped
from dawra.customers.importing.reading.workbooks import Workbook

ENCODING = "xlsx"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# How many sheets are looked into for the first that holds a table, if none is named.
_SHEETS_TRIED = 20
_ROW = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?row[\s/>]")
_TRUTHS = {"1": "TRUE", "0": "FALSE"}


def shape_of(path: Path, limits: Limits, *, sheet: str, header_line: int) -> Shape:
    """The named sheet, or the first one that holds a table. Raises Unreadable."""
    with Workbook(path, limits) as book:
        names = tuple(book.sheets)
        if sheet and sheet not in book.sheets:
            raise Unreadable("unknown_sheet", value=sheet[:80], known=", ".join(names)[:400])
        tried = [sheet] if sheet else names[:_SHEETS_TRIED]
        for name in tried:
            with closing(_rows_of(book, name, limits)) as found:
                rows = list(islice(found, max(headings.LOOKED_AT, header_line)))
            first = [(line, cells) for line, cells, _problem, _notes, _place in rows if cells]
            if first or name == tried[-1]:
                line, headers = headings.found(first, limits, header_line)
                for number, _cells, (_code, column), _notes, _place in rows:
                    if number == line and column >= 0:
                        raise Unreadable("too_many_columns", most=limits.columns, found=column + 1)
                return Shape(ENCODING, "", headers, line, sheets=names, sheet=name)
    raise Unreadable("no_headers")


def rows(path: Path, shape: Shape, limits: Limits, *, after: int = 0, marks: Marks | None = None) -> Iterator[Row]:
    """See reading.rows."""
    mark = marks.nearest(after) if marks else None
    number, place = (mark[0], mark[1:]) if mark else (0, ())
    with Workbook(path, limits) as book:
        if shape.sheet not in book.sheets:
            raise Unreadable("changed_file")
        with closing(_rows_of(book, shape.sheet, limits, place)) as found:
            for line, cells, problem, notes, here in found:
                if line <= shape.header_line:
                    continue
                if marks and here and marks.is_due(number):
                    marks.put((number, *here))
                number += 1
                if number > after:
                    yield judged(number, line, cells, problem[0], shape.headers, limits, notes, problem[1])


def count(path: Path, shape: Shape, limits: Limits) -> int:
    """How many rows are written below the names, blank ones too; without looking at cells, so in seconds."""
    number, kept = 0, b""
    with Workbook(path, limits) as book:
        if shape.sheet not in book.sheets:
            raise Unreadable("changed_file")
        with book.sheet(shape.sheet) as part:
            while block := part.read(BLOCK):
                block = kept + block
                cut = block.rfind(b"<")
                number += len(_ROW.findall(block[:cut] if cut > 0 else b""))
                kept = block[cut:] if cut > 0 else block[-BLOCK:]
    return max(0, number + len(_ROW.findall(kept)) - 1)


Problem = tuple[str, int]
Found = tuple[int, list[str], Problem, tuple[tuple[int, str], ...], tuple[int, ...]]
_NONE: Problem = ("", -1)


def _rows_of(book: Workbook, name: str, limits: Limits, place: tuple[int, ...] = ()) -> Generator[Found, None, None]:
    """(line, cells, (problem, column), notes, place) of each row that is not blank, from a place such as it told."""
    strings = book.strings()
    try:
        with book.sheet(name) as part:
            sheet = _Sheet(strings, book.kinds, limits, since_1904=book.since_1904)
            head, at = sheet.go_on(place) if place else (0, 0)
            reading = markup.Markup(
                part, limits, started=sheet.start, ended=sheet.end, text=sheet.take, head=head, at=at
            )
            sheet.markup = reading
            since = 0
            for size in reading.blocks():
                if sheet.done:
                    yield from sheet.done
                    sheet.done.clear()
                if sheet.rows_ended:
                    since, sheet.rows_ended = size, 0
                if sheet.is_over:
                    while part.read(BLOCK):
                        pass  # what follows the cells is not needed, but tells whether the file is damaged
                    return
                if size - since > limits.quiet:
                    raise Unreadable("sheet_too_large")
    finally:
        strings.close()


class _Sheet:
    """Gathers the cells of one row at a time. done: rows that have ended. is_over: no cells follow."""

    def __init__(self, strings: Strings, kinds: Sequence[str], limits: Limits, *, since_1904: bool) -> None:
        self._strings, self._kinds, self._limits, self._since_1904 = strings, kinds, limits, since_1904
        self.done: list[Found] = []
        self.is_over = False
        self.rows_ended = 0
        self._depth = self._line = self._count = 0
        self._is_row = self._is_cell = self._is_text = False
        self._silent = 0
        self.markup: markup.Markup | None = None
        self._second, self._is_regular = "", True
        self._head = 0
        self._place: tuple[int, ...] = ()
        self._new_row()

    def go_on(self, place: tuple[int, ...]) -> tuple[int, int]:
        """(length of what stands before the rows, where to go on)."""
        self._line, self._count, self._head, at = place
        return self._head, at

    def _mark(self) -> None:
        """Rows can be gone back to where they are alone in the one place they belong."""
        self._is_regular = self._is_regular and self._depth == 3 and self._second == "sheetData"
        at = self.markup.place if self.markup and self._is_regular else 0
        self._head = self._head or at
        self._place = (self._line, self._count, self._head, at) if at else ()

    def _new_row(self) -> None:
        self._cells: dict[int, str] = {}
        self._column, self._length = -1, 0
        self._problem = _NONE
        self._notes: list[tuple[int, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > markup.DEEPEST:
            raise Unreadable("broken_workbook")
        name = markup.local(name)
        if self._depth == 2:
            self._second = name
        if name == "c" and self._is_row:
            self._count += 1
            if self._count > self._limits.cells:
                raise Unreadable("sheet_too_large")
            reference = attributes.get("r")
            self._column = _column_of(reference) if reference else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces: list[str] = []
            self._size = 0
            self._is_cell = True
        elif name in ("v", "t"):
            inline = self._type == "inlineStr" if self._is_cell else False
            self._is_text = self._is_cell and not self._silent and inline == (name == "t")
        elif name == "row":
            self._mark()
            line = attributes.get("r", "")
            self._line = int(line) if line.isdecimal() and len(line) < 9 else self._line + 1
            if not 0 < self._line <= LAST_ROW:
                raise Unreadable("broken_workbook")
            self._new_row()
            self._is_row = True
        elif name == "rPh":
            self._silent += 1

    def take(self, text: str) -> None:
        if self._is_text and self._size <= self._limits.field:
            self._pieces.append(text)
            self._size += len(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        name = markup.local(name)
        if name in ("v", "t"):
            self._is_text = False
        elif name == "c" and self._is_cell:
            self._is_cell = False
            if self._pieces:
                self._keep(self._shown("".join(self._pieces)))
        elif name == "row" and self._is_row:
            self._is_row = False
            self.rows_ended += 1
            if self._cells or self._problem != _NONE:
                self.done.append((self._line, self._listed(), self._problem, tuple(self._notes), self._place))
            self._new_row()
        elif name == "sheetData":
            self.is_over = True
        elif name == "rPh":
            self._silent = max(0, self._silent - 1)

    def _shown(self, written: str) -> str:
        if self._type == "s":
            index = written.strip()
            if not index.isdecimal() or len(index) > 9:
                raise Unreadable("broken_workbook")
            return self._strings[int(index)]
        if self._type in ("inlineStr", "str"):
            return unescaped(written)
        written = written.strip()
        if self._type == "b":
            return _TRUTHS.get(written, written)
        if self._type == "e":
            self._notes.append((self._column, "sheet_error"))
            return written
        if self._type == "d":
            return written.removesuffix("T00:00:00").replace("T", " ")
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 9 else 0
        kind = self._kinds[style] if style < len(self._kinds) else ""
        return numbers.moment(written, kind, since_1904=self._since_1904) if kind else numbers.plain(written)

    def _keep(self, text: str) -> None:
        if not text or text.isspace():
            return
        if self._column >= self._limits.columns:
            self._problem = ("too_many_cells", self._column) if self._problem == _NONE else self._problem
            return
        self._length += len(text)
        if self._length > self._limits.record:
            self._problem = ("row_too_long", -1)
            self._cells.clear()
            return
        self._cells[self._column] = text

    def _listed(self) -> list[str]:
        if not self._cells:
            return []
        cells = [""] * (max(self._cells) + 1)
        for column, text in self._cells.items():
            cells[column] = text
        return cells


def _column_of(reference: str) -> int:
    """0 for A, 25 for Z, 26 for AA; the digits after the letters are the row's."""
    column = 0
    for char in reference[:4]:
        if not "A" <= char <= "Z":
            break
        column = column * 26 + ord(char) - 64
    if not 0 < column <= LAST_COLUMN:
        raise Unreadable("broken_workbook")
    return column - 1
