"""Many people or companies at once, for programs: one entry, one way back."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions.bulk import Change, edit_many

router = Router(tags=["records"])
BULK = described(permission="records.bulk")
MOST = 200


class BulkBody(Body):
    """field: owner, lifecycle, country, tag_add, tag_remove or custom.<key>. value: as text, "" for nothing."""

    ids: list[UUID] = Field(min_length=1, max_length=MOST)
    field: str = Field(min_length=1, max_length=40)
    value: str | list[str] = ""


def _edit(request: SignedRequest, kind: str, body: BulkBody) -> HttpResponse:
    change = Change(body.field, body.value)
    entry = edit_many(request.actor, kind=kind, ids=body.ids, change=change)
    return as_json({"changed": entry.facts["count"], "undo": entry.key})


@router.post(
    "/bulk/people", operation_id="edit_people", summary="One new value for up to 200 people", openapi_extra=BULK
)
@opens("records.bulk")
def people(request: SignedRequest, body: BulkBody) -> HttpResponse:
    """Those the caller may not see are left alone without a word; `undo` is the key for /undo."""
    return _edit(request, "person", body)


@router.post(
    "/bulk/companies",
    operation_id="edit_companies",
    summary="One new value for up to 200 companies",
    openapi_extra=BULK,
)
@opens("records.bulk")
def companies(request: SignedRequest, body: BulkBody) -> HttpResponse:
    return _edit(request, "company", body)
