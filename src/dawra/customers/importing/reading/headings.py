"""Which row names the columns, and how columns without a name, or with the same, are told apart."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence

from dawra.customers.importing.reading.bounds import Limits, Unreadable

# How many rows are looked at in search of the names.
LOOKED_AT = 20
_VALUE = re.compile(r"[-+(]?[\d٠-٩]|\S+@\S+\.\S|https?:")
_UNKEPT = re.compile("[\0\ud800-\udfff]")

Line = tuple[int, Sequence[str]]


def found(first: Sequence[Line], limits: Limits, line: int = 0) -> tuple[int, tuple[str, ...]]:
    """(line of the names, names as written without blanks around). line: where somebody said they are.

    Raises: Unreadable (no_headers, too_many_columns)
    """
    if not first:
        raise Unreadable("no_headers")
    told = next((index for index, (number, _cells) in enumerate(first) if number >= line), 0) if line else None
    number, cells = first[_row_of_names(first) if told is None else told]
    names = [_keepable(bare(cell)) for cell in cells]
    if len(names) > limits.columns:
        # A spreadsheet that once was wider leaves empty names at the end.
        while names and not names[-1]:
            names.pop()
    if len(names) > limits.columns:
        raise Unreadable("too_many_columns", most=limits.columns, found=len(names))
    if not any(names):
        raise Unreadable("no_headers")
    return number, tuple(names)


def _keepable(name: str) -> str:
    """As a name can be kept: no database takes a zero character, nor what stands for bytes that are no text."""
    return _UNKEPT.sub("\ufffd", name)


def bare(cell: str) -> str:
    return cell.strip(" \t\r\n\ufeff\u00a0")


def named(headers: Sequence[str]) -> tuple[str, ...]:
    """Each column by a name of its own: one without a name by its letter, one named again with a number."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for index, header in enumerate(headers):
        name = header or letter(index)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def letter(index: int) -> str:
    """A, B … Z, AA as in a spreadsheet; index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row_of_names(first: Sequence[Line]) -> int:
    """The first row, unless it clearly is a title above the table: nearly empty, and set apart from what follows."""
    filled = [sum(1 for cell in cells if cell.strip()) for _number, cells in first]
    usual = statistics.median_high(filled[1:]) if len(filled) > 1 else 0
    if usual < 2 or filled[0] > usual * 0.5:
        return 0
    for index in range(1, len(first)):
        if filled[index] >= usual * 0.8 and filled[index] > filled[0]:
            apart = first[index][0] - first[index - 1][0] > 1 or _contrasts(first, index)
            return index if apart and _are_names(first[index][1]) else 0
    return 0


def _are_names(cells: Sequence[str]) -> bool:
    names = [cell.strip().casefold() for cell in cells if cell.strip()]
    return len(set(names)) == len(names) and not any(_VALUE.match(name) for name in names)


def _contrasts(first: Sequence[Line], index: int) -> bool:
    """Some column holds numbers, dates or addresses below this row, and none in it."""
    below = [cells for _number, cells in first[index + 1 :]]
    for column, cell in enumerate(first[index][1]):
        values = [cells[column].strip() for cells in below if column < len(cells) and cells[column].strip()]
        if values and cell.strip() and sum(1 for value in values if _VALUE.match(value)) * 2 > len(values):
            return True
    return False
