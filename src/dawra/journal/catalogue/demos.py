"""What happens to demos: planned, put to another time, held, missed, called off."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal_facts


@kind(
    "deals.demo_planned.1",
    _("{actor} planned a demo for {deal}: {starts_at}"),
    icon="presentation",
    tone="info",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class DemoPlanned:
    """demo: the code of its type"""

    deal_id: UUID
    deal: str
    demo_id: UUID
    demo: str
    starts_at: str


@kind("deals.demo_edited.1", _("{actor} changed a demo for {deal}: {fields}"), icon="presentation", theme="meeting")
@dataclass(frozen=True, slots=True)
class DemoEdited:
    """changes: as the demo was said before and after; items and people as lists"""

    deal_id: UUID
    deal: str
    demo_id: UUID
    changes: dict[str, list[Any]] = personal_facts()


@kind(
    "deals.demo_rescheduled.1",
    _("{actor} put the demo for {deal} to {starts_at}"),
    icon="calendar-x",
    tone="warn",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class DemoRescheduled:
    """before: when it was to be; was: its state until then"""

    deal_id: UUID
    deal: str
    demo_id: UUID
    starts_at: str
    before: str
    was: str


@kind("deals.demo_held.1", _("{actor} held a demo for {deal}"), icon="presentation", tone="good", theme="meeting")
@dataclass(frozen=True, slots=True)
class DemoHeld:
    """next_step: whether one was agreed; before: the demo and the deal's next step as they stood"""

    deal_id: UUID
    deal: str
    demo_id: UUID
    demo: str
    next_step: bool
    before: dict[str, Any] = field(default_factory=dict)


@kind(
    "deals.demo_missed.1",
    _("Nobody came to the demo for {deal}, says {actor}"),
    icon="user-off",
    tone="bad",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class DemoMissed:
    deal_id: UUID
    deal: str
    demo_id: UUID


@kind(
    "deals.demo_cancelled.1",
    _("{actor} called off the demo for {deal}"),
    icon="calendar-x",
    tone="bad",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class DemoCancelled:
    deal_id: UUID
    deal: str
    demo_id: UUID


@kind(
    "deals.demo_planned_again.1",
    _("{actor} took back what had become of the demo for {deal}"),
    icon="arrow-back-up",
    theme="meeting",
)
@dataclass(frozen=True, slots=True)
class DemoPlannedAgain:
    """was: the state that was taken back"""

    deal_id: UUID
    deal: str
    demo_id: UUID
    was: str


@kind("deals.demo_removed.1", _("{actor} took a demo out of {deal}"), icon="trash", tone="bad", theme="meeting")
@dataclass(frozen=True, slots=True)
class DemoRemoved:
    """An import that brought it was taken back."""

    deal_id: UUID
    deal: str
    demo_id: UUID
