"""Who uses this DAWRA_HOME at the moment: servers share a lock, a restore wants it alone."""

import fcntl
from typing import IO

from django.conf import settings


def share() -> IO[str]:
    """Held, and inherited by child processes, until closed: something of Dawra runs here."""
    file: IO[str] = (settings.DAWRA_HOME / ".running").open("w")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def alone() -> IO[str] | None:
    """The lock for one process alone, or None while a server or worker runs."""
    settings.DAWRA_HOME.mkdir(parents=True, exist_ok=True, mode=0o750)
    file: IO[str] = (settings.DAWRA_HOME / ".running").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
