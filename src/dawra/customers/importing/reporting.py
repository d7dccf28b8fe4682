"""What an import did: counts per file, notes, and each rejected row with its line and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. total and seconds_left are None while they cannot be known."""

    file: str
    done: int
    total: int | None
    created: int
    updated: int
    unchanged: int
    rejected: int
    rows_per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was read differently than written, how often."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """line: physical line of the file. column: "" if the whole row is meant. reason: what is wrong and how to fix it."""

    file: str
    row: int
    line: int
    column: str
    reason: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """accepted = created + updated + unchanged; accepted + rejected = rows."""

    name: str
    what: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    notes: tuple[NoteLine, ...] = ()

    @property
    def accepted(self) -> int:
        return self.created + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportReport:
    """state: done, failed or stopped. resumed: rows an earlier, killed run had already brought in were not repeated."""

    import_id: UUID
    recognised: str
    state: str
    files: tuple[FileReport, ...]
    rejected_rows: tuple[RejectedRow, ...] = ()
    resumed: bool = False
    seconds: float = 0.0
    skipped_files: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(f.rows for f in self.files)

    @property
    def accepted(self) -> int:
        return sum(f.accepted for f in self.files)

    @property
    def rejected(self) -> int:
        return sum(f.rejected for f in self.files)
