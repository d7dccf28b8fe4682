"""Batches: at most 500 rows a transaction, with everything that belongs to them, so that a kill loses nothing."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.access.pouring import count_again, many_writes, pour, yield_to_others
from dawra.customers.importing import collecting, seeking, starting
from dawra.customers.importing.ahead import Ahead, Understood
from dawra.customers.importing.mapping import Mapping
from dawra.customers.importing.opening import folder, keeper_of, mapping_of, place_of, rows_of, shape_for
from dawra.customers.importing.reading import USUAL, Limits, Row, Unreadable
from dawra.customers.importing.reporting import Progress
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Keeper, Outcome, Parsed
from dawra.customers.importing.writing import Moved
from dawra.customers.models import (
    Affiliation,
    Company,
    ContactPoint,
    ExternalId,
    Import,
    ImportFile,
    ImportRow,
    Person,
)
from dawra.customers.models.importing import (
    CREATED,
    DONE,
    FAILED,
    PAUSED,
    REJECTED,
    RUNNING,
    STOPPED,
    UNCHANGED,
    UPDATED,
)
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Imported

__all__ = ["Run", "folder", "mapping_of", "place_of"]

ROWS_IN_BATCH = 500
MOST_NOTES = 200
MOST_TRIES = 4
PAUSE = 0.01
"""Seconds, times a number of the import's own: two imports that crossed do not cross again at once."""
CROSSED = frozenset({"40P01", "40001"})
"""PostgreSQL's codes of a deadlock and of a transaction that cannot be put in order."""
COUNTED_AT = (1_000, 10_000)
"""After so many rows PostgreSQL is told how large its tables have become."""

Watch = Callable[[Progress], None]


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
        self._kept = 0

    def go(self, seconds: float | None = None) -> bool:
        """True once the import has ended, well or not. Raises Conflict if another run is on it."""
        if self._import.state != RUNNING:
            return True
        with many_writes(), collecting.seldom():
            return self._go(seconds)

    def _go(self, seconds: float | None) -> bool:
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
        shape = shape_for(file, self._limits)
        mapping, keeper = mapping_of(file, shape), keeper_of(file, self._actor)
        self._note_ignored(file, mapping)
        rows = rows_of(file, shape, self._limits, after=file.rows_seen)
        with Ahead(rows, mapping_of(file, shape), ROWS_IN_BATCH, self._limits) as batches:
            for batch, read in batches:
                keeper = self._batch(file, mapping, keeper, batch, seeking.found(self._actor, read))
                self._kept += len(batch)
                if self._kept in COUNTED_AT:
                    count_again(Affiliation, Company, ContactPoint, ExternalId, Person)
                self._tell(file)
                yield_to_others()
                asked = Import.objects.values_list("asked_stop", "asked_pause").get(pk=self._import.pk)
                if any(asked):
                    self._stopped = True
                    self._end(STOPPED) if asked[0] else self._rest()
                    return False
                if seconds is not None and time.monotonic() - self._began > seconds:
                    self._keep_time()
                    return False
        ImportFile.objects.filter(pk=file.pk).update(is_done=True, rows_total=F("rows_seen"))
        return True

    def _batch(
        self,
        file: ImportFile,
        mapping: Mapping,
        keeper: Keeper,
        rows: Sequence[Row],
        read: Understood,
        tries: int = MOST_TRIES,
    ) -> Keeper:
        """Returns the keeper to go on with: a fresh one after a batch that had to be taken apart."""
        try:
            self._keep(file, mapping, keeper, read)
        except OperationalError as problem:
            if not tries or getattr(problem.__cause__, "sqlstate", "") not in CROSSED:
                raise
            # Two imports waited for each other, and the database took this one back whole.
            time.sleep(PAUSE * (1 + self._import.pk.int % 7))
            return self._again(file, mapping, rows, tries - 1)
        except (IntegrityError, DataError, Moved) as problem:
            if tries and not isinstance(problem, DataError):
                # Somebody else has just kept one of these addresses or changed one of these records: read again.
                return self._again(file, mapping, rows, tries - 1)
            if len(rows) == 1:
                self._keep(file, mapping, keeper_of(file, self._actor), [(mapping.read(rows[0])[0], Said("collides"))])
                return keeper_of(file, self._actor)
            # One row spoils the batch: by halves, so that only the bad one is rejected.
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                keeper = self._again(file, mapping, half, 1)
        return keeper

    def _again(self, file: ImportFile, mapping: Mapping, rows: Sequence[Row], tries: int) -> Keeper:
        read = seeking.read(self._actor, mapping, rows)
        return self._batch(file, mapping, keeper_of(file, self._actor), rows, read, tries)

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
            told = [*parsed.said, wrong] if wrong else parsed.said
            says = [mapping.headed(said) for said in told] if told else []
            counts[outcome.outcome] += 1
            kept.append(_row(file, parsed, outcome, says))
            if says and outcome.outcome != REJECTED:
                for said in says:
                    _count(notes, said)
        pour(ImportRow, _ROW, kept)
        moved = self._actor.now + timedelta(seconds=time.monotonic() - self._began)
        for name, count in counts.items():
            setattr(file, name, getattr(file, name) + count)
        file.rows_seen, file.notes = file.rows_seen + len(kept), notes
        # Added to what stands there: a rejected row may have been put right on the page meanwhile.
        ImportFile.objects.filter(pk=file.pk).update(
            rows_seen=file.rows_seen, notes=notes, **{name: F(name) + count for name, count in counts.items()}
        )
        worked = self._worked + time.monotonic() - self._began
        Import.objects.filter(pk=self._import.pk).update(moved_at=moved, working_seconds=worked)

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

    def _rest(self) -> None:
        """Paused: nothing has ended, so nothing is told."""
        self._keep_time()
        Import.objects.filter(pk=self._import.pk, state=RUNNING).update(state=PAUSED, asked_pause=False)

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


def _storable(cell: str) -> str:
    return cell[:2000].replace("\x00", "\\0").encode("utf-8", "replace").decode()


def _count(notes: dict[str, Any], said: dict[str, Any]) -> None:
    key = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    if key not in notes and len(notes) >= MOST_NOTES:
        more = {"code": said["code"], "column": said.get("column", ""), "value": "…", "read": "…"}
        key = orjson.dumps(more, option=orjson.OPT_SORT_KEYS).decode()
    notes[key] = notes.get(key, 0) + 1
