"""Rejected rows put right on the page: the row comes in as if the file had said so, and accepted + rejected stays rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.customers.importing import seeking
from dawra.customers.importing.mapping import Mapping as Columns
from dawra.customers.importing.opening import keeper_of, mapping_of, target_of
from dawra.customers.importing.reading import Row, Shape, letter
from dawra.customers.importing.reporting import reason_of
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Outcome, Parsed
from dawra.customers.importing.writing import Moved
from dawra.customers.models import Import, ImportFile, ImportRow
from dawra.customers.models.importing import REJECTED, UNDOING, UNDONE, WAITING

AT_ONCE = 500
MOST_ALIKE = 2_000
"""So many are put right in one call; the rest by pressing again."""
SHOWN = 50
SKIPPED = "skipped"
"""Stands in ImportRow.undone of a rejected row that somebody has left out for good."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What is known to be right: the column of the file, and the whole cell as it should be."""

    index: int
    cell: str
    instead: str


@dataclass(frozen=True, slots=True)
class Attention:
    """A row that waits for a decision. index: of the column at fault, -1 for the whole row. value: its cell."""

    id: int
    file_id: Any
    file: str
    line: int
    code: str
    column: str
    index: int
    value: str
    reason: str
    fix: Fix | None
    headers: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows with the same thing wrong in the same column, for which the right cell is known."""

    file_id: Any
    code: str
    column: str
    count: int


def waiting_rows(import_: Import) -> QuerySet[ImportRow]:
    """Rejected and not skipped."""
    rows = ImportRow.objects.filter(file__within=import_, outcome=REJECTED).exclude(undone=SKIPPED)
    return rows.select_related("file")


def attention(import_: Import, *, after: int = 0, limit: int = SHOWN) -> tuple[list[Attention], bool]:
    """Rows that need attention, in the order of the files, and whether there are more. 1 query."""
    rows = list(waiting_rows(import_).filter(pk__gt=after).order_by("pk")[: limit + 1])
    return [_shown(row) for row in rows[:limit]], len(rows) > limit


def one_waiting(import_: Import, row_id: int) -> Attention:
    """Raises NotFound."""
    row = waiting_rows(import_).filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    return _shown(row)


def alike(import_: Import) -> list[Alike]:
    """Groups of at least two rows that one press puts right, the largest first. 1 query; reads at most 20,000 rows."""
    counts: Counter[tuple[Any, str, str]] = Counter()
    rows = waiting_rows(import_).values_list("file_id", "says")[:20_000]
    for file_id, says in rows.iterator(chunk_size=2_000):
        if says and says[-1].get("fix"):
            counts[file_id, says[-1]["code"], says[-1].get("column", "")] += 1
    return [Alike(*key, count) for key, count in counts.most_common() if count > 1]


def same_value(import_: Import, shown: Attention) -> int:
    """How many other waiting rows have this very cell in this column, with the same thing wrong. 1 query."""
    return sum(1 for row in _with_value(import_, shown) if row.pk != shown.id) if shown.index >= 0 else 0


def correct(
    actor: Actor, *, import_: Import, row_id: int, cells: Mapping[int, str], also_same: bool = False
) -> tuple[int, list[ImportRow]]:
    """Put cells of a rejected row right and bring the row in; what is wrong still is said again, and the cells are kept.

    cells:     column from 0 → the whole cell. also_same: every waiting row with the same cell at the same fault
    Gives:     how many came in, and the rows that did not
    Raises:    Refused, NotFound (no such row, or in already), Conflict (being taken back)
    """
    shown = one_waiting(import_, row_id)
    wanted = {row_id: dict(cells)}
    if also_same and shown.index in cells:
        for row in _with_value(import_, shown):
            wanted.setdefault(row.pk, {shown.index: cells[shown.index]})
    return _bring_in(actor, import_, wanted)


def correct_alike(
    actor: Actor, *, import_: Import, file_id: Any, code: str, column: str
) -> tuple[int, list[ImportRow]]:
    """Put right every row for which the right cell is known. At most 2,000 at once. Raises as correct does."""
    wanted: dict[int, dict[int, str]] = {}
    for row in waiting_rows(import_).filter(file_id=file_id).order_by("pk").iterator(chunk_size=AT_ONCE):
        said = row.says[-1] if row.says else {}
        if said.get("code") == code and said.get("column", "") == column and (fix := fix_of(row)):
            wanted[row.pk] = {fix.index: fix.instead}
            if len(wanted) >= MOST_ALIKE:
                break
    return _bring_in(actor, import_, wanted)


@transaction.atomic
def skip(actor: Actor, *, import_: Import, row_id: int) -> None:
    """Leave a rejected row out for good: it stays in the report and in the download. Nobody's data changes: no entry.

    Raises: Refused, NotFound
    """
    actor.must("records.import")
    if not waiting_rows(import_).filter(pk=row_id).update(undone=SKIPPED):
        raise NotFound()


def fix_of(row: ImportRow) -> Fix | None:
    said = row.says[-1] if row.says else {}
    before, after = str(said.get("value", "")), str(said.get("fix", ""))
    index = index_of(row)
    if not after or index < 0 or index >= len(row.cells) or before not in row.cells[index]:
        return None
    return Fix(index, row.cells[index], row.cells[index].replace(before, after, 1))


def index_of(row: ImportRow) -> int:
    """The column at fault: by its heading, of several the one that holds the value; or by its letter."""
    said = row.says[-1] if row.says else {}
    column, value = str(said.get("column", "")), str(said.get("value", ""))
    named = [at for at, header in enumerate(row.file.headers) if header == column] if column else []
    if not named and column:
        named = [at for at, header in enumerate(row.file.headers) if not header and letter(at) == column]
    holding = [at for at in named if at < len(row.cells) and value and value in row.cells[at]]
    return next(iter(holding or named), -1)


def _bring_in(actor: Actor, import_: Import, wanted: Mapping[int, Mapping[int, str]]) -> tuple[int, list[ImportRow]]:
    actor.must("records.import")
    signed, came = replace(actor, via="import"), 0
    left: list[ImportRow] = []
    ids = list(wanted)
    for begin in range(0, len(ids), AT_ONCE):
        some = ids[begin : begin + AT_ONCE]
        try:
            found, others = _keep_rows(signed, import_, {pk: wanted[pk] for pk in some})
        except (IntegrityError, DataError, Moved):
            found, others = 0, []
            for pk in some:  # one of them collides: each by itself
                one, rest = _keep_one(signed, import_, pk, wanted[pk])
                found, others = found + one, others + rest
        came, left = came + found, left + others
    return came, left


def _keep_one(actor: Actor, import_: Import, pk: int, cells: Mapping[int, str]) -> tuple[int, list[ImportRow]]:
    try:
        return _keep_rows(actor, import_, {pk: cells})
    except (IntegrityError, DataError, Moved):
        return _keep_rows(actor, import_, {pk: cells}, collides=True)


@transaction.atomic
def _keep_rows(
    actor: Actor, import_: Import, wanted: Mapping[int, Mapping[int, str]], *, collides: bool = False
) -> tuple[int, list[ImportRow]]:
    """One transaction: the records, their journal, the rows' outcomes, the counts."""
    state = Import.objects.select_for_update().values_list("state", flat=True).get(pk=import_.pk)
    if state in (WAITING, UNDOING, UNDONE):
        raise Conflict(_("This import is not under way, or is being taken back: its rows stay as they are."))
    rows = list(waiting_rows(import_).filter(pk__in=list(wanted)).select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        raise NotFound()
    came, left = 0, []
    for file in {row.file_id: row.file for row in rows}.values():
        actor.must(target_of(file).permission)
        mapping = mapping_of(file, Shape(file.encoding, file.delimiter, tuple(file.headers), 1))
        mine = [row for row in rows if row.file_id == file.pk]
        read = [_read(actor, mapping, row, wanted[row.pk]) for row in mine]
        if collides:
            read = [(parsed, Said("collides")) for parsed, _wrong in read]
        outcomes = iter(keeper_of(file, actor).keep([parsed for parsed, wrong in read if wrong is None]))
        counts: Counter[str] = Counter()
        for row, (parsed, wrong) in zip(mine, read, strict=True):
            outcome = Outcome(REJECTED) if wrong else next(outcomes)
            says = [mapping.headed(said) for said in ([*parsed.said, wrong] if wrong else parsed.said)]
            _put(row, parsed, outcome, says)
            counts[outcome.outcome] += 1
            left += [row] if outcome.outcome == REJECTED else []
        in_now = sum(counts.values()) - counts.pop(REJECTED, 0)
        came += in_now
        moved = {name: F(name) + count for name, count in counts.items()}
        ImportFile.objects.filter(pk=file.pk).update(rejected=F("rejected") - in_now, **moved)
    return came, left


def _read(actor: Actor, mapping: Columns, row: ImportRow, cells: Mapping[int, str]) -> tuple[Parsed, Said | None]:
    width = max(len(row.file.headers), len(row.cells), *(at + 1 for at in cells))
    written = [*row.cells, *[""] * width][:width]
    for at, cell in cells.items():
        written[at] = cell[:2000]
    return seeking.read(actor, mapping, [Row(row.number, row.line, tuple(written))])[0]


def _put(row: ImportRow, parsed: Parsed, outcome: Outcome, says: Sequence[dict[str, Any]]) -> None:
    row.outcome, row.record_kind, row.record_id = outcome.outcome, outcome.record_kind, outcome.record_id
    row.says, row.made = list(says), dict(outcome.made)
    row.cells = list(parsed.cells) if outcome.outcome == REJECTED else []
    row.save(update_fields=["outcome", "record_kind", "record_id", "says", "made", "cells"])


def _with_value(import_: Import, shown: Attention) -> list[ImportRow]:
    """Waiting rows of the same file with the same code, column and value. At most 2,000."""
    found = []
    for row in waiting_rows(import_).filter(file_id=shown.file_id).order_by("pk")[:20_000].iterator(chunk_size=AT_ONCE):
        same = shown.index < len(row.cells) and row.cells[shown.index] == shown.value and bool(row.says)
        if same and row.says[-1].get("code") == shown.code and index_of(row) == shown.index:
            found.append(row)
            if len(found) >= MOST_ALIKE:
                break
    return found


def _shown(row: ImportRow) -> Attention:
    column, reason = reason_of(row)
    index = index_of(row)
    value = row.cells[index] if 0 <= index < len(row.cells) else ""
    width = max(len(row.file.headers), len(row.cells))
    cells, headers = [*row.cells, *[""] * width][:width], [*row.file.headers, *[""] * width][:width]
    named = tuple(header or letter(at) for at, header in enumerate(headers))
    return Attention(
        row.pk,
        row.file_id,
        row.file.name,
        row.line,
        str(row.says[-1].get("code", "")) if row.says else "",
        column,
        index,
        value,
        reason,
        fix_of(row),
        named,
        tuple(cells),
    )
