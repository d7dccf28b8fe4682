"""What an import did: counts per file, notes, and each rejected row with its line and reason."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext

from dawra.customers.formulas import neutral
from dawra.customers.importing.opening import system_of
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.saying import sentence
from dawra.customers.models import Import, ImportFile, ImportRow
from dawra.customers.models.importing import REJECTED

SHOWN_REJECTED = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. total and seconds_left are None while they cannot be known."""

    file: str
    done: int
    total: int | None
    created: int
    updated: int
    unchanged: int
    rejected: int
    rows_per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was read differently than written, how often."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """line: physical line of the file. column: "" if the whole row is meant. reason: what is wrong and how to fix it."""

    file: str
    row: int
    line: int
    column: str
    reason: str
    values: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """accepted = created + updated + unchanged; accepted + rejected = rows."""

    name: str
    what: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    notes: tuple[NoteLine, ...] = ()

    @property
    def accepted(self) -> int:
        return self.created + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportReport:
    """state: done, failed or stopped. resumed: rows an earlier, killed run had already brought in were not repeated."""

    import_id: UUID
    recognised: str
    state: str
    files: tuple[FileReport, ...]
    rejected_rows: tuple[RejectedRow, ...] = ()
    resumed: bool = False
    seconds: float = 0.0
    skipped_files: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(f.rows for f in self.files)

    @property
    def accepted(self) -> int:
        return sum(f.accepted for f in self.files)

    @property
    def rejected(self) -> int:
        return sum(f.rejected for f in self.files)


def report_of(import_id: UUID, *, resumed: bool = False, most_rejected: int = SHOWN_REJECTED) -> ImportReport:
    """The report in the reader's language. 3 queries."""
    import_ = Import.objects.get(pk=import_id)
    files = list(import_.files.order_by("position"))
    rejected = ImportRow.objects.filter(file__in=files, outcome=REJECTED).order_by("file__position", "number")
    by_id = {file.pk: file for file in files}
    return ImportReport(
        import_id=import_.pk,
        recognised=titled(import_, files),
        state=import_.state,
        files=tuple(_file(file) for file in files),
        rejected_rows=tuple(_rejected(row, by_id[row.file_id]) for row in rejected[:most_rejected]),
        resumed=resumed,
        seconds=round(import_.working_seconds, 3),
        skipped_files=tuple(_skipped(skipped) for skipped in import_.skipped_files),
        facts={"problem": sentence(import_.problem)} if import_.problem else {},
    )


def titled(import_: Import, files: Iterable[ImportFile]) -> str:
    """The systems that the files come from, by name."""
    codes = [str(file.plan.get("system") or import_.system) for file in files] or [import_.system]
    between = "، " if (get_language() or "").startswith("ar") else ", "
    return between.join(str(FORMATS[code].title) if code in FORMATS else code for code in dict.fromkeys(codes))


def rejected_after(import_id: UUID, mark: str, limit: int) -> tuple[list[RejectedRow], str]:
    """A page of rejected rows beyond a mark ("position.number"; "" from the start), and the next mark. 1 query."""
    rows = ImportRow.objects.filter(file__within=import_id, outcome=REJECTED).select_related("file")
    position, _dot, number = mark.partition(".")
    if position.isdigit() and number.isdigit() and len(mark) < 15:
        rows = rows.filter(
            Q(file__position__gt=int(position)) | Q(file__position=int(position), number__gt=int(number))
        )
    found = list(rows.order_by("file__position", "number")[: limit + 1])
    more = f"{found[limit - 1].file.position}.{found[limit - 1].number}" if len(found) > limit else ""
    return [_rejected(row, row.file) for row in found[:limit]], more


def _file(file: ImportFile) -> FileReport:
    format_ = FORMATS.get(system_of(file))
    notes = sorted(((json.loads(key), count) for key, count in file.notes.items()), key=lambda pair: -pair[1])
    return FileReport(
        name=file.name,
        what=str(format_.part(file.part).title) if format_ else file.part,
        rows=file.rows_seen,
        created=file.created,
        updated=file.updated,
        unchanged=file.unchanged,
        rejected=file.rejected,
        notes=tuple(NoteLine(sentence(said), count) for said, count in notes),
    )


def _rejected(row: ImportRow, file: ImportFile) -> RejectedRow:
    column, reason = reason_of(row)
    return RejectedRow(file.name, row.number, row.line, column, reason, tuple(row.cells), row.pk)


def reason_of(row: ImportRow) -> tuple[str, str]:
    """(column, what is wrong and how to fix it)."""
    said = row.says[-1] if row.says else {"code": "collides", "column": ""}
    return str(said.get("column", "")), sentence(said)


def _skipped(skipped: Mapping[str, Any]) -> str:
    why = sentence(skipped["problem"]) if skipped.get("problem") else gettext("its columns do not belong to this set")
    return f"{skipped['name']}: {why}"


def rejected_csv(file: ImportFile) -> Iterator[str]:
    """The rejected rows of one file, as it was, plus line, column and reason; a spreadsheet runs none of it."""
    line = csv.writer(_Echo())
    width = len(file.headers)
    yield "\ufeff"
    yield _written(line, [*file.headers, gettext("Line"), gettext("Column"), gettext("What is wrong")])
    for row in ImportRow.objects.filter(file=file, outcome=REJECTED).order_by("number").iterator(500):
        cells = [*row.cells, *[""] * width][:width]
        yield _written(line, [*cells, str(row.line), *reason_of(row)])


class _Echo:
    def write(self, text: str) -> str:
        return text


def _written(line: Any, cells: Iterable[str]) -> str:
    text: str = line.writerow([neutral(cell) for cell in cells])
    return text
