"""What a dry run would have made so far: so that a later row meets what an earlier one would have added.

A scratch file beside the uploads, so that memory does not grow with the files and a slice can go on where the last one
ended. It is nobody's data: thrown away with the dry run, made again if it is lost.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson


class Memory:
    """Keys that would be taken and records that would stand, each since one row.

    A space keeps the keys of one sort apart: "id:person", "point:person", "record:person" …
    """

    def __init__(self, place: Path | None = None) -> None:
        """place: the scratch file; None keeps everything in memory, for small files and tests."""
        self._base = sqlite3.connect(":memory:" if place is None else str(place), isolation_level=None)
        # A killed worker leaves a journal, by which the next one finds the file as it was last saved; only a machine that
        # stops may break it, and then the dry run begins again.
        for statement in ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-32000"):
            self._base.execute(statement)
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS known (space TEXT, key TEXT, value BLOB, since INTEGER,"
            " PRIMARY KEY (space, key)) WITHOUT ROWID"
        )
        self._base.execute("BEGIN")
        self.row = 0

    def begin_at(self, row: int) -> None:
        """Go on after this row of the whole import: what later rows left behind is forgotten."""
        self._base.execute("DELETE FROM known WHERE since > ?", [row])
        self.row = row

    def get(self, space: str, keys: Iterable[str]) -> dict[str, Any]:
        """Those of the keys that would be taken → what was kept with them."""
        wanted = list(set(keys))
        found: dict[str, Any] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._base.execute(
                f"SELECT key, value FROM known WHERE space = ? AND key IN ({marks})",  # noqa: S608 - marks only
                [space, *some],
            )
            found |= {key: orjson.loads(value) for key, value in rows}
        return found

    def put(self, space: str, kept: Mapping[str, Any]) -> None:
        """Values are plain JSON."""
        self._base.executemany(
            "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)",
            [(space, key, orjson.dumps(value), self.row) for key, value in kept.items()],
        )

    def save(self) -> None:
        self._base.execute("COMMIT")
        self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.execute("COMMIT")
        self._base.close()
