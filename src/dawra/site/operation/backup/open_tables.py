"""Every table as JSON Lines, for people and programs that are not Dawra, and back into an empty database of either kind.

One file a table, one row a line, a row being an object of its columns: ids and dates as text (ISO 8601, UTC), exact
numbers as text, bytes in base64. schema.json says which columns a table has, what stands in each, and at which
migration the tables were, so that a newer Dawra can read an older archive.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from dawra.site.operation.archive import BadBackup
from dawra.site.operation.backup import databases

AT_ONCE = 2000
SCHEMA = "schema.json"
README = "README.txt"
# Not data of the company: what this machine needs to run, or what follows from the rest.
LEFT_OUT = {
    "access.IdempotencyKey": "answers kept for a day, so that a repeated request is not carried out twice",
    "auth.Group": "made by the migrations; roles are in access_role",
    "auth.Group_permissions": "made by the migrations",
    "auth.Permission": "made by the migrations",
    "contenttypes.ContentType": "made by the migrations",
    "django_q.Failure": "another name of django_q.Task",
    "django_q.OrmQ": "jobs waiting on this machine",
    "django_q.Schedule": "made when a worker starts",
    "django_q.Success": "another name of django_q.Task",
    "django_q.Task": "jobs done on this machine",
    "sessions.Session": "who is signed in just now",
    "team.Throttle": "how often somebody tried to sign in",
    "usersessions.UserSession": "who is signed in just now",
}
ABOUT = """Everything one installation of Dawra knows, as of {taken_at}.

tables/NAME.jsonl   one table, one row a line, a JSON object of its columns
schema.json         what the columns hold, which column refers to which table, and the state of the migrations
files/              attached files; customers_file names them
manifest.json       size and sha256 of every part, rows of every table

Ids are text. Times are ISO 8601 in UTC, dates YYYY-MM-DD. Exact numbers are text. Amounts of money are whole minor
units beside their currency (150000 and SAR are 1,500.00 SAR). Bytes are base64. "folded" is a name as it is searched
for. A record with deleted_at lies in the bin. journal_entry is what happened, journal_mention which records it is
about: happened_at is when it was true, written_at when Dawra learnt it.

Passwords stand as one-way hashes, second factors as they are kept: keep this file as safe as a backup.

Back into an empty installation:   dawra restore THIS_FILE
"""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """parts: member name → where it lies; rows: per table."""

    parts: dict[str, Path]
    rows: dict[str, int]


def taken() -> list[type[models.Model]]:
    """The models whose tables are taken along, in the order of their tables' names."""
    every = apps.get_models(include_auto_created=True)
    mine = [model for model in every if model._meta.managed and model._meta.label not in LEFT_OUT]
    return sorted(mine, key=lambda model: model._meta.db_table)


def dump(folder: Path, progress: Progress = lambda _rows: None) -> Written:
    """Write every table into folder, all as of one moment; people go on working meanwhile."""
    (folder / "tables").mkdir()
    parts: dict[str, Path] = {}
    rows: dict[str, int] = {}
    with _one_moment(folder) as alias:
        schema = {"migrations": _leaves(alias), "tables": {m._meta.db_table: _columns(m) for m in taken()}}
        for model in taken():
            table = model._meta.db_table
            name = f"tables/{table}.jsonl"
            parts[name] = folder / name
            rows[table] = write_table(model, alias, folder / name, progress)
    parts[SCHEMA], parts[README] = folder / SCHEMA, folder / README
    parts[SCHEMA].write_text(json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    parts[README].write_text(ABOUT.format(taken_at=timezone.now().isoformat(timespec="seconds")), encoding="utf-8")
    return Written(parts, rows)


def load(folder: Path) -> None:
    """Fill the empty database: tables as they were then, their rows, then every later migration.

    Raises: BadBackup (written by a newer Dawra, or a line that does not fit its table); the database is then as empty
    as before, but for tables without rows
    """
    schema = json.loads((folder / SCHEMA).read_text(encoding="utf-8"))
    executor = MigrationExecutor(connection)
    then = [(app, name) for app, name in schema["migrations"].items()]
    unknown = [f"{app}.{name}" for app, name in then if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise BadBackup(f"this archive was written by a newer Dawra ({unknown[0]} is not known here): upgrade first")
    executor.migrate(then)
    old = executor.loader.project_state(then).apps
    kept = {model._meta.db_table: model for model in old.get_models(include_auto_created=True)}
    with transaction.atomic():
        for table in schema["tables"]:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # what migrations put there
        for table in schema["tables"]:
            _read(kept[table], folder / "tables" / f"{table}.jsonl")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(kept.values())):
                cursor.execute(statement)
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _one_moment(folder: Path) -> Iterator[str]:
    """A connection that sees the data of one moment: a copy of SQLite's file, or a snapshot of PostgreSQL."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection.alias
        return
    copy = databases.dump(folder).path
    alias = "open_archive"
    connections.settings[alias] = {**connections.settings[connection.alias], "NAME": str(copy)}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.settings[alias]
        for end in ("", "-wal", "-shm"):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _leaves(alias: str) -> dict[str, str]:
    """The last migration of each app that has been carried out."""
    loader = MigrationExecutor(connections[alias]).loader
    done = set(loader.applied_migrations)
    return {app: max(name for a, name in done if a == app) for app in sorted({app for app, _name in done})}


def _columns(model: type[models.Model]) -> dict[str, dict[str, str]]:
    return {
        str(field.column): {"holds": field.get_internal_type()}
        | ({"refers_to": field.related_model._meta.db_table} if field.related_model else {})  # type: ignore[union-attr]
        for field in model._meta.concrete_fields
    }


def write_table(model: type[models.Model], alias: str, path: Path, progress: Progress = lambda _rows: None) -> int:
    """Rows in the order of their key, so that equal data give equal bytes."""
    fields = model._meta.concrete_fields
    columns = [field.column for field in fields]
    ways = [_plain(field) for field in fields]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*[field.attname for field in fields])
    count = 0
    with path.open("wb") as out:
        for row in rows.iterator(AT_ONCE):
            said = {
                column: way(value) if value is not None else None
                for column, way, value in zip(columns, ways, row, strict=True)
            }
            out.write(orjson.dumps(said, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
            count += 1
            if count % AT_ONCE == 0:
                progress(AT_ONCE)
    progress(count % AT_ONCE)
    path.chmod(0o600)
    return count


def _plain(field: Any) -> Callable[[Any], Any]:
    """How a value of this column is written. The same value gives the same text on both databases."""
    target = field.target_field if field.is_relation else field
    sort = target.get_internal_type()
    if sort == "DecimalField":
        unit = Decimal(1).scaleb(-target.decimal_places)
        return lambda value: str(Decimal(value).quantize(unit))
    if sort == "BinaryField":
        return lambda value: base64.b64encode(bytes(value)).decode("ascii")
    if sort == "DateTimeField":
        return lambda value: value.astimezone(UTC).isoformat()
    return lambda value: value


def _read(model: type[models.Model], path: Path) -> None:
    fields = {field.column: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    with path.open("rb") as lines:
        while batch := list(islice(lines, AT_ONCE)):
            try:
                rows = [orjson.loads(line) for line in batch]
                names = list(rows[0])
                values = [[_prepared(fields[name], row[name]) for name in names] for row in rows]
            except (ValueError, KeyError, TypeError) as wrong:
                raise BadBackup(f"{path.name} holds a line that does not fit: {wrong}") from wrong
            into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, names))})"
            with connection.cursor() as cursor:
                cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(names))})", values)


def _prepared(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if field.get_internal_type() == "BinaryField":
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
