"""Many rows into a table at once, for imports and the journal: prepared statements on SQLite, COPY on PostgreSQL.

A model object costs more than its row does in the database; here rows are plain values in the order of the columns named.
Constraints hold as ever. Call inside a transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

Convert = Callable[[Any], Any]


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows. columns: attribute names ("person_id"); a column left out gets the field's own default.

    Cost: 1 prepared statement, however many rows
    """
    sqlite = connection.vendor == "sqlite"
    names, convert, rest = _plan(model, tuple(columns), sqlite)
    ready = [[*(put(value) if put else value for put, value in zip(convert, row, strict=True)), *rest] for row in rows]
    if not ready:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if sqlite:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", ready)  # noqa: S608 - names of a model
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in ready:
                copy.write_row(row)


def rewrite(
    model: type[models.Model], columns: Sequence[str], where: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Update rows; how many were met. rows: the new values of columns, then what the columns in where must hold now.

    Cost: 1 prepared statement, run once a row
    """
    sqlite = connection.vendor == "sqlite"
    fields = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    convert = [_converter(fields[name], sqlite) for name in (*columns, *where)]
    ready = [[put(value) if put else value for put, value in zip(convert, row, strict=True)] for row in rows]
    if not ready:
        return 0
    kept = ", ".join(f"{quote(fields[name].column)} = %s" for name in columns)
    met = " AND ".join(f"{quote(fields[name].column)} = %s" for name in where)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {kept} WHERE {met}", ready)  # noqa: S608 - names of a model
        return int(cursor.rowcount)


def serials(model: type[models.Model], count: int) -> range | list[int]:
    """So many ids that nobody else will get, for rows that others point at. 1 query.

    On SQLite whoever writes holds the database, and AUTOINCREMENT goes on behind the highest id.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            last = int(found[0]) if found else 0
            return range(last + 1, last + 1 + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
        )
        return sorted(int(one) for (one,) in cursor.fetchall())


@lru_cache(maxsize=200)
def _plan(
    model: type[models.Model], columns: tuple[str, ...], sqlite: bool
) -> tuple[list[str], list[Convert | None], list[Any]]:
    """Quoted names, a converter for each column given, and the values of those left out."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    given = [fields[name] for name in columns]
    left = [
        field
        for field in fields.values()
        if field.attname not in columns and not field.generated and not (field.primary_key and field.db_returning)
    ]
    rest = []
    for field in left:
        put, default = _converter(field, sqlite), field.get_default()
        rest.append(put(default) if put else default)
    return [quote(field.column) for field in (*given, *left)], [_converter(field, sqlite) for field in given], rest


def _converter(field: Any, sqlite: bool) -> Convert | None:
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.JSONField):
        return _json
    if not sqlite:
        return None
    if isinstance(kind, models.UUIDField):
        return _hex
    if isinstance(kind, models.DateTimeField):
        return _moment
    return _day if isinstance(kind, models.DateField) else None


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


@lru_cache(maxsize=1000)
def _moment(value: datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)
