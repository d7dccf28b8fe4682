"""What is wrong with a row before anybody asks what its values mean."""

from collections.abc import Callable, Sequence

from dawra.customers.importing.reading.bounds import Limits, Row
from dawra.customers.importing.reading.headings import bare


def judged(
    number: int, line: int, cells: Sequence[str], problem: str, headers: tuple[str, ...], limits: Limits,
    notes: tuple[tuple[int, str], ...] = (), column: int = -1,
) -> Row:  # fmt: skip
    """A row with the first thing that is wrong with it, and the cell that is at fault."""
    if not problem:
        problem, column = _problem_in(cells, headers, limits)
        if not problem and len(cells) > len(headers):
            cells = cells[: len(headers)]  # blank all of them
    if problem:
        # A row that is refused anyway is kept to be shown only: no longer than any good row may be.
        cells = [cell[: limits.field] for cell in cells[: limits.columns]]
    kept = tuple(note for note in notes if note[0] < len(cells)) if notes else notes
    return Row(number, line, tuple(cells), problem, column, kept)


def _problem_in(cells: Sequence[str], headers: tuple[str, ...], limits: Limits) -> tuple[str, int]:
    width = len(headers)
    if len(cells) > width:
        for column in range(width, len(cells)):
            if cells[column].strip():
                return "too_many_cells", column
    whole = "".join(cells)
    if "\x00" in whole:
        return "nul", _first(cells, lambda cell: "\x00" in cell)
    if len(whole) > limits.field and max(map(len, cells)) > limits.field:
        return "field_too_long", _first(cells, lambda cell: len(cell) > limits.field)
    if not whole.isascii() and _has_lone(whole):
        return "not_in_encoding", _first(cells, _has_lone)
    if width > 1 and bare(cells[0]) == headers[0] and tuple(map(bare, cells[:width])) == headers:
        return "names_again", -1
    return "", -1


def _has_lone(text: str) -> bool:
    """Half of a pair, or what stands for bytes that are no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _first(cells: Sequence[str], is_it: Callable[[str], bool]) -> int:
    return next(column for column, cell in enumerate(cells) if is_it(cell))
