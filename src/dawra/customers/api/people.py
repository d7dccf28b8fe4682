"""People."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dawra.access.contract import (
    as_json,
    described,
    given,
    list_json,
    no_content,
    parameters_of,
    record_json,
    version_wanted,
)
from dawra.access.errors import Conflict
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import adding, bin, consent, people
from dawra.customers.api import bodies
from dawra.customers.privacy import erasing, returning
from dawra.customers.queries import duplicates, lists, plain
from dawra.customers.views.privacy import as_archive

router = Router(tags=["people"])
READ, WORK = described(permission="customers.read"), described(permission="customers.work")


def likely_people(request: SignedRequest, body: bodies.PersonBody) -> list[dict[str, Any]]:
    points = adding.read_points([point.plan() for point in body.points], "person", body.country)
    found = duplicates.likely(
        request.actor, "person", [body.name, body.name_ar], [read.point for read in points],
        companies=[body.company_name], city=body.city,
    )  # fmt: skip
    return [one.plain() for one in found]


@router.get(
    "/people",
    operation_id="list_people",
    summary="People, filtered, sorted and paged",
    openapi_extra=described(permission="customers.read", parameters=parameters_of(lists.listing("person"))),
)
@opens("customers.read")
def list_people(request: SignedRequest) -> HttpResponse:
    listing = lists.listing("person", request.GET)
    items, following = plain.people(request.actor, listing, listing.parse(request.GET))
    return list_json(items, following)


@router.post(
    "/people", operation_id="add_person", summary="Add a person, with addresses and company", openapi_extra=WORK
)
@opens("customers.work")
def add_person(request: SignedRequest, body: bodies.PersonBody) -> HttpResponse:
    """Likely duplicates are named in `duplicates`; with if_duplicate=refuse nothing is added if there are any.

    The address of somebody who was erased is refused (409 `erased_before`) unless came_back says that they came by themselves.
    """
    found = likely_people(request, body)
    if found and body.if_duplicate == "refuse":
        raise Conflict(_("This person seems to be here already."), duplicates=found)
    if body.came_back:
        written = adding.read_points([point.plan() for point in body.points], "person", body.country)
        returning.welcome(request.actor, points=[read.point for read in written])
    values = body.model_dump(exclude={"points", "tags", "if_duplicate", "came_back"})
    plan = people.NewPerson(**values, points=tuple(point.plan() for point in body.points), tags=tuple(body.tags))
    person = people.add_person(request.actor, plan=plan).record
    answer = {"id": person.pk, "version": person.version, "name": person.name, "duplicates": found}
    return record_json(answer, status=201, location=f"/api/v1/people/{person.pk}")


@router.get("/people/{person_id}", operation_id="person", summary="One person whole", openapi_extra=READ)
@opens("customers.read", record="person")
def person(request: SignedRequest, person_id: UUID) -> HttpResponse:
    return record_json(plain.person(request.actor, person_id))


@router.patch(
    "/people/{person_id}",
    operation_id="edit_person",
    summary="Change some fields of a person",
    openapi_extra=described(permission="customers.work", tagged=True),
)
@opens("customers.work", record="person")
def edit_person(request: SignedRequest, person_id: UUID, body: bodies.PersonChange) -> HttpResponse:
    changes = bodies.columns(given(body))
    people.edit_person(request.actor, person_id=person_id, changes=changes, version=version_wanted(request))
    return record_json(plain.person(request.actor, person_id))


@router.delete(
    "/people/{person_id}",
    operation_id="delete_person",
    summary="Move a person to the bin",
    openapi_extra=described(permission="customers.delete", tagged=True),
)
@opens("customers.delete", record="person")
def delete_person(request: SignedRequest, person_id: UUID) -> HttpResponse:
    bin.delete_record(request.actor, kind="person", record_id=person_id, version=version_wanted(request))
    return no_content()


@router.get(
    "/people/{person_id}/consents", operation_id="consents", summary="What a person allowed", openapi_extra=READ
)
@opens("customers.read", record="person")
def consents(request: SignedRequest, person_id: UUID) -> HttpResponse:
    return as_json({"items": plain.consents(request.actor, person_id), "next": None})


@router.post(
    "/people/{person_id}/consents",
    operation_id="record_consent",
    summary="Record consent or its withdrawal",
    openapi_extra=WORK,
)
@opens("customers.work", record="person")
def record_consent(request: SignedRequest, person_id: UUID, body: bodies.ConsentBody) -> HttpResponse:
    consent.record_consent(request.actor, person_id=person_id, consent=consent.NewConsent(**body.model_dump()))
    return as_json({"items": plain.consents(request.actor, person_id), "next": None}, 201)


@router.post(
    "/people/{person_id}/everything",
    operation_id="person_everything",
    summary="Everything known of a person, as a zip archive",
    openapi_extra=described(permission="customers.privacy"),
)
@opens("customers.privacy", record="person")
def person_everything(request: SignedRequest, person_id: UUID) -> HttpResponseBase:
    """A POST, since it is written down that the file left."""
    return as_archive(request, person_id)


@router.post(
    "/people/{person_id}/erase",
    operation_id="erase_person",
    summary="Forget a person for good",
    openapi_extra=described(permission="customers.privacy"),
)
@opens("customers.privacy", record="person")
def erase_person(request: SignedRequest, person_id: UUID, body: bodies.EraseBody) -> HttpResponse:
    """`confirmed` is the person's name as it stands. Nobody can take this back."""
    erasing.erase_person(request.actor, person_id=person_id, reason=body.reason, confirmed=body.confirmed)
    return no_content()
