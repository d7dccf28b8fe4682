import errno
import sqlite3
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError

from dawra.site.operation.faults import AWAY, BUSY, FULL, describe


def caused(outer: Exception, inner: BaseException) -> Exception:
    outer.__cause__ = inner
    return outer


class FromPostgres(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__("said by the server")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("exc", "fault"),
    [
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database or disk is full"), FULL),
        (OperationalError("disk I/O error"), FULL),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EFBIG, "File too large"), FULL),
        (caused(OperationalError("x"), FromPostgres("53100")), FULL),
        (caused(OperationalError("x"), FromPostgres("40P01")), BUSY),
        (caused(OperationalError("x"), FromPostgres("57P01")), AWAY),
        (OperationalError("connection to server at 127.0.0.1 failed: Connection refused"), AWAY),
        (OperationalError("server closed the connection unexpectedly"), AWAY),
        (caused(RuntimeError("while saving"), OperationalError("database is locked")), BUSY),
    ],
)
def test_faults_of_the_machine_are_told_apart(exc: Exception, fault: Any) -> None:
    assert describe(exc) is fault


@pytest.mark.parametrize(
    "exc",
    [
        ValueError("x"),
        IntegrityError("UNIQUE constraint failed"),
        DatabaseError("file is not a database"),
        OperationalError("no such column: x"),
        OSError(errno.ENOENT, "No such file"),
        sqlite3.ProgrammingError("x"),
    ],
)
def test_mistakes_of_the_program_are_not_called_faults(exc: Exception) -> None:
    assert describe(exc) is None


def test_only_what_may_pass_by_itself_is_worth_trying_again() -> None:
    assert BUSY.retry_after and AWAY.retry_after and not FULL.retry_after
    assert (BUSY.status, AWAY.status, FULL.status) == (503, 503, 507)
