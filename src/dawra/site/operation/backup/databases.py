"""The database as one file, as of one moment: VACUUM INTO on SQLite, pg_dump inside a shared snapshot on PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from dawra.site.operation.archive import BadBackup, sync_folder

# What a backup does not count: bookkeeping that changes while nobody works.
UNCOUNTED = ("django_session", "django_q_", "sqlite_", "customers_searchtext")


@dataclass(frozen=True, slots=True)
class Dumped:
    member: str
    path: Path
    rows: dict[str, int]
    version: str


def dump(folder: Path) -> Dumped:
    """Copy the live database into folder. Writers go on meanwhile."""
    return _dump_sqlite(folder) if connection.vendor == "sqlite" else _dump_postgresql(folder)


def count_rows() -> dict[str, int]:
    """Rows per table of the live database; call it where one snapshot is seen."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in _counted(connection.introspection.table_names(cursor))}


def load(path: Path) -> None:
    """Put a dumped database where the live one belongs. The caller has made sure that there is none."""
    connection.close()
    if connection.vendor == "sqlite":
        _load_sqlite(path)
    else:
        _run(
            [
                "pg_restore",
                "--no-owner",
                "--no-privileges",
                "--single-transaction",
                "--exit-on-error",
                "-d",
                _name(),
                str(path),
            ]
        )


def clear() -> None:
    """Remove every table. Only `dawra restore --force` asks for it, after a backup."""
    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{live_sqlite()}{end}").unlink(missing_ok=True)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def live_sqlite() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"]))


def _dump_sqlite(folder: Path) -> Dumped:
    path = folder / "database.sqlite"
    with closing(sqlite3.connect(live_sqlite(), timeout=20, isolation_level=None)) as live:
        live.execute("VACUUM INTO ?", [str(path)])
    path.chmod(0o600)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: _count(copy.cursor(), table) for table in _counted(tables)}
    return Dumped("database.sqlite", path, rows, sqlite3.sqlite_version)


def _load_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BadBackup(f"the database in this backup is damaged: {said}")
    target = live_sqlite()
    target.parent.mkdir(parents=True, exist_ok=True)
    for end in ("-wal", "-shm"):  # of an older database: they would be applied to this one
        Path(f"{target}{end}").unlink(missing_ok=True)
    shutil.move(path, target)
    target.chmod(0o600)
    sync_folder(target.parent)


def _dump_postgresql(folder: Path) -> Dumped:
    path = folder / "database.pgdump"
    with _snapshot() as (snapshot, version):
        rows = count_rows()
        plain = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
        _run(["pg_dump", *plain, f"--snapshot={snapshot}", "--file", str(path), _name()])
    path.chmod(0o600)
    return Dumped("database.pgdump", path, rows, version)


@contextmanager
def _snapshot() -> Iterator[tuple[str, str]]:
    """One view of the data for the counting connection and for pg_dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, version = cursor.fetchone()
        yield snapshot, version


def _counted(tables: list[str]) -> list[str]:
    return sorted(table for table in tables if not table.startswith(UNCOUNTED))


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
    return int(cursor.fetchone()[0])


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str]) -> None:
    """A PostgreSQL program; the password goes through the environment, never through the process list."""
    if shutil.which(command[0]) is None:
        raise BadBackup(f"{command[0]} is not installed: install the package postgresql-client")
    keep = connection.settings_dict
    wanted = {"PGHOST": keep["HOST"], "PGPORT": keep["PORT"], "PGUSER": keep["USER"], "PGPASSWORD": keep["PASSWORD"]}
    wanted |= {f"PG{name.upper()}": value for name, value in keep.get("OPTIONS", {}).items() if name.startswith("ssl")}
    environment = os.environ | {name: str(value) for name, value in wanted.items() if value}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadBackup(f"{command[0]} failed: {done.stderr.strip()[-500:]}")
