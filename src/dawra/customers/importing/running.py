"""Batches: at most 500 rows a transaction, with everything that belongs to them, so that a kill loses nothing."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.access.pouring import pour
from dawra.customers.importing import reading, starting
from dawra.customers.importing.mapping import Mapping
from dawra.customers.importing.plan import FilePlan, Policy, of_headers, read_plan
from dawra.customers.importing.reading import USUAL, Limits, Row, Shape, Unreadable
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.reporting import Progress
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import TARGETS, Keeper, Outcome, Parsed, Work
from dawra.customers.importing.writing import Moved
from dawra.customers.models import Import, ImportFile, ImportRow
from dawra.customers.models.importing import CREATED, DONE, FAILED, REJECTED, RUNNING, STOPPED, UNCHANGED, UPDATED
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Imported
from dawra.team.queries.people import habits

ROWS_IN_BATCH = 500
MOST_NOTES = 200

Watch = Callable[[Progress], None]


def folder() -> Path:
    return Path(settings.DAWRA_HOME) / "imports"


def place_of(file: ImportFile) -> Path:
    return folder() / file.key if file.key else Path(file.place)


def mapping_of(file: ImportFile, shape: Shape) -> Mapping:
    """How the rows of this file are read in this company. 2 queries."""
    company = habits()
    part = FORMATS[file.within.system].part(file.part)
    currency = part.currency or company.base_currency
    plan = plan_of(file, shape)
    return Mapping(part, plan, file_key=file.sha256, currency=currency, country=company.default_country)


def plan_of(file: ImportFile, shape: Shape) -> FilePlan:
    """What was decided about the file; by its headers alone where nobody was asked."""
    if file.plan:
        return read_plan(file.plan)
    system = file.within.system
    return of_headers(system, FORMATS[system].part(file.part), shape.headers)


class Run:
    """One import on its way. seconds: stop after about so long; None: go on to the end."""

    def __init__(self, actor: Actor, import_id: UUID, *, limits: Limits = USUAL, watch: Watch | None = None) -> None:
        self._actor = replace(actor, via="import")
        self._import = Import.objects.get(pk=import_id)
        self._limits, self._watch = limits, watch
        self._began = time.monotonic()
        self._worked = self._import.working_seconds
        self._seen_before = sum(self._import.files.values_list("rows_seen", flat=True))
        self._stopped = False

    def go(self, seconds: float | None = None) -> bool:
        """True once the import has ended, well or not. Raises Conflict if another run is on it."""
        if self._import.state != RUNNING:
            return True
        try:
            files = list(self._import.files.order_by("position"))
            for file in files:
                starting.count_rows(file, place_of(file), self._limits)
            for file in files:
                if not file.is_done and not self._file(file, seconds):
                    return self._stopped
        except Unreadable as wrong:
            self._fail({"code": wrong.code, **wrong.facts})
            return True
        except FileNotFoundError:
            self._fail({"code": "gone"})
            return True
        self._end(DONE)
        return True

    def _file(self, file: ImportFile, seconds: float | None) -> bool:
        """True if the file is through."""
        path = place_of(file)
        shape = reading.shape_of(path, self._limits, encoding=file.encoding, delimiter=file.delimiter)
        if list(shape.headers) != file.headers:
            raise Unreadable("changed_file")
        mapping, keeper = mapping_of(file, shape), self._keeper(file)
        self._note_ignored(file, mapping)
        rows = reading.rows(path, shape, self._limits, after=file.rows_seen)
        try:
            while batch := list(islice(rows, ROWS_IN_BATCH)):
                keeper = self._batch(file, mapping, keeper, batch)
                self._tell(file)
                if Import.objects.filter(pk=self._import.pk, asked_stop=True).exists():
                    self._stopped = True
                    self._end(STOPPED)
                    return False
                if seconds is not None and time.monotonic() - self._began > seconds:
                    self._keep_time()
                    return False
        finally:
            rows.close()  # type: ignore[attr-defined]
        ImportFile.objects.filter(pk=file.pk).update(is_done=True, rows_total=F("rows_seen"))
        return True

    def _keeper(self, file: ImportFile) -> Keeper:
        part = FORMATS[self._import.system].part(file.part)
        begun = self._import.started_at or self._actor.now
        policy = read_plan(file.plan).policy if file.plan else Policy()
        work = Work(self._actor, self._import.system, self._import.options, self._import.pk, begun, policy)
        return TARGETS[part.target].open(work)

    def _batch(self, file: ImportFile, mapping: Mapping, keeper: Keeper, rows: Sequence[Row], tries: int = 2) -> Keeper:
        """Returns the keeper to go on with: a fresh one after a batch that had to be taken apart."""
        try:
            self._keep(file, mapping, keeper, [mapping.read(row) for row in rows])
        except (IntegrityError, DataError, Moved) as problem:
            keeper = self._keeper(file)
            if tries and not isinstance(problem, DataError):
                # Somebody else has just kept one of these addresses or changed one of these records: read again.
                return self._batch(file, mapping, keeper, rows, tries - 1)
            if len(rows) == 1:
                self._keep(file, mapping, keeper, [(mapping.read(rows[0])[0], Said("collides"))])
                return self._keeper(file)
            # One row spoils the batch: by halves, so that only the bad one is rejected.
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                keeper = self._batch(file, mapping, keeper, half, tries=0)
        return keeper

    @transaction.atomic
    def _keep(
        self, file: ImportFile, mapping: Mapping, keeper: Keeper, read: Sequence[tuple[Parsed, Said | None]]
    ) -> None:
        """Rows, journal, search, outcomes and counts: all of them or none."""
        claimed = ImportFile.objects.filter(pk=file.pk, rows_seen=file.rows_seen).update(position=F("position"))
        if not claimed:
            raise Conflict(_("This import is already running elsewhere."))
        outcomes = iter(keeper.keep([parsed for parsed, wrong in read if wrong is None]))
        counts = dict.fromkeys((CREATED, UPDATED, UNCHANGED, REJECTED), 0)
        kept, notes = [], dict(file.notes)
        for parsed, wrong in read:
            outcome = Outcome(REJECTED) if wrong else next(outcomes)
            says = [_headed(said, mapping) for said in ([*parsed.said, wrong] if wrong else parsed.said)]
            counts[outcome.outcome] += 1
            kept.append(_row(file, parsed, outcome, says))
            for said in says if outcome.outcome != REJECTED else ():
                _count(notes, said)
        pour(ImportRow, _ROW, kept)
        moved = self._actor.now + timedelta(seconds=time.monotonic() - self._began)
        for name, count in counts.items():
            setattr(file, name, getattr(file, name) + count)
        file.rows_seen, file.notes = file.rows_seen + len(kept), notes
        ImportFile.objects.filter(pk=file.pk).update(
            rows_seen=file.rows_seen, notes=notes, **{name: getattr(file, name) for name in counts}
        )
        Import.objects.filter(pk=self._import.pk).update(moved_at=moved)

    def _note_ignored(self, file: ImportFile, mapping: Mapping) -> None:
        if file.rows_seen == 0 and mapping.ignored:
            for header in mapping.ignored[:50]:
                _count(file.notes, {"code": "column_ignored", "column": "", "value": header[:80]})

    def _tell(self, file: ImportFile) -> None:
        if self._watch:
            seconds = max(time.monotonic() - self._began, 0.001)
            speed = (sum(self._import.files.values_list("rows_seen", flat=True)) - self._seen_before) / seconds
            left = (file.rows_total - file.rows_seen) / speed if file.rows_total is not None and speed else None
            self._watch(
                Progress(
                    file.name, file.rows_seen, file.rows_total, file.created, file.updated, file.unchanged,
                    file.rejected, speed, left,
                )
            )  # fmt: skip

    def _keep_time(self) -> None:
        worked = self._worked + time.monotonic() - self._began
        Import.objects.filter(pk=self._import.pk).update(working_seconds=worked)

    def _fail(self, problem: dict[str, Any]) -> None:
        Import.objects.filter(pk=self._import.pk).update(problem=problem)
        self._end(FAILED)

    @transaction.atomic
    def _end(self, state: str) -> None:
        self._keep_time()
        ended = self._actor.now + timedelta(seconds=time.monotonic() - self._began)
        changed = Import.objects.filter(pk=self._import.pk, state=RUNNING).update(state=state, finished_at=ended)
        files = list(self._import.files.all())
        created, updated, rejected = (sum(getattr(f, n) for f in files) for n in (CREATED, UPDATED, REJECTED))
        if changed and (created or updated or rejected):
            names = ", ".join(file.name for file in files)[:200]
            said = Imported(self._import.pk, names, created, updated, rejected)
            journal.write(replace(self._actor, now=ended), said, about=[self._import])


_ROW = ("file_id", "number", "line", "outcome", "record_kind", "record_id", "says", "cells", "made", "undone")


def _row(file: ImportFile, parsed: Parsed, outcome: Outcome, says: list[dict[str, Any]]) -> tuple[Any, ...]:
    cells = [_storable(cell) for cell in parsed.cells] if outcome.outcome == REJECTED else []
    return (
        file.pk, parsed.number, parsed.line, outcome.outcome, outcome.record_kind, outcome.record_id, says, cells,
        dict(outcome.made), "",
    )  # fmt: skip


def _headed(said: Said, mapping: Mapping) -> dict[str, Any]:
    """Targets speak of fields; people know the columns of their file."""
    plain = said.plain()
    return plain | {"column": mapping.header_of(plain["column"]) or plain["column"]}


def _storable(cell: str) -> str:
    return cell[:2000].replace("\x00", "\\0").encode("utf-8", "replace").decode()


def _count(notes: dict[str, Any], said: dict[str, Any]) -> None:
    key = json.dumps(said, sort_keys=True, ensure_ascii=False)
    if key not in notes and len(notes) >= MOST_NOTES:
        key = json.dumps(
            {"code": said["code"], "column": said.get("column", ""), "value": "…", "read": "…"}, sort_keys=True
        )
    notes[key] = notes.get(key, 0) + 1
