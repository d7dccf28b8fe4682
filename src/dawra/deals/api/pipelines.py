"""Drawing pipelines, and the reasons for an outcome, for programs."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import pipelines as actions
from dawra.deals.actions.reasons import ReasonSaid, save_reason
from dawra.deals.api.bodies import Category
from dawra.deals.models import OutcomeReason
from dawra.deals.queries import pipelines

router = Router(tags=["pipelines, products and rates"])
READ, DESIGN = described(permission="deals.read"), described(permission="deals.pipelines")


class NewPipelineBody(Body):
    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)


class PipelineBody(NewPipelineBody):
    is_default: bool = False
    archived: bool = False


class CriterionBody(Body):
    """detail: of a field its name, of an activity its kind ("" = any), of qualified the score, of a certificate the path's id."""

    sort: Literal["field", "activity", "box", "playbook", "qualified", "certificate"]
    name: str = Field(min_length=1, max_length=160)
    name_ar: str = Field(default="", max_length=160)
    detail: str = Field(default="", max_length=60)


class StageBody(Body):
    """probability_bp: basis points. stalled_after_days: 0 = never."""

    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)
    type: Literal["open", "won", "lost"] = "open"
    probability_bp: int = Field(default=0, ge=0, le=10_000)
    stalled_after_days: int = Field(default=14, ge=0, le=actions.LONGEST_STALL)
    forecast_category: Category = "pipeline"
    criteria: list[CriterionBody] = Field(default=[], max_length=actions.MOST_CRITERIA)

    def new(self, stage_id: UUID | None = None) -> actions.NewStage:
        criteria = tuple(actions.NewCriterion(one.sort, one.name, one.name_ar, one.detail) for one in self.criteria)
        return actions.NewStage(**self.model_dump(exclude={"criteria"}), criteria=criteria, stage_id=stage_id)


class OrderBody(Body):
    stage_ids: list[UUID] = Field(max_length=actions.MOST_STAGES)


class ReasonBody(Body):
    outcome: Literal["won", "lost"]
    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)
    archived: bool = False


def _version(version_id: UUID, status: int = 200) -> HttpResponse:
    return as_json(asdict(pipelines.version(version_id)), status)


@router.get(
    "/pipelines", operation_id="list_pipelines", summary="Pipelines with stages and exit criteria", openapi_extra=READ
)
@opens("deals.read")
def list_pipelines(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for card in pipelines.pipelines(request.actor)], "")


@router.get("/reasons", operation_id="list_reasons", summary="Why deals are won or lost, coded", openapi_extra=READ)
@opens("deals.read")
def list_reasons(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for card in pipelines.reasons()], "")


@router.post(
    "/pipelines", operation_id="add_pipeline", summary="A second way of selling, as a draft", openapi_extra=DESIGN
)
@opens("deals.pipelines")
def add(request: SignedRequest, body: NewPipelineBody) -> HttpResponse:
    return _version(actions.add_pipeline(request.actor, name=body.name, name_ar=body.name_ar).pk, 201)


@router.put(
    "/pipelines/{uuid:pipeline_id}",
    operation_id="save_pipeline",
    summary="Rename, make default, put away",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def save(request: SignedRequest, pipeline_id: UUID, body: PipelineBody) -> HttpResponse:
    said = actions.PipelineSaid(**body.model_dump())
    actions.save_pipeline(request.actor, pipeline_id=pipeline_id, said=said)
    return as_json({"id": pipeline_id, **body.model_dump()})


@router.post(
    "/pipelines/{uuid:pipeline_id}/draft",
    operation_id="draft_version",
    summary="Begin the next version",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def draft(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    """A draft that is there already is gone on with."""
    return _version(actions.draft_version(request.actor, pipeline_id=pipeline_id).pk)


@router.get(
    "/pipeline-versions/{uuid:version_id}",
    operation_id="pipeline_version",
    summary="One version with its stages and criteria",
    openapi_extra=READ,
)
@opens("deals.read")
def version(request: SignedRequest, version_id: UUID) -> HttpResponse:
    return _version(version_id)


@router.delete(
    "/pipeline-versions/{uuid:version_id}",
    operation_id="discard_draft",
    summary="Throw a draft away",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def discard(request: SignedRequest, version_id: UUID) -> HttpResponse:
    actions.discard_draft(request.actor, version_id=version_id)
    return no_content()


@router.post(
    "/pipeline-versions/{uuid:version_id}/publish",
    operation_id="publish_version",
    summary="New deals enter this version from now on",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def publish(request: SignedRequest, version_id: UUID) -> HttpResponse:
    actions.publish_version(request.actor, version_id=version_id)
    return _version(version_id)


@router.post(
    "/pipeline-versions/{uuid:version_id}/stages",
    operation_id="add_stage",
    summary="Add a stage to a draft",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def add_stage(request: SignedRequest, version_id: UUID, body: StageBody) -> HttpResponse:
    actions.save_stage(request.actor, version_id=version_id, new=body.new())
    return _version(version_id, 201)


@router.put(
    "/pipeline-versions/{uuid:version_id}/order",
    operation_id="order_stages",
    summary="Order the stages of a draft",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def order(request: SignedRequest, version_id: UUID, body: OrderBody) -> HttpResponse:
    actions.order_stages(request.actor, version_id=version_id, stage_ids=body.stage_ids)
    return _version(version_id)


@router.put(
    "/pipeline-versions/{uuid:version_id}/stages/{uuid:stage_id}",
    operation_id="save_stage",
    summary="Say a stage of a draft anew",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def save_stage(request: SignedRequest, version_id: UUID, stage_id: UUID, body: StageBody) -> HttpResponse:
    actions.save_stage(request.actor, version_id=version_id, new=body.new(stage_id))
    return _version(version_id)


@router.delete(
    "/stages/{uuid:stage_id}", operation_id="remove_stage", summary="Take a stage out of a draft", openapi_extra=DESIGN
)
@opens("deals.pipelines")
def remove_stage(request: SignedRequest, stage_id: UUID) -> HttpResponse:
    actions.remove_stage(request.actor, stage_id=stage_id)
    return no_content()


def _reason(reason: OutcomeReason) -> dict[str, object]:
    names = ("id", "outcome", "code", "name", "name_ar", "archived_at")
    return {name: getattr(reason, name) for name in names}


@router.post("/reasons", operation_id="add_reason", summary="Add a reason for winning or losing", openapi_extra=DESIGN)
@opens("deals.pipelines")
def add_reason(request: SignedRequest, body: ReasonBody) -> HttpResponse:
    return as_json(_reason(save_reason(request.actor, said=ReasonSaid(**body.model_dump()))), 201)


@router.put(
    "/reasons/{uuid:reason_id}",
    operation_id="save_reason",
    summary="Rename a reason, put it away",
    openapi_extra=DESIGN,
)
@opens("deals.pipelines")
def change_reason(request: SignedRequest, reason_id: UUID, body: ReasonBody) -> HttpResponse:
    said = ReasonSaid(**body.model_dump())
    return as_json(_reason(save_reason(request.actor, said=said, reason_id=reason_id)))
