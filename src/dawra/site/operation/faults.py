"""Faults of the machine, told apart: what to answer when the database is busy, full or away."""

import errno
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fault:
    """retry_after: seconds after which the same request may succeed; 0 when somebody has to act first."""

    status: int
    code: str
    sentence: Promise
    retry_after: int = 0


BUSY = Fault(503, "busy", _("The database is busy. Nothing was saved; please try again in a few seconds."), 3)
AWAY = Fault(
    503, "database_away", _("The database does not answer. Nothing was saved; please try again in a moment."), 10
)
FULL = Fault(507, "disk_full", _("The server's disk is full. Nothing was saved; an administrator must free space."))

_FULL_ERRNO = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# PostgreSQL's codes: 53100 disk full; 40001, 40P01, 55P03, 57014 lost to somebody else or to a timeout
_FULL_STATE = ("53100",)
_BUSY_STATE = ("40001", "40P01", "55P03", "57014")
_FULL_WORDS = ("database or disk is full", "disk i/o error", "no space left", "file too large")
_BUSY_WORDS = ("database is locked", "database table is locked")
_AWAY_WORDS = ("unable to open database", "connection", "server closed", "terminating", "could not connect")


def describe(exc: BaseException) -> Fault | None:
    """The fault behind an exception, or None if it is a mistake in the program (and must not be hidden)."""
    seen: set[int] = set()
    cause: BaseException | None = exc
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        fault = _of(cause)
        if fault:
            return fault
        cause = cause.__cause__ or cause.__context__
    return None


def _of(exc: BaseException) -> Fault | None:
    if isinstance(exc, SuspiciousOperation):
        return None
    if isinstance(exc, OperationalError | InterfaceError):
        return _of_database(exc)
    if isinstance(exc, OSError) and exc.errno in _FULL_ERRNO:
        return FULL
    return None


def _of_database(exc: BaseException) -> Fault | None:
    state = getattr(exc.__cause__, "sqlstate", None) or ""
    words = str(exc).lower()
    if state in _FULL_STATE or any(phrase in words for phrase in _FULL_WORDS):
        return FULL
    if state in _BUSY_STATE or any(phrase in words for phrase in _BUSY_WORDS):
        return BUSY
    if state.startswith(("08", "57P")) or any(phrase in words for phrase in _AWAY_WORDS):
        return AWAY
    return None
