"""Letters to people, and the templates they begin from. The text itself stays with the letter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("customers.letter_queued.1", _("{actor} put a letter into the outbox"), icon="mail", theme="email")
@dataclass(frozen=True, slots=True)
class LetterQueued:
    letter_id: UUID


@kind(
    "customers.letter_taken_back.1", _("{actor} took a letter back before it left"), icon="arrow-back-up", theme="email"
)
@dataclass(frozen=True, slots=True)
class LetterTakenBack:
    letter_id: UUID


@kind("customers.letter_sent.1", _("{actor} sent a letter: {title}"), icon="send", tone="info", theme="email")
@dataclass(frozen=True, slots=True)
class LetterSent:
    """activity_id: the e-mail it counts as."""

    letter_id: UUID
    activity_id: UUID
    title: str = personal()


@kind(
    "customers.letter_failed.1",
    _("The letter “{title}” could not be sent"),
    icon="alert-triangle",
    tone="bad",
    theme="email",
)
@dataclass(frozen=True, slots=True)
class LetterFailed:
    letter_id: UUID
    title: str = personal()


@kind(
    "customers.letter_unknown.1",
    _("It is not known whether the letter “{title}” arrived"),
    icon="alert-triangle",
    tone="warn",
    theme="email",
)
@dataclass(frozen=True, slots=True)
class LetterUnknown:
    letter_id: UUID
    title: str = personal()


@kind("customers.letter_template_saved.1", _("{actor} wrote the letter template {name}"), icon="mail")
@dataclass(frozen=True, slots=True)
class LetterTemplateSaved:
    """before: {} for a new one."""

    template_id: UUID
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


@kind("customers.letter_template_archived.1", _("{actor} archived the letter template {name}"), icon="archive")
@dataclass(frozen=True, slots=True)
class LetterTemplateArchived:
    template_id: UUID
    name: str


@kind("customers.letter_template_back.1", _("{actor} brought the letter template {name} back"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class LetterTemplateBack:
    template_id: UUID
    name: str
