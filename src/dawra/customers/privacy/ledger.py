"""The ledger of the erased: a line a person in a file beside the database, which no backup holds.

Restoring an old backup brings erased people back; what the ledger names is then forgotten again, and once a day, so
that an erasure cut off between the ledger and the database is carried out.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

NAME = "erased.jsonl"


def place() -> Path:
    return Path(settings.DAWRA_HOME) / NAME


def note(person_id: UUID, at: datetime) -> None:
    """Write one down, on the disk before this returns."""
    line = json.dumps({"person": str(person_id), "at": at.isoformat()}) + "\n"
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def noted() -> dict[UUID, datetime]:
    """Everybody in the ledger. A last line that a crash cut off is not one."""
    found: dict[UUID, datetime] = {}
    if place().exists():
        for line in place().read_text(encoding="utf-8").split("\n"):
            try:
                said = json.loads(line)
                found[UUID(said["person"])] = datetime.fromisoformat(said["at"])
            except (ValueError, KeyError, TypeError):
                continue
    return found
