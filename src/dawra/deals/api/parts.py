"""What belongs to a deal: people with their roles, lines, splits, tags."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import as_json, described, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions.tags import change_tags
from dawra.customers.queries.tags import tags_of
from dawra.deals.actions import lines, people, splits
from dawra.deals.api import bodies
from dawra.deals.queries import plain

router = Router(tags=["deals"])
WORK = described(permission="deals.work")
TAGGED = described(permission="deals.work", tagged=True)


@router.put(
    "/deals/{deal_id}/people/{person_id}",
    operation_id="set_deal_person",
    summary="A person's part in a deal",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def set_person(request: SignedRequest, deal_id: UUID, person_id: UUID, body: bodies.RoleBody) -> HttpResponse:
    people.set_person(request.actor, deal_id=deal_id, person_id=person_id, role=body.role)
    return record_json(plain.deal(request.actor, deal_id))


@router.delete(
    "/deals/{deal_id}/people/{person_id}",
    operation_id="remove_deal_person",
    summary="Take a person out of a deal",
    openapi_extra=WORK,
)
@opens("deals.work", record="deal")
def remove_person(request: SignedRequest, deal_id: UUID, person_id: UUID) -> HttpResponse:
    people.remove_person(request.actor, deal_id=deal_id, person_id=person_id)
    return record_json(plain.deal(request.actor, deal_id))


@router.put(
    "/deals/{deal_id}/lines", operation_id="set_deal_lines", summary="What the deal sells", openapi_extra=TAGGED
)
@opens("deals.work", record="deal")
def set_lines(request: SignedRequest, deal_id: UUID, body: bodies.LinesBody) -> HttpResponse:
    said = [lines.NewLine(**line.model_dump()) for line in body.lines]
    lines.set_lines(request.actor, deal_id=deal_id, lines=said, follow=body.follow, version=version_wanted(request))
    return record_json(plain.deal(request.actor, deal_id))


@router.put(
    "/deals/{deal_id}/splits", operation_id="set_deal_splits", summary="Who shares the credit", openapi_extra=TAGGED
)
@opens("deals.work", record="deal")
def set_splits(request: SignedRequest, deal_id: UUID, body: bodies.SplitsBody) -> HttpResponse:
    shares = [splits.Split(**split.model_dump()) for split in body.splits]
    splits.set_splits(request.actor, deal_id=deal_id, shares=shares, version=version_wanted(request))
    return record_json(plain.deal(request.actor, deal_id))


@router.post(
    "/deals/{deal_id}/tags", operation_id="change_deal_tags", summary="Put tags on or take them off", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def tags(request: SignedRequest, deal_id: UUID, body: bodies.TagsBody) -> HttpResponse:
    change_tags(request.actor, kind="deal", record_id=deal_id, add=body.add, remove=body.remove)
    return as_json({"tags": tags_of([deal_id]).get(deal_id, [])})
