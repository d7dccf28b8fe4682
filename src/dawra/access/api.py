"""Who may see one record, and roles, for programs."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access import kinds, queries
from dawra.access.actions import sharing
from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.register import opens
from dawra.access.requests import SignedRequest

router = Router(tags=["access"])
READ, SHARE = described(permission="team.read"), described(permission="records.share")


class ShareBody(Body):
    """with_id: a member's or a team's. reason: why they should see it, in a few words."""

    with_kind: Literal["member", "team"]
    with_id: UUID
    reason: str = Field(min_length=1, max_length=sharing.LONGEST_REASON)


@router.get(
    "/records/{kind}/{uuid:record_id}/shares",
    operation_id="list_shares",
    summary="With whom a record is shared, and everybody who sees it",
    openapi_extra=READ,
)
@opens("team.read", record="any")
def list_shares(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """kind: person, company or deal. `seers` tells everybody who can open it, each with the reason."""
    record = kinds.open_record(request.actor, kind, record_id)
    return as_json(asdict(queries.who_sees(request.actor, record)))


@router.post(
    "/records/{kind}/{uuid:record_id}/shares",
    operation_id="share",
    summary="Open one record to one member or team, with a reason",
    openapi_extra=SHARE,
)
@opens("records.share", record="any")
def share(request: SignedRequest, kind: str, record_id: UUID, body: ShareBody) -> HttpResponse:
    record = kinds.open_record(request.actor, kind, record_id)
    whom = sharing.With(body.with_kind, body.with_id)
    entry = sharing.share(request.actor, record=record, with_whom=whom, reason=body.reason)
    return as_json({"with_kind": whom.kind, "with_id": whom.id, "reason": body.reason.strip(), "undo": entry.key}, 201)


@router.delete(
    "/records/{kind}/{uuid:record_id}/shares/{uuid:with_id}",
    operation_id="end_share",
    summary="Stop sharing a record",
    openapi_extra=SHARE,
)
@opens("records.share", record="any")
def end_share(request: SignedRequest, kind: str, record_id: UUID, with_id: UUID) -> HttpResponse:
    record = kinds.open_record(request.actor, kind, record_id)
    sharing.end_share(request.actor, record=record, with_id=with_id)
    return no_content()


@router.get(
    "/roles", operation_id="list_roles", summary="Roles with what they may and who holds them", openapi_extra=READ
)
@opens("team.read")
def list_roles(request: SignedRequest) -> HttpResponse:
    """sees: own, team or all."""
    items = [
        {
            "id": card.id,
            "code": card.code,
            "name": card.name or card.title,
            "sees": card.sees,
            "built_in": card.built_in,
            "permissions": sorted(card.permissions),
            "holders": [{"id": one.id, "name": one.name} for one in card.holders],
        }
        for card in queries.roles(request.actor)
    ]
    return list_json(items, "")


ROUTERS = (router,)
