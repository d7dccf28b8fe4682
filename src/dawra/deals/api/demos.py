"""Demos of deals, and what goes with winning."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Field

from dawra.access.contract import Body, as_json, described, given, list_json, parameters_of, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import demoing
from dawra.deals.models.demo import DEMO_TYPES, REACTIONS
from dawra.deals.queries import demos

router = Router(tags=["demos"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
TAGGED = described(permission="deals.work", tagged=True)
Type = Literal[DEMO_TYPES]  # type: ignore[valid-type]  # a list kept once, as data
Reaction = Literal[REACTIONS]  # type: ignore[valid-type]  # a list kept once, as data
Line = str


class DemoFields(Body):
    """people: ids of those who take part in the deal."""

    type: Type = "online"
    minutes: int = Field(default=45, ge=5, le=1440)
    pains: list[Line] = Field(default=[], max_length=demoing.MOST_LINES)
    features: list[Line] = Field(default=[], max_length=demoing.MOST_ITEMS)
    people: list[UUID] = Field(default=[], max_length=60)


class DemoBody(DemoFields):
    starts_at: AwareDatetime


class ShowingBody(Body):
    name: str = Field(min_length=1, max_length=120)
    shown: bool = True
    reaction: Reaction = ""
    words: str = Field(default="", max_length=400)


class HeldBody(Body):
    """items: as they went; what was planned and is not named was not shown. came: ids."""

    items: list[ShowingBody] = Field(default=[], max_length=demoing.MOST_ITEMS)
    came: list[UUID] = Field(default=[], max_length=60)
    gaps: list[Line] = Field(default=[], max_length=demoing.MOST_LINES)
    next_step: str = Field(default="", max_length=200)
    next_step_on: date | None = None


class WhenBody(Body):
    starts_at: AwareDatetime


@router.get(
    "/demos",
    operation_id="list_demos",
    summary="Demos, the latest first",
    openapi_extra=described(permission="deals.read", parameters=parameters_of(demos.LISTING)),
)
@opens("deals.read")
def list_demos(request: SignedRequest) -> HttpResponse:
    items, following = demos.plain_list(request.actor, demos.LISTING.parse(request.GET))
    return list_json(items, following)


@router.get(
    "/demos/figures",
    operation_id="demo_figures",
    summary="What goes with winning, with n and interval",
    openapi_extra=READ,
)
@opens("deals.read")
def figures(request: SignedRequest) -> HttpResponse:
    return as_json(demos.report(request.actor))


@router.post("/deals/{deal_id}/demos", operation_id="plan_demo", summary="Plan a demo", openapi_extra=WORK)
@opens("deals.work", record="deal")
def plan_demo(request: SignedRequest, deal_id: UUID, body: DemoBody) -> HttpResponse:
    said = _said(body.model_dump(exclude={"starts_at"}))
    kept = demoing.plan_demo(request.actor, deal_id=deal_id, starts_at=body.starts_at, said=said)
    plain = demos.plain(request.actor, kept.demo.pk)
    return record_json(plain, status=201, location=f"/api/v1/demos/{kept.demo.pk}")


def _said(values: dict[str, Any]) -> demoing.DemoSaid:
    said: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    return demoing.DemoSaid(**said)


@router.get("/demos/{demo_id}", operation_id="demo", summary="One demo whole", openapi_extra=READ)
@opens("deals.read", record="demo")
def demo(request: SignedRequest, demo_id: UUID) -> HttpResponse:
    return record_json(demos.plain(request.actor, demo_id))


@router.patch("/demos/{demo_id}", operation_id="edit_demo", summary="Say anew what is planned", openapi_extra=TAGGED)
@opens("deals.work", record="demo")
def edit_demo(request: SignedRequest, demo_id: UUID, body: DemoFields) -> HttpResponse:
    now = demos.plain(request.actor, demo_id)
    stands = {
        "type": now["type"],
        "minutes": now["minutes"],
        "pains": now["pains"],
        "features": [item["name"] for item in now["items"]],
        "people": [one["person_id"] for one in now["people"]],
    }
    said = _said({**stands, **given(body)})
    demoing.edit_demo(request.actor, demo_id=demo_id, said=said, version=version_wanted(request))
    return record_json(demos.plain(request.actor, demo_id))


@router.post("/demos/{demo_id}/held", operation_id="hold_demo", summary="It took place, and how", openapi_extra=TAGGED)
@opens("deals.work", record="demo")
def hold_demo(request: SignedRequest, demo_id: UUID, body: HeldBody) -> HttpResponse:
    items = tuple(demoing.Showing(**item.model_dump()) for item in body.items)
    told = demoing.DemoTold(items, tuple(body.came), tuple(body.gaps), body.next_step, body.next_step_on)
    demoing.hold_demo(request.actor, demo_id=demo_id, said=told, version=version_wanted(request))
    return record_json(demos.plain(request.actor, demo_id))


@router.post(
    "/demos/{demo_id}/reschedule", operation_id="reschedule_demo", summary="To another time", openapi_extra=TAGGED
)
@opens("deals.work", record="demo")
def reschedule_demo(request: SignedRequest, demo_id: UUID, body: WhenBody) -> HttpResponse:
    version = version_wanted(request)
    demoing.reschedule_demo(request.actor, demo_id=demo_id, starts_at=body.starts_at, version=version)
    return record_json(demos.plain(request.actor, demo_id))


@router.post("/demos/{demo_id}/no-show", operation_id="miss_demo", summary="Nobody came", openapi_extra=TAGGED)
@opens("deals.work", record="demo")
def miss_demo(request: SignedRequest, demo_id: UUID) -> HttpResponse:
    demoing.miss_demo(request.actor, demo_id=demo_id, version=version_wanted(request))
    return record_json(demos.plain(request.actor, demo_id))


@router.post("/demos/{demo_id}/cancel", operation_id="cancel_demo", summary="Call it off", openapi_extra=TAGGED)
@opens("deals.work", record="demo")
def cancel_demo(request: SignedRequest, demo_id: UUID) -> HttpResponse:
    demoing.cancel_demo(request.actor, demo_id=demo_id, version=version_wanted(request))
    return record_json(demos.plain(request.actor, demo_id))
