"""Records of any room that an import added, on their way to the bin. People and companies: going_back.py."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from dawra.access.actor import Actor
from dawra.access.record import Record
from dawra.customers import search
from dawra.customers.importing.identities import TAKEN_BACK
from dawra.customers.importing.targets import BINNED, CHANGED, EDITED, GONE, KEPT, PARTLY, RETURNED, Work
from dawra.customers.models import ExternalId, ImportRow, PendingLink
from dawra.customers.models.importing import CREATED
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.journal.queries import touched_besides_imports

Told = Callable[[Sequence[Any]], Sequence[tuple[object, Sequence[Any], datetime]]]


def bin_added(
    actor: Actor, model: type[Record], rows: Sequence[ImportRow], cause: Entry, *, edited: bool, told: Told
) -> list[str]:
    """What became of each row: see targets.TakesBack. What rows only changed: `returned`.

    edited: also what somebody has edited or used since. told: the entries of those that go
    Cost:   6 queries a batch and 1 a record
    """
    if not rows:
        return []
    added = {row.record_id for row in rows if row.outcome == CREATED and row.record_id}
    there = {one.pk: one for one in model.objects.visible_to(actor).filter(pk__in=added)}
    versions = ExternalId.objects.filter(record_id__in=list(there), seen_in=rows[0].file.within_id)
    known = dict(versions.values("record_id").annotate(version=Max("version")).values_list("record_id", "version"))
    used = {pk for pk, one in there.items() if one.version > known.get(pk, 0)} | touched_besides_imports(list(there))
    goes = [one for pk, one in there.items() if edited or pk not in used]
    for one in goes:
        one.change(actor, {"deleted_at": actor.now})
    gone: set[UUID] = {one.pk for one in goes}
    search.drop(list(gone))
    # Free, so that the file can be brought in again.
    ExternalId.objects.filter(record_id__in=[*gone, *(added - there.keys())]).delete()
    PendingLink.objects.filter(record_id__in=gone).delete()
    journal.write_many(actor, told(goes), cause=cause)

    def code(row: ImportRow) -> str:
        if row.record_id not in added:
            return KEPT
        return BINNED if row.record_id in gone else EDITED if row.record_id in there else GONE

    return [code(row) for row in rows]


def forget(ids: Iterable[UUID]) -> None:
    """Their foreign ids are free, so that the file can be brought in again. 2 queries."""
    gone = list(ids)
    ExternalId.objects.filter(record_id__in=gone).delete()
    PendingLink.objects.filter(record_id__in=gone).delete()


def forget_keys(work: Work, kind: str, keys: Iterable[str]) -> None:
    """The same rows are news again. 1 query."""
    ExternalId.objects.filter(system=work.system, record_kind=kind, external_id__in=list(keys)).delete()


def refers(row: Any, *, besides: Sequence[type[Any]] = ()) -> bool:
    """Whether any table refers to this row. 1 query a table."""
    for one in row._meta.get_fields(include_hidden=True):
        if not one.auto_created or one.concrete or one.related_model in besides:
            continue
        if one.related_model._base_manager.filter(**{one.field.name: row}).exists():
            return True
    return False


def made_here(rows: Sequence[ImportRow], kind: str) -> set[UUID]:
    """Of the records that these rows were about, those that the same import added: they go by themselves. 1 query."""
    if not rows:
        return set()
    wanted = {row.record_id for row in rows if row.record_id}
    added = ImportRow.objects.filter(
        file__within=rows[0].file.within_id, outcome=CREATED, record_kind=kind, record_id__in=wanted
    )
    # A line and a stage's row name the deal they were added to; only its own row has added it.
    added = added.exclude(made__has_key="line").exclude(made__has_key="heard")
    return {pk for pk in added.values_list("record_id", flat=True) if pk is not None}


Write = Callable[[Any, dict[str, list[Any]]], None]


def returned(actor: Actor, model: type[Any], rows: Sequence[ImportRow], write: Write) -> dict[int, str]:
    """Fields that still hold what the row put there, back to what they were: row → what became of it.

    write: (record, {field: [now, as it was]}) keeps the record and tells it
    """
    changed = [row for row in rows if row.outcome != CREATED and "fields" in row.made]
    if not changed:
        return {}
    there = {one.pk: one for one in _live(actor, model).filter(pk__in=[row.record_id for row in changed])}
    codes = {}
    for row in changed:
        record = there.get(row.record_id)
        if record is None:
            codes[row.pk] = GONE
            continue
        back: dict[str, list[Any]] = {}
        left = bool(row.made.get("stays"))
        for name, (before, after) in row.made["fields"].items():
            field = model._meta.get_field(name)
            now = getattr(record, field.attname)
            if as_plain(now) != after:
                left = True
            else:
                back[field.attname] = [now, None if before is None else field.to_python(before)]
        if back:
            write(record, back)
        codes[row.pk] = (PARTLY if back else CHANGED) if left else RETURNED
    kept = list(ExternalId.objects.filter(record_id__in=list(there), seen_in=rows[0].file.within_id))
    for one in kept:
        # The same row again is news again, and what is here is not taken for edited by somebody.
        one.digest, one.version = TAKEN_BACK, getattr(there[one.record_id], "version", 1)
    ExternalId.objects.bulk_update(kept, ["digest", "version"], batch_size=200)
    return codes


def _live(actor: Actor, model: type[Any]) -> Any:
    return model.objects.visible_to(actor) if issubclass(model, Record) else model.objects.all()
