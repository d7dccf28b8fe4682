"""Saved views of lists, for programs."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.team import saved_views

router = Router(tags=["saved views"])
OWN = described(permission="")
Kind = Literal["person", "company", "deal"]


class ViewBody(Body):
    """query: what the list wrote, {"filters": […], "sort": "-amount", "columns": […]}."""

    record_kind: Kind
    name: str = Field(min_length=1, max_length=saved_views.LONGEST_NAME)
    query: dict[str, Any] = {}
    is_shared: bool = False


@router.get("/views", operation_id="list_views", summary="One's own saved views and everybody's", openapi_extra=OWN)
@opens()
def list_views(request: SignedRequest, record_kind: Kind) -> HttpResponse:
    request.actor.must("deals.read" if record_kind == "deal" else "customers.read")
    return list_json([asdict(view) for view in saved_views.views_of(request.actor, record_kind)], "")


@router.post("/views", operation_id="save_view", summary="Keep a list under a name", openapi_extra=OWN)
@opens()
def save_view(request: SignedRequest, body: ViewBody) -> HttpResponse:
    return as_json(asdict(saved_views.save_view(request.actor, view=_said(body))), 201)


@router.put("/views/{uuid:view_id}", operation_id="change_view", summary="Write over one's own view", openapi_extra=OWN)
@opens()
def change_view(request: SignedRequest, view_id: UUID, body: ViewBody) -> HttpResponse:
    return as_json(asdict(saved_views.save_view(request.actor, view=_said(body), view_id=view_id)))


@router.delete("/views/{uuid:view_id}", operation_id="remove_view", summary="Remove a saved view", openapi_extra=OWN)
@opens()
def remove_view(request: SignedRequest, view_id: UUID) -> HttpResponse:
    saved_views.remove_view(request.actor, view_id=view_id)
    return no_content()


def _said(body: ViewBody) -> saved_views.NewView:
    return saved_views.NewView(body.record_kind, body.name, body.query, body.is_shared)
