"""Deals: list, add, read, edit, delete."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.actor import Actor
from dawra.access.contract import described, given, list_json, no_content, parameters_of, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import adding, bin, editing
from dawra.deals.api import bodies
from dawra.deals.queries import plain, table

router = Router(tags=["deals"])
# Which filters there are does not depend on who asks or when; the contract is published before anybody does.
_ANYBODY = table.Asking(
    Actor.system("contract", datetime(2000, 1, 1, tzinfo=UTC)), datetime(2000, 1, 1, tzinfo=UTC).date(), "USD"
)


@router.get(
    "/deals",
    operation_id="list_deals",
    summary="Deals, filtered, sorted and paged",
    openapi_extra=described(permission="deals.read", parameters=parameters_of(table.listing(_ANYBODY))),
)
@opens("deals.read")
def list_deals(request: SignedRequest) -> HttpResponse:
    listing = plain.listing(request.actor, request.GET)
    items, following = plain.deals(request.actor, listing, listing.parse(request.GET))
    return list_json(items, following)


@router.post("/deals", operation_id="add_deal", summary="Add a deal", openapi_extra=described(permission="deals.work"))
@opens("deals.work")
def add_deal(request: SignedRequest, body: bodies.DealBody) -> HttpResponse:
    values = body.model_dump(exclude={"people", "competitors"})
    new = adding.NewDeal(
        **values,
        people=tuple((one.person_id, one.role) for one in body.people),
        competitors=tuple(body.competitors),
    )
    deal = adding.add_deal(request.actor, new=new)
    return record_json(plain.deal(request.actor, deal.pk), status=201, location=f"/api/v1/deals/{deal.pk}")


@router.get(
    "/deals/{deal_id}", operation_id="deal", summary="One deal whole", openapi_extra=described(permission="deals.read")
)
@opens("deals.read", record="deal")
def deal(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return record_json(plain.deal(request.actor, deal_id))


@router.patch(
    "/deals/{deal_id}",
    operation_id="edit_deal",
    summary="Change some fields of a deal",
    openapi_extra=described(permission="deals.work", tagged=True),
)
@opens("deals.work", record="deal")
def edit_deal(request: SignedRequest, deal_id: UUID, body: bodies.DealChange) -> HttpResponse:
    editing.edit_deal(request.actor, deal_id=deal_id, values=given(body), version=version_wanted(request))
    return record_json(plain.deal(request.actor, deal_id))


@router.delete(
    "/deals/{deal_id}",
    operation_id="delete_deal",
    summary="Move a deal to the bin",
    openapi_extra=described(permission="deals.delete", tagged=True),
)
@opens("deals.delete", record="deal")
def delete_deal(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    bin.delete_deal(request.actor, deal_id=deal_id, version=version_wanted(request))
    return no_content()


@router.post(
    "/deals/{deal_id}/restore",
    operation_id="restore_deal",
    summary="Bring a deal back from the bin",
    openapi_extra=described(permission="deals.work"),
)
@opens("deals.work", record="deal")
def restore_deal(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    bin.restore_deal(request.actor, deal_id=deal_id)
    return record_json(plain.deal(request.actor, deal_id))
