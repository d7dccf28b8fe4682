"""Training paths as those who write them see them: the draft, what it changes, and what was said before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as translate

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.models import Role
from dawra.access.queries import roles as role_cards
from dawra.access.queries import title_of
from dawra.team import drafts
from dawra.team.learning import Lesson, PathSaid, Question, Words, content_of
from dawra.team.models import Enrolment, Team, TrainingEdition, TrainingPath
from dawra.team.queries.people import teams

MOST_EDITIONS = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A lesson or a question on the desk. state: "", new or changed, against what learners read."""

    piece: Any
    state: str
    mark: str

    @property
    def right(self) -> list[Any]:
        return [one for one in self.piece.options if one.right] if isinstance(self.piece, Question) else []


@dataclass(frozen=True, slots=True)
class EditionCard:
    number: int
    written_at: datetime
    by: Any
    lessons: int
    questions: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A path being written. under_way: members who have begun it."""

    id: UUID
    version: int
    said: PathSaid
    published: bool
    archived: bool
    drafted: bool
    is_starter: bool
    lessons: tuple[Piece, ...]
    questions: tuple[Piece, ...]
    head_state: str
    scene_state: str
    editions: tuple[EditionCard, ...]
    under_way: int
    meant_for: tuple[Words, ...]

    @property
    def name(self) -> str:
        return self.said.name

    @property
    def name_ar(self) -> str:
        return self.said.name_ar

    @property
    def about(self) -> Words:
        return Words(self.said.about, self.said.about_ar)

    @property
    def scene(self) -> Words:
        return Words(self.said.content.scenario, self.said.content.scenario_ar)


def desk(actor: Actor, path_id: UUID) -> Desk:
    """Raises Refused, NotFound. 3 queries, 5 where it is meant for somebody."""
    actor.must("team.train")
    row = TrainingPath.objects.filter(pk=path_id).first()
    if row is None:
        raise NotFound()
    editions = list(TrainingEdition.objects.filter(path=row).select_related("written_by").order_by("-number"))
    read = _said(row, editions[0])
    said = drafts.said_of(row.draft) if row.draft is not None else read
    published = row.published_at is not None
    pieces: list[Any] = [*read.content.lessons, *read.content.questions]
    before = {one.key: one for one in pieces}
    return Desk(
        row.pk, row.version, said, published, row.archived_at is not None, row.draft is not None, row.is_starter,
        tuple(_piece(one, before, published) for one in said.content.lessons),
        tuple(_piece(one, before, published) for one in said.content.questions),
        _state(drafts.head_of(said), drafts.head_of(read), published),
        _state(drafts.scene_of(said), drafts.scene_of(read), published),
        tuple(_edition(one) for one in editions[:MOST_EDITIONS] if one.number),
        Enrolment.objects.filter(path=row).count(),
        _meant_for(said),
    )  # fmt: skip


def piece(found: Desk, where: str, key: str) -> Piece:
    """One lesson or question of it, with its mark. Raises NotFound."""
    pieces = found.lessons if where == drafts.LESSONS else found.questions
    one = next((one for one in pieces if one.piece.key == key), None)
    if one is None:
        raise NotFound()
    return one


def audience(actor: Actor) -> tuple[list[tuple[str, Words]], list[tuple[str, Words]]]:
    """(roles, teams) a path can be meant for: (id, name), role names in the reader's language. 4 queries."""
    actor.must("team.train")
    roles = [(str(one.id), Words(one.name or translate(one.title))) for one in role_cards(actor)]
    return roles, [(str(one.id), Words(one.name, one.name_ar)) for one in teams(actor)]


def _said(row: TrainingPath, edition: TrainingEdition) -> PathSaid:
    own: dict[str, Any] = {name: getattr(row, name) for name in ("name", "name_ar", "about", "about_ar")}
    own |= {name: tuple(UUID(one) for one in getattr(row, name)) for name in ("roles", "teams")}
    rules = {name: getattr(edition, name) for name in ("pass_bp", "attempts", "rubric_pass", "valid_months")}
    return PathSaid(**own, **rules, content=content_of(edition.content))


def _piece(one: Lesson | Question, before: dict[str, Any], published: bool) -> Piece:
    state = "" if not published or before.get(one.key) == one else "changed" if one.key in before else "new"
    return Piece(one, state, drafts.mark(one))


def _state(now: drafts.Part, read: drafts.Part, published: bool) -> str:
    return "changed" if published and now != read else ""


def _edition(row: TrainingEdition) -> EditionCard:
    content = content_of(row.content)
    return EditionCard(row.number, row.written_at, row.written_by, len(content.lessons), len(content.questions))


def _meant_for(said: PathSaid) -> tuple[Words, ...]:
    roles = Role.objects.filter(pk__in=said.roles) if said.roles else ()
    below = Team.objects.filter(pk__in=said.teams) if said.teams else ()
    named = [Words(translate(title_of(row))) for row in roles]
    return (*named, *(Words(row.name, row.name_ar) for row in below))
