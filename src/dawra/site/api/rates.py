"""How many calls a token may make: one count for the whole installation, however many processes answer.

The count is a bucket: it holds the calls of ten seconds and fills evenly. A process takes a portion out of it, hands it
out call by call, and gives back what it has not used within a second. So the installation never lets through more than
the setting says; at worst it lets through one portion less for every other process that answers the same token.
The bucket is a row: on SQLite, whose processes share one machine, in a file of its own that nobody waits for (calls.db,
never synced, lost without harm); on PostgreSQL in an unlogged table. A process that cannot reach it counts for itself.
"""

import logging
import math
import os
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, connection

log = logging.getLogger("dawra.site")
SECONDS = 10.0
USED_WITHIN = 1.0  # seconds a portion is held
PORTIONS = 20  # so many fill the bucket
TOKENS_REMEMBERED = 10_000

TABLE = "site_calls (whom text PRIMARY KEY, room double precision NOT NULL, seen double precision NOT NULL, got int NOT NULL)"
# One statement takes: room is first filled up to now. {least}, {whole} and {now} are each database's own words.
TAKE = """
INSERT INTO site_calls (whom, room, seen, got) VALUES (%(whom)s, %(most)s - %(want)s, {now}, %(want)s)
ON CONFLICT (whom) DO UPDATE SET
  got = {least}(%(want)s, {whole}({filled})), room = {filled} - {least}(%(want)s, {whole}({filled})), seen = {now}
RETURNING got, room
"""
FILLED = "{least}(%(most)s, site_calls.room + %(back)s + {greatest}(0, {now} - site_calls.seen) * %(rate)s)"


def _statement(**words: str) -> str:
    return TAKE.format(filled=FILLED.format(**words), **words)


class Count(Protocol):
    def take(self, whom: str, want: int, back: int) -> tuple[int, float]:
        """Give some back, take what is there of what is wanted: (taken, room left)."""
        ...


class Own:
    """In this process alone."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self._rooms: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, whom: str, want: int, back: int) -> tuple[int, float]:
        now = self.clock()
        room, seen = self._rooms.pop(whom, (float(self.most), now))
        room = min(self.most, room + back + (now - seen) * self.most / SECONDS)
        got = min(want, math.floor(room))
        self._rooms[whom] = (room - got, now)
        if len(self._rooms) > TOKENS_REMEMBERED:
            self._rooms.popitem(last=False)
        return got, room - got


class InFile:
    """Among the processes of one machine."""

    statement = (
        _statement(least="min", greatest="max", whole="floor", now="%(now)s").replace("%(", ":").replace(")s", "")
    )

    def __init__(self, most: int, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.most, self.path, self.clock = most, path, clock
        self._open: tuple[int, sqlite3.Connection] | None = None

    def take(self, whom: str, want: int, back: int) -> tuple[int, float]:
        takes = {"whom": whom, "want": want, "back": back, "most": self.most, "rate": self.most / SECONDS}
        try:
            got, room = self._file().execute(self.statement, takes | {"now": self.clock()}).fetchone()
        except sqlite3.Error as failure:
            self._open = None
            if not isinstance(failure, sqlite3.OperationalError):  # a power cut spoilt it: it is made anew
                self.path.unlink(missing_ok=True)
            raise
        return int(got), float(room)

    def _file(self) -> sqlite3.Connection:
        """Of this process: a connection does not live through a fork."""
        if self._open is None or self._open[0] != os.getpid():
            file = sqlite3.connect(self.path, timeout=1.0, isolation_level=None, check_same_thread=False)
            file.create_function("floor", 1, math.floor, deterministic=True)
            file.execute("PRAGMA journal_mode=TRUNCATE")  # many may open it at once; WAL is switched on by one alone
            file.execute("PRAGMA synchronous=OFF")
            file.execute(f"CREATE TABLE IF NOT EXISTS {TABLE}")
            self._open = os.getpid(), file
        return self._open[1]


class InPostgres:
    """Among the processes of every machine, by the database's clock."""

    statement = _statement(
        least="least", greatest="greatest", whole="floor", now="extract(epoch from clock_timestamp())::double precision"
    )

    def __init__(self, most: int) -> None:
        self.most = most

    def take(self, whom: str, want: int, back: int) -> tuple[int, float]:
        takes: dict[str, str | float] = {"whom": whom, "want": want, "back": back}
        takes |= {"most": self.most, "rate": self.most / SECONDS}
        with connection.cursor() as cursor:
            cursor.execute(self.statement, takes)
            got, room = cursor.fetchone()
        return int(got), float(room)


class Held:
    """What this process has taken and not yet handed out. until: when it goes back, or when asking again makes sense."""

    __slots__ = ("calls", "refused", "room", "until")

    def __init__(self, calls: int, room: float, until: float) -> None:
        self.calls, self.room, self.until = calls, room, until
        self.refused = calls < 1


class Limiter:
    def __init__(self, calls: int, count: Count | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.calls, self.rate = calls, calls / SECONDS
        self.portion = max(1, calls // PORTIONS)
        self._clock, self._count = clock, count or common(calls)
        self._alone = Own(calls, clock)
        self._held: OrderedDict[Any, Held] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, whom: Any) -> tuple[bool, int, float]:
        """(may go on, calls left, seconds until one more)."""
        now = self._clock()
        with self._lock:
            held = self._held.get(whom)
            if held is None or now >= held.until:
                held = self._held[whom] = self._portion(str(whom), held.calls if held else 0, now)
                self._held.move_to_end(whom)
                if len(self._held) > TOKENS_REMEMBERED:
                    self._held.popitem(last=False)
            elif held.calls < 1 and not held.refused:
                held = self._held[whom] = self._portion(str(whom), 0, now)
            if held.calls < 1:
                return False, 0, max(0.0, held.until - now)
            held.calls -= 1
            return True, held.calls + int(held.room), 0.0

    def _portion(self, whom: str, back: int, now: float) -> Held:
        try:
            got, room = self._count.take(whom, self.portion, back)
        except (sqlite3.Error, DatabaseError, OSError) as failure:
            log.warning("calls are counted by this process alone: %s", type(failure).__name__)
            got, room = self._alone.take(whom, self.portion, 0)
        return Held(got, room, now + (USED_WITHIN if got else (1 - room) / self.rate))


def common(calls: int) -> Count:
    """Where this installation counts."""
    if settings.TESTING:
        return Own(calls)
    return InPostgres(calls) if connection.vendor == "postgresql" else InFile(calls, settings.DAWRA_HOME / "calls.db")
