"""Who signs: the one value that every action and every query takes first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from dawra.access.errors import Refused

Via = Literal["ui", "api", "import", "rule", "mcp", "job", "cli"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A member at work, or the house itself.

    now:     the moment of acting (aware); nothing below reads a clock
    sees:    owners whose records are visible; None means every record
    reached: the member and the teams above, to whom a record may have been shared
    """

    member_id: UUID | None
    name: str
    now: datetime
    permissions: frozenset[str] = frozenset()
    sees: frozenset[UUID] | None = frozenset()
    reached: frozenset[UUID] = frozenset()
    via: Via = "ui"
    everything: bool = False

    def may(self, permission: str) -> bool:
        return self.everything or permission in self.permissions

    def must(self, permission: str) -> None:
        """Raises Refused unless the actor holds the permission."""
        if not self.may(permission):
            raise Refused(permission=permission)

    @property
    def sees_all(self) -> bool:
        return self.sees is None

    @property
    def is_system(self) -> bool:
        return self.member_id is None

    def limited_to(self, scopes: Iterable[str], via: Via) -> "Actor":
        """The same person through a token: never more than the token's scopes."""
        return replace(self, permissions=self.permissions & frozenset(scopes), everything=False, via=via)

    @classmethod
    def system(cls, why: str, now: datetime, via: Via = "job") -> "Actor":
        """Work without a person: "nightly backup"."""
        return cls(member_id=None, name=why, now=now, sees=None, via=via, everything=True)
