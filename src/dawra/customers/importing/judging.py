"""The dry run: every row read, matched and judged as the run would, and nothing written but what came of it.

Its result is kept with the import (Import.dry_run), so that the page can be opened again. It goes in slices like the run
itself; what earlier rows would have made is remembered in a scratch file.
"""

import secrets
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.customers.importing import collecting, reading, seeking
from dawra.customers.importing.mapping import Mapping as Columns
from dawra.customers.importing.opening import folder, keeper_of, mapping_of, place_of, plan_of, rows_of, shape_for
from dawra.customers.importing.reading import USUAL, Limits, Unreadable
from dawra.customers.importing.remembering import Memory
from dawra.customers.importing.saying import Said, sentence
from dawra.customers.importing.starting import count_rows
from dawra.customers.importing.targets import Judged, Keeper, Parsed
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import CREATED, REJECTED, UNCHANGED, UPDATED
from dawra.journal import jobs
from dawra.journal.catalogue import as_plain

RUNNING, DONE, FAILED = "running", "done", "failed"
SHOWN = 20
MOST_LABELS = 200
LABEL_CODES = frozenset({"unknown_label", "not_stage", "not_option", "not_yes_no", "not_country"})
ROWS_IN_BATCH = 500
SAVE_EVERY = 1.0
"""Seconds of work between two lines of progress."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row as a diff. record_id: None for what is not here yet. changes: field → [before, after]. reason: if rejected."""

    row: int
    line: int
    label: str
    record_kind: str
    record_id: UUID | None
    changes: Mapping[str, list[Any]]
    column: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """accepted = created + updated + unchanged; accepted + rejected = rows. total: None while it is not counted."""

    file_id: UUID
    name: str
    rows: int
    total: int | None
    created: int
    updated: int
    unchanged: int
    rejected: int
    examples: Mapping[str, tuple[Example, ...]]
    is_done: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """state: "" if none was asked for, running, done, failed. open: (file, column, question) nobody has answered yet."""

    state: str
    files: tuple[FileVerdict, ...]
    open: tuple[tuple[str, str, str], ...]
    rows_per_second: int = 0
    seconds_left: int | None = None
    problem: str = ""

    @property
    def rejected(self) -> int:
        return sum(file.rejected for file in self.files)


@transaction.atomic
def begin_dry_run(actor: Actor, *, import_: Import) -> str:
    """Ask for a dry run of what is decided now; one under way ends. The import's own entry tells what was brought in.

    Gives:  the run's token, for Judging
    Raises: Refused
    """
    actor.must("records.import")
    token = secrets.token_hex(8)
    Import.objects.filter(pk=import_.pk).update(
        dry_run={
            "state": RUNNING,
            "token": token,
            "at": 0,
            "seconds": 0,
            "moved_at": actor.now.isoformat(),
            "files": {},
        }
    )
    jobs.enqueue("customers.judge_import", import_id=str(import_.pk), token=token)
    return token


def dry_run(import_: Import) -> DryRun:
    """What came of it, or how far it is. 1 query."""
    kept: dict[str, Any] = import_.dry_run
    files = list(import_.files.order_by("position"))
    verdicts = tuple(_verdict(file, kept.get("files", {}).get(str(file.pk), {})) for file in files)
    seconds, rows = float(kept.get("seconds", 0)), sum(one.rows for one in verdicts)
    speed = rows / seconds if seconds else 0.0
    totals = [one.total for one in verdicts]
    open_ = [(file.name, column.header, question) for file in files for column, question in plan_of(file).open]
    for file in files:
        found = kept.get("files", {}).get(str(file.pk), {}).get("labels", {})
        open_ += [one for column in found if (one := (file.name, column, "labels")) not in open_]
    known = sum(total for total in totals if total is not None)
    left = None if not speed or None in totals else max(0, round((known - rows) / speed))
    return DryRun(
        kept.get("state", ""),
        verdicts,
        tuple(open_),
        round(speed),
        left,
        sentence(kept["problem"]) if kept.get("problem") else "",
    )


class Judging:
    """One dry run on its way; a newer one ends it. Nobody's data changes."""

    def __init__(self, actor: Actor, import_id: UUID, token: str, limits: Limits = USUAL) -> None:
        self._actor, self._limits, self._token = actor, limits, token
        self._import = Import.objects.get(pk=import_id)
        self._kept: dict[str, Any] = self._import.dry_run
        self._began = self._saved = time.monotonic()
        self._scratch = folder() / f"{import_id.hex}.{token}.dry"

    def go(self, seconds: float | None = None) -> bool:
        """True once it has ended, or another has taken its place."""
        if self._kept.get("token") != self._token or self._kept.get("state") != RUNNING:
            return True
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._kept["files"] and not self._scratch.exists():
            self._kept["files"] = {}  # what it remembered is gone: from the beginning
        try:
            with collecting.seldom():
                return self._go(Memory(self._scratch), seconds)
        except sqlite3.DatabaseError:
            self._scratch.unlink(missing_ok=True)
            self._kept["files"] = {}
            self._save()
            return False

    def _go(self, memory: Memory, seconds: float | None) -> bool:
        try:
            memory.begin_at(sum(one["rows"] for one in self._kept["files"].values()))
            for file in self._import.files.order_by("position"):
                count_rows(file, place_of(file), self._limits)
                if not self._file(file, memory, seconds):
                    return self._kept["state"] != RUNNING
            self._kept["state"] = DONE
        except (Unreadable, FileNotFoundError) as wrong:
            facts = {"code": wrong.code, **wrong.facts} if isinstance(wrong, Unreadable) else {"code": "gone"}
            self._kept |= {"state": FAILED, "problem": facts}
        finally:
            memory.close()
            if self._kept["state"] != RUNNING:
                self._scratch.unlink(missing_ok=True)
        self._save()
        return True

    def _file(self, file: ImportFile, memory: Memory, seconds: float | None) -> bool:
        """True if the file is through."""
        told: dict[str, Any] = self._kept["files"].setdefault(
            str(file.pk),
            {"rows": 0, CREATED: 0, UPDATED: 0, UNCHANGED: 0, REJECTED: 0, "examples": {}, "is_done": False},
        )
        if told["is_done"]:
            return True
        shape = shape_for(file, self._limits)
        mapping, keeper = mapping_of(file, shape), keeper_of(file, self._actor, memory)
        rows = rows_of(file, shape, self._limits, after=told["rows"])
        try:
            while batch := reading.batch(rows, ROWS_IN_BATCH, self._limits):
                memory.row += len(batch)
                self._batch(told, mapping, keeper, seeking.read(self._actor, mapping, batch))
                now = time.monotonic()
                is_over = seconds is not None and now - self._began > seconds
                if (is_over or now - self._saved > SAVE_EVERY) and not self._progress(memory):
                    return False
                if is_over:
                    return False
        finally:
            rows.close()  # type: ignore[attr-defined]
        told["is_done"] = True
        return True

    def _batch(
        self, told: dict[str, Any], mapping: Columns, keeper: Keeper, read: Sequence[tuple[Parsed, Said | None]]
    ) -> None:
        judged = iter(keeper.judge([parsed for parsed, wrong in read if wrong is None]))
        for parsed, wrong in read:
            verdict = Judged(REJECTED) if wrong else next(judged)
            told["rows"] += 1
            if wrong and wrong.code in LABEL_CODES:
                _count_label(told.setdefault("labels", {}), wrong)
            told[verdict.outcome] += 1
            shown = told["examples"].setdefault(verdict.outcome, [])
            if len(shown) < SHOWN:
                says = ([*parsed.said, wrong] if wrong else parsed.said)[-1:] if verdict.outcome == REJECTED else []
                shown.append(_example(parsed, verdict, [mapping.headed(said) for said in says]))

    def _progress(self, memory: Memory) -> bool:
        """False if another dry run has been asked for, or another worker is on this one."""
        memory.save()
        if self._save():
            return True
        self._kept["state"] = "left"
        return False

    def _save(self) -> bool:
        now, before = time.monotonic(), self._kept["at"]
        self._kept["at"] = before + 1
        self._kept["seconds"] += now - self._saved
        self._kept["moved_at"] = (self._actor.now + timedelta(seconds=now - self._began)).isoformat()
        self._saved = now
        claimed = Import.objects.filter(pk=self._import.pk, dry_run__token=self._token, dry_run__at=before)
        return bool(claimed.update(dry_run=self._kept))


def _count_label(labels: dict[str, dict[str, int]], wrong: Said) -> None:
    """Labels nobody was asked about because they come after the rows that were looked at before."""
    column, text = labels.setdefault(wrong.column, {}), str((wrong.facts or {}).get("value", ""))
    if text in column or len(column) < MOST_LABELS:
        column[text] = column.get(text, 0) + 1


def _example(parsed: Parsed, verdict: Judged, says: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "row": parsed.number, "line": parsed.line, "label": verdict.label or _label(parsed), "kind": verdict.record_kind,
        "id": str(verdict.record_id) if verdict.record_id else "", "changes": as_plain(verdict.changes), "says": list(says),
    }  # fmt: skip


def _label(parsed: Parsed) -> str:
    return next((cell.strip()[:80] for cell in parsed.cells if cell.strip()), "").replace("\x00", "")


def _verdict(file: ImportFile, told: Mapping[str, Any]) -> FileVerdict:
    examples = {
        outcome: tuple(_shown(one) for one in told.get("examples", {}).get(outcome, ()))
        for outcome in (CREATED, UPDATED, UNCHANGED, REJECTED)
    }
    counts = {name: told.get(name, 0) for name in (CREATED, UPDATED, UNCHANGED, REJECTED)}
    return FileVerdict(
        file.pk, file.name, told.get("rows", 0), file.rows_total, **counts, examples=examples,
        is_done=bool(told.get("is_done")),
    )  # fmt: skip


def _shown(one: Mapping[str, Any]) -> Example:
    said = one["says"][-1] if one["says"] else {}
    return Example(
        one["row"], one["line"], one["label"], one["kind"], UUID(one["id"]) if one["id"] else None, one["changes"],
        str(said.get("column", "")), sentence(said) if said else "",
    )  # fmt: skip
