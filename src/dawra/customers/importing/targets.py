"""What rows become. Each room registers its own targets, so that the arrows between rooms keep pointing down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing.plan import Policy
from dawra.customers.importing.remembering import Memory
from dawra.customers.importing.saying import Said
from dawra.customers.models import ImportRow
from dawra.customers.models.importing import CREATED, REJECTED, UNCHANGED, UPDATED
from dawra.journal.models import Entry

__all__ = [
    "CREATED", "REJECTED", "TARGETS", "UNCHANGED", "UPDATED", "Judged", "Keeper", "Outcome", "Parsed", "Policy",
    "Reject", "TakesBack", "Target", "Work", "register",
]  # fmt: skip

# What taking a row back came to: ImportRow.undone.
BINNED, RETURNED, PARTLY, EDITED, CHANGED, GONE, KEPT, USED, NOTHING = (
    "binned", "returned", "partly", "edited", "changed", "gone", "kept", "used", "nothing",
)  # fmt: skip
LEFT = frozenset({PARTLY, EDITED, CHANGED, GONE, KEPT, USED})
"""These stand in the list of what was left: changed by somebody since, no longer there, or nothing that can go back."""


@dataclass(frozen=True, slots=True)
class Work:
    """One import under way, as a target sees it.

    system:   code of the format; names foreign ids. options: what was answered before the start
    policy:   what a match does, see plan.Policy. memory: what earlier batches would have made, in a dry run only
    """

    actor: Actor
    system: str
    options: Mapping[str, Any]
    import_id: UUID
    begun_at: datetime
    """Kept with the import, so that a resumed run gives undated rows the same moment."""
    policy: Policy = field(default_factory=Policy)
    memory: Memory | None = None


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
    """outcome: created, updated, unchanged or rejected.

    made: what the row did to records, for taking it back; empty where it only created its own record.
          fields: {field: [before, after]}; points: [[id, normal value]]; affiliations: ids it added; tags: folded
          names it put on; also: [[kind, id]] of other records it added (the company named beside a person).
          A target may add its own
    """

    outcome: str
    record_kind: str = ""
    record_id: UUID | None = None
    made: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row would do. record_id: None for what does not exist yet. changes: field → [before, after], as shown."""

    outcome: str
    record_kind: str = ""
    record_id: UUID | None = None
    label: str = ""
    changes: Mapping[str, list[Any]] = field(default_factory=dict)


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

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        """What keep would do, writing nothing; between batches `work.memory` knows what would have been made."""
        ...


class Target(Protocol):
    """permission: what bringing in such records asks for besides records.import."""

    code: str
    permission: str

    def open(self, work: Work) -> Keeper: ...


@runtime_checkable
class TakesBack(Protocol):
    """A target whose rows can be taken back. Rows come newest first, at most 500, in the caller's transaction."""

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        """What became of each row: one of the codes above.

        cause:  the undo's own entry, the cause of every entry written here
        edited: also what somebody has edited since goes to the bin
        """
        ...


TARGETS: dict[str, Target] = {}


def register(target: Target) -> None:
    TARGETS[target.code] = target
