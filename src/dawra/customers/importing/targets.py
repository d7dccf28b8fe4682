"""What rows become. Each room registers its own targets, so that the arrows between rooms keep pointing down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing.saying import Said
from dawra.customers.models.importing import CREATED, REJECTED, UNCHANGED, UPDATED

__all__ = [
    "CREATED", "REJECTED", "TARGETS", "UNCHANGED", "UPDATED", "Keeper", "Outcome", "Parsed", "Reject", "Target", "Work",
    "register",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """One import under way, as a target sees it.

    system:   code of the format; names foreign ids. options: what was answered before the start
    """

    actor: Actor
    system: str
    options: Mapping[str, Any]
    import_id: UUID
    begun_at: datetime
    """Kept with the import, so that a resumed run gives undated rows the same moment."""


@dataclass(slots=True)
class Parsed:
    """A row read by its columns, ready for a target.

    values:  target field → typed value; what was blank is absent
    key:     the row's foreign id or natural key; digest: of everything in it
    said:    notes so far; the target may add its own
    """

    number: int
    line: int
    cells: tuple[str, ...]
    key: str
    digest: str
    values: dict[str, Any]
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """outcome: created, updated, unchanged or rejected."""

    outcome: str
    record_kind: str = ""
    record_id: UUID | None = None


class Reject(Exception):
    """A target cannot take the row: what is wrong, in which column."""

    def __init__(self, code: str, column: str = "", **facts: Any) -> None:
        self.said = Said(code, column, facts)
        super().__init__(code, facts)


class Keeper(Protocol):
    """Keeps rows of one file. Opened once a run; what it remembers between batches is only a cache."""

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        """One outcome a row, in order; writes in the caller's transaction. A rejected row has its reason in `said`."""
        ...


class Target(Protocol):
    """permission: what bringing in such records asks for besides records.import."""

    code: str
    permission: str

    def open(self, work: Work) -> Keeper: ...


TARGETS: dict[str, Target] = {}


def register(target: Target) -> None:
    TARGETS[target.code] = target
