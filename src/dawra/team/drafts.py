"""What a training path is going to say: its parts read, put in, moved and taken out, on plain values. Pure.

A part is the head, one lesson, one question, or the role-play. Each carries its own mark, so that two people who write
two lessons of one path do not get in each other's way.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

from dawra.team.learning import Content, Lesson, PathSaid, Point, Question, content_of

LESSONS, QUESTIONS = "lessons", "questions"


@dataclass(frozen=True, slots=True)
class Head:
    """What a path is called, whom it is meant for, and its rules. As in PathSaid."""

    name: str = ""
    name_ar: str = ""
    about: str = ""
    about_ar: str = ""
    roles: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()
    pass_bp: int = 8000
    attempts: int = 3
    rubric_pass: int = 30
    valid_months: int = 12


@dataclass(frozen=True, slots=True)
class Scene:
    """The role-play: what is played, and what it is marked on."""

    scenario: str = ""
    scenario_ar: str = ""
    rubric: tuple[Point, ...] = ()


Part = Head | Lesson | Question | Scene
HEAD = tuple(one.name for one in fields(Head))


def kept(said: PathSaid) -> dict[str, Any]:
    """As the path's row keeps it."""
    plain = asdict(said)
    return plain | {name: sorted(str(one) for one in plain[name]) for name in ("roles", "teams")}


def said_of(draft: Mapping[str, Any]) -> PathSaid:
    ids = {name: tuple(UUID(one) for one in draft[name]) for name in ("roles", "teams")}
    return PathSaid(**{**draft, **ids, "content": content_of(draft["content"])})


def head_of(said: PathSaid) -> Head:
    return Head(**{name: getattr(said, name) for name in HEAD})


def scene_of(said: PathSaid) -> Scene:
    content = said.content
    return Scene(content.scenario, content.scenario_ar, content.rubric)


def standing(said: PathSaid, part: Part) -> Part | None:
    """What stands where the part wants to go; None for a lesson or a question that is new or gone."""
    if isinstance(part, Head):
        return head_of(said)
    if isinstance(part, Scene):
        return scene_of(said)
    pieces: tuple[Any, ...] = said.content.lessons if isinstance(part, Lesson) else said.content.questions
    found: Part | None = next((one for one in pieces if one.key == part.key and one.key), None)
    return found


def mark(part: Part | None) -> str:
    """Twelve letters that change when the part does."""
    return sha256(dumps(asdict(part), sort_keys=True, default=str).encode()).hexdigest()[:12] if part else ""


def put(said: PathSaid, part: Part) -> PathSaid:
    """The part in its place; a lesson or a question without a key at the end."""
    if isinstance(part, Head):
        return replace(said, **{name: getattr(part, name) for name in HEAD})
    if isinstance(part, Scene):
        changed = {one.name: getattr(part, one.name) for one in fields(Scene)}
        return replace(said, content=replace(said.content, **changed))
    where = LESSONS if isinstance(part, Lesson) else QUESTIONS
    pieces: list[Any] = list(getattr(said.content, where))
    place = next((n for n, one in enumerate(pieces) if one.key == part.key and one.key), None)
    if place is None:
        pieces.append(part)
    else:
        pieces[place] = part
    return _with(said, where, pieces)


def found(said: PathSaid, key: str) -> tuple[str, int] | None:
    """(lessons or questions, place from 0) of a piece."""
    for where in (LESSONS, QUESTIONS):
        for place, one in enumerate(getattr(said.content, where)):
            if one.key == key:
                return where, place
    return None


def moved(said: PathSaid, where: str, place: int, *, up: bool) -> PathSaid:
    """One place nearer the beginning or the end; the same at the very edge."""
    pieces: list[Any] = list(getattr(said.content, where))
    to = place - 1 if up else place + 1
    if not 0 <= to < len(pieces):
        return said
    pieces[place], pieces[to] = pieces[to], pieces[place]
    return _with(said, where, pieces)


def without(said: PathSaid, where: str, place: int) -> PathSaid:
    pieces: list[Any] = list(getattr(said.content, where))
    del pieces[place]
    return _with(said, where, pieces)


def with_again(said: PathSaid, where: str, place: int, piece: Mapping[str, Any]) -> PathSaid:
    """A piece that was taken out, where it stood."""
    [again] = getattr(content_of({where: [piece]}), where)
    pieces: list[Any] = list(getattr(said.content, where))
    pieces.insert(place, again)
    return _with(said, where, pieces)


def _with(said: PathSaid, where: str, pieces: list[Any]) -> PathSaid:
    named: dict[str, Any] = {where: tuple(pieces)}
    content: Content = replace(said.content, **named)
    return replace(said, content=content)
