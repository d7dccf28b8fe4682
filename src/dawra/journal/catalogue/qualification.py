"""How deals are qualified: frameworks, and what is found out about their criteria."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal_facts


@kind(
    "deals.finding_noted.1",
    _("{actor} noted {criterion} for {deal}: {verdict}, {confidence}"),
    icon="list-check",
    tone="info",
)
@dataclass(frozen=True, slots=True)
class FindingNoted:
    """code: of the criterion. changes: {column: [before, after]}. is_first: nothing was known before. score: of the deal"""

    deal_id: UUID
    deal: str
    framework_id: UUID
    finding_id: UUID
    code: str
    criterion: str
    verdict: str
    confidence: str
    number: int
    is_first: bool
    score: int | None
    changes: dict[str, list[Any]] = personal_facts()
    person_id: UUID | None = None


@kind("deals.finding_removed.1", _("{actor} took back what was noted of {criterion} for {deal}"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class FindingRemoved:
    """stood: what was known until then, by column"""

    deal_id: UUID
    deal: str
    framework_id: UUID
    finding_id: UUID
    code: str
    criterion: str
    score: int | None
    stood: dict[str, Any] = personal_facts()
    person_id: UUID | None = None


@kind("deals.framework_written.1", _("{actor} wrote version {number} of the framework {framework}"), icon="list-check")
@dataclass(frozen=True, slots=True)
class FrameworkWritten:
    """before: the version that counted until then, 0 for a new framework"""

    framework_id: UUID
    framework: str
    number: int
    before: int


@kind("deals.framework_retired.1", _("{actor} put the framework {framework} away"), icon="archive")
@dataclass(frozen=True, slots=True)
class FrameworkRetired:
    framework_id: UUID
    framework: str


@kind("deals.framework_in_use.1", _("{actor} put the framework {framework} back into use"), icon="list-check")
@dataclass(frozen=True, slots=True)
class FrameworkInUse:
    framework_id: UUID
    framework: str


@kind(
    "deals.framework_chosen.1", _("{actor} let the deals of {pipeline} be qualified by {framework}"), icon="list-check"
)
@dataclass(frozen=True, slots=True)
class FrameworkChosen:
    """framework_id, framework: None and "" for none. before: the one until then"""

    pipeline_id: UUID
    pipeline: str
    framework_id: UUID | None
    framework: str
    before: UUID | None


@kind("deals.starter_frameworks_loaded.1", _("{actor} loaded {count} starter frameworks"), icon="list-check")
@dataclass(frozen=True, slots=True)
class StarterFrameworksLoaded:
    count: int
