"""The close plan of a deal, for programs."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, no_content, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import close_plans as acts
from dawra.deals.queries import close_plans

router = Router(tags=["close plans"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
TAGGED = described(permission="deals.work", tagged=True)


class StepBody(Body):
    """side: who does it. member_id: who of us; person_id: who of the deal's people."""

    title: str = Field(min_length=1, max_length=acts.LONGEST_TITLE)
    due_on: date
    side: Literal["ours", "theirs"] = "ours"
    note: str = Field(default="", max_length=acts.LONGEST_NOTE)
    member_id: UUID | None = None
    person_id: UUID | None = None


class BegunBody(Body):
    """template_id: null = the usual steps. language: of the steps' words."""

    template_id: UUID | None = None
    language: Literal["en", "ar"] = "en"


class DoneBody(Body):
    done: bool


@router.get(
    "/deals/{deal_id}/plan", operation_id="close_plan", summary="The close plan: steps, pace, slips", openapi_extra=READ
)
@opens("deals.read", record="deal")
def close_plan(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return as_json(close_plans.plan(request.actor, deal_id))


@router.get(
    "/deals/{deal_id}/plan/{uuid:step_id}", operation_id="plan_step", summary="One step of it", openapi_extra=READ
)
@opens("deals.read", record="deal")
def plan_step(request: SignedRequest, deal_id: UUID, step_id: UUID) -> HttpResponse:
    return record_json(_one(request, deal_id, step_id))


@router.post(
    "/deals/{deal_id}/plan/begin",
    operation_id="begin_close_plan",
    summary="Begin a close plan with the steps of a template, or the usual ones",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def begin_close_plan(request: SignedRequest, deal_id: UUID, body: BegunBody) -> HttpResponse:
    acts.begin_plan(request.actor, deal_id=deal_id, language=body.language, template_id=body.template_id)
    return as_json(close_plans.plan(request.actor, deal_id), 201)


@router.post(
    "/deals/{deal_id}/plan", operation_id="add_plan_step", summary="Add a step to the close plan", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def add_plan_step(request: SignedRequest, deal_id: UUID, body: StepBody) -> HttpResponse:
    kept = acts.add_step(request.actor, deal_id=deal_id, said=acts.StepSaid(**body.model_dump()))
    location = f"/api/v1/deals/{deal_id}/plan/{kept.step.pk}"
    return record_json(_one(request, deal_id, kept.step.pk), status=201, location=location)


@router.put(
    "/deals/{deal_id}/plan/{uuid:step_id}",
    operation_id="change_plan_step",
    summary="Say a step anew; a later day counts as put off",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="deal")
def change_plan_step(request: SignedRequest, deal_id: UUID, step_id: UUID, body: StepBody) -> HttpResponse:
    close_plans.step(request.actor, deal_id, step_id)
    said, version = acts.StepSaid(**body.model_dump()), version_wanted(request)
    acts.change_step(request.actor, step_id=step_id, said=said, version=version)
    return record_json(_one(request, deal_id, step_id))


@router.post(
    "/deals/{deal_id}/plan/{uuid:step_id}/done",
    operation_id="tick_plan_step",
    summary="A step is done, or is not after all",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def tick_plan_step(request: SignedRequest, deal_id: UUID, step_id: UUID, body: DoneBody) -> HttpResponse:
    close_plans.step(request.actor, deal_id, step_id)
    acts.tick_step(request.actor, step_id=step_id, done=body.done)
    return record_json(_one(request, deal_id, step_id))


@router.delete(
    "/deals/{deal_id}/plan/{uuid:step_id}",
    operation_id="remove_plan_step",
    summary="Take a step out of the close plan",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="deal")
def remove_plan_step(request: SignedRequest, deal_id: UUID, step_id: UUID) -> HttpResponse:
    close_plans.step(request.actor, deal_id, step_id)
    acts.remove_step(request.actor, step_id=step_id, version=version_wanted(request))
    return no_content()


@router.post(
    "/deals/{deal_id}/plan-link",
    operation_id="share_close_plan",
    summary="A link to the close plan for its buyer, told this once; earlier ones end",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def share_close_plan(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    shared = acts.share_plan(request.actor, deal_id=deal_id)
    address = request.build_absolute_uri(reverse("deals:plan_of_buyer", args=[shared.key]))
    return as_json({"address": address, "ends_at": shared.link.ends_at}, 201)


@router.delete(
    "/deals/{deal_id}/plan-link",
    operation_id="end_close_plan_link",
    summary="The buyer's link opens nothing from now on",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def end_close_plan_link(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    acts.end_link(request.actor, deal_id=deal_id)
    return no_content()


def _one(request: SignedRequest, deal_id: UUID, step_id: UUID) -> dict[str, Any]:
    card = close_plans.step(request.actor, deal_id, step_id)
    names = ("id", "version", "side", "title", "note", "member_id", "person_id", "planned_on", "due_on", "slips",
             "slipped_days", "done_at", "late_days")  # fmt: skip
    return {name: getattr(card, name) for name in names} | {"done_by": card.by.name if card.by else ""}
