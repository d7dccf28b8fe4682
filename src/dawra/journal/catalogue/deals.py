"""What happens to deals, and to the pipelines they move through."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("deals.deal_added.1", _("{actor} added the deal {deal} in {stage}"), icon="target-arrow", tone="good")
@dataclass(frozen=True, slots=True)
class DealAdded:
    deal_id: UUID
    deal: str
    stage_id: UUID
    stage: str
    amount_minor: int
    currency: str
    company_id: UUID | None = None


@kind("deals.deal_edited.1", _("{actor} changed {deal}: {fields}"))
@dataclass(frozen=True, slots=True)
class DealEdited:
    """changes: field → [before, after] as people read them; custom fields as custom.<key>

    ids: field → [before, after] where people read the name of what the field points to (company, owner)
    """

    deal_id: UUID
    deal: str
    changes: dict[str, list[Any]]
    currency: str = ""
    ids: dict[str, list[Any]] = field(default_factory=dict)


@kind(
    "deals.deal_moved.1",
    _("{actor} moved {deal} from {from_stage} to {to_stage}"),
    icon="route",
    tone="brand",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class DealMoved:
    """override: why unmet criteria were passed over, if any were

    before: the columns the move changed, as they stood; visit_id: the visit it began
    """

    deal_id: UUID
    deal: str
    from_stage_id: UUID
    from_stage: str
    to_stage_id: UUID
    to_stage: str
    amount_minor: int
    currency: str
    override: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    visit_id: UUID | None = None


@kind("deals.deal_won.1", _("{actor} won {deal}"), icon="trophy", tone="good", theme="stage")
@dataclass(frozen=True, slots=True)
class DealWon:
    """reason: code of an outcome reason"""

    deal_id: UUID
    deal: str
    from_stage_id: UUID
    to_stage_id: UUID
    amount_minor: int
    currency: str
    base_minor: int
    reason: str
    company_id: UUID | None
    before: dict[str, Any] = field(default_factory=dict)
    visit_id: UUID | None = None
    words: str = personal()


@kind("deals.deal_lost.1", _("{actor} lost {deal}: {reason}"), icon="circle-x", tone="bad", theme="stage")
@dataclass(frozen=True, slots=True)
class DealLost:
    deal_id: UUID
    deal: str
    from_stage_id: UUID
    to_stage_id: UUID
    amount_minor: int
    currency: str
    base_minor: int
    reason: str
    company_id: UUID | None
    before: dict[str, Any] = field(default_factory=dict)
    visit_id: UUID | None = None
    words: str = personal()


@kind("deals.deal_reopened.1", _("{actor} reopened {deal} in {to_stage}"), icon="refresh", tone="warn", theme="stage")
@dataclass(frozen=True, slots=True)
class DealReopened:
    """was: won or lost; words: the reason's words, as they stood"""

    deal_id: UUID
    deal: str
    from_stage_id: UUID
    to_stage_id: UUID
    to_stage: str
    was: str
    before: dict[str, Any] = field(default_factory=dict)
    visit_id: UUID | None = None
    words: str = personal()


@kind(
    "deals.move_taken_back.1",
    _("{actor} took back a move: {deal} is in {to_stage} again"),
    icon="arrow-back-up",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class MoveTakenBack:
    """what: the kind of entry taken back; state: of the deal again"""

    deal_id: UUID
    deal: str
    from_stage_id: UUID
    to_stage_id: UUID
    to_stage: str
    what: str
    state: str


@kind("deals.deal_deleted.1", _("{actor} moved {deal} to the bin"), icon="trash", tone="bad")
@dataclass(frozen=True, slots=True)
class DealDeleted:
    deal_id: UUID
    deal: str


@kind("deals.deal_restored.1", _("{actor} brought {deal} back from the bin"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class DealRestored:
    deal_id: UUID
    deal: str


@kind("deals.deal_person_set.1", _("{actor} set {person} as {role} of {deal}"), icon="users")
@dataclass(frozen=True, slots=True)
class DealPersonSet:
    """before: the earlier role, '-' if the person was not in the deal"""

    deal_id: UUID
    deal: str
    person_id: UUID
    role: str
    before: str
    person: str = personal()


@kind("deals.deal_person_removed.1", _("{actor} removed {person} from {deal}"), icon="users")
@dataclass(frozen=True, slots=True)
class DealPersonRemoved:
    deal_id: UUID
    deal: str
    person_id: UUID
    role: str
    person: str = personal()


@kind("deals.deal_lines_changed.1", _("{actor} changed the products of {deal}"), icon="receipt")
@dataclass(frozen=True, slots=True)
class DealLinesChanged:
    deal_id: UUID
    deal: str
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


@kind("deals.deal_splits_changed.1", _("{actor} changed who shares the credit of {deal}"), icon="arrows-split")
@dataclass(frozen=True, slots=True)
class DealSplitsChanged:
    deal_id: UUID
    deal: str
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


@kind("deals.criterion_ticked.1", _("{actor} ticked “{criterion}”"), icon="circle-check")
@dataclass(frozen=True, slots=True)
class CriterionTicked:
    deal_id: UUID
    deal: str
    criterion_id: UUID
    criterion: str
    ticked: bool


@kind("deals.deal_changed_version.1", _("{actor} moved {deal} to version {number} of its pipeline"), icon="route")
@dataclass(frozen=True, slots=True)
class DealChangedVersion:
    deal_id: UUID
    deal: str
    from_stage_id: UUID
    to_stage_id: UUID
    number: int


@kind(
    "deals.deal_changed_pipeline.1",
    _("{actor} moved {deal} from {from_pipeline} to {to_pipeline}: {to_stage}"),
    icon="route",
    tone="brand",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class DealChangedPipeline:
    """before: the columns the change touched, as they stood; visit_id: the visit it began"""

    deal_id: UUID
    deal: str
    from_stage_id: UUID
    from_pipeline: str
    to_stage_id: UUID
    to_pipeline: str
    to_stage: str
    amount_minor: int
    currency: str
    before: dict[str, Any] = field(default_factory=dict)
    visit_id: UUID | None = None


@kind("deals.pipeline_published.1", _("{actor} published version {number} of {pipeline}"), icon="layout-kanban")
@dataclass(frozen=True, slots=True)
class PipelinePublished:
    pipeline_id: UUID
    pipeline: str
    number: int


@kind("deals.pipeline_added.1", _("{actor} added the pipeline {pipeline}"), icon="layout-kanban")
@dataclass(frozen=True, slots=True)
class PipelineAdded:
    pipeline_id: UUID
    pipeline: str


@kind("deals.pipeline_saved.1", _("{actor} changed the pipeline {pipeline}: {fields}"), icon="layout-kanban")
@dataclass(frozen=True, slots=True)
class PipelineSaved:
    """default_before: the pipeline new deals entered until this one became the default"""

    pipeline_id: UUID
    pipeline: str
    changes: dict[str, list[Any]]
    default_before: UUID | None = None


@kind(
    "deals.pipeline_drafted.1", _("{actor} changed the draft of version {number} of {pipeline}"), icon="layout-kanban"
)
@dataclass(frozen=True, slots=True)
class PipelineDrafted:
    """what: the stage that changed, or started, order, discarded, unpublished. No way back: a draft is drawn again."""

    pipeline_id: UUID
    pipeline: str
    number: int
    what: str


@kind("deals.product_saved.1", _("{actor} saved the product {product}"), icon="package")
@dataclass(frozen=True, slots=True)
class ProductSaved:
    product_id: UUID
    product: str
    changes: dict[str, list[Any]]


@kind("deals.reason_saved.1", _("{actor} saved the reason {reason}"), icon="list")
@dataclass(frozen=True, slots=True)
class ReasonSaved:
    reason_id: UUID
    reason: str
    changes: dict[str, list[Any]] = field(default_factory=dict)


@kind("deals.rate_set.1", _("{actor} set the rate of {currency} to {rate} from {valid_from_on}"), icon="coins")
@dataclass(frozen=True, slots=True)
class RateSet:
    """rate: "" if it was removed; before: "" if there was none from that day on"""

    currency: str
    rate: str
    valid_from_on: str
    before: str = ""
