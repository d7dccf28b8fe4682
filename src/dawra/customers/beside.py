"""What stands beside the form of a call or meeting: other rooms announce what helps whoever is talking.

def questions(actor: Actor, kind: str, record_id: UUID) -> Sequence[Piece]:
    return [Piece(_("Questions to ask"), "questions", (Line("Who signs?", "Economic buyer"),), order=20)]

BESIDE.append(questions)      # in the room's apps.ready(), from a module of its own
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from dawra.access.actor import Actor

SPOKEN = ("call", "meeting")
"""Kinds of activity one talks in: their forms show the pieces."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say, ask or keep in mind, in the reader's language. note: smaller, below it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A few lines under a title, in the reader's language. title_code: which piece it is ("script", "questions").

    order: lower stands first
    """

    title: str
    title_code: str
    lines: tuple[Line, ...]
    order: int = 50


Beside = Callable[[Actor, str, UUID], Sequence[Piece]]
BESIDE: list[Beside] = []


def pieces_beside(actor: Actor, what: str, kind: str, record_id: UUID) -> list[Piece]:
    """What helps in a call or meeting about a record the actor has fetched; nothing for other kinds of activity.

    kind: person, company or deal. Costs what the registered functions cost.
    """
    if what not in SPOKEN:
        return []
    found = [piece for show in BESIDE for piece in show(actor, kind, record_id) if piece.lines]
    return sorted(found, key=lambda piece: (piece.order, piece.title_code))
