"""What is found out about deals, and the frameworks they are qualified by."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import (
    Body,
    as_json,
    described,
    list_json,
    no_content,
    parameters_of,
    record_json,
    version_wanted,
)
from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import frameworks as writing
from dawra.deals.actions import qualifying
from dawra.deals.queries import deals, frameworks, qualification, qualification_report

router = Router(tags=["qualification"])
READ, SET_UP = described(permission="deals.read"), described(permission="deals.pipelines")
TAGGED = described(permission="deals.work", tagged=True)


class FindingBody(Body):
    """confidence: of an open verdict "unknown". proven needs evidence, a link, an activity or a file of the deal."""

    verdict: Literal["for", "against", "open"]
    confidence: Literal["unknown", "guess", "told", "proven"] = "unknown"
    answer: str = Field(default="", max_length=qualifying.LONGEST_WORDS)
    evidence: str = Field(default="", max_length=qualifying.LONGEST_WORDS)
    link: str = Field(default="", max_length=qualifying.LONGEST_LINK)
    activity_id: UUID | None = None
    file_id: UUID | None = None
    person_id: UUID | None = None


class CriterionBody(Body):
    """code: of one that is there, "" for a new one. One of the languages is enough."""

    code: str = Field(default="", max_length=40)
    name: str = Field(default="", max_length=80)
    name_ar: str = Field(default="", max_length=80)
    question: str = Field(default="", max_length=300)
    question_ar: str = Field(default="", max_length=300)
    good: str = Field(default="", max_length=400)
    good_ar: str = Field(default="", max_length=400)
    weight: int = Field(default=10, ge=1, le=100)


class FrameworkBody(Body):
    name: str = Field(default="", max_length=80)
    name_ar: str = Field(default="", max_length=80)
    about: str = Field(default="", max_length=400)
    about_ar: str = Field(default="", max_length=400)
    criteria: list[CriterionBody] = Field(max_length=writing.MOST_CRITERIA)

    def said(self) -> writing.FrameworkSaid:
        criteria = tuple(writing.CriterionSaid(**one.model_dump()) for one in self.criteria)
        return writing.FrameworkSaid(criteria, **self.model_dump(exclude={"criteria"}))


class RetiredBody(Body):
    retired: bool


class ChosenBody(Body):
    framework_id: UUID | None


@router.get(
    "/deals/{deal_id}/findings",
    operation_id="deal_findings",
    summary="How a deal is qualified: score, criteria in order, what is known, what to ask next",
    openapi_extra=READ,
)
@opens("deals.read", record="deal")
def deal_findings(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return as_json(_plain(request, deal_id))


@router.get(
    "/deals/{deal_id}/findings/{code}",
    operation_id="finding",
    summary="What is known of one criterion",
    openapi_extra=READ,
)
@opens("deals.read", record="deal")
def finding(request: SignedRequest, deal_id: UUID, code: str) -> HttpResponse:
    return record_json(_one(request, deal_id, code))


@router.put(
    "/deals/{deal_id}/findings/{code}",
    operation_id="note_finding",
    summary="Say what is known of one criterion",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="deal")
def note_finding(request: SignedRequest, deal_id: UUID, code: str, body: FindingBody) -> HttpResponse:
    said, version = qualifying.FindingSaid(**body.model_dump()), version_wanted(request)
    qualifying.note_finding(request.actor, deal_id=deal_id, code=code, said=said, version=version)
    return record_json(_one(request, deal_id, code))


@router.delete(
    "/deals/{deal_id}/findings/{code}",
    operation_id="remove_finding",
    summary="Take away what was noted of one criterion",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="deal")
def remove_finding(request: SignedRequest, deal_id: UUID, code: str) -> HttpResponse:
    found, version = _one(request, deal_id, code), version_wanted(request)
    qualifying.remove_finding(request.actor, finding_id=found["id"], version=version)
    return no_content()


@router.get(
    "/qualification/figures",
    operation_id="qualification_figures",
    summary="Scores at closing against what was won, with n and interval",
    openapi_extra=READ,
)
@opens("deals.read")
def figures(request: SignedRequest) -> HttpResponse:
    return as_json(qualification_report.report(request.actor))


@router.get(
    "/frameworks",
    operation_id="list_frameworks",
    summary="Frameworks to qualify by",
    openapi_extra=described(permission="deals.read", parameters=parameters_of(frameworks.LISTING)),
)
@opens("deals.read")
def list_frameworks(request: SignedRequest) -> HttpResponse:
    items, following = frameworks.plain_list(request.actor, frameworks.LISTING.parse(request.GET))
    return list_json(items, following)


@router.post("/frameworks", operation_id="add_framework", summary="Write a framework", openapi_extra=SET_UP)
@opens("deals.pipelines")
def add_framework(request: SignedRequest, body: FrameworkBody) -> HttpResponse:
    made = writing.write_framework(request.actor, said=body.said())
    plain = frameworks.plain(request.actor, made.pk)
    return record_json(plain, status=201, location=f"/api/v1/frameworks/{made.pk}")


@router.get("/frameworks/{framework_id}", operation_id="framework", summary="One framework", openapi_extra=READ)
@opens("deals.read")
def framework(request: SignedRequest, framework_id: UUID) -> HttpResponse:
    return record_json(frameworks.plain(request.actor, framework_id))


@router.put(
    "/frameworks/{framework_id}",
    operation_id="write_framework",
    summary="Write a new version of a framework; open deals are scored anew",
    openapi_extra=described(permission="deals.pipelines", tagged=True),
)
@opens("deals.pipelines")
def write_framework(request: SignedRequest, framework_id: UUID, body: FrameworkBody) -> HttpResponse:
    version = version_wanted(request)
    writing.write_framework(request.actor, said=body.said(), framework_id=framework_id, version=version)
    return record_json(frameworks.plain(request.actor, framework_id))


@router.post(
    "/frameworks/{framework_id}/retire",
    operation_id="retire_framework",
    summary="Offer a framework no longer, or again",
    openapi_extra=described(permission="deals.pipelines", tagged=True),
)
@opens("deals.pipelines")
def retire_framework(request: SignedRequest, framework_id: UUID, body: RetiredBody) -> HttpResponse:
    version = version_wanted(request)
    writing.retire_framework(request.actor, framework_id=framework_id, retired=body.retired, version=version)
    return record_json(frameworks.plain(request.actor, framework_id))


@router.put(
    "/pipelines/{pipeline_id}/framework",
    operation_id="choose_framework",
    summary="By what the deals of a pipeline are qualified; null for nothing",
    openapi_extra=SET_UP,
)
@opens("deals.pipelines")
def choose_framework(request: SignedRequest, pipeline_id: UUID, body: ChosenBody) -> HttpResponse:
    writing.choose_framework(request.actor, pipeline_id=pipeline_id, framework_id=body.framework_id)
    return as_json({"framework_id": body.framework_id})


def _plain(request: SignedRequest, deal_id: UUID) -> dict[str, Any]:
    return qualification.plain(deals.deal(request.actor, deal_id))


def _one(request: SignedRequest, deal_id: UUID, code: str) -> dict[str, Any]:
    """What is known of one criterion. Raises NotFound where nothing is."""
    found = next((one for one in _plain(request, deal_id)["findings"] if one["code"] == code), None)
    if found is None:
        raise NotFound()
    return dict(found)
