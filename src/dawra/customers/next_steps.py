"""What a call or meeting leaves to be done next: rooms whose records carry a next step announce how it is written there.

NEXT_STEPS["deal"] = Steps(is_open, write)      # in the room's apps.ready(), from a module of its own
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dawra.access.actor import Actor
from dawra.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Steps:
    """is_open(record): a next step is expected of it. write(actor, record, title, day, cause): part of the caller's act."""

    is_open: Callable[[Any], bool]
    write: Callable[[Actor, Any, str, date, Entry], object]


NEXT_STEPS: dict[str, Steps] = {}


def expects_one(record: Any) -> bool:
    steps = NEXT_STEPS.get(record.kind)
    return steps is not None and steps.is_open(record)


def write_to(actor: Actor, record: Any, title: str, on: date, cause: Entry) -> None:
    NEXT_STEPS[record.kind].write(actor, record, title, on, cause)
