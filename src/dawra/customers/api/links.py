"""Addresses, and who belongs to which company."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import Body, as_json, described, no_content
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import contact
from dawra.customers.actions.adding import NewPoint
from dawra.customers.api import bodies
from dawra.customers.models import Affiliation, ContactPoint

router = Router(tags=["addresses and affiliations"])
WORK = described(permission="customers.work")


def point_json(point: ContactPoint) -> dict[str, object]:
    return {name: getattr(point, name) for name in ("id", "kind", "value", "normal", "label", "is_primary")}


def link_json(link: Affiliation) -> dict[str, object]:
    names = ("id", "person_id", "company_id", "role", "is_primary", "from_on", "until_on")
    return {name: getattr(link, name) for name in names}


@router.post(
    "/people/{person_id}/points", operation_id="add_person_point", summary="Add an address", openapi_extra=WORK
)
@opens("customers.work", record="person")
def add_person_point(request: SignedRequest, person_id: UUID, body: bodies.Point) -> HttpResponse:
    done = contact.add_point(request.actor, kind="person", record_id=person_id, point=body.plan())
    return as_json(point_json(done.record), 201)


@router.post(
    "/companies/{company_id}/points", operation_id="add_company_point", summary="Add an address", openapi_extra=WORK
)
@opens("customers.work", record="company")
def add_company_point(request: SignedRequest, company_id: UUID, body: bodies.Point) -> HttpResponse:
    done = contact.add_point(request.actor, kind="company", record_id=company_id, point=body.plan())
    return as_json(point_json(done.record), 201)


@router.put("/points/{point_id}", operation_id="change_point", summary="Correct an address", openapi_extra=WORK)
@opens("customers.work", record="point")
def change_point(request: SignedRequest, point_id: UUID, body: bodies.PointChange) -> HttpResponse:
    point = NewPoint("", body.value, body.label, body.is_primary)
    return as_json(point_json(contact.change_point(request.actor, point_id=point_id, point=point).record))


@router.delete("/points/{point_id}", operation_id="remove_point", summary="Remove an address", openapi_extra=WORK)
@opens("customers.work", record="point")
def remove_point(request: SignedRequest, point_id: UUID) -> HttpResponse:
    contact.remove_point(request.actor, point_id=point_id)
    return no_content()


@router.post(
    "/people/{person_id}/affiliations",
    operation_id="affiliate",
    summary="Link a person to a company",
    openapi_extra=WORK,
)
@opens("customers.work", record="person")
def affiliate(request: SignedRequest, person_id: UUID, body: bodies.AffiliationBody) -> HttpResponse:
    place = contact.Place(body.role, body.is_primary, body.from_on, body.until_on)
    done = contact.affiliate(request.actor, person_id=person_id, company_id=body.company_id, place=place)
    return as_json(link_json(done.record), 201)


@router.put(
    "/affiliations/{affiliation_id}", operation_id="change_affiliation", summary="Correct a link", openapi_extra=WORK
)
@opens("customers.work", record="affiliation")
def change_affiliation(request: SignedRequest, affiliation_id: UUID, body: bodies.PlaceBody) -> HttpResponse:
    place = contact.Place(**body.model_dump())
    return as_json(
        link_json(contact.change_affiliation(request.actor, affiliation_id=affiliation_id, place=place).record)
    )


class EndBody(Body):
    until_on: date


@router.post(
    "/affiliations/{affiliation_id}/end", operation_id="end_affiliation", summary="End a link", openapi_extra=WORK
)
@opens("customers.work", record="affiliation")
def end_affiliation(request: SignedRequest, affiliation_id: UUID, body: EndBody) -> HttpResponse:
    done = contact.end_affiliation(request.actor, affiliation_id=affiliation_id, until_on=body.until_on)
    return as_json(link_json(done.record))
