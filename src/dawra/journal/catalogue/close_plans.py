"""The close plan of a deal: its steps, and the link its buyer opens."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind("deals.close_plan_begun.1", _("{actor} began a close plan of {count} steps for {deal}"), icon="list-check")
@dataclass(frozen=True, slots=True)
class ClosePlanBegun:
    """step_ids: of the steps it began with. template_id: they are of, None for the usual ones"""

    deal_id: UUID
    deal: str
    count: int
    ends_on: date
    step_ids: list[str]
    template_id: UUID | None = None


@kind("deals.plan_step_added.1", _("{actor} added “{step}” to the close plan of {deal}"), icon="list-check")
@dataclass(frozen=True, slots=True)
class PlanStepAdded:
    deal_id: UUID
    deal: str
    step_id: UUID
    side: str
    due_on: date
    step: str


@kind("deals.plan_step_changed.1", _("{actor} changed “{step}” in the close plan of {deal}"), icon="edit")
@dataclass(frozen=True, slots=True)
class PlanStepChanged:
    """changes: {column: [before, after]}. slipped_days: by which it was put off, 0 = not"""

    deal_id: UUID
    deal: str
    step_id: UUID
    slipped_days: int
    step: str
    changes: dict[str, list[Any]] = personal_facts()


@kind(
    "deals.plan_step_done.1", _("{actor} ticked “{step}” in the close plan of {deal}"), icon="circle-check", tone="good"
)
@dataclass(frozen=True, slots=True)
class PlanStepDone:
    """by: the buyer who did, in their own words; "" where a member did"""

    deal_id: UUID
    deal: str
    step_id: UUID
    side: str
    step: str
    by: str = personal()


@kind("deals.plan_step_opened.1", _("{actor} opened “{step}” in the close plan of {deal} again"), icon="rotate")
@dataclass(frozen=True, slots=True)
class PlanStepOpened:
    deal_id: UUID
    deal: str
    step_id: UUID
    side: str
    step: str
    by: str = personal()


@kind("deals.plan_step_removed.1", _("{actor} took “{step}” out of the close plan of {deal}"), icon="trash")
@dataclass(frozen=True, slots=True)
class PlanStepRemoved:
    """stood: the step until then, by column"""

    deal_id: UUID
    deal: str
    step_id: UUID
    step: str
    stood: dict[str, Any] = personal_facts()


@kind("deals.close_plan_shared.1", _("{actor} made a link to the close plan of {deal} for its buyer"), icon="link")
@dataclass(frozen=True, slots=True)
class ClosePlanShared:
    deal_id: UUID
    deal: str
    ends_on: date


@kind("deals.close_plan_link_ended.1", _("{actor} ended the buyer's link to the close plan of {deal}"), icon="ban")
@dataclass(frozen=True, slots=True)
class ClosePlanLinkEnded:
    deal_id: UUID
    deal: str


@kind("deals.plan_template_written.1", _("{actor} wrote the close plan template {template}"), icon="list-check")
@dataclass(frozen=True, slots=True)
class PlanTemplateWritten:
    """before, after: name, name_ar, pipeline_id, steps; before: {} for a new one"""

    template_id: UUID
    template: str
    before: dict[str, Any]
    after: dict[str, Any]


@kind("deals.plan_template_retired.1", _("{actor} put the close plan template {template} away"), icon="archive")
@dataclass(frozen=True, slots=True)
class PlanTemplateRetired:
    template_id: UUID
    template: str


@kind(
    "deals.plan_template_in_use.1", _("{actor} put the close plan template {template} back into use"), icon="list-check"
)
@dataclass(frozen=True, slots=True)
class PlanTemplateInUse:
    template_id: UUID
    template: str
