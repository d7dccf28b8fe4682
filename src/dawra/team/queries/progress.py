"""How far members are on training paths: lessons, quizzes, role-plays, certificates."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from dawra.team import learning
from dawra.team.learning import Content, Done, Words
from dawra.team.models import Certificate, Enrolment, QuizAttempt, RolePlay, TrainingEdition

OPEN, BEGUN, CERTIFIED, ENDING, EXPIRED, REVOKED = "open", "begun", "certified", "ending", "expired", "revoked"
HOLDING = (CERTIFIED, ENDING)
SHOWN = 5  # of what led to earlier certificates


@dataclass(frozen=True, slots=True)
class Version:
    """What a path says, as one edition of it does."""

    id: UUID
    path_id: UUID
    number: int
    content: Content
    pass_bp: int
    attempts: int
    rubric_pass: int
    valid_months: int

    @property
    def scene(self) -> Words:
        return Words(self.content.scenario, self.content.scenario_ar)


@dataclass(frozen=True, slots=True)
class AttemptCard:
    """seconds: from opening to handing in; score_bp, seconds: None while it is open."""

    id: UUID
    begun_at: datetime
    score_bp: int | None
    is_passed: bool
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """What one of the two said. marks: by the rubric's keys. mean: of them, in hundredths."""

    side: str
    by: Any
    marks: dict[str, int]
    words: str
    mean: int


@dataclass(frozen=True, slots=True)
class RolePlayCard:
    """scores: shown once both have spoken. mean: in hundredths. peer, manager: members. waits: sides that have not."""

    id: UUID
    peer: Any
    manager: Any
    words: str
    asked_at: datetime
    withdrawn: bool
    mean: int | None
    is_passed: bool
    waits: tuple[str, ...]
    scores: tuple[Score, ...]

    @property
    def gap(self) -> int | None:
        """The manager's mean less the peer's, in hundredths."""
        by = {score.side: score.mean for score in self.scores}
        return by["manager"] - by["peer"] if len(by) == 2 else None

    @property
    def mean_text(self) -> str:
        return "" if self.mean is None else learning.hundredths(self.mean)

    @property
    def gap_text(self) -> str:
        return "" if self.gap is None else learning.hundredths(self.gap, signed=True)


@dataclass(frozen=True, slots=True)
class CertificateCard:
    id: UUID
    edition: int
    issued_on: date
    expires_on: date | None
    revoked_on: date | None
    revoked_why: str

    def holds(self, on: date) -> bool:
        return self.issued_on <= on and (self.expires_on is None or on <= self.expires_on) and self.revoked_on is None


@dataclass(frozen=True, slots=True)
class Progress:
    """One member on one path. attempts, role_plays: since the last certificate, the latest first.

    left: attempts at the quiz; None = any number. missing: of lessons, quiz, role_play; () with nothing begun means
    that nothing is asked
    """

    state: str
    enrolment_id: UUID | None
    begun_at: datetime | None
    lessons: frozenset[str]
    attempts: tuple[AttemptCard, ...]
    role_plays: tuple[RolePlayCard, ...]
    left: int | None
    missing: tuple[str, ...]
    certificate: CertificateCard | None
    best_bp: int | None
    earlier: tuple[RolePlayCard, ...] = ()
    earlier_attempts: tuple[AttemptCard, ...] = ()

    @property
    def every_role_play(self) -> tuple[RolePlayCard, ...]:
        """Those before the last certificate too."""
        return self.role_plays + self.earlier

    @property
    def every_attempt(self) -> tuple[AttemptCard, ...]:
        return self.attempts + self.earlier_attempts

    @property
    def holds(self) -> bool:
        return self.state in HOLDING

    @property
    def quiz_passed(self) -> bool:
        return any(one.is_passed for one in self.attempts)

    @property
    def role_play_passed(self) -> bool:
        return any(one.is_passed for one in self.role_plays)

    @property
    def open_attempt(self) -> AttemptCard | None:
        return next((one for one in self.attempts if one.score_bp is None), None)

    @property
    def open_role_play(self) -> RolePlayCard | None:
        return next((one for one in self.role_plays if one.mean is None and not one.withdrawn), None)


def version_of(row: TrainingEdition) -> Version:
    content = learning.content_of(row.content)
    return Version(
        row.pk, row.path_id, row.number, content, row.pass_bp, row.attempts, row.rubric_pass, row.valid_months
    )


def versions(path_ids: Collection[UUID]) -> dict[UUID, Version]:
    """What each path says now. 1 query."""
    rows = TrainingEdition.objects.filter(path_id__in=list(path_ids)).order_by("number")
    return {row.path_id: version_of(row) for row in rows}  # the last one of each stays


def progress(
    said: Collection[Version], member_ids: Collection[UUID], on: date, *, whole: bool = True
) -> dict[tuple[UUID, UUID], Progress]:
    """(path, member) → how far, of everybody asked for. 6 queries, however many; 5 without whole (no role-play's scores)."""
    paths, members = [one.path_id for one in said], list(member_ids)
    plays = RolePlay.objects.select_related("peer", "manager", "edition").order_by("-asked_at", "-id")
    if whole:
        plays = plays.prefetch_related("scores__member")
    enrolments = Enrolment.objects.filter(path_id__in=paths, member_id__in=members).prefetch_related(
        "lessons_read",
        Prefetch("attempts", QuizAttempt.objects.order_by("-begun_at", "-id")),
        Prefetch("role_plays", plays),
    )
    taken = {(row.path_id, row.member_id): row for row in enrolments}
    held: dict[tuple[UUID, UUID], list[Certificate]] = defaultdict(list)
    rows = Certificate.objects.filter(path_id__in=paths, member_id__in=members).select_related("edition")
    for row in rows.order_by("-issued_at", "-id"):
        held[row.path_id, row.member_id].append(row)
    return {
        (one.path_id, member): _progress(
            one, taken.get((one.path_id, member)), held.get((one.path_id, member), []), on, whole
        )
        for one in said
        for member in members
    }


def _progress(said: Version, row: Any, held: list[Certificate], on: date, whole: bool) -> Progress:
    since = max((moment for one in held for moment in (one.issued_at, one.revoked_at) if moment), default=None)
    tried, played = (list(row.attempts.all()), list(row.role_plays.all())) if row else ([], [])
    attempts = [one for one in tried if _after(one.begun_at, since)]
    plays = [one for one in played if _after(one.asked_at, since)]
    content = said.content
    ever = bool(content.questions or content.rubric)  # otherwise a certificate would be renewed by having been issued
    read = {one.lesson for one in row.lessons_read.all() if ever or _after(one.read_at, since)} if row else set()
    lessons = frozenset(read) & {one.key for one in content.lessons}
    done = Done(lessons, any(one.is_passed for one in attempts), any(one.is_passed for one in plays))
    certificate = held[0] if held else None
    return Progress(
        state=state_of(certificate, on) if certificate else BEGUN if row else OPEN,
        enrolment_id=row.pk if row else None,
        begun_at=row.begun_at if row else None,
        lessons=lessons,
        attempts=tuple(_attempt(one) for one in attempts),
        role_plays=tuple(_role_play(one, whole) for one in plays),
        left=learning.attempts_left(said.attempts, row.more_attempts if row else 0, len(attempts)),
        missing=learning.missing(content, done),
        certificate=certificate_card(certificate) if certificate else None,
        best_bp=max((one.score_bp for one in attempts if one.score_bp is not None), default=None),
        earlier=tuple(_role_play(one, whole) for one in played[len(plays) :][:SHOWN]),
        earlier_attempts=tuple(_attempt(one) for one in tried[len(attempts) :][:SHOWN]),
    )


def _after(moment: datetime, since: datetime | None) -> bool:
    return since is None or moment > since


def state_of(held: Certificate, on: date) -> str:
    """Of a certificate that day: certified, ending within a month, expired or revoked."""
    if held.revoked_on is not None:
        return REVOKED
    if held.expires_on is None or held.expires_on > on + timedelta(days=learning.SOON_DAYS):
        return CERTIFIED
    return ENDING if held.expires_on >= on else EXPIRED


def _attempt(row: QuizAttempt) -> AttemptCard:
    seconds = int((row.done_at - row.begun_at).total_seconds()) if row.done_at else None
    return AttemptCard(row.pk, row.begun_at, row.score_bp, row.is_passed, seconds)


def _role_play(row: RolePlay, whole: bool) -> RolePlayCard:
    kept = list(row.scores.all()) if whole else []
    weights = learning.content_of(row.edition.content).weights if kept else {}
    scores = tuple(
        Score(one.side, one.member, one.marks, one.words, learning.mean_of([one.marks], weights)) for one in kept
    )
    spoken = {one.side for one in scores}
    return RolePlayCard(
        row.pk, row.peer, row.manager, row.words, row.asked_at, row.withdrawn_at is not None, row.mean, row.is_passed,
        tuple(side for side in ("peer", "manager") if side not in spoken) if row.mean is None else (),
        scores if row.mean is not None else (),
    )  # fmt: skip


def certificate_card(row: Certificate) -> CertificateCard:
    """Takes a row whose edition is at hand."""
    return CertificateCard(
        row.pk, row.edition.number, row.issued_on, row.expires_on, row.revoked_on, row.revoked_why
    )  # fmt: skip


def holders(path_id: UUID, member_ids: Iterable[UUID], on: date) -> frozenset[UUID]:
    """Who of them holds a certificate of the path that day. 1 query."""
    rows = Certificate.objects.filter(path_id=path_id, member_id__in=list(member_ids), issued_on__lte=on)
    rows = rows.exclude(expires_on__lt=on).exclude(revoked_on__lte=on)
    return frozenset(rows.values_list("member_id", flat=True))
