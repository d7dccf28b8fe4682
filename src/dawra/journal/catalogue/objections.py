"""What buyers object, what is answered, and what the library of answers says."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind(
    "deals.objection_logged.1",
    _("{actor} logged an objection to {deal}: {objection}"),
    icon="message-circle-question",
    tone="warn",
)
@dataclass(frozen=True, slots=True)
class ObjectionLogged:
    """objection: the code of its category; words: the buyer's"""

    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str
    person_id: UUID | None = None
    words: str = personal()


@kind("deals.objection_edited.1", _("{actor} changed an objection to {deal}: {fields}"), icon="message-circle-question")
@dataclass(frozen=True, slots=True)
class ObjectionEdited:
    deal_id: UUID
    deal: str
    objection_id: UUID
    changes: dict[str, list[Any]] = personal_facts()
    person_id: UUID | None = None


@kind(
    "deals.objection_answered.1",
    _("{actor} answered an objection to {deal}: {objection}"),
    icon="circle-check",
    tone="info",
)
@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """answer_id, number: of the library, if it was used; accepted: None while that is not known; words: what was said"""

    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str
    reply_id: UUID
    answer_id: UUID | None
    number: int | None
    accepted: bool | None
    person_id: UUID | None = None
    words: str = personal()


@kind(
    "deals.objection_judged.1",
    _("{actor} noted how the buyer took the answer to {objection} in {deal}; accepted: {accepted}"),
    icon="circle-check",
)
@dataclass(frozen=True, slots=True)
class ObjectionJudged:
    """before: accepted as it stood; settled_before: until then, "" if it was open"""

    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str
    reply_id: UUID
    accepted: bool | None
    before: bool | None
    settled_before: str = ""


@kind(
    "deals.objection_reopened.1", _("{actor} reopened an objection to {deal}: {objection}"), icon="refresh", tone="warn"
)
@dataclass(frozen=True, slots=True)
class ObjectionReopened:
    """settled_before: since when it had been settled"""

    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str
    settled_before: str


@kind(
    "deals.objection_settled.1",
    _("{actor} settled an objection to {deal}: {objection}"),
    icon="circle-check",
    tone="good",
)
@dataclass(frozen=True, slots=True)
class ObjectionSettled:
    """The way back of a reopening."""

    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str


@kind(
    "deals.objection_reply_removed.1",
    _("{actor} took back an answer to an objection to {deal}: {objection}"),
    icon="arrow-back-up",
)
@dataclass(frozen=True, slots=True)
class ObjectionReplyRemoved:
    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str


@kind("deals.objection_deleted.1", _("{actor} removed an objection to {deal}: {objection}"), icon="trash", tone="bad")
@dataclass(frozen=True, slots=True)
class ObjectionDeleted:
    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str


@kind("deals.objection_restored.1", _("{actor} brought back an objection to {deal}: {objection}"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class ObjectionRestored:
    deal_id: UUID
    deal: str
    objection_id: UUID
    objection: str


@kind("deals.answer_written.1", _("{actor} wrote version {number} of the answer {answer}"), icon="book-2")
@dataclass(frozen=True, slots=True)
class AnswerWritten:
    """before: the version that counted until then, 0 for a new answer"""

    answer_id: UUID
    answer: str
    number: int
    before: int


@kind("deals.answer_retired.1", _("{actor} put the answer {answer} away"), icon="archive")
@dataclass(frozen=True, slots=True)
class AnswerRetired:
    answer_id: UUID
    answer: str


@kind("deals.answer_in_use.1", _("{actor} put the answer {answer} back into use"), icon="book-2")
@dataclass(frozen=True, slots=True)
class AnswerInUse:
    answer_id: UUID
    answer: str


@kind("deals.starter_answers_loaded.1", _("{actor} loaded {count} starter answers"), icon="book-2")
@dataclass(frozen=True, slots=True)
class StarterAnswersLoaded:
    count: int


@kind("deals.starter_answers_removed.1", _("{actor} removed {count} starter answers"), icon="trash")
@dataclass(frozen=True, slots=True)
class StarterAnswersRemoved:
    """count: those that were removed; used ones were put away instead"""

    count: int
