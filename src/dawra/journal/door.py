"""The journal's side of access's door: write by a kind's code."""

from collections.abc import Sequence
from typing import Any

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.journal.actions import write
from dawra.journal.catalogue import KINDS
from dawra.journal.models import Entry
from dawra.journal.telling import tell


def write_code(
    actor: Actor, code: str, facts: dict[str, Any], *, about: Sequence[Any], cause: Entry | None = None
) -> Entry:
    return write(actor, KINDS[code].fact(**facts), about=about, cause=cause)


doors.open_journal(write_code, tell)
