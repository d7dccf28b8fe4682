"""What people thought of what the house proposed, and how they set up what it proposes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("deals.next_best_dismissed.1", _("{actor} dismissed a proposal for {name}: {rule}"), icon="x", theme="task")
@dataclass(frozen=True, slots=True)
class NextBestDismissed:
    """reason: coded. record: deal or lead; words: why, in the member's own"""

    dismissal_id: UUID
    rule_id: UUID
    rule: str
    record: str
    record_id: UUID
    reason: str
    name: str = personal()
    words: str = personal()


@kind(
    "deals.next_best_wanted_again.1",
    _("{actor} brought a proposal for {name} back: {rule}"),
    icon="arrow-back-up",
    theme="task",
)
@dataclass(frozen=True, slots=True)
class NextBestWantedAgain:
    rule_id: UUID
    rule: str
    record: str
    record_id: UUID
    name: str = personal()


@kind("deals.next_best_rule_saved.1", _("{actor} set up what is proposed: {rule}"), icon="adjustments")
@dataclass(frozen=True, slots=True)
class NextBestRuleSaved:
    """changes: field → [before, after]; a new rule begins with an empty name"""

    rule_id: UUID
    rule: str
    changes: dict[str, list[Any]]


@kind(
    "deals.next_best_rules_ordered.1",
    _("{actor} put the rules of what is proposed into another order"),
    icon="adjustments",
)
@dataclass(frozen=True, slots=True)
class NextBestRulesOrdered:
    """before, after: ids of the rules in order"""

    before: list[str]
    after: list[str]


@kind(
    "deals.starter_next_best_loaded.1", _("{actor} loaded the starter rules of what is proposed: {count}"), icon="plus"
)
@dataclass(frozen=True, slots=True)
class StarterNextBestLoaded:
    count: int
