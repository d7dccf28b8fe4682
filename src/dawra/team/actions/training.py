"""Training paths: written, never overwritten; put away and brought back."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.access.ids import new_id
from dawra.access.models import Role
from dawra.journal.actions import write
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import training as told
from dawra.journal.models import Entry
from dawra.team import learning
from dawra.team.changing import change
from dawra.team.learning import Content, Lesson, Option, PathSaid, Point, Question
from dawra.team.models import Team, TrainingEdition, TrainingPath
from dawra.team.training_seeds import SEEDS

MOST_LESSONS, MOST_QUESTIONS, MOST_OPTIONS, MOST_POINTS = 30, 40, 8, 10
LONGEST_NAME, LONGEST_ABOUT, LONGEST_TEXT, LONGEST_LINE, LONGEST_ADDRESS = 120, 2000, 20_000, 600, 500
MOST_ATTEMPTS, LONGEST_MONTHS = 20, 120
MOST_WEIGHT = 10


OWN = ("name", "name_ar", "about", "about_ar", "roles", "teams")
RULES = ("pass_bp", "attempts", "rubric_pass", "valid_months")


@transaction.atomic
def add_path(actor: Actor, *, said: PathSaid) -> TrainingPath:
    """Write down a new training path; everybody whom it is meant for finds it at once.

    Writes:  team.training_path_added.1
    Raises:  Refused, Invalid
    """
    actor.must("team.train")
    own, edition = checked(said, frozenset())
    path = TrainingPath(created_at=actor.now, created_by_id=actor.member_id, published_at=actor.now, **own)
    path.save(force_insert=True)
    put_edition(actor, path, 1, edition)
    write(actor, told.TrainingPathAdded(path.pk, path.name), about=[path])
    return path


@transaction.atomic
def write_path(
    actor: Actor, *, path_id: UUID, said: PathSaid, version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Say a path anew. What was learned stays; who is under way goes on with what is said now. None if nothing differs.

    Writes:  team.training_path_written.1
    Raises:  Refused, NotFound, Invalid, Stale, Conflict (a draft of it is being written)
    """
    actor.must("team.train")
    path = path_of(path_id)
    if path.draft is not None:
        raise Conflict(_("A draft of this path is being written. Publish it or discard it first."))
    return say(actor, path, said, version=version, cause=cause)


def say(
    actor: Actor, path: TrainingPath, said: PathSaid, *, version: int | None, cause: Entry | None = None
) -> Entry | None:
    """Part of writing and of publishing a draft: what the path says from now on, as a new edition if it differs."""
    editions = list(path.editions.order_by("number"))
    own, edition = checked(said, keys_of(path, editions))
    stands = editions[-1]
    differs = any(getattr(stands, name) != value for name, value in edition.items())
    changes = change(path, own, version)
    if not changes and not differs:
        return None
    if differs and not changes:
        _touch(path)
    new = put_edition(actor, path, stands.number + 1, edition) if differs else None
    for name in ("roles", "teams", "about", "about_ar"):  # long, or ids nobody reads
        if name in changes:
            changes[name] = [bool(changes[name][0]), bool(changes[name][1])]
    if new is not None:
        changes["edition"] = [stands.number, new.number]
    fact = told.TrainingPathWritten(
        path.pk, path.name, changes, new.pk if new else None, stands.pk if new else None
    )  # fmt: skip
    return write(actor, fact, about=[path], cause=cause)


@transaction.atomic
def say_as_before(actor: Actor, *, entry: Entry) -> Entry | None:
    """Part of taking back: what the lessons, quiz and role-play said before is said again, as a new edition.

    Writes:  team.training_path_written.1
    Raises:  Refused, NotFound, Conflict (written anew since, or only the path's own fields had changed)
    """
    actor.must("team.train")
    facts: dict[str, Any] = entry.facts
    path = path_of(UUID(facts["path_id"]))
    stands = path.editions.order_by("-number")[0]
    if facts["edition_id"] is None or str(stands.pk) != facts["edition_id"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    before = path.editions.get(pk=UUID(facts["before_id"]))
    own = {name: getattr(path, name) for name in OWN if name not in ("roles", "teams")}
    for name in ("name", "name_ar"):
        own[name] = facts["changes"].get(name, [own[name]])[0]
    said = PathSaid(
        **own, roles=tuple(UUID(one) for one in path.roles), teams=tuple(UUID(one) for one in path.teams),
        content=learning.content_of(before.content), **{name: getattr(before, name) for name in RULES},
    )  # fmt: skip
    return write_path(actor, path_id=path.pk, said=said, cause=entry)


@transaction.atomic
def archive_path(actor: Actor, *, path_id: UUID, cause: Entry | None = None) -> Entry | None:
    """Put a path away: nobody begins it any more, certificates stay what they are. None if it is away already.

    Writes:  team.training_path_archived.1
    Raises:  Refused, NotFound
    """
    actor.must("team.train")
    path = path_of(path_id)
    if not change(path, {"archived_at": path.archived_at or actor.now}, None):
        return None
    return write(actor, told.TrainingPathArchived(path.pk, path.name), about=[path], cause=cause)


@transaction.atomic
def restore_path(actor: Actor, *, path_id: UUID, cause: Entry | None = None) -> Entry | None:
    """Bring a path back into use. None if it is in use already.

    Writes:  team.training_path_restored.1
    Raises:  Refused, NotFound
    """
    actor.must("team.train")
    path = path_of(path_id)
    if not change(path, {"archived_at": None}, None):
        return None
    return write(actor, told.TrainingPathRestored(path.pk, path.name), about=[path], cause=cause)


@transaction.atomic
def load_starter_training(actor: Actor) -> int:
    """The path the house brings along, in both languages and marked as starter; nothing where any path is written.

    Writes:  team.training_path_added.1 each
    Raises:  Refused
    """
    actor.must("team.train")
    if TrainingPath.objects.exists():
        return 0
    for seed in SEEDS:
        values = {"is_starter": True, "created_at": actor.now, "created_by_id": actor.member_id}
        path = TrainingPath(**seed.own(), published_at=actor.now, **values)
        path.save(force_insert=True)
        put_edition(actor, path, 1, seed.edition())
        write(actor, told.TrainingPathAdded(path.pk, path.name), about=[path])
    return len(SEEDS)


def said_by(path: TrainingPath, edition: TrainingEdition) -> PathSaid:
    """What a path says, as its writer would say it."""
    return PathSaid(
        path.name, path.name_ar, path.about, path.about_ar, tuple(UUID(one) for one in path.roles),
        tuple(UUID(one) for one in path.teams), learning.content_of(edition.content), edition.pass_bp, edition.attempts,
        edition.rubric_pass, edition.valid_months,
    )  # fmt: skip


def path_of(path_id: UUID) -> TrainingPath:
    path = TrainingPath.objects.filter(pk=path_id).first()
    if path is None:
        raise NotFound()
    return path


def _touch(path: TrainingPath) -> None:
    """What it says is part of its version."""
    seen = path.version
    if not TrainingPath.objects.filter(pk=path.pk, version=seen).update(version=seen + 1):
        raise Stale(record=path.kind, id=path.pk, version=seen + 1, theirs={}, yours={})
    path.version = seen + 1


def put_edition(actor: Actor, path: TrainingPath, number: int, values: dict[str, Any]) -> TrainingEdition:
    row = TrainingEdition(path=path, number=number, written_at=actor.now, written_by_id=actor.member_id, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as somebody_was_faster:
        raise Stale(record=path.kind, id=path.pk, version=path.version, theirs={}, yours={}) from somebody_was_faster
    return row


def checked(said: PathSaid, known: frozenset[str], *, whole: bool = True) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of the path and of its edition. known: keys it ever used. whole: as learners get it, not a draft."""
    own: dict[str, Any] = {
        "name": _line(said.name, LONGEST_NAME, "name"),
        "name_ar": _line(said.name_ar, LONGEST_NAME, "name_ar"),
        "about": _line(said.about, LONGEST_ABOUT, "about"),
        "about_ar": _line(said.about_ar, LONGEST_ABOUT, "about_ar"),
        "roles": sorted(str(one) for one in set(said.roles)),
        "teams": sorted(str(one) for one in set(said.teams)),
    }
    own["name"] = own["name"] or own["name_ar"]
    if not own["name"]:
        raise Invalid(_("Give the path a name."), field="name")
    if said.roles and Role.objects.filter(pk__in=said.roles).count() != len(own["roles"]):
        raise Invalid(_("Choose roles of this company."), field="roles")
    if said.teams and Team.objects.filter(pk__in=said.teams).count() != len(own["teams"]):
        raise Invalid(_("Choose teams of this company."), field="teams")
    limits = {
        "pass_bp": (1, learning.WHOLE), "attempts": (0, MOST_ATTEMPTS), "rubric_pass": (10, 50),
        "valid_months": (0, LONGEST_MONTHS),
    }  # fmt: skip
    for name, (least, most) in limits.items():
        if not least <= getattr(said, name) <= most:
            raise Invalid(_("Write a number between %(least)s and %(most)s."), field=name, least=least, most=most)
    if whole and said.content.is_empty:
        raise Invalid(_("Write at least one lesson, one question or one role-play."), field="lessons")
    content = _content(said.content, known)
    return own, {"content": as_plain(asdict(content)), **{name: getattr(said, name) for name in RULES}}


def keys_of(path: TrainingPath, editions: Iterable[TrainingEdition]) -> frozenset[str]:
    """Every key a piece of the path has or ever had."""
    contents = [row.content for row in editions] + ([path.draft["content"]] if path.draft else [])
    return frozenset(_keys([learning.content_of(one) for one in contents]))


def _keys(contents: Any) -> Any:
    for one in contents:
        yield from (piece.key for piece in (*one.lessons, *one.questions, *one.rubric))
        yield from (option.key for question in one.questions for option in question.options)


def _content(said: Content, known: frozenset[str]) -> Content:
    if len(said.lessons) > MOST_LESSONS:
        raise Invalid(_("A path holds at most %(most)s lessons."), field="lessons", most=MOST_LESSONS)
    if len(said.questions) > MOST_QUESTIONS:
        raise Invalid(_("A quiz holds at most %(most)s questions."), field="questions", most=MOST_QUESTIONS)
    if len(said.rubric) > MOST_POINTS:
        raise Invalid(_("A role-play is marked on at most %(most)s points."), field="rubric", most=MOST_POINTS)
    scenario = {name: _line(getattr(said, name), LONGEST_TEXT, "scenario") for name in ("scenario", "scenario_ar")}
    if bool(said.rubric) != any(scenario.values()):
        raise Invalid(_("A role-play needs both a scene and what it is marked on."), field="scenario")
    content = Content(
        tuple(_lesson(one, known) for one in said.lessons),
        tuple(_question(one, known) for one in said.questions),
        scenario["scenario"] or scenario["scenario_ar"], scenario["scenario_ar"],
        tuple(_point(one, known) for one in said.rubric),
    )  # fmt: skip
    groups = [
        [one.key for one in content.lessons], [one.key for one in content.questions], [one.key for one in content.rubric],
        *([option.key for option in one.options] for one in content.questions),
    ]  # fmt: skip
    if any(len(set(keys)) != len(keys) for keys in groups):
        raise Invalid(_("A piece is worded anew under its own key, or is a new one without a key."), field="lessons")
    return content


def _point(said: Point, known: frozenset[str]) -> Point:
    if not 1 <= said.weight <= MOST_WEIGHT:
        raise Invalid(_("A weight is a whole number from 1 to %(most)s."), field="rubric", most=MOST_WEIGHT)
    return Point(_key(said.key, known), *_names(said, "rubric"), said.weight)


def _lesson(said: Lesson, known: frozenset[str]) -> Lesson:
    name, name_ar = _names(said, "lessons")
    text, text_ar = (_line(one, LONGEST_TEXT, "lessons") for one in (said.text, said.text_ar))
    return Lesson(_key(said.key, known), name, name_ar, text or text_ar, text_ar, _video(said.video))


def _video(address: str) -> str:
    """Shown as a link only; nothing of it is loaded into the page."""
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        sound = parts.scheme == "https" and bool(parts.hostname) and not any(one.isspace() for one in address)
    except ValueError:
        sound = False
    if not sound or len(address) > LONGEST_ADDRESS:
        raise Invalid(_("The link to a video begins with https:// and names a place."), field="lessons")
    return address


def _question(said: Question, known: frozenset[str]) -> Question:
    name, name_ar = _names(said, "questions")
    options = tuple(Option(_key(one.key, known), *_names(one, "questions"), one.right) for one in said.options)
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise Invalid(_("A question has 2 to %(most)s answers to choose from."), field="questions", most=MOST_OPTIONS)
    right = sum(one.right for one in options)
    if right < 1 or (right > 1 and not said.many):
        raise Invalid(
            _("Mark the right answer of each question; several only where several may be chosen."), field="questions"
        )
    why, why_ar = (_line(one, LONGEST_LINE * 2, "questions") for one in (said.why, said.why_ar))
    return Question(_key(said.key, known), name, name_ar, said.many, options, why or why_ar, why_ar)


def _names(said: Any, field: str) -> tuple[str, str]:
    name, name_ar = (_line(one, LONGEST_LINE, field) for one in (said.name, said.name_ar))
    if not (name or name_ar):
        raise Invalid(_("Everything needs a name, in one of the languages."), field=field)
    return name or name_ar, name_ar


def _key(key: str, known: frozenset[str]) -> str:
    if key and key not in known:
        raise Invalid(_("A piece is worded anew under its own key, or is a new one without a key."), field="lessons")
    return key or new_id().hex[-12:]


def _line(text: str, most: int, field: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise Invalid(_("This holds at most %(most)s characters."), field=field, most=most)
    return text
