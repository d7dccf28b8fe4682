"""Doors to the rooms above, which open them when the house starts: imports point down, so access asks through here.

The journal opens `write` and `tell`, team opens `directory`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from dawra.access.actor import Actor

Response = TypeVar("Response")


@dataclass(frozen=True, slots=True)
class Named:
    """A member or a team, as others see it."""

    kind: str
    id: UUID
    name: str
    name_ar: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Seer:
    """Somebody who sees a record without a share. why: owner, manager (a team above), all (the role sees everything)."""

    who: Named
    why: str
    through: str = ""


class Writes(Protocol):
    def __call__(
        self, actor: Actor, code: str, facts: dict[str, Any], *, about: Sequence[Any], cause: Any = None
    ) -> Any: ...


class Tells(Protocol):
    def __call__(self, request: Any, response: Any, text: Any, *, undo: Any = None) -> Any: ...


class Directory(Protocol):
    def named(self, ids: Iterable[UUID]) -> dict[UUID, Named]: ...
    def whom(self) -> list[Named]: ...
    def seers(self, owner_id: UUID | None, permission: str) -> list[Seer]: ...
    def holders(self) -> dict[UUID, list[Named]]: ...


@dataclass(slots=True)
class Doors:
    write: Writes | None = None
    tell: Tells | None = None
    directory: Directory | None = None


_doors = Doors()


def open_journal(write: Writes, tell: Tells) -> None:
    _doors.write, _doors.tell = write, tell


def open_directory(directory: Directory) -> None:
    _doors.directory = directory


def write(actor: Actor, code: str, *, about: Sequence[Any] = (), cause: Any = None, **facts: Any) -> Any:
    """One journal entry of the kind `code`; returns it. See journal.actions.write."""
    assert _doors.write, "the journal has not opened its door"
    return _doors.write(actor, code, facts, about=about, cause=cause)


def tell(request: Any, response: Response, text: Any, *, undo: Any = None) -> Response:
    """A toast, with the way back beside it. See journal.telling.tell."""
    assert _doors.tell, "the journal has not opened its door"
    told: Response = _doors.tell(request, response, text, undo=undo)
    return told


def directory() -> Directory:
    assert _doors.directory, "team has not opened its door"
    return _doors.directory
