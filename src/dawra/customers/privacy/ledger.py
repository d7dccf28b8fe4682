"""The ledger of the erased: a line a person in a file beside the database, which no backup holds.

Restoring an old backup brings erased people back; what the ledger names is then forgotten again, and once a day, so
that an erasure cut off between the ledger and the database is carried out.

With the person stand keyed hashes of the addresses that were theirs alone: a list somebody still has must not bring
them back unnoticed (customers/privacy/returning.py). Without the installation's secret a hash says nothing.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

NAME = "erased.jsonl"


def place() -> Path:
    return Path(settings.DAWRA_HOME) / NAME


def digest(kind: str, normal: str) -> str:
    """What the ledger keeps of an address: its HMAC with the installation's secret key."""
    return salted_hmac("dawra.customers.erased", f"{kind}:{normal}", algorithm="sha256").hexdigest()


def note(person_id: UUID, at: datetime, addresses: Iterable[str] = ()) -> None:
    """Write one down, on the disk before this returns. addresses: digests."""
    _add({"person": str(person_id), "at": at.isoformat(), "addresses": sorted(addresses)})


def welcome(addresses: Iterable[str], at: datetime) -> None:
    """These digests are no longer those of somebody who must not come back."""
    _add({"welcome": sorted(addresses), "at": at.isoformat()})


def addresses() -> frozenset[str]:
    """Digests of the addresses of the erased. Cheap to ask again: the file is read when it has changed."""
    try:
        state = place().stat()
    except OSError:
        return frozenset()
    return _addresses(str(place()), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _addresses(_place: str, _changed: int, _size: int) -> frozenset[str]:
    found: set[str] = set()
    for said in _lines():
        found |= set(said.get("addresses", ()))
        found -= set(said.get("welcome", ()))
    return frozenset(found)


def _add(said: dict[str, Any]) -> None:
    line = json.dumps(said) + "\n"
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def noted() -> dict[UUID, datetime]:
    """Everybody in the ledger. A last line that a crash cut off is not one."""
    found: dict[UUID, datetime] = {}
    for said in _lines():
        try:
            found[UUID(said["person"])] = datetime.fromisoformat(said["at"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _lines() -> Iterator[dict[str, Any]]:
    if place().exists():
        for line in place().read_text(encoding="utf-8").split("\n"):
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                yield said
