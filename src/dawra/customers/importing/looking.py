"""Imports as the page shows them: before the start, on their way, and afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers.importing import reading, uploads
from dawra.customers.importing.opening import mapping_of, part_of, place_of, plan_of, shape_for, system_of
from dawra.customers.importing.plan import GUESSED, FilePlan
from dawra.customers.importing.reading import Shape, Unreadable
from dawra.customers.importing.recognising import FORMATS, matched
from dawra.customers.importing.reporting import titled
from dawra.customers.importing.saying import sentence
from dawra.customers.importing.words import LABELS
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import PAUSED, RUNNING, UNDOING, WAITING

ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Column:
    """into: what the column fills, "" if it is not imported."""

    header: str
    into: str


@dataclass(frozen=True, slots=True)
class Glance:
    """One file before the start: how it is read, its columns, its first rows, and what is wrong with any of those.

    sort: "system/part". sheets: of a workbook. sure: how sure the encoding is, 0..1. why: how it was recognised
    """

    id: UUID
    name: str
    system: str
    what: str
    sort: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    sure: float
    why: str
    remembered: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...], str], ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ImportCard:
    id: UUID
    system: str
    title: str
    names: tuple[str, ...]
    state: str
    who: str
    created_at: datetime
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Way:
    """How far a running import is. seconds_left: None while it cannot be known."""

    done: int
    total: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    speed: int
    seconds_left: int | None

    @property
    def minutes_left(self) -> int:
        return 0 if self.seconds_left is None else -(-self.seconds_left // 60)


def visible(actor: Actor) -> QuerySet[Import]:
    """One's own imports; everybody's for those who see every record."""
    actor.must("records.import")
    rows = Import.objects.select_related("member")
    return rows if actor.sees_all else rows.filter(member=actor.member_id)


def one(actor: Actor, import_id: UUID) -> Import:
    """Raises NotFound; 1 query."""
    found = visible(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound()
    return found


def file_of(actor: Actor, import_id: UUID, file_id: UUID) -> ImportFile:
    """Raises NotFound; 2 queries."""
    found = ImportFile.objects.filter(within=one(actor, import_id), pk=file_id).first()
    if found is None:
        raise NotFound()
    return found


def past(actor: Actor, *, limit: int = 50) -> list[ImportCard]:
    """The newest imports. 2 queries."""
    rows = list(visible(actor).prefetch_related("files").order_by("-created_at", "-id")[:limit])
    return [card(row) for row in rows]


def card(row: Import) -> ImportCard:
    files = list(row.files.all())
    return ImportCard(
        id=row.pk,
        system=row.system,
        title=titled(row, files),
        names=tuple(file.name for file in files),
        state=row.state,
        who=row.member.name if row.member else "",
        created_at=row.created_at,
        rows=sum(file.rows_seen for file in files),
        created=sum(file.created for file in files),
        updated=sum(file.updated for file in files),
        unchanged=sum(file.unchanged for file in files),
        rejected=sum(file.rejected for file in files),
    )


def way(row: Import) -> Way:
    """1 query."""
    sums = row.files.aggregate(
        **{name: Sum(name) for name in ("rows_seen", "rows_total", "created", "updated", "unchanged", "rejected")}
    )
    got = {name: value or 0 for name, value in sums.items()}
    seconds = row.working_seconds  # rests do not count
    speed = got["rows_seen"] / seconds if seconds > 0 else 0
    left = (got["rows_total"] - got["rows_seen"]) / speed if speed and got["rows_total"] else None
    return Way(
        got["rows_seen"], max(got["rows_total"], got["rows_seen"]), got["created"], got["updated"], got["unchanged"],
        got["rejected"], round(speed), None if left is None else max(0, round(left)),
    )  # fmt: skip


def glances(row: Import) -> list[Glance]:
    """The first rows of each file, read and not kept."""
    return [_glance(file) for file in row.files.order_by("position")]


def rates_asked(row: Import) -> tuple[str, ...]:
    if row.state != WAITING:
        return ()
    formats = {system_of(file) for file in row.files.select_related("within")}
    asked = [missing for code in sorted(formats) if code in FORMATS and (missing := FORMATS[code].rates_missing)]
    return tuple(dict.fromkeys(code for missing in asked for code in missing()))


def ended(row: Import) -> bool:
    return row.state not in (WAITING, RUNNING, PAUSED, UNDOING)


def decided(file: ImportFile, plan: FilePlan) -> tuple[Column, ...]:
    """Each column of the file and what it fills."""
    part = part_of(file)
    named = {column.field: str(column.label or LABELS.get(column.field, column.field)) for column in part.all_columns()}
    return tuple(Column(one.header, named.get(one.field, "")) for one in plan.columns)


def _glance(file: ImportFile) -> Glance:
    format_ = FORMATS[system_of(file)]
    part, plan = part_of(file), plan_of(file)
    shown = decided(file, plan)
    problem, sure = "", 1.0
    sheets: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...], str], ...] = ()
    try:
        shape = shape_for(file, uploads.LIMITS)
        sheets, sure, rows = shape.sheets, shape.confidence, _first_rows(file, shape)
    except (Unreadable, FileNotFoundError) as wrong:
        problem = sentence({"code": wrong.code, **wrong.facts} if isinstance(wrong, Unreadable) else {"code": "gone"})
    why = _why(file, format_.code == GUESSED)
    return Glance(
        file.pk, file.name, str(format_.title), str(part.title), f"{format_.code}/{part.code}", file.encoding,
        file.delimiter, plan.sheet, sheets, sure, why, str(file.plan.get("remembered", "")), shown, rows, problem,
    )  # fmt: skip


def _why(file: ImportFile, is_ours: bool) -> str:
    """Why the file was taken for what it is: how many of its headings are known there."""
    headers = [header for header in file.headers if header]
    columns = part_of(file).all_columns()
    known = sum(map(bool, matched(columns, headers)))
    if not known:
        return gettext("Its headings are not known: what its values look like tells, and you.")
    return gettext("%(known)s of its %(all)s headings are known.") % {"known": known, "all": len(headers)}


def sorts(system: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """What a file can be: (title of the format, [("system/part", title)]), our own first."""
    return [
        (str(one.title), [(f"{code}/{part.code}", str(part.title)) for part in one.parts])
        for code, one in FORMATS.items()
        if not system or code == system
    ]


def _first_rows(file: ImportFile, shape: Shape) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    mapping = mapping_of(file, shape)
    rows: list[tuple[int, tuple[str, ...], str]] = []
    for row in islice(reading.rows(place_of(file), shape, uploads.LIMITS), ROWS_SHOWN):
        _parsed, wrong = mapping.read(row)
        rows.append((row.line, _cut(row.cells, len(shape.headers)), sentence(wrong.plain()) if wrong else ""))
    return tuple(rows)


def _cut(cells: Sequence[str], width: int) -> tuple[str, ...]:
    padded = [*cells, *[""] * width][:width]
    return tuple(cell if len(cell) <= 80 else cell[:79] + "…" for cell in padded)
