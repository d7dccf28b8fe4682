"""`dawra verify`: runs the invariants, the database's own checks, and compares attached files with their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from dawra.site.operation.invariants import INVARIANTS, Invariant

SHOWN = 5  # offending rows quoted per invariant


@dataclass(frozen=True, slots=True)
class Verdict:
    """count: offending rows; examples: the first few, as text; skipped: its tables are not there."""

    id: str
    sentence: str
    count: int
    examples: tuple[str, ...] = ()
    skipped: bool = False

    @property
    def holds(self) -> bool:
        return self.count == 0


def verify(each: Callable[[Verdict], None] = lambda _verdict: None) -> list[Verdict]:
    """Every verdict, in the order of the list; each is told as it comes. Reads only."""
    tables = set(connection.introspection.table_names())
    verdicts: list[Verdict] = []
    for verdict in _verdicts(tables):
        each(verdict)
        verdicts.append(verdict)
    return verdicts


def how_many() -> int:
    return len(INVARIANTS) + 3


def _verdicts(tables: set[str]) -> Iterable[Verdict]:
    yield integrity()
    yield foreign_keys()
    for invariant in INVARIANTS:
        yield judge(invariant) if tables.issuperset(invariant.needs) else _skipped(invariant)
    yield files()


def judge(invariant: Invariant) -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute(invariant.text(connection.vendor))
        rows = cursor.fetchall()
    return Verdict(invariant.id, invariant.sentence, len(rows), tuple(_words(row) for row in rows[:SHOWN]))


def _skipped(invariant: Invariant) -> Verdict:
    return Verdict(invariant.id, invariant.sentence, 0, skipped=True)


def integrity() -> Verdict:
    """SQLite's own look at its file. PostgreSQL has none that an ordinary role may run: its checksums watch instead."""
    sentence = "The database file is sound."
    if connection.vendor != "sqlite":
        return Verdict("database.integrity", sentence, 0, skipped=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            said = [str(row[0]) for row in cursor.fetchall()]
    except DatabaseError as failure:
        said = [str(failure)]
    bad = [line for line in said if line != "ok"]
    return Verdict("database.integrity", sentence, len(bad), tuple(bad[:SHOWN]))


def foreign_keys() -> Verdict:
    """Every reference leads somewhere."""
    sentence = "Every reference between records leads to a record."
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA foreign_key_check")
                rows = [_words(row) for row in cursor.fetchall()]
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
                )
                rows = [_words(row) for row in cursor.fetchall()]
    except DatabaseError as failure:
        rows = [str(failure)]
    return Verdict("database.references", sentence, len(rows), tuple(rows[:SHOWN]))


def files() -> Verdict:
    """Attached files and their rows: each row has its file of the right size, each file its row."""
    sentence = "Every attached file is on the disk, whole, and every file on the disk is attached to something."
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, size FROM customers_file WHERE deleted_at IS NULL")
        wanted = dict(cursor.fetchall())
        cursor.execute("SELECT key FROM customers_file WHERE deleted_at IS NOT NULL")
        in_bin = {key for (key,) in cursor.fetchall()}
    root = Path(settings.MEDIA_ROOT)
    paths = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".tmp"] if root.exists() else []
    there = {"".join(path.relative_to(root).parts): path.stat().st_size for path in paths}
    bad = [f"{key}: missing" for key in wanted if key not in there]
    bad += [
        f"{key}: {there[key]} bytes instead of {size}"
        for key, size in wanted.items()
        if key in there and there[key] != size
    ]
    bad += [f"{name}: attached to nothing" for name in there if name not in wanted and name not in in_bin]
    return Verdict("files.rows", sentence, len(bad), tuple(bad[:SHOWN]))


def _words(row: tuple[object, ...]) -> str:
    return " · ".join(str(value) for value in row)
