"""Research briefs: what is known of a person or company before a call."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.prospecting.actions import briefs as act
from dawra.prospecting.queries import briefs
from dawra.prospecting.rules import research
from dawra.prospecting.rules.briefs import LONGEST_SOURCE, LONGEST_TEXT, SLOTS, slots_of

router = Router(tags=["research briefs"])
READ, WORK = described(permission="prospecting.read"), described(permission="prospecting.work")
Slot = Literal[SLOTS]  # type: ignore[valid-type]  # a list kept once, as data


class SlotBody(Body):
    """text: "" empties the slot. source: an address or a few words. evidence: the sentence it was taken from."""

    text: str = Field(max_length=LONGEST_TEXT)
    source: str = Field(default="", max_length=LONGEST_SOURCE)
    evidence: str = Field(default="", max_length=LONGEST_TEXT)


class BriefBody(Body):
    """slots: only those named are written."""

    slots: dict[Slot, SlotBody] = Field(min_length=1)


class PageBody(Body):
    text: str = Field(min_length=1, max_length=research.MOST_TEXT)


@router.get("/people/{person_id}/brief", operation_id="person_brief", summary="Brief of a person", openapi_extra=READ)
@opens("prospecting.read", record="person")
def person_brief(request: SignedRequest, person_id: UUID) -> HttpResponse:
    return as_json(_plain(briefs.brief(request.actor, "person", person_id)))


@router.get(
    "/companies/{company_id}/brief", operation_id="company_brief", summary="Brief of a company", openapi_extra=READ
)
@opens("prospecting.read", record="company")
def company_brief(request: SignedRequest, company_id: UUID) -> HttpResponse:
    return as_json(_plain(briefs.brief(request.actor, "company", company_id)))


@router.put(
    "/people/{person_id}/brief", operation_id="write_person_brief", summary="Write into slots", openapi_extra=WORK
)
@opens("prospecting.work", record="person")
def write_person(request: SignedRequest, person_id: UUID, body: BriefBody) -> HttpResponse:
    return _written(request, "person", person_id, body)


@router.put(
    "/companies/{company_id}/brief", operation_id="write_company_brief", summary="Write into slots", openapi_extra=WORK
)
@opens("prospecting.work", record="company")
def write_company(request: SignedRequest, company_id: UUID, body: BriefBody) -> HttpResponse:
    return _written(request, "company", company_id, body)


@router.post(
    "/briefs/proposals", operation_id="propose_for_brief", summary="Sentences of a page for slots", openapi_extra=READ
)
@opens("prospecting.read")
def propose(request: SignedRequest, body: PageBody) -> HttpResponse:
    """Nothing is kept: a person confirms what is true."""
    found = research.proposals(research.plain_text(body.text), slots_of("person"))
    return list_json([{"slot": one.slot, "text": one.text, "strength": one.strength} for one in found], "")


def _written(request: Any, kind: str, record_id: UUID, body: BriefBody) -> HttpResponse:
    slots = {slot: act.Said(one.text, one.source, one.evidence) for slot, one in body.slots.items()}
    act.write_brief(request.actor, kind=kind, record_id=record_id, slots=slots)
    return as_json(_plain(briefs.brief(request.actor, kind, record_id)))


def _plain(brief: briefs.Brief) -> dict[str, Any]:
    names = ("slot", "text", "source", "evidence", "written_at", "is_stale")
    return {
        "record_kind": brief.kind, "record_id": brief.record_id, "filled": brief.whole.filled, "of": brief.whole.of,
        "filled_bp": brief.whole.filled_bp, "fresh_bp": brief.whole.fresh_bp, "suffices": brief.suffices,
        "slots": [{name: getattr(one, name) for name in names} for one in brief.slots],
    }  # fmt: skip
