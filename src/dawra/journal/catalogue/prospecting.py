"""What happens to leads, and to the rules by which they find whoever answers."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("prospecting.lead_added.1", _("{actor} added a lead: {name}"), icon="user-search", tone="good")
@dataclass(frozen=True, slots=True)
class LeadAdded:
    """source, campaign: "" where nobody said"""

    lead_id: UUID
    person_id: UUID | None
    company_id: UUID | None
    source: str
    campaign: str
    name: str = personal()


@kind("prospecting.lead_edited.1", _("{actor} changed the lead {name}: {fields}"))
@dataclass(frozen=True, slots=True)
class LeadEdited:
    """changes: source, campaign → [before, after]; words → ["", ""], for what was asked stays with the lead"""

    lead_id: UUID
    person_id: UUID | None
    changes: dict[str, list[Any]]
    name: str = personal()


@kind("prospecting.lead_assigned.1", _("{actor} gave the lead {name} to {owner}"), icon="user-check")
@dataclass(frozen=True, slots=True)
class LeadAssigned:
    """way: rule, nobody, by_hand, taken, leave, left, import, back. before: the columns that the change touched"""

    lead_id: UUID
    person_id: UUID | None
    from_id: UUID | None
    to_id: UUID | None
    owner: str
    way: str
    why: str
    why_ar: str
    before: dict[str, Any] = field(default_factory=dict)
    name: str = personal()


@kind("prospecting.lead_queued.1", _("{actor} put the lead {name} into the queue of nobody's"), icon="inbox")
@dataclass(frozen=True, slots=True)
class LeadQueued:
    """As LeadAssigned, to nobody."""

    lead_id: UUID
    person_id: UUID | None
    from_id: UUID | None
    to_id: UUID | None
    owner: str
    way: str
    why: str
    why_ar: str
    before: dict[str, Any] = field(default_factory=dict)
    name: str = personal()


@kind(
    "prospecting.lead_answered.1",
    _("{name} was first answered after {minutes} minutes of working time"),
    icon="clock-check",
    tone="good",
)
@dataclass(frozen=True, slots=True)
class LeadAnswered:
    """minutes: of working time; wall_minutes: by the wall clock. in_time: before it was due"""

    lead_id: UUID
    person_id: UUID | None
    by_id: UUID | None
    minutes: int
    wall_minutes: int
    in_time: bool
    name: str = personal()


@kind(
    "prospecting.lead_unanswered.1",
    _("What counted as the first answer to {name} is gone; its clock runs again"),
    icon="hourglass",
    tone="warn",
)
@dataclass(frozen=True, slots=True)
class LeadUnanswered:
    lead_id: UUID
    person_id: UUID | None
    name: str = personal()


@kind(
    "prospecting.lead_accepted.1",
    _("{actor} accepted the lead {name}"),
    icon="circle-check",
    tone="good",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class LeadAccepted:
    """opened: the deal was made by it, not only linked. before: the columns it changed. owned: records that got an owner"""

    lead_id: UUID
    person_id: UUID | None
    deal_id: UUID
    opened: bool
    before: dict[str, Any] = field(default_factory=dict)
    owned: list[list[str]] = field(default_factory=list)
    name: str = personal()


@kind(
    "prospecting.lead_rejected.1",
    _("{actor} rejected the lead {name}: {reason}"),
    icon="circle-x",
    tone="bad",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class LeadRejected:
    """code: of the reason; it goes back to the source and campaign"""

    lead_id: UUID
    person_id: UUID | None
    code: str
    reason: str
    source: str
    campaign: str
    before: dict[str, Any] = field(default_factory=dict)
    name: str = personal()
    words: str = personal()


@kind("prospecting.lead_reopened.1", _("{actor} reopened the lead {name}"), icon="refresh", tone="warn", theme="stage")
@dataclass(frozen=True, slots=True)
class LeadReopened:
    """before: the columns it changed, but for the words of a rejection"""

    lead_id: UUID
    person_id: UUID | None
    was: str
    before: dict[str, Any] = field(default_factory=dict)
    name: str = personal()
    words: str = personal()


@kind("prospecting.lead_deleted.1", _("{actor} moved the lead {name} to the bin"), icon="trash", tone="bad")
@dataclass(frozen=True, slots=True)
class LeadDeleted:
    lead_id: UUID
    person_id: UUID | None
    name: str = personal()


@kind("prospecting.lead_restored.1", _("{actor} brought the lead {name} back from the bin"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class LeadRestored:
    lead_id: UUID
    person_id: UUID | None
    name: str = personal()


# What is set up once


@kind("prospecting.rule_saved.1", _("{actor} saved the assignment rule {rule}: {fields}"), icon="route")
@dataclass(frozen=True, slots=True)
class RuleSaved:
    rule_id: UUID
    rule: str
    changes: dict[str, list[Any]]


@kind("prospecting.rules_ordered.1", _("{actor} put the assignment rules in another order"), icon="arrows-up-down")
@dataclass(frozen=True, slots=True)
class RulesOrdered:
    """before, after: ids in order"""

    before: list[UUID]
    after: list[UUID]


@kind("prospecting.seller_saved.1", _("{actor} changed what {member} takes: {fields}"), icon="user-cog")
@dataclass(frozen=True, slots=True)
class SellerSaved:
    member_id: UUID
    changes: dict[str, list[Any]]
    member: str = personal()


@kind("prospecting.promise_set.1", _("{actor} changed the response target or its hours"), icon="clock")
@dataclass(frozen=True, slots=True)
class PromiseSet:
    changes: dict[str, list[Any]]


@kind("prospecting.holiday_set.1", _("{actor} added the holiday {holiday}"), icon="calendar-off")
@dataclass(frozen=True, slots=True)
class HolidaySet:
    """before: its names until then; [] if the day was none"""

    on: str
    holiday: str
    before: list[str] = field(default_factory=list)


@kind("prospecting.holiday_removed.1", _("{actor} removed the holiday {holiday}"), icon="calendar")
@dataclass(frozen=True, slots=True)
class HolidayRemoved:
    on: str
    holiday: str
    holiday_ar: str


@kind("prospecting.reason_saved.1", _("{actor} saved the reject reason {reason}"), icon="list")
@dataclass(frozen=True, slots=True)
class RejectReasonSaved:
    reason_id: UUID
    reason: str
    changes: dict[str, list[Any]]
