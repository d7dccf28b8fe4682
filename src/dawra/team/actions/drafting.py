"""A training path on the desk of who writes it: begun, said part by part, published. Learners see none of it before."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound, Stale
from dawra.journal.actions import write
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import training as told
from dawra.journal.models import Entry
from dawra.team import drafts, learning
from dawra.team.actions.training import RULES, checked, keys_of, path_of, put_edition, said_by, say
from dawra.team.changing import change
from dawra.team.drafts import Head, Part, Scene
from dawra.team.learning import Lesson, PathSaid, Question
from dawra.team.models import TrainingPath

EMPTY = {"lessons": [], "questions": [], "scenario": "", "scenario_ar": "", "rubric": []}


@transaction.atomic
def begin_path(actor: Actor, *, head: Head) -> TrainingPath:
    """Open a sheet for a new training path; learners see it once it is published.

    Writes:  team.training_path_begun.1
    Raises:  Refused, Invalid
    """
    actor.must("team.train")
    said = drafts.put(PathSaid(""), head)
    own, edition = checked(said, frozenset(), whole=False)
    path = TrainingPath(created_at=actor.now, created_by_id=actor.member_id, draft=_kept(own, edition), **own)
    path.save(force_insert=True)
    put_edition(actor, path, 0, edition | {"content": EMPTY})
    write(actor, told.TrainingPathBegun(path.pk, path.name), about=[path])
    return path


@transaction.atomic
def rewrite_part(actor: Actor, *, path_id: UUID, part: Part, seen: str | None = None) -> tuple[Entry | None, str]:
    """Say one part of a path anew in its draft. A lesson or question without a key is added at the end.

    seen:    drafts.mark of the part as it stood when the writer opened it; None = whatever it was
    Gives:   the entry, None if nothing differs; and the key of the piece
    Writes:  team.training_path_drafted.1
    Raises:  Refused, NotFound (a piece that is gone), Invalid, Stale (somebody else wrote this very part)
    """
    actor.must("team.train")
    path, said, known = _desk(path_id)
    stands = drafts.standing(said, part)
    if isinstance(part, Lesson | Question) and part.key and stands is None:
        raise NotFound()
    own, edition = checked(drafts.put(said, part), known, whole=False)
    new = drafts.said_of(_kept(own, edition))
    if seen is not None and seen != drafts.mark(stands):
        theirs, yours = _shown(stands), _shown(drafts.standing(new, part))
        differ = [name for name, one in yours.items() if one != theirs.get(name)]
        raise Stale(
            record=path.kind, id=path.pk, version=drafts.mark(stands),
            theirs={name: theirs.get(name) for name in differ}, yours={name: yours[name] for name in differ},
        )  # fmt: skip
    where = "questions" if isinstance(part, Question) else "lessons"
    pieces = getattr(new.content, where)
    key = part.key or pieces[-1].key if isinstance(part, Lesson | Question) else ""
    entry = _keep(actor, path, new, told.TrainingPathDrafted(path.pk, path.name, _changes(part, stands)))
    return entry, key


@transaction.atomic
def move_piece(actor: Actor, *, path_id: UUID, key: str, up: bool) -> Entry | None:
    """Put a lesson or a question one place earlier or later in the draft. None at the very edge.

    Writes:  team.training_path_drafted.1
    Raises:  Refused, NotFound
    """
    actor.must("team.train")
    path, said, _known = _desk(path_id)
    where, place = _found(said, key)
    new = drafts.moved(said, where, place, up=up)
    name = getattr(said.content, where)[place].name
    moved = {where: [f"{place + 1}. {name}", f"{place + (0 if up else 2)}. {name}"]}
    return _keep(actor, path, new, told.TrainingPathDrafted(path.pk, path.name, moved))


@transaction.atomic
def remove_piece(actor: Actor, *, path_id: UUID, key: str) -> Entry | None:
    """Take a lesson or a question out of the draft.

    Writes:  team.training_piece_removed.1
    Raises:  Refused, NotFound
    """
    actor.must("team.train")
    path, said, _known = _desk(path_id)
    where, place = _found(said, key)
    piece = getattr(said.content, where)[place]
    fact = told.TrainingPieceRemoved(path.pk, path.name, where, place, piece.name, as_plain(asdict(piece)))
    return _keep(actor, path, drafts.without(said, where, place), fact)


@transaction.atomic
def put_back_piece(actor: Actor, *, entry: Entry) -> Entry | None:
    """Part of taking back: what was taken out stands in the draft again, where it stood.

    Writes:  team.training_path_drafted.1
    Raises:  Refused, NotFound, Conflict (it is there already)
    """
    actor.must("team.train")
    facts: dict[str, Any] = entry.facts
    path, said, _known = _desk(UUID(facts["path_id"]))
    if drafts.found(said, facts["piece"]["key"]):
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    new = drafts.with_again(said, facts["where"], facts["place"], facts["piece"])
    fact = told.TrainingPathDrafted(path.pk, path.name, {facts["where"]: [None, facts["name"]]})
    return _keep(actor, path, new, fact, cause=entry)


@transaction.atomic
def publish_path(actor: Actor, *, path_id: UUID, version: int | None = None) -> Entry | None:
    """What was drafted is what learners read from now on. None if there is nothing new to say.

    version: of the path as who publishes has seen it
    Writes:  team.training_path_published.1 the first time, then team.training_path_written.1
    Raises:  Refused, NotFound, Invalid (nothing to learn in it), Conflict (somebody went on writing, or it is archived)
    """
    actor.must("team.train")
    path = path_of(path_id)
    if version is not None and version != path.version:
        raise Conflict(_("Somebody went on writing since you opened this page. Read it again, then publish."))
    if path.archived_at is not None:
        raise Conflict(_("This path is archived. Bring it back first."))
    if path.draft is None:
        return None
    said = drafts.said_of(path.draft)
    if path.published_at is not None:
        entry = say(actor, path, said, version=None)
        change(path, {"draft": None}, None)
        return entry
    own, edition = checked(said, keys_of(path, path.editions.all()))
    change(path, {**own, "draft": None, "published_at": actor.now}, None)
    row = put_edition(actor, path, 1, edition)
    return write(actor, told.TrainingPathPublished(path.pk, path.name, row.pk), about=[path])


@transaction.atomic
def discard_draft(actor: Actor, *, path_id: UUID) -> Entry | None:
    """Forget what was drafted; what learners read stays. None if nothing was drafted.

    Writes:  team.training_draft_discarded.1
    Raises:  Refused, NotFound, Conflict (never published: there is nothing else of it)
    """
    actor.must("team.train")
    path = path_of(path_id)
    if path.published_at is None:
        raise Conflict(_("This path has never been published. Archive it instead."))
    if not change(path, {"draft": None}, None):
        return None
    return write(actor, told.TrainingDraftDiscarded(path.pk, path.name), about=[path])


def _desk(path_id: UUID) -> tuple[TrainingPath, PathSaid, frozenset[str]]:
    """The path, what its draft says (what it says, where there is none), and every key it ever used."""
    path = path_of(path_id)
    if path.archived_at is not None:
        raise Conflict(_("This path is archived. Bring it back first."))
    editions = list(path.editions.order_by("number"))
    said = drafts.said_of(path.draft) if path.draft is not None else said_by(path, editions[-1])
    return path, said, keys_of(path, editions)


def _found(said: PathSaid, key: str) -> tuple[str, int]:
    found = drafts.found(said, key)
    if found is None:
        raise NotFound()
    return found


def _kept(own: dict[str, Any], edition: dict[str, Any]) -> dict[str, Any]:
    return {**own, "content": edition["content"], **{name: edition[name] for name in RULES}}


def _keep(actor: Actor, path: TrainingPath, said: PathSaid, fact: Any, *, cause: Entry | None = None) -> Entry | None:
    """A path nobody has read yet is called as its draft calls it."""
    kept = as_plain(drafts.kept(said))
    stands = path.draft if path.draft is not None else as_plain(drafts.kept(_stands(path)))
    if kept == stands:
        return None
    values = {"draft": kept}
    if path.published_at is None:
        values |= {name: kept[name] for name in ("name", "name_ar", "about", "about_ar", "roles", "teams")}
    change(path, values, None)
    return write(actor, fact, about=[path], cause=cause)


def _stands(path: TrainingPath) -> PathSaid:
    return said_by(path, path.editions.order_by("-number")[0])


def _changes(part: Part, stands: Part | None) -> dict[str, list[Any]]:
    """What the journal keeps of a part: the piece by its name, of the head what is short, of a role-play its points."""
    if isinstance(part, Head):
        was = _shown(stands)
        differs = {name: [was.get(name), one] for name, one in _shown(part).items() if was.get(name) != one}
        return {
            name: [bool(a), bool(b)] if name[:5] in ("about", "roles", "teams") else [a, b]
            for name, (a, b) in differs.items()
        }
    if isinstance(part, Scene):
        return {"role_play": [len(stands.rubric) if isinstance(stands, Scene) else 0, len(part.rubric)]}
    where = "questions" if isinstance(part, Question) else "lessons"
    return {where: [stands.name if isinstance(stands, Lesson | Question) else None, part.name or part.name_ar]}


def _shown(part: Part | None) -> dict[str, Any]:
    """A part as both versions of it are laid side by side: plain words."""
    if part is None:
        return {}
    plain: dict[str, Any] = as_plain(asdict(part))
    plain.pop("key", None)
    if isinstance(part, Question):
        plain["options"] = [f"{'✓ ' if one.right else ''}{one.name or one.name_ar}" for one in part.options]
    if isinstance(part, Scene):
        plain["rubric"] = [f"{one.name or one.name_ar} × {one.weight}" for one in part.rubric]
    if isinstance(part, Head):
        plain["rubric_pass"] = learning.hundredths(part.rubric_pass * 10)
    return plain
