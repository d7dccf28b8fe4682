"""Rows into a table at once, for imports and the journal: prepared statements on SQLite, COPY on PostgreSQL for many.

A model object costs more than its row does in the database; here rows are plain values in the order of the columns named.
Constraints hold as ever. Call inside a transaction.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

Convert = Callable[[Any], Any]
# So many rows cost less in one INSERT than in a COPY.
FEW = 10
GAP = 0.012
"""Seconds: a twentieth of what a batch of 500 rows takes."""


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows. columns: attribute names ("person_id"); a column left out gets the field's own default.

    Cost: 1 prepared statement, however many rows
    """
    sqlite = connection.vendor == "sqlite"
    names, convert, rest = _plan(model, tuple(columns), sqlite)
    ready = _ready(rows, convert, rest)
    if not ready:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if sqlite:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", ready)  # noqa: S608 - names of a model
            return
        if len(ready) <= FEW:
            _insert(cursor, model, names, ready)
            return
        copied = f"COPY {table} ({', '.join(names)}) FROM STDIN"
        with connection.wrap_database_errors, cursor.copy(copied) as copy:  # type: ignore[attr-defined]
            for row in ready:
                copy.write_row(row)


def numbered(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], by: str
) -> dict[Any, int]:
    """Insert a few rows of a table that numbers its rows; the numbers by the values of an id column. 1 statement."""
    names, convert, rest = _plan(model, tuple(columns), connection.vendor == "sqlite")
    with connection.cursor() as cursor:
        _insert(cursor, model, names, _ready(rows, convert, rest), f" RETURNING {connection.ops.quote_name(by)}, id")
        return {as_id(value): int(number) for value, number in cursor.fetchall()}


def insert(*rows: models.Model) -> None:
    """New rows of one table, as they are. 1 statement."""
    names = _names(type(rows[0]))
    pour(type(rows[0]), names, _written(rows, names))


def insert_free(*rows: models.Model) -> bool:
    """The same without those of which somebody has a unique value already: whether all went in. 1 statement.

    Where they did not, the caller gives up its transaction. A refused row would end it at once on PostgreSQL, and a
    savepoint around each insert costs two statements more.
    """
    model, attributes = type(rows[0]), _names(type(rows[0]))
    names, convert, rest = _plan(model, attributes, connection.vendor == "sqlite")
    ready = _ready(_written(rows, attributes), convert, rest)
    with connection.cursor() as cursor:
        _insert(cursor, model, names, ready, " ON CONFLICT DO NOTHING")
        return bool(cursor.rowcount == len(rows))


def _written(rows: Iterable[models.Model], names: Sequence[str]) -> Iterator[list[Any]]:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
        yield [getattr(row, name) for name in names]


def _insert(cursor: Any, model: type[models.Model], names: Sequence[str], ready: Sequence[Any], more: str = "") -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join([f"({', '.join(['%s'] * len(names))})"] * len(ready))
    values = [value for row in ready for value in row]
    cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}{more}", values)  # noqa: S608 - names of a model


@lru_cache(maxsize=100)
def _names(model: type[models.Model]) -> tuple[str, ...]:
    """Every column but a number that the table gives out itself."""
    fields = model._meta.concrete_fields
    return tuple(field.attname for field in fields if not (field.primary_key and field.db_returning))


def rewrite(
    model: type[models.Model], columns: Sequence[str], where: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Update rows; how many were met. rows: the new values of columns, then what the columns in where must hold now.

    Cost: 1 prepared statement, run once a row
    """
    sqlite = connection.vendor == "sqlite"
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    ready = _ready(rows, _converters([fields[name] for name in (*columns, *where)], sqlite), [])
    if not ready:
        return 0
    kept = ", ".join(f"{quote(fields[name].column)} = %s" for name in columns)
    met = " AND ".join(f"{quote(fields[name].column)} = %s" for name in where)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {kept} WHERE {met}", ready)  # noqa: S608 - names of a model
        return int(cursor.rowcount)


@contextmanager
def many_writes() -> Iterator[None]:
    """SQLite keeps more pages at hand and moves its log into the file less often, while one process writes very much."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in _MANY]
        for name, value in _MANY.items():
            cursor.execute(f"PRAGMA {name}={value}").fetchall()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in zip(_MANY, before, strict=True):
                cursor.execute(f"PRAGMA {name}={int(value)}").fetchall()


def yield_to_others() -> None:
    """Between two batches: on SQLite whoever waits to write looks again only every few hundredths of a second.

    Without a gap an import would hold the database from its first row to its last.
    """
    if connection.vendor == "sqlite":
        time.sleep(GAP)


def count_again(*tables: type[models.Model]) -> None:
    """Tell PostgreSQL how large these tables have become; by itself it looks once a minute, which is late for an import.

    Call outside a transaction. 1 statement; none on SQLite
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")


# 64 MB of pages; 32 MB of log.
_MANY = {"cache_size": -64_000, "wal_autocheckpoint": 8_000}


def among(
    model: type[models.Model], columns: Sequence[str], key: str, values: Iterable[Any], **equal: Any
) -> list[tuple[Any, ...]]:
    """Columns of the rows whose key is one of many values: one parameter, however many, where a lookup has one each.

    Only for columns that hold text or ids; never for records, which are read through visible_to.
    """
    sqlite = connection.vendor == "sqlite"
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    named = ", ".join(quote(fields[name].column) for name in columns)
    put = _converter(fields[key], sqlite)
    wanted = [put(value) if put else value for value in values]
    if not wanted:
        return []
    table, column = quote(model._meta.db_table), quote(fields[key].column)
    more = "".join(f" AND {quote(fields[name].column)} = %s" for name in equal)
    if sqlite:
        asked, given = _one_of(wanted, sqlite)
        sql = f"SELECT {named} FROM {table} WHERE {column} {asked}{more}"  # noqa: S608 - names of a model
        values = [given, *equal.values()]
    else:
        # One look a value, whatever PostgreSQL believes of the table: while it grows fast there are no statistics yet,
        # and a plan that reads all ids of a system at every batch would look cheap.
        one = f"SELECT {named} FROM {table} WHERE {column} = w.value{more} OFFSET 0"  # noqa: S608 - names of a model
        kind = "uuid" if isinstance(_kind(fields[key]), models.UUIDField) else "text"
        sql = f"SELECT f.* FROM unnest(%s::{kind}[]) w(value), LATERAL ({one}) f"  # noqa: S608 - names of a model
        values = [list(dict.fromkeys(wanted)), *equal.values()]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if not sqlite:
        return rows  # type: ignore[no-any-return]
    ids = [at for at, name in enumerate(columns) if isinstance(_kind(fields[name]), models.UUIDField)]
    return [tuple(UUID(v) if at in ids and v else v for at, v in enumerate(row)) for row in rows] if ids else rows


def one_of(values: Iterable[Any]) -> tuple[str, Any]:
    """For a statement: "column {0}" holds where the column is one of these ids or texts; the single parameter of it."""
    sqlite = connection.vendor == "sqlite"
    return _one_of([_hex(one) if sqlite and isinstance(one, UUID) else one for one in values], sqlite)


def _one_of(wanted: list[Any], sqlite: bool) -> tuple[str, Any]:
    return ("IN (SELECT value FROM json_each(%s))", _json(wanted)) if sqlite else ("= ANY(%s)", wanted)


def as_id(value: Any) -> UUID:
    """An id as a statement of one's own reads it: SQLite keeps text."""
    return value if isinstance(value, UUID) else UUID(value)


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
) -> tuple[list[str], list[tuple[int, Convert]], list[Any]]:
    """Quoted names, what converts which column, and the values of those left out."""
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
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
    return [quote(field.column) for field in (*given, *left)], _converters(given, sqlite), rest


def _ready(
    rows: Iterable[Sequence[Any]], convert: Sequence[tuple[int, Convert]], rest: list[Any]
) -> list[tuple[Any, ...]]:
    """A column at a time: a call for each value would cost more than the value."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return []
    for at, put in convert:
        column = columns[at]
        if len(set(map(id, column))) == 1:
            columns[at] = [put(column[0])] * len(column)  # type: ignore[call-overload]
        elif put is _hex:
            columns[at] = [None if one is None else f"{one.int:032x}" for one in column]  # type: ignore[call-overload]
        else:
            columns[at] = list(map(put, column))  # type: ignore[call-overload]
    return list(zip(*columns, *(repeat(value) for value in rest), strict=False))


def _converters(fields: Sequence[Any], sqlite: bool) -> list[tuple[int, Convert]]:
    return [(at, put) for at, field in enumerate(fields) if (put := _converter(field, sqlite))]


def _converter(field: Any, sqlite: bool) -> Convert | None:
    kind = _kind(field)
    if isinstance(kind, models.JSONField):
        return _json
    if isinstance(kind, models.DateTimeField):
        return _moment if sqlite else _instant
    if not sqlite:
        return None
    if isinstance(kind, models.UUIDField):
        return _hex
    return _day if isinstance(kind, models.DateField) else None


def _kind(field: Any) -> Any:
    return field.target_field if field.is_relation else field


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _hex(value: UUID | None) -> str | None:
    return None if value is None else f"{value.int:032x}"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


@lru_cache(maxsize=1000)
def _moment(value: datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)


@lru_cache(maxsize=1000)
def _instant(value: datetime | None) -> str | None:
    """For PostgreSQL as text: the rows of a batch share a handful of moments, each written out once."""
    return None if value is None else value.isoformat()
