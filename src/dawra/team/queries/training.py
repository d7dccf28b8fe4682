"""Training paths: those there are, one whole, whose turn it is, and who holds a certificate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.team import learning
from dawra.team.learning import Asked, Question, Words
from dawra.team.models import Certificate, Member, QuizAttempt, Team, TrainingPath
from dawra.team.queries.people import today
from dawra.team.queries.progress import Progress, Version, holders, progress, state_of, version_of, versions

MISSING = {"lessons": _("Lessons"), "quiz": _("Quiz"), "role_play": _("Role-play")}
MOST_PATHS, MOST_LEARNERS = 200, 500


@dataclass(frozen=True, slots=True)
class PathCard:
    """meant: for the reader. mine: None for who does not learn (the house itself)."""

    id: UUID
    version: int
    name: str
    name_ar: str
    about: str
    about_ar: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    is_starter: bool
    archived: bool
    published: bool
    drafted: bool
    said: Version
    meant: bool
    mine: Progress | None

    @property
    def about_shown(self) -> Words:
        return Words(self.about, self.about_ar)

    @property
    def missing_names(self) -> list[Any]:
        return [MISSING[one] for one in (self.mine.missing if self.mine else ())]

    @property
    def done(self) -> int:
        return len(self.mine.lessons) if self.mine else 0

    @property
    def is_due(self) -> bool:
        """Meant for the reader, who holds no certificate of it."""
        return self.meant and self.mine is not None and not self.mine.holds and not self.archived


@dataclass(frozen=True, slots=True)
class Learner:
    """A member on a path, as who sees them sees it."""

    id: UUID
    name: str
    name_ar: str
    team: str
    team_ar: str
    meant: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class Answered:
    """A question after it has been answered. options: (option, given)"""

    question: Question
    given: frozenset[str]
    is_right: bool

    @property
    def explanation(self) -> Words:
        return Words(self.question.why, self.question.why_ar)

    @property
    def options(self) -> list[tuple[learning.Option, bool]]:
        return [(one, one.key in self.given) for one in self.question.options]


@dataclass(frozen=True, slots=True)
class QuizPage:
    """asked: while it is open; answered: afterwards. Never both: what is right is not said before."""

    id: UUID
    path: PathCard
    said: Version
    number: int
    begun_at: datetime
    done_at: datetime | None
    score_bp: int | None
    is_passed: bool
    seconds: int | None
    asked: tuple[Asked, ...]
    answered: tuple[Answered, ...]

    @property
    def minutes(self) -> int:
        return max(1, round((self.seconds or 0) / 60))

    @property
    def sheet(self) -> list[dict[str, Any]]:
        """Each question with its options, and what the page calls each."""
        return [
            {"question": one, "options": [(option, f"q_{one.key}:{option.key}") for option in one.options]}
            for one in self.asked
        ]


def paths(actor: Actor, *, archived: bool = False, drafts: bool = False) -> list[PathCard]:
    """Those in use (or put away) with how far the reader is: first what is due, then by name. 9 queries, however many.

    drafts: those never published too, first of all; for who writes paths only
    """
    actor.must("team.read")
    found = TrainingPath.objects.filter(archived_at__isnull=not archived)
    if not (drafts and actor.may("team.train")):
        found = found.filter(published_at__isnull=False)
    rows = list(found.order_by("name", "id")[:MOST_PATHS])
    return sorted(_cards(actor, rows), key=lambda card: (card.published, not card.is_due))


def path(actor: Actor, path_id: UUID) -> PathCard:
    """Raises NotFound; an archived one is still read by who began it or writes paths, one never published by these. 9 queries."""
    actor.must("team.read")
    row = TrainingPath.objects.filter(pk=path_id).first()
    if row is None:
        raise NotFound()
    card = _cards(actor, [row])[0]
    away = row.archived_at is not None or row.published_at is None
    if away and not (actor.may("team.train") or (card.mine and card.mine.enrolment_id)):
        raise NotFound()
    return card


def _cards(actor: Actor, rows: list[TrainingPath]) -> list[PathCard]:
    said = versions([row.pk for row in rows])
    me = Member.objects.select_related("team").filter(pk=actor.member_id).first() if actor.member_id else None
    mine = progress(list(said.values()), [me.pk], today(actor)) if me else {}
    return [
        PathCard(
            row.pk, row.version, row.name, row.name_ar, row.about, row.about_ar, tuple(row.roles), tuple(row.teams),
            row.is_starter, row.archived_at is not None, row.published_at is not None,
            row.draft is not None, said[row.pk], bool(me) and _meant(row, me),
            mine.get((row.pk, me.pk)) if me else None,
        )
        for row in rows
    ]  # fmt: skip


def _meant(row: TrainingPath, member: Any) -> bool:
    above = [str(one) for one in Team.ids_in(member.team.path)] if member.team else []
    return learning.is_meant_for(row.roles, row.teams, str(member.role_id), above)


def learners(actor: Actor, path_id: UUID) -> list[Learner]:
    """How far those the actor sees are: whom it is meant for and who began, but the actor. By name. 10 queries."""
    actor.must("team.read")
    row = TrainingPath.objects.filter(pk=path_id, published_at__isnull=False).first()
    if row is None:
        raise NotFound()
    members = Member.objects.filter(Q(is_active=True) | Q(is_sample=True)).select_related("team").order_by("name", "id")
    if actor.sees is not None:
        members = members.filter(pk__in=actor.sees)
    people = list(members.exclude(pk=actor.member_id)[:MOST_LEARNERS])
    said = version_of(row.editions.order_by("-number")[0])
    far = progress([said], [one.pk for one in people], today(actor), whole=False)
    found = [
        Learner(
            one.pk, one.name, one.name_ar, one.team.name if one.team else "", one.team.name_ar if one.team else "",
            _meant(row, one), far[row.pk, one.pk],
        )
        for one in people
    ]  # fmt: skip
    return [one for one in found if one.meant or one.progress.enrolment_id or one.progress.certificate]


def quiz(actor: Actor, attempt_id: UUID) -> QuizPage:
    """One's own attempt, open or handed in. Raises NotFound for anybody else's; 12 queries."""
    rows = QuizAttempt.objects.select_related("edition", "enrolment")
    row = rows.filter(pk=attempt_id, enrolment__member=actor.member_id).first()
    if row is None:
        raise NotFound()
    said, questions = version_of(row.edition), learning.content_of(row.edition.content).questions
    number = QuizAttempt.objects.filter(enrolment=row.enrolment, begun_at__lte=row.begun_at).count()
    answers = {key: frozenset(given) for key, given in row.answers.items()}
    is_open = row.done_at is None
    return QuizPage(
        row.pk, path(actor, row.enrolment.path_id), said, number, row.begun_at, row.done_at, row.score_bp,
        row.is_passed, int((row.done_at - row.begun_at).total_seconds()) if row.done_at else None,
        tuple(learning.asked(one, str(row.pk)) for one in questions) if is_open else (),
        () if is_open else tuple(_answered(one, answers.get(one.key, frozenset())) for one in questions),
    )  # fmt: skip


def _answered(question: Question, given: frozenset[str]) -> Answered:
    return Answered(question, given, question.is_right(tuple(given)))


def holds(member_id: UUID, path_id: UUID, on: date) -> bool:
    """Whether a member holds a valid certificate of a path that day. 1 query."""
    return member_id in holders(path_id, [member_id], on)


@dataclass(frozen=True, slots=True)
class Span:
    """Days a certificate held; until_on: the last one, None = for ever."""

    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def spans(path_id: UUID) -> dict[UUID, list[Span]]:
    """When members held the certificate of a path, those who have left too. 1 query."""
    found: dict[UUID, list[Span]] = {}
    columns = ("member_id", "issued_on", "expires_on", "revoked_on")
    for member_id, issued, expires, revoked in Certificate.objects.filter(path_id=path_id).values_list(*columns):
        ends = [day for day in (expires, revoked - timedelta(days=1) if revoked else None) if day]
        found.setdefault(member_id, []).append(Span(issued, min(ends, default=None)))
    return found


def certified_in(member_id: UUID | None, path_ids: Iterable[UUID], on: date) -> frozenset[UUID]:
    """Of these paths those a member holds the certificate of that day, and those put away: nobody can earn them any more.

    Nobody (None) holds any. 1 query.
    """
    counts = Q(archived_at__isnull=False)
    if member_id is not None:
        counts |= Q(Exists(_valid(member_id, on)))
    rows = TrainingPath.objects.filter(counts, pk__in=list(path_ids))
    return frozenset(rows.values_list("pk", flat=True))


def _valid(member_id: UUID, on: date) -> QuerySet[Certificate]:
    """A member's certificates of the path outside that hold that day."""
    valid = Certificate.objects.filter(path=OuterRef("pk"), member_id=member_id, issued_on__lte=on)
    return valid.exclude(expires_on__lt=on).exclude(revoked_on__lte=on)


def named_paths(*, archived: bool = False) -> list[tuple[UUID, str, str]]:
    """(id, name, Arabic name) by name, for who refers to a path. 1 query."""
    rows = TrainingPath.objects.filter(published_at__isnull=False)
    rows = rows if archived else rows.filter(archived_at__isnull=True)
    return list(rows.order_by("name", "id").values_list("id", "name", "name_ar")[:MOST_PATHS])


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate of a member, the latest of each path. name, name_ar: of the path."""

    path_id: UUID
    name: str
    name_ar: str
    state: str
    expires_on: date | None


def ending(actor: Actor, on: date) -> list[Held]:
    """The actor's own certificates that end soon, or ended and are asked of them, the first to end first. 1 query."""
    if actor.member_id is None:
        return []
    found: list[Held] = []
    for row in latest_certificates(Certificate.objects.filter(member_id=actor.member_id)):
        state = state_of(row, on)
        if state in ("ending", "expired") and row.path.archived_at is None:
            found.append(Held(row.path_id, row.path.name, row.path.name_ar, state, row.expires_on))
    return sorted(found, key=lambda one: one.expires_on or date.max)


def certificates_of(actor: Actor, member_id: UUID) -> list[Held]:
    """Of a member the actor sees, or one's own. Raises NotFound; 2 queries."""
    if actor.member_id != member_id and not (actor.sees is None or member_id in actor.sees):
        raise NotFound()
    on = today(actor)
    rows = latest_certificates(Certificate.objects.filter(member_id=member_id))
    return [Held(row.path_id, row.path.name, row.path.name_ar, state_of(row, on), row.expires_on) for row in rows]


def latest_certificates(rows: Any) -> Iterable[Certificate]:
    latest: dict[UUID, Certificate] = {}
    for row in rows.select_related("path").order_by("issued_at", "id"):
        latest[row.path_id] = row
    return latest.values()
