"""What the playbook says, on plain values: which page of a stage is in force, and which of its steps were done in time. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.figures.adherence import Passed, Stop, passed_and_skipped

# What meets a step by itself; "" = ticked by hand.
MEETS = ("", "call", "meeting", "email", "note", "demo", "objection", "quote")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist. key: the same however it is worded. by: of MEETS"""

    key: str
    name: str
    name_ar: str
    required: bool
    by: str


@dataclass(frozen=True, slots=True)
class Material:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; one of them may be empty."""

    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Play:
    """What one stage's page of the playbook said from `at` on. drawn: number of the drawing it was written for."""

    id: UUID
    code: str
    drawn: int
    number: int
    at: datetime
    steps: tuple[Step, ...]
    is_starter: bool = False
    todo: str = ""
    todo_ar: str = ""
    script: str = ""
    script_ar: str = ""
    material: tuple[Material, ...] = ()

    @property
    def required(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.required)

    @property
    def what_to_do(self) -> Words:
        return Words(self.todo, self.todo_ar)

    @property
    def what_to_say(self) -> Words:
        return Words(self.script, self.script_ar)

    @property
    def is_empty(self) -> bool:
        return not (self.todo or self.todo_ar or self.script or self.script_ar or self.steps or self.material)


def steps_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(s["key"], s["name"], s["name_ar"], bool(s["required"]), s["by"]) for s in kept)


def material_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Material, ...]:
    return tuple(Material(m["name"], m["address"]) for m in kept)


def in_force(plays: Iterable[Play], code: str, drawn: int, at: datetime | None = None) -> Play | None:
    """The last one written for this drawing or an earlier one; at: as it was then."""
    mine = [p for p in plays if p.code == code and p.drawn <= drawn and (at is None or p.at <= at)]
    return max(mine, key=lambda play: (play.drawn, play.number), default=None)


Done = Mapping[tuple[str, str], datetime]
"""(stage code, step key) → when it was done."""


def is_followed(play: Play | None, done: Done) -> bool:
    """Whether every required step of a stage is done; true where none is required."""
    return play is None or all((play.code, step.key) in done for step in play.required)


@dataclass(frozen=True, slots=True)
class Stay:
    """One visit to a stage of the pipeline, and until when. drawn: number of that stage's drawing."""

    code: str
    position: int
    type: str
    drawn: int
    until: datetime | None


def passed(
    stays: Sequence[Stay], stages: Sequence[Stop], plays: Sequence[Play], done: Done
) -> tuple[tuple[Passed, ...], tuple[str, ...]]:
    """Of each stage left forward: the steps that were due by the words of that day, and those done before leaving.

    A tick that comes later is kept and does not count: whoever fills the list once the deal is won has followed nothing.
    stays: oldest first       stages: the open ones of the deal's drawing       Gives: (passed, skipped stages)
    """
    left, skipped = passed_and_skipped([Stop(s.code, s.position, s.type) for s in stays], stages)
    found = []
    for code, place in left.items():
        stay = stays[place]
        play = in_force(plays, code, stay.drawn, stay.until)
        if play is None or stay.until is None:
            continue
        due = [done.get((code, step.key)) for step in play.required]
        found.append(Passed(code, len(due), sum(at is not None and at <= stay.until for at in due)))
    return tuple(found), skipped
