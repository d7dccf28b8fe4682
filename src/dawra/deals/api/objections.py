"""Objections of deals, what was answered, and the library of answers."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Field

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
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import answers as writing
from dawra.deals.actions import objecting
from dawra.deals.models.objection import CATEGORIES
from dawra.deals.queries import answers, objections, similar_objections

router = Router(tags=["objections"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
TAGGED = described(permission="deals.work", tagged=True)
Category = Literal[CATEGORIES]  # type: ignore[valid-type]  # a list kept once, as data
_WORDS = {
    "in": "query",
    "name": "words",
    "required": True,
    "schema": {"type": "string", "maxLength": 1000},
    "description": "What a buyer said",
}


class ReplyBody(Body):
    """answer_id: of /answers; accepted: null while nobody knows how the buyer took it."""

    answer_id: UUID | None = None
    words: str = Field(default="", max_length=objecting.LONGEST_WORDS)
    accepted: bool | None = None


class ObjectionBody(Body):
    category: Category
    label: str = Field(default="", max_length=60)
    words: str = Field(default="", max_length=objecting.LONGEST_WORDS)
    person_id: UUID | None = None
    at: AwareDatetime | None = None
    reply: ReplyBody | None = None


class ObjectionChange(Body):
    category: Category = "own"
    label: str = Field(default="", max_length=60)
    words: str = Field(default="", max_length=objecting.LONGEST_WORDS)
    person_id: UUID | None = None
    raised_at: AwareDatetime | None = None


class JudgeBody(Body):
    accepted: bool | None


class AnswerBody(Body):
    category: Category
    label: str = Field(default="", max_length=60)
    name: str = Field(default="", max_length=120)
    words: str = Field(default="", max_length=writing.LONGEST_ANSWER)
    name_ar: str = Field(default="", max_length=120)
    words_ar: str = Field(default="", max_length=writing.LONGEST_ANSWER)


class RetireBody(Body):
    retired: bool


@router.get(
    "/objections",
    operation_id="list_objections",
    summary="Objections, newest first, with what was answered",
    openapi_extra=described(permission="deals.read", parameters=parameters_of(objections.LISTING)),
)
@opens("deals.read")
def list_objections(request: SignedRequest) -> HttpResponse:
    items, following = objections.plain_list(request.actor, objections.LISTING.parse(request.GET))
    return list_json(items, following)


@router.get(
    "/objections/similar",
    operation_id="similar_objections",
    summary="Past objections that say much the same",
    openapi_extra=described(permission="deals.read", parameters=[_WORDS]),
)
@opens("deals.read")
def similar(request: SignedRequest) -> HttpResponse:
    words = request.GET.get("words", "")[:1000].replace("\0", " ")
    found = similar_objections.similar_to(request.actor, words)
    items = [
        {**objections.plain(request.actor, one.objection.id), "alike_bp": one.alike_bp, "deal_state": one.deal_state}
        for one in found
    ]
    return list_json(items, "")


@router.post(
    "/deals/{deal_id}/objections", operation_id="log_objection", summary="Log an objection", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def log_objection(request: SignedRequest, deal_id: UUID, body: ObjectionBody) -> HttpResponse:
    said = objecting.ObjectionSaid(body.category, body.words, body.label, body.person_id, body.at)
    reply = objecting.ReplySaid(**body.reply.model_dump()) if body.reply else None
    kept = objecting.log_objection(request.actor, deal_id=deal_id, said=said, reply=reply)
    plain = objections.plain(request.actor, kept.objection.pk)
    return record_json(plain, status=201, location=f"/api/v1/objections/{kept.objection.pk}")


@router.get("/objections/{objection_id}", operation_id="objection", summary="One objection", openapi_extra=READ)
@opens("deals.read", record="objection")
def objection(request: SignedRequest, objection_id: UUID) -> HttpResponse:
    return record_json(objections.plain(request.actor, objection_id))


@router.patch(
    "/objections/{objection_id}", operation_id="edit_objection", summary="Correct an objection", openapi_extra=TAGGED
)
@opens("deals.work", record="objection")
def edit_objection(request: SignedRequest, objection_id: UUID, body: ObjectionChange) -> HttpResponse:
    values: dict[str, Any] = given(body)
    if values.get("raised_at", True) is None:
        raise Invalid("An objection was raised at some time.", field="raised_at")
    version = version_wanted(request)
    objecting.edit_objection(request.actor, objection_id=objection_id, values=values, version=version)
    return record_json(objections.plain(request.actor, objection_id))


@router.delete(
    "/objections/{objection_id}", operation_id="delete_objection", summary="Remove an objection", openapi_extra=TAGGED
)
@opens("deals.work", record="objection")
def delete_objection(request: SignedRequest, objection_id: UUID) -> HttpResponse:
    objecting.delete_objection(request.actor, objection_id=objection_id, version=version_wanted(request))
    return no_content()


@router.post(
    "/objections/{objection_id}/restore",
    operation_id="restore_objection",
    summary="Bring a removed objection back",
    openapi_extra=WORK,
)
@opens("deals.work", record="objection")
def restore_objection(request: SignedRequest, objection_id: UUID) -> HttpResponse:
    objecting.restore_objection(request.actor, objection_id=objection_id)
    return record_json(objections.plain(request.actor, objection_id))


@router.post(
    "/objections/{objection_id}/replies",
    operation_id="answer_objection",
    summary="Say what was answered",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="objection")
def answer_objection(request: SignedRequest, objection_id: UUID, body: ReplyBody) -> HttpResponse:
    said, version = objecting.ReplySaid(**body.model_dump()), version_wanted(request)
    objecting.answer_objection(request.actor, objection_id=objection_id, said=said, version=version)
    return record_json(objections.plain(request.actor, objection_id), status=201)


@router.post(
    "/objections/{objection_id}/judge",
    operation_id="judge_objection",
    summary="Say how the buyer took the latest answer; an accepted one settles the objection",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="objection")
def judge_objection(request: SignedRequest, objection_id: UUID, body: JudgeBody) -> HttpResponse:
    version = version_wanted(request)
    objecting.judge_reply(request.actor, objection_id=objection_id, accepted=body.accepted, version=version)
    return record_json(objections.plain(request.actor, objection_id))


@router.post(
    "/objections/{objection_id}/reopen",
    operation_id="reopen_objection",
    summary="It was not settled after all",
    openapi_extra=TAGGED,
)
@opens("deals.work", record="objection")
def reopen_objection(request: SignedRequest, objection_id: UUID) -> HttpResponse:
    objecting.reopen_objection(request.actor, objection_id=objection_id, version=version_wanted(request))
    return record_json(objections.plain(request.actor, objection_id))


# The library


@router.get(
    "/answers", operation_id="list_answers", summary="Answers in use, surest first by category", openapi_extra=READ
)
@opens("deals.read")
def list_answers(request: SignedRequest) -> HttpResponse:
    category, by = request.GET.get("category", ""), request.GET.get("by", "accepted")
    return list_json([answers.plain(card) for card in answers.library(request.actor, category=category, by=by)], "")


@router.post("/answers", operation_id="add_answer", summary="Write an answer", openapi_extra=WORK)
@opens("deals.work")
def add_answer(request: SignedRequest, body: AnswerBody) -> HttpResponse:
    made = writing.write_answer(request.actor, said=writing.AnswerSaid(**body.model_dump()))
    plain = answers.plain(answers.answer(request.actor, made.pk))
    return record_json(plain, status=201, location=f"/api/v1/answers/{made.pk}")


@router.get("/answers/{answer_id}", operation_id="answer", summary="One answer", openapi_extra=READ)
@opens("deals.read")
def answer(request: SignedRequest, answer_id: UUID) -> HttpResponse:
    return record_json(answers.plain(answers.answer(request.actor, answer_id)))


@router.get(
    "/answers/{answer_id}/versions",
    operation_id="answer_versions",
    summary="Every version of an answer, newest first",
    openapi_extra=READ,
)
@opens("deals.read")
def versions(request: SignedRequest, answer_id: UUID) -> HttpResponse:
    answers.answer(request.actor, answer_id)
    return as_json(answers.plain_versions(request.actor, answer_id))


@router.put(
    "/answers/{answer_id}", operation_id="write_answer", summary="A new version of an answer", openapi_extra=TAGGED
)
@opens("deals.work")
def write_answer(request: SignedRequest, answer_id: UUID, body: AnswerBody) -> HttpResponse:
    said, version = writing.AnswerSaid(**body.model_dump()), version_wanted(request)
    writing.write_answer(request.actor, said=said, answer_id=answer_id, version=version)
    return record_json(answers.plain(answers.answer(request.actor, answer_id)))


@router.post(
    "/answers/{answer_id}/retire",
    operation_id="retire_answer",
    summary="Offer an answer no longer, or again",
    openapi_extra=TAGGED,
)
@opens("deals.work")
def retire_answer(request: SignedRequest, answer_id: UUID, body: RetireBody) -> HttpResponse:
    version = version_wanted(request)
    writing.retire_answer(request.actor, answer_id=answer_id, retired=body.retired, version=version)
    return record_json(answers.plain(answers.answer(request.actor, answer_id)))
