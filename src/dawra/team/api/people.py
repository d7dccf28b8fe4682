"""Members and teams, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import described, list_json, record_json
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.team.queries import people

router = Router(tags=["team"])
READ = described(permission="team.read")


def plain(card: people.MemberCard) -> dict[str, Any]:
    names = (
        "id",
        "version",
        "name",
        "name_ar",
        "email",
        "title",
        "role_id",
        "team_id",
        "team",
        "is_active",
        "away_until",
    )
    return {name: getattr(card, name) for name in names}


@router.get("/members", operation_id="list_members", summary="Everybody who works here, by name", openapi_extra=READ)
@opens("team.read")
def list_members(request: SignedRequest) -> HttpResponse:
    return list_json([plain(card) for card in people.members(request.actor)], "")


@router.get("/members/{member_id}", operation_id="member", summary="One member", openapi_extra=READ)
@opens("team.read")
def member(request: SignedRequest, member_id: UUID) -> HttpResponse:
    return record_json(plain(people.member(request.actor, member_id)))


@router.get("/teams", operation_id="list_teams", summary="The tree of teams, from the top", openapi_extra=READ)
@opens("team.read")
def list_teams(request: SignedRequest) -> HttpResponse:
    names = ("id", "version", "name", "name_ar", "parent_id", "depth")
    return list_json([{name: getattr(card, name) for name in names} for card in people.teams(request.actor)], "")
