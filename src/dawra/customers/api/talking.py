"""How calls and meetings end, for programs."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json
from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import outcomes as actions
from dawra.customers.queries.outcomes import TalkRulesCard, outcomes, talk_rules

router = Router(tags=["activities"])
DEFINE = described(permission="customers.fields")


class OutcomeBody(Body):
    """reached: somebody was spoken with. is_answer: what was hoped for came of it. archived: no longer offered."""

    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)
    reached: bool = True
    is_answer: bool = False
    archived: bool = False


class NewOutcomeBody(OutcomeBody):
    what: Literal["call", "meeting"]


class TalkRulesBody(Body):
    """next_step_required: after a call or meeting on an open deal."""

    outcome_required: bool
    next_step_required: bool


@router.get(
    "/talk-outcomes",
    operation_id="list_talk_outcomes",
    summary="How calls and meetings end: the company's list",
    openapi_extra=described(permission="customers.read"),
)
@opens("customers.read")
def list_outcomes(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for card in outcomes(with_archived=True)], "")


@router.post("/talk-outcomes", operation_id="add_talk_outcome", summary="Add an outcome", openapi_extra=DEFINE)
@opens("customers.fields")
def add(request: SignedRequest, body: NewOutcomeBody) -> HttpResponse:
    saved = actions.save_outcome(request.actor, said=actions.OutcomeSaid(**body.model_dump()))
    return _whole(saved.outcome.pk, status=201)


@router.put(
    "/talk-outcomes/{uuid:outcome_id}",
    operation_id="change_talk_outcome",
    summary="Say an outcome anew; its code stays",
    openapi_extra=DEFINE,
)
@opens("customers.fields")
def change(request: SignedRequest, outcome_id: UUID, body: OutcomeBody) -> HttpResponse:
    what = next((one.what for one in outcomes(with_archived=True) if one.id == outcome_id), "")
    if not what:
        raise NotFound()
    said = actions.OutcomeSaid(what=what, **body.model_dump())
    actions.save_outcome(request.actor, said=said, outcome_id=outcome_id)
    return _whole(outcome_id)


@router.get(
    "/talk-rules",
    operation_id="talk_rules",
    summary="What is asked of whoever logs a call or meeting",
    openapi_extra=described(permission="customers.read"),
)
@opens("customers.read")
def rules(request: SignedRequest) -> HttpResponse:
    return as_json(asdict(talk_rules()))


@router.put(
    "/talk-rules",
    operation_id="change_talk_rules",
    summary="Change what is asked of whoever logs a call or meeting",
    openapi_extra=DEFINE,
)
@opens("customers.fields")
def change_rules(request: SignedRequest, body: TalkRulesBody) -> HttpResponse:
    actions.change_talk_rules(request.actor, said=TalkRulesCard(**body.model_dump()))
    return as_json(asdict(talk_rules()))


def _whole(outcome_id: UUID, status: int = 200) -> HttpResponse:
    card = next(one for one in outcomes(with_archived=True) if one.id == outcome_id)
    return as_json(asdict(card), status)
