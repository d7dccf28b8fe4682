"""Leads: list, add with person and company in one, read, correct, assign, accept, reject, reopen."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Field

from dawra.access.actor import Actor
from dawra.access.contract import (
    Body,
    as_json,
    described,
    given,
    list_json,
    no_content,
    parameters_of,
    record_json,
    version_wanted,
)
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson
from dawra.prospecting.actions import adding, bulk, deciding, giving
from dawra.prospecting.models import Lead
from dawra.prospecting.queries import lead_list, plain
from dawra.prospecting.queries.leads import reasons

router = Router(tags=["leads"])
READ, WORK = described(permission="prospecting.read"), described(permission="prospecting.work", tagged=True)
# Which filters there are does not depend on who asks; the contract is published before anybody does.
_ANYBODY = Actor.system("contract", datetime(2000, 1, 1, tzinfo=UTC))


class NewcomerBody(Body):
    """Whoever asked, if they may be new; one whose e-mail is known is the one who is here."""

    name: str = Field(min_length=1, max_length=200)
    name_ar: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320)
    phone: str = Field(default="", max_length=60)
    title: str = Field(default="", max_length=160)
    country: str = Field(default="", max_length=2)
    language: str = Field(default="", max_length=2)


class LeadBody(Body):
    """person_id or person, company_id or company_name, or both. anyway: add the person though somebody alike is here.

    owner_id: empty = by the rules of assignment. unassigned: into the queue whatever the rules say
    """

    person_id: UUID | None = None
    person: NewcomerBody | None = None
    company_id: UUID | None = None
    company_name: str = Field(default="", max_length=200)
    anyway: bool = False
    source: str = Field(default="", max_length=80)
    campaign: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=10_000)
    asked_at: AwareDatetime | None = None
    owner_id: UUID | None = None
    unassigned: bool = False


class LeadChange(Body):
    source: str = Field(default="", max_length=80)
    campaign: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=10_000)


class AssignBody(Body):
    """owner_id: null = back into the queue. by_rules: ask the rules instead."""

    owner_id: UUID | None = None
    words: str = Field(default="", max_length=200)
    by_rules: bool = False


class AcceptBody(Body):
    """deal_id: link to this deal; empty = open one of that name and amount (minor units of the base currency)."""

    deal_id: UUID | None = None
    name: str = Field(default="", max_length=200)
    amount_minor: int = Field(default=0, ge=0, le=10**15)


class RejectBody(Body):
    reason: str = Field(min_length=1, max_length=40)
    words: str = Field(default="", max_length=4000)


class TogetherBody(Body):
    """way: assign (to owner_id; null = into the queue), route (by the rules) or reject (reason: its code)."""

    ids: list[UUID] = Field(min_length=1, max_length=bulk.MOST)
    way: Literal["assign", "route", "reject"]
    owner_id: UUID | None = None
    reason: str = Field(default="", max_length=40)
    words: str = Field(default="", max_length=200)


@router.get(
    "/leads",
    operation_id="list_leads",
    summary="Leads, filtered, sorted and paged",
    openapi_extra=described(permission="prospecting.read", parameters=parameters_of(lead_list.listing(_ANYBODY))),
)
@opens("prospecting.read")
def list_leads(request: SignedRequest) -> HttpResponse:
    listing = lead_list.listing(request.actor)
    return list_json(*plain.leads(request.actor, listing, listing.parse(request.GET)))


@router.post(
    "/leads",
    operation_id="add_lead",
    summary="An inquiry came in",
    openapi_extra=described(permission="prospecting.work"),
)
@opens("prospecting.work")
def add_lead(request: SignedRequest, body: LeadBody) -> HttpResponse:
    """Somebody alike is answered with 409 `maybe_known` and `likely`; choose one, or send `anyway`."""
    values = body.model_dump(exclude={"person"})
    added = adding.add_lead(request.actor, new=adding.NewLead(**values, person=_newcomer(body.person)))
    location = f"/api/v1/leads/{added.lead.pk}"
    if not Lead.objects.visible_to(request.actor).filter(pk=added.lead.pk).exists():
        return as_json({"id": added.lead.pk, "version": added.lead.version}, 201)  # it went to somebody else
    return record_json(plain.lead(request.actor, added.lead.pk), status=201, location=location)


def _newcomer(said: NewcomerBody | None) -> NewPerson | None:
    if said is None:
        return None
    values: dict[str, Any] = said.model_dump(exclude={"email", "phone"})
    points = [NewPoint(kind, getattr(said, kind), is_primary=True) for kind in ("email", "phone")]
    return NewPerson(**values, points=tuple(point for point in points if point.value))


@router.post(
    "/bulk/leads",
    operation_id="change_leads",
    summary="Give away or reject up to 200 leads",
    openapi_extra=described(permission="records.bulk"),
)
@opens("records.bulk")
def change_leads(request: SignedRequest, body: TogetherBody) -> HttpResponse:
    """What a single lead refuses is told in `left`, the others go on; `undo` is the key for /undo."""
    said = bulk.Together(body.way, body.owner_id, body.reason, body.words)
    report = bulk.change_many(request.actor, ids=body.ids, said=said)
    left = [asdict(one) for one in report.left]
    return as_json({"changed": report.changed, "same": report.same, "left": left, "undo": report.entry.key})


@router.get("/leads/reasons", operation_id="list_reject_reasons", summary="Why leads are rejected", openapi_extra=READ)
@opens("prospecting.read")
def list_reasons(request: SignedRequest) -> HttpResponse:
    found = reasons(with_archived=True)
    said = [
        {"code": one.code, "name": one.name, "name_ar": one.name_ar, "archived_at": one.archived_at} for one in found
    ]
    return list_json(said, "")


@router.get("/leads/{lead_id}", operation_id="lead", summary="One lead whole", openapi_extra=READ)
@opens("prospecting.read", record="lead")
def lead(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    return record_json(plain.lead(request.actor, lead_id))


@router.patch("/leads/{lead_id}", operation_id="edit_lead", summary="Correct a lead", openapi_extra=WORK)
@opens("prospecting.work", record="lead")
def edit_lead(request: SignedRequest, lead_id: UUID, body: LeadChange) -> HttpResponse:
    adding.edit_lead(request.actor, lead_id=lead_id, values=given(body), version=version_wanted(request))
    return record_json(plain.lead(request.actor, lead_id))


@router.delete(
    "/leads/{lead_id}",
    operation_id="delete_lead",
    summary="Move a lead to the bin",
    openapi_extra=described(permission="customers.delete", tagged=True),
)
@opens("customers.delete", record="lead")
def delete_lead(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    deciding.delete_lead(request.actor, lead_id=lead_id, version=version_wanted(request))
    return no_content()


@router.post(
    "/leads/{lead_id}/assign", operation_id="assign_lead", summary="Give a lead to a member", openapi_extra=WORK
)
@opens("prospecting.work", record="lead")
def assign_lead(request: SignedRequest, lead_id: UUID, body: AssignBody) -> HttpResponse:
    if body.by_rules:
        giving.route_lead(request.actor, lead_id=lead_id)
    else:
        version = version_wanted(request)
        giving.assign_lead(request.actor, lead_id=lead_id, owner_id=body.owner_id, words=body.words, version=version)
    if not Lead.objects.visible_to(request.actor).filter(pk=lead_id).exists():
        return no_content()
    return record_json(plain.lead(request.actor, lead_id))


@router.post("/leads/{lead_id}/accept", operation_id="accept_lead", summary="A lead becomes a deal", openapi_extra=WORK)
@opens("prospecting.work", record="lead")
def accept_lead(request: SignedRequest, lead_id: UUID, body: AcceptBody) -> HttpResponse:
    to = deciding.Acceptance(body.deal_id, body.name, body.amount_minor, version_wanted(request))
    deciding.accept_lead(request.actor, lead_id=lead_id, to=to)
    return record_json(plain.lead(request.actor, lead_id))


@router.post("/leads/{lead_id}/reject", operation_id="reject_lead", summary="Send a lead back", openapi_extra=WORK)
@opens("prospecting.work", record="lead")
def reject_lead(request: SignedRequest, lead_id: UUID, body: RejectBody) -> HttpResponse:
    deciding.reject_lead(
        request.actor, lead_id=lead_id, reason=body.reason, words=body.words, version=version_wanted(request)
    )
    return record_json(plain.lead(request.actor, lead_id))


@router.post("/leads/{lead_id}/reopen", operation_id="reopen_lead", summary="Look at it again", openapi_extra=WORK)
@opens("prospecting.work", record="lead")
def reopen_lead(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    deciding.reopen_lead(request.actor, lead_id=lead_id, version=version_wanted(request))
    return record_json(plain.lead(request.actor, lead_id))
