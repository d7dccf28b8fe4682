"""Templates of close plans, for programs."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, described, list_json, parameters_of, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import plan_templates as acts
from dawra.deals.close_plan_seeds import UsualStep
from dawra.deals.queries import plan_templates

router = Router(tags=["close plans"])
READ, SET_UP = described(permission="deals.read"), described(permission="deals.pipelines")
TAGGED = described(permission="deals.pipelines", tagged=True)


class TemplateStepBody(Body):
    """anchor: days after the start of the plan, or before the close. One of the languages is enough."""

    title: str = Field(default="", max_length=acts.LONGEST_TITLE)
    title_ar: str = Field(default="", max_length=acts.LONGEST_TITLE)
    side: Literal["ours", "theirs"] = "ours"
    anchor: Literal["start", "close"] = "close"
    days: int = Field(default=0, ge=0, le=acts.MOST_DAYS)


class TemplateBody(Body):
    """pipeline_id: of whose deals, null = of all."""

    name: str = Field(default="", max_length=acts.LONGEST_NAME)
    name_ar: str = Field(default="", max_length=acts.LONGEST_NAME)
    pipeline_id: UUID | None = None
    steps: list[TemplateStepBody] = Field(max_length=acts.MOST_STEPS)

    def said(self) -> acts.TemplateSaid:
        steps = tuple(UsualStep(**one.model_dump()) for one in self.steps)
        return acts.TemplateSaid(steps, self.name, self.name_ar, self.pipeline_id)


class PutAwayBody(Body):
    retired: bool


class KeptBody(Body):
    """everywhere: for the deals of every pipeline, not only of this deal's."""

    name: str = Field(default="", max_length=acts.LONGEST_NAME)
    name_ar: str = Field(default="", max_length=acts.LONGEST_NAME)
    everywhere: bool = False


@router.get(
    "/plan-templates",
    operation_id="list_plan_templates",
    summary="Templates of close plans",
    openapi_extra=described(permission="deals.read", parameters=parameters_of(plan_templates.LISTING)),
)
@opens("deals.read")
def list_plan_templates(request: SignedRequest) -> HttpResponse:
    items, following = plan_templates.plain_list(request.actor, plan_templates.LISTING.parse(request.GET))
    return list_json(items, following)


@router.post(
    "/plan-templates", operation_id="add_plan_template", summary="Write a template of close plans", openapi_extra=SET_UP
)
@opens("deals.pipelines")
def add_plan_template(request: SignedRequest, body: TemplateBody) -> HttpResponse:
    return _made(request, acts.write_template(request.actor, said=body.said()))


@router.get(
    "/plan-templates/{plan_template_id}", operation_id="plan_template", summary="One template", openapi_extra=READ
)
@opens("deals.read")
def plan_template(request: SignedRequest, plan_template_id: UUID) -> HttpResponse:
    return record_json(plan_templates.plain(request.actor, plan_template_id))


@router.put(
    "/plan-templates/{plan_template_id}",
    operation_id="write_plan_template",
    summary="Write a template anew; plans that have begun stay as they are",
    openapi_extra=TAGGED,
)
@opens("deals.pipelines")
def write_plan_template(request: SignedRequest, plan_template_id: UUID, body: TemplateBody) -> HttpResponse:
    version = version_wanted(request)
    acts.write_template(request.actor, said=body.said(), template_id=plan_template_id, version=version)
    return record_json(plan_templates.plain(request.actor, plan_template_id))


@router.post(
    "/plan-templates/{plan_template_id}/retire",
    operation_id="retire_plan_template",
    summary="Offer a template no longer, or again",
    openapi_extra=TAGGED,
)
@opens("deals.pipelines")
def retire_plan_template(request: SignedRequest, plan_template_id: UUID, body: PutAwayBody) -> HttpResponse:
    version = version_wanted(request)
    acts.retire_template(request.actor, template_id=plan_template_id, retired=body.retired, version=version)
    return record_json(plan_templates.plain(request.actor, plan_template_id))


@router.post(
    "/deals/{deal_id}/plan/template",
    operation_id="keep_close_plan",
    summary="Save the close plan of a deal as a template",
    openapi_extra=SET_UP,
)
@opens("deals.pipelines", record="deal")
def keep_close_plan(request: SignedRequest, deal_id: UUID, body: KeptBody) -> HttpResponse:
    return _made(request, acts.keep_plan(request.actor, deal_id=deal_id, **body.model_dump()))


def _made(request: SignedRequest, kept: acts.Kept) -> HttpResponse:
    plain = plan_templates.plain(request.actor, kept.template.pk)
    return record_json(plain, status=201, location=f"/api/v1/plan-templates/{kept.template.pk}")
