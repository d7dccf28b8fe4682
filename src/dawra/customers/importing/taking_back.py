"""Taking a whole import back, for thirty days: newest rows first, in batches, each committed with its progress.

Import.undo keeps how far it is: {"entry", "member", "edited", "at", "position", "number", "counts", "begun_at", …}.
Taken back + left = rows that had touched something.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.importing.opening import target_of
from dawra.customers.importing.targets import EDITED, KEPT, LEFT, TakesBack
from dawra.customers.importing.writing import Moved
from dawra.customers.models import Import, ImportFile, ImportRow
from dawra.customers.models.importing import CREATED, DONE, FAILED, PAUSED, REJECTED, STOPPED, UNDOING, UNDONE, UPDATED
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue.customers import ImportUndone
from dawra.journal.models import Entry

UNDO_DAYS = 30
ROWS_IN_BATCH = 500
ENDED = (DONE, STOPPED, FAILED, PAUSED)


@dataclass(frozen=True, slots=True)
class Undo:
    """How far it is. counts: what became of rows, by the codes of targets.py. left: of them those that stay as they are."""

    state: str
    total: int
    counts: Mapping[str, int]
    begun_at: datetime | None
    ended_at: datetime | None

    @property
    def seen(self) -> int:
        return sum(self.counts.values())

    @property
    def undone(self) -> int:
        return sum(count for code, count in self.counts.items() if code not in LEFT)

    @property
    def left(self) -> int:
        return sum(count for code, count in self.counts.items() if code in LEFT)

    @property
    def edited(self) -> int:
        """So many records somebody has edited since: they go only if that is asked for."""
        return self.counts.get(EDITED, 0)


def can_undo(import_: Import, now: datetime) -> bool:
    """Whether to offer it; `begin_undo` asks again."""
    if import_.state == UNDONE:
        return import_.undo.get("counts", {}).get(EDITED, 0) > 0 and _is_young(import_, now)
    return import_.state in ENDED and _is_young(import_, now)


def undo_of(import_: Import) -> Undo:
    kept: dict[str, Any] = import_.undo
    begun, ended = kept.get("begun_at"), kept.get("ended_at")
    return Undo(
        import_.state, int(kept.get("total", 0)), kept.get("counts", {}),
        datetime.fromisoformat(begun) if begun else None, datetime.fromisoformat(ended) if ended else None,
    )  # fmt: skip


def left_rows(import_: Import, *, after: int = 0, limit: int = 100) -> list[ImportRow]:
    """Rows whose records were left as they are, with the code of why. 1 query."""
    rows = ImportRow.objects.filter(file__within=import_, undone__in=list(LEFT), pk__gt=after)
    return list(rows.select_related("file").order_by("pk")[:limit])


@transaction.atomic
def begin_undo(actor: Actor, *, import_: Import, edited: bool = False) -> Entry:
    """Take an import back in the background: what it added goes to the bin, what it changed returns to what it was.

    edited: also what somebody has edited since it was added; asked after a first time has left those
    Writes: customers.import_undone.1, the cause of the entries of all records
    Raises: Refused, Conflict (under way, older than 30 days, already taken back)
    """
    actor.must("records.import")
    files = list(import_.files.select_related("within"))
    for permission in {target_of(file).permission for file in files}:
        actor.must(permission)
    if import_.member_id != actor.member_id or edited:
        # One's own additions may be taken back without the right to delete; others' work may not be thrown away so.
        actor.must("customers.delete")
    if not _is_young(import_, actor.now):
        raise Conflict(_("This is more than 30 days old and can no longer be undone."))
    if import_.state == UNDONE and not (edited and can_undo(import_, actor.now)):
        raise Conflict(_("This import has already been taken back."))
    again = import_.state == UNDONE
    total = sum(file.created + file.updated for file in files)
    names = ", ".join(file.name for file in files)[:200]
    entry = journal.write(actor, ImportUndone(import_.pk, names, total), about=[import_])
    counts = dict(import_.undo.get("counts", {})) if again else {}
    undo = {
        "entry": entry.pk, "member": str(actor.member_id), "edited": edited, "again": again, "at": 0, "position": None,
        "number": None, "counts": counts, "total": total, "begun_at": actor.now.isoformat(), "seconds": 0,
    }  # fmt: skip
    claimed = Import.objects.filter(pk=import_.pk, state__in=[*ENDED, UNDONE]).update(
        state=UNDOING, undo=undo, moved_at=actor.now
    )
    if not claimed:
        raise Conflict(_("This import is still under way."))
    jobs.enqueue("customers.undo_import", import_id=str(import_.pk))
    import_.refresh_from_db()
    return entry


class TakingBack:
    """One undo on its way. seconds: stop after about so long."""

    def __init__(self, actor: Actor, import_id: UUID) -> None:
        self._actor = replace(actor, via="import")
        self._import = Import.objects.get(pk=import_id)
        self._undo: dict[str, Any] = self._import.undo
        self._began = time.monotonic()

    def go(self, seconds: float | None = None) -> bool:
        """True once everything has been looked at. Raises Conflict if another worker is on it."""
        if self._import.state != UNDOING:
            return True
        cause = Entry.objects.get(pk=self._undo["entry"])
        tries = 3
        while True:
            try:
                if not self._batch(cause):
                    return True
            except Moved:
                tries -= 1
                if not tries:
                    raise
                self._import.refresh_from_db()
                self._undo = self._import.undo
            if seconds is not None and time.monotonic() - self._began > seconds:
                return False

    @transaction.atomic
    def _batch(self, cause: Entry) -> bool:
        """False once nothing is left to look at."""
        file, rows = self._next()
        at = self._undo["at"]
        undo = {**self._undo, "counts": dict(self._undo["counts"]), "at": at + 1}
        moved = self._actor.now + timedelta(seconds=time.monotonic() - self._began)
        if file is None:
            undo["ended_at"] = moved.isoformat()
        else:
            undo |= {"position": file.position, "number": rows[-1].number if rows else 0}
        state = UNDONE if file is None else UNDOING
        # The claim comes first: the row stays locked until the batch has been committed.
        claimed = Import.objects.filter(pk=self._import.pk, state=UNDOING, undo__at=at).update(
            undo=undo, state=state, moved_at=moved
        )
        if not claimed:
            raise Conflict(_("This import is already being taken back elsewhere."))
        if file is not None and rows:
            self._rows(file, rows, cause, undo["counts"])
            Import.objects.filter(pk=self._import.pk).update(undo=undo)
        self._undo = undo
        return file is not None

    def _next(self) -> tuple[ImportFile | None, list[ImportRow]]:
        """The next rows to look at, newest first; a file without any is passed over with an empty batch."""
        files = self._import.files.select_related("within").order_by("-position")
        position, number = self._undo["position"], self._undo["number"]
        if position is not None:
            files = files.filter(position__lte=position)
        for file in files:
            rows = ImportRow.objects.filter(file=file).exclude(outcome=REJECTED)
            if file.position == position:
                if number == 0:
                    continue
                rows = rows.filter(number__lt=number)
            if self._undo["again"]:
                rows = rows.filter(undone=EDITED)
            found = list(rows.order_by("-number")[:ROWS_IN_BATCH])
            if found:
                return file, found
        return None, []

    def _rows(self, file: ImportFile, rows: Sequence[ImportRow], cause: Entry, counts: dict[str, int]) -> None:
        touched = [row for row in rows if row.outcome in (CREATED, UPDATED) or row.made]
        for row in touched:
            row.file = file
        target = target_of(file)
        if isinstance(target, TakesBack):
            codes = target.take_back(self._actor, touched, cause, edited=self._undo["edited"]) if touched else []
        else:
            codes = [KEPT] * len(touched)
        by_code: dict[str, list[int]] = {}
        for row, code in zip(touched, codes, strict=True):
            if row.undone:
                counts[row.undone] = counts.get(row.undone, 0) - 1
            counts[code] = counts.get(code, 0) + 1
            by_code.setdefault(code, []).append(row.pk)
        for code, ids in by_code.items():
            ImportRow.objects.filter(pk__in=ids).update(undone=code)


def _is_young(import_: Import, now: datetime) -> bool:
    ended = import_.finished_at or import_.moved_at or import_.created_at
    return bool(ended > now - timedelta(days=UNDO_DAYS))
