"""Who fits: versions of the ideal customer profile, and the score of a company."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.queries.cards import company_card
from dawra.prospecting.actions import fitting
from dawra.prospecting.queries import fit, icp

router = Router(tags=["ideal customer profile"])
READ, MANAGE = described(permission="prospecting.read"), described(permission="prospecting.manage")


class LearnBody(Body):
    """dimensions: industry, size, country, source, title, custom.<key>"""

    dimensions: list[str] = Field(min_length=1, max_length=50)


class PointsBody(Body):
    dimension: str = Field(max_length=80)
    value: str = Field(min_length=1, max_length=80)
    points: int = Field(ge=-100, le=100)


class ByHandBody(Body):
    """stands_on: the version whose table it starts from; its points are those named here, 0 where none is."""

    base: int = Field(default=50, ge=0, le=100)
    points: list[PointsBody] = Field(default=[], max_length=500)
    stands_on: UUID | None = None


@router.get("/icp-profiles", operation_id="list_icp_profiles", summary="Versions, newest first", openapi_extra=READ)
@opens("prospecting.read")
def list_profiles(request: SignedRequest) -> HttpResponse:
    return list_json([_plain(one) for one in icp.versions(request.actor)], "")


@router.post("/icp-profiles", operation_id="learn_icp", summary="Learn from closed deals", openapi_extra=MANAGE)
@opens("prospecting.manage")
def learn(request: SignedRequest, body: LearnBody) -> HttpResponse:
    """The answer's `state` says whether the history sufficed; nothing is scored by a version until it is activated."""
    row = fitting.keep_fitted(request.actor, learnt=icp.learn(request.actor, list(dict.fromkeys(body.dimensions))))
    return as_json(_whole(request, row.pk), 201)


@router.post(
    "/icp-profiles/by-hand", operation_id="set_icp_by_hand", summary="Say the points oneself", openapi_extra=MANAGE
)
@opens("prospecting.manage")
def by_hand(request: SignedRequest, body: ByHandBody) -> HttpResponse:
    points = {(one.dimension, one.value): one.points for one in body.points}
    row = fitting.set_by_hand(request.actor, said=fitting.ByHand(body.base, points, body.stands_on))
    return as_json(_whole(request, row.pk), 201)


@router.get("/icp-profiles/{profile_id}", operation_id="icp_profile", summary="One version whole", openapi_extra=READ)
@opens("prospecting.read")
def profile(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    return as_json(_whole(request, profile_id))


@router.delete(
    "/icp-profiles/{profile_id}", operation_id="remove_icp_profile", summary="Remove a version", openapi_extra=MANAGE
)
@opens("prospecting.manage")
def remove(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    fitting.remove_version(request.actor, profile_id=profile_id)
    return no_content()


@router.post(
    "/icp-profiles/{profile_id}/activate", operation_id="activate_icp", summary="Score by it", openapi_extra=MANAGE
)
@opens("prospecting.manage")
def activate(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    fitting.put_in_force(request.actor, profile_id=profile_id)
    return as_json(_whole(request, profile_id))


@router.get("/companies/{company_id}/fit", operation_id="company_fit", summary="How well it fits", openapi_extra=READ)
@opens("prospecting.read", record="company")
def company_fit(request: SignedRequest, company_id: UUID) -> HttpResponse:
    """base and points of all reasons add up to the score, held between 0 and 100. 404 while no profile is in force."""
    company_card(request.actor, company_id)
    card = fit.fit_now(request.actor, company_id)
    if card is None:
        raise NotFound()
    reasons = [{"dimension": one.dimension, "value": one.shown, "points": one.points} for one in card.reasons]
    answer = {
        "company_id": company_id, "score": card.score, "base": card.base, "profile": card.number, "reasons": reasons,
        "known": card.known, "asked": card.asked,
    }  # fmt: skip
    return as_json(answer)


def _plain(one: icp.Version) -> dict[str, Any]:
    names = ("id", "number", "way", "state", "n", "won", "base", "auc_bp", "made_at", "is_active", "dimensions")
    return {name: getattr(one, name) for name in names}


def _whole(request: Any, profile_id: UUID) -> dict[str, Any]:
    version, rows = icp.version(request.actor, profile_id)
    names = ("dimension", "value", "n", "won", "points", "share_bp", "low_bp", "high_bp")
    lifts = [
        {name: getattr(one, name) for name in names}
        | {
            name: str(v) if (v := getattr(one, name)) is not None else None
            for name in ("lift", "lift_low", "lift_high")
        }
        for one in rows
    ]
    return _plain(version) | {"lifts": lifts, "bands": [dict(band) for band in version.bands]}
