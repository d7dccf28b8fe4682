"""A deal's way: moved, won, lost, reopened, taken to a newer version of its pipeline."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import described, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import closing, criteria, moving, versions
from dawra.deals.api import bodies
from dawra.deals.queries import plain

router = Router(tags=["deals"])
WORK = described(permission="deals.work", tagged=True)


@router.post(
    "/deals/{deal_id}/move", operation_id="move_deal", summary="Move to another open stage", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def move_deal(request: SignedRequest, deal_id: UUID, body: bodies.MoveBody) -> HttpResponse:
    """Unmet criteria are answered with 422 `criteria_unmet`; say why in `override` and the move goes through."""
    move = moving.Move(to=body.stage_id, version=version_wanted(request), override=body.override, at=body.at)
    moving.move_deal(request.actor, deal_id=deal_id, move=move)
    return record_json(plain.deal(request.actor, deal_id))


def _close(request: SignedRequest, body: bodies.CloseBody) -> closing.Close:
    return closing.Close(
        reason=body.reason,
        words=body.words,
        version=version_wanted(request),
        override=body.override,
        at=body.at,
        to=body.stage_id,
    )


@router.post("/deals/{deal_id}/win", operation_id="win_deal", summary="The customer bought", openapi_extra=WORK)
@opens("deals.work", record="deal")
def win_deal(request: SignedRequest, deal_id: UUID, body: bodies.CloseBody) -> HttpResponse:
    closing.win_deal(request.actor, deal_id=deal_id, close=_close(request, body))
    return record_json(plain.deal(request.actor, deal_id))


@router.post("/deals/{deal_id}/lose", operation_id="lose_deal", summary="The attempt has failed", openapi_extra=WORK)
@opens("deals.work", record="deal")
def lose_deal(request: SignedRequest, deal_id: UUID, body: bodies.CloseBody) -> HttpResponse:
    closing.lose_deal(request.actor, deal_id=deal_id, close=_close(request, body))
    return record_json(plain.deal(request.actor, deal_id))


@router.post("/deals/{deal_id}/reopen", operation_id="reopen_deal", summary="A closed deal goes on", openapi_extra=WORK)
@opens("deals.work", record="deal")
def reopen_deal(request: SignedRequest, deal_id: UUID, body: bodies.ReopenBody) -> HttpResponse:
    closing.reopen_deal(request.actor, deal_id=deal_id, to=body.stage_id, version=version_wanted(request))
    return record_json(plain.deal(request.actor, deal_id))


@router.post(
    "/deals/{deal_id}/change-version",
    operation_id="change_deal_version",
    summary="Take the deal to the newest version of its pipeline",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def change_version(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    versions.change_version(request.actor, deal_id=deal_id, version=version_wanted(request))
    return record_json(plain.deal(request.actor, deal_id))


@router.post(
    "/deals/{deal_id}/change-pipeline",
    operation_id="change_deal_pipeline",
    summary="Go on in another pipeline",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def change_pipeline(request: SignedRequest, deal_id: UUID, body: bodies.ChangePipelineBody) -> HttpResponse:
    move = moving.Move(to=body.stage_id, version=version_wanted(request), at=body.at)
    moving.change_pipeline(request.actor, deal_id=deal_id, move=move)
    return record_json(plain.deal(request.actor, deal_id))


@router.put(
    "/deals/{deal_id}/criteria/{criterion_id}",
    operation_id="tick_criterion",
    summary="Tick an exit criterion, or take the tick back",
    openapi_extra=described(permission="deals.work"),
)
@opens("deals.work", record="deal")
def tick(request: SignedRequest, deal_id: UUID, criterion_id: UUID, body: bodies.TickBody) -> HttpResponse:
    criteria.tick(request.actor, deal_id=deal_id, criterion_id=criterion_id, ticked=body.ticked)
    return record_json(plain.deal(request.actor, deal_id))
