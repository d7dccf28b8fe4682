"""What members learn: how paths were written, and who showed what."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("team.training_path_added.1", _("{actor} added the training path {path}"), icon="school")
@dataclass(frozen=True, slots=True)
class TrainingPathAdded:
    path_id: UUID
    path: str


@kind("team.training_path_written.1", _("{actor} wrote the training path {path}: {fields}"), icon="school")
@dataclass(frozen=True, slots=True)
class TrainingPathWritten:
    """changes: of the path's own fields. edition_id: what it says since, before_id: said until then; None = unchanged"""

    path_id: UUID
    path: str
    changes: dict[str, list[Any]]
    edition_id: UUID | None
    before_id: UUID | None


@kind("team.training_path_archived.1", _("{actor} archived the training path {path}"), icon="archive")
@dataclass(frozen=True, slots=True)
class TrainingPathArchived:
    path_id: UUID
    path: str


@kind("team.training_path_restored.1", _("{actor} brought back the training path {path}"), icon="archive-off")
@dataclass(frozen=True, slots=True)
class TrainingPathRestored:
    path_id: UUID
    path: str


@kind("team.lesson_read.1", _("{actor} worked through the lesson “{lesson}” of {path}"), icon="book", tone="good")
@dataclass(frozen=True, slots=True)
class LessonRead:
    path_id: UUID
    path: str
    lesson_key: str
    lesson: str


@kind("team.lesson_unread.1", _("{actor} will work through the lesson “{lesson}” of {path} again"), icon="book")
@dataclass(frozen=True, slots=True)
class LessonUnread:
    path_id: UUID
    path: str
    lesson_key: str
    lesson: str


@kind("team.quiz_begun.1", _("{actor} began the quiz of {path}"), icon="help-circle")
@dataclass(frozen=True, slots=True)
class QuizBegun:
    path_id: UUID
    path: str
    attempt_id: UUID


@kind("team.quiz_passed.1", _("{actor} passed the quiz of {path}"), icon="checks", tone="good")
@dataclass(frozen=True, slots=True)
class QuizPassed:
    """score_bp: share of the questions answered rightly, in basis points"""

    path_id: UUID
    path: str
    attempt_id: UUID
    score_bp: int


@kind("team.quiz_failed.1", _("{actor} did not pass the quiz of {path} yet"), icon="help-circle")
@dataclass(frozen=True, slots=True)
class QuizFailed:
    path_id: UUID
    path: str
    attempt_id: UUID
    score_bp: int


@kind("team.quiz_allowed_again.1", _("{actor} gave {member} another attempt at the quiz of {path}"), icon="refresh")
@dataclass(frozen=True, slots=True)
class QuizAllowedAgain:
    path_id: UUID
    path: str
    member_id: UUID
    member: str = personal()


@kind(
    "team.role_play_asked.1",
    _("{actor} asks {peer} and {manager} to score a role-play of {path}"),
    icon="masks-theater",
)
@dataclass(frozen=True, slots=True)
class RolePlayAsked:
    path_id: UUID
    path: str
    role_play_id: UUID
    peer_id: UUID
    manager_id: UUID
    peer: str = personal()
    manager: str = personal()


@kind("team.role_play_withdrawn.1", _("{actor} withdrew the role-play of {path}"), icon="masks-theater")
@dataclass(frozen=True, slots=True)
class RolePlayWithdrawn:
    path_id: UUID
    path: str
    role_play_id: UUID


@kind("team.role_play_scored.1", _("{actor} scored a role-play of {member} for {path}"), icon="stars")
@dataclass(frozen=True, slots=True)
class RolePlayScored:
    """mean: of all marks of both in hundredths, None while the other one has not spoken. passed: then"""

    path_id: UUID
    path: str
    role_play_id: UUID
    member_id: UUID
    mean: int | None
    passed: bool
    member: str = personal()


@kind("team.certificate_issued.1", _("{member} holds the certificate of {path}"), icon="certificate", tone="good")
@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """expires_on: the last day it holds (ISO), None = for good"""

    path_id: UUID
    path: str
    certificate_id: UUID
    member_id: UUID
    expires_on: str | None
    member: str = personal()


@kind(
    "team.certificate_revoked.1",
    _("{actor} revoked {member}'s certificate of {path}: {why}"),
    icon="certificate-off",
    tone="bad",
)
@dataclass(frozen=True, slots=True)
class CertificateRevoked:
    path_id: UUID
    path: str
    certificate_id: UUID
    member_id: UUID
    why: str = personal()
    member: str = personal()


@kind("team.certificate_restored.1", _("{actor} restored {member}'s certificate of {path}"), icon="certificate")
@dataclass(frozen=True, slots=True)
class CertificateRestored:
    path_id: UUID
    path: str
    certificate_id: UUID
    member_id: UUID
    member: str = personal()


@kind(
    "team.certificate_ending.1",
    _("{member}'s certificate of {path} ends on {expires_on}"),
    icon="hourglass",
    tone="warn",
)
@dataclass(frozen=True, slots=True)
class CertificateEnding:
    path_id: UUID
    path: str
    certificate_id: UUID
    member_id: UUID
    expires_on: str
    member: str = personal()


@kind("team.training_path_begun.1", _("{actor} began to write the training path {path}"), icon="pencil")
@dataclass(frozen=True, slots=True)
class TrainingPathBegun:
    path_id: UUID
    path: str


@kind("team.training_path_drafted.1", _("{actor} drafts the training path {path}: {fields}"), icon="pencil")
@dataclass(frozen=True, slots=True)
class TrainingPathDrafted:
    """changes: by part of the path; of a lesson or a question its name before and after"""

    path_id: UUID
    path: str
    changes: dict[str, list[Any]]


@kind("team.training_piece_removed.1", _("{actor} took “{name}” out of the draft of {path}"), icon="trash")
@dataclass(frozen=True, slots=True)
class TrainingPieceRemoved:
    """where: lessons or questions. place: from 0. piece: as it was, to be put back"""

    path_id: UUID
    path: str
    where: str
    place: int
    name: str
    piece: dict[str, Any]


@kind("team.training_path_published.1", _("{actor} published the training path {path}"), icon="school", tone="good")
@dataclass(frozen=True, slots=True)
class TrainingPathPublished:
    path_id: UUID
    path: str
    edition_id: UUID


@kind("team.training_draft_discarded.1", _("{actor} discarded the draft of the training path {path}"), icon="trash")
@dataclass(frozen=True, slots=True)
class TrainingDraftDiscarded:
    path_id: UUID
    path: str
