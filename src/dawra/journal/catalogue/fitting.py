"""What happens to the ideal customer profile, to research briefs, and to what the planner is told."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind(
    "prospecting.icp_fitted.1",
    _("{actor} fitted version {number} of the ideal customer profile on {n} closed deals"),
    icon="target",
)
@dataclass(frozen=True, slots=True)
class IcpFitted:
    """state: fitted, too_little_history or nothing_tells"""

    profile_id: UUID
    number: int
    n: int
    won: int
    state: str
    dimensions: list[str]


@kind(
    "prospecting.icp_set_by_hand.1",
    _("{actor} set version {number} of the ideal customer profile by hand"),
    icon="target",
)
@dataclass(frozen=True, slots=True)
class IcpSetByHand:
    """points: dimension → value → points"""

    profile_id: UUID
    number: int
    base: int
    points: dict[str, dict[str, int]]


@kind(
    "prospecting.icp_activated.1",
    _("{actor} put version {number} of the ideal customer profile in force"),
    icon="target-arrow",
    tone="good",
)
@dataclass(frozen=True, slots=True)
class IcpActivated:
    """before_id: the version that was in force"""

    profile_id: UUID
    number: int
    before_id: UUID | None


@kind(
    "prospecting.icp_retired.1",
    _("{actor} took version {number} of the ideal customer profile out of force"),
    icon="target-off",
    tone="warn",
)
@dataclass(frozen=True, slots=True)
class IcpRetired:
    """After which none is in force."""

    profile_id: UUID
    number: int


@kind(
    "prospecting.icp_removed.1",
    _("{actor} removed version {number} of the ideal customer profile"),
    icon="trash",
    tone="bad",
)
@dataclass(frozen=True, slots=True)
class IcpRemoved:
    number: int


@kind(
    "prospecting.brief_written.1",
    _("{actor} wrote into the research brief of {name}: {fields}"),
    icon="notes",
    theme="note",
)
@dataclass(frozen=True, slots=True)
class BriefWritten:
    """changes: slot → [before, after]. rows: the rows that were written"""

    record_kind: str
    record_id: UUID
    slots: list[str]
    rows: list[str]
    changes: dict[str, list[Any]] = personal_facts()
    name: str = personal()


@kind(
    "prospecting.brief_rules_set.1",
    _("{actor} set when a research brief suffices: {needed_percent} percent, {fresh_days} days"),
    icon="settings",
)
@dataclass(frozen=True, slots=True)
class BriefRulesSet:
    """before: [needed percent, fresh days]"""

    needed_percent: int
    fresh_days: int
    before: list[int] = field(default_factory=list)


@kind("prospecting.plan_set.1", _("{actor} told the planner its target and numbers"), icon="calculator")
@dataclass(frozen=True, slots=True)
class PlanSet:
    """before, after: target_minor, from_on, until_on, reps, typed; before is empty the first time"""

    before: dict[str, Any]
    after: dict[str, Any]
