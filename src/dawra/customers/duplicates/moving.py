"""Moving whatever refers to one record over to another, and back. Everything done is told in plain values, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from dawra.access.joining import MOVES, Moves
from dawra.access.record import Record
from dawra.journal.catalogue import as_plain

AT_ONCE = 500
Row = dict[str, Any]


@dataclass(slots=True)
class Moved:
    """moved: (table, column, ids). dropped: (table, whole row). changed: (table, id, attribute, before, after).

    made: (table, id). Tables by label ("customers.Tagging"), values plain.
    """

    moved: list[list[Any]] = field(default_factory=list)
    dropped: list[list[Any]] = field(default_factory=list)
    changed: list[list[Any]] = field(default_factory=list)
    made: list[list[Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        return {"moved": self.moved, "dropped": self.dropped, "changed": self.changed, "made": self.made}


@dataclass(slots=True)
class Left:
    """What could not go back because somebody changed it since: table → how many rows."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, label: str, count: int = 1) -> None:
        if count:
            self.rows[label] = self.rows.get(label, 0) + count


def of_kind(kind: str) -> list[Moves]:
    return [one for one in MOVES if kind in one.kinds]


def rows_of(one: Moves, kind: str, record_id: UUID) -> models.QuerySet[Any]:
    which = {one.kind_column: kind} if one.kind_column else {}
    return one.model._base_manager.filter(**{one.column: record_id}, **which)


def move(kind: str, kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    """Every row of every registered table. 2 to 4 queries a table, more for thousands of rows."""
    for one in of_kind(kind):
        _move(one, kind, kept_id, gone_id, done)


def _move(one: Moves, kind: str, kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    label, rows = one.model._meta.label, rows_of(one, kind, gone_id)
    if one.once:
        there = set(rows_of(one, kind, kept_id).values_list(*one.once))
        twins = [row for row in rows if tuple(getattr(row, name) for name in one.once) in there] if there else []
        for row in twins:
            drop(row, done)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    for start in range(0, len(ids), AT_ONCE):
        _set(one.model, ids[start : start + AT_ONCE], one.column, gone_id, kept_id)
    done.moved.append([label, one.column, as_plain(ids)])


def drop(row: models.Model, done: Moved) -> None:
    """Take a row away whose like the other record has already."""
    done.dropped.append([row._meta.label, snapshot(row)])
    type(row)._base_manager.filter(pk=row.pk).delete()


def change(row: models.Model, name: str, value: Any, done: Moved) -> None:
    before = getattr(row, name)
    if before != value:
        type(row)._base_manager.filter(pk=row.pk).update(**{name: value})
        done.changed.append([row._meta.label, as_plain(row.pk), name, as_plain(before), as_plain(value)])


def made(row: models.Model, done: Moved) -> None:
    done.made.append([row._meta.label, as_plain(row.pk)])


def snapshot(row: models.Model) -> Row:
    return {one.attname: as_plain(getattr(row, one.attname)) for one in row._meta.concrete_fields}


def back(done: dict[str, Any], kept_id: UUID, gone_id: UUID) -> Left:
    """Everything to where it was; what somebody changed since stays as it is now, and is told."""
    left = Left()
    for label, pk in done["made"]:
        apps.get_model(label)._base_manager.filter(pk=pk).delete()
    for label, row in reversed(done["dropped"]):
        left.add(label, 1 - _put_back(apps.get_model(label), row))
    for label, column, ids in done["moved"]:
        model, count = apps.get_model(label), 0
        for start in range(0, len(ids), AT_ONCE):
            count += _set(model, ids[start : start + AT_ONCE], column, kept_id, gone_id)
        left.add(label, len(ids) - count)
    for label, pk, name, before, after in reversed(done["changed"]):
        model = apps.get_model(label)
        column = model._meta.get_field(name)
        met = model._base_manager.filter(pk=pk, **{name: column.to_python(after)})
        left.add(label, 1 - met.update(**{name: column.to_python(before)}))
    return left


def _put_back(model: type[models.Model], row: Row) -> int:
    values = {one.attname: one.to_python(row[one.attname]) for one in model._meta.concrete_fields if one.attname in row}
    try:
        with transaction.atomic():
            model(**values).save(force_insert=True)
    except IntegrityError:
        return 0
    return 1


def _set(model: type[models.Model], ids: Sequence[Any], column: str, before: UUID, after: UUID) -> int:
    values: dict[str, Any] = {column: after}
    if issubclass(model, Record):
        values["version"] = F("version") + 1
    return model._base_manager.filter(pk__in=ids, **{column: before}).update(**values)


def counts(kind: str, record_id: UUID) -> dict[str, int]:
    """table → how many rows would move. 1 query a table."""
    found: dict[str, int] = {}
    for one in of_kind(kind):
        count = rows_of(one, kind, record_id).count()
        if count:
            found[one.model._meta.label] = found.get(one.model._meta.label, 0) + count
    return found
