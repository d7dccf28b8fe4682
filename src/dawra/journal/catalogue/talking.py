"""How calls and meetings end, what is asked of them, and the calendars they stand in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind(
    "customers.next_step_declined.1",
    _("{actor} planned nothing next: {because}"),
    icon="circle-off",
    tone="warn",
    theme="task",
)
@dataclass(frozen=True, slots=True)
class NextStepDeclined:
    activity_id: UUID
    because: str = personal()


@kind("customers.talk_outcome_saved.1", _("{actor} saved the outcome {outcome}"), icon="list")
@dataclass(frozen=True, slots=True)
class TalkOutcomeSaved:
    """what: call or meeting"""

    outcome_id: UUID
    what: str
    outcome: str
    changes: dict[str, list[Any]]


@kind("customers.talk_outcomes_ordered.1", _("{actor} moved the outcome {outcome}"), icon="list")
@dataclass(frozen=True, slots=True)
class OutcomesOrdered:
    """what: call or meeting. up: to the place before, else behind"""

    outcome_id: UUID
    what: str
    outcome: str
    up: bool


@kind("customers.talk_rules_changed.1", _("{actor} changed what is asked when a call is logged"), icon="list-check")
@dataclass(frozen=True, slots=True)
class TalkRulesChanged:
    changes: dict[str, list[Any]]
