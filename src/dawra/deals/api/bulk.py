"""Many deals at once, for programs: one entry, one way back, and what was left as it was."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions.bulk import Change, edit_many
from dawra.deals.forms.reading import day_of

router = Router(tags=["deals"])
MOST = 200


class BulkBody(Body):
    """field: owner, stage (its code), expected_close_on, forecast_category, tag_add, tag_remove, custom.<key> or delete.

    value: as text; "" for nothing
    """

    ids: list[UUID] = Field(min_length=1, max_length=MOST)
    field: str = Field(min_length=1, max_length=40)
    value: str | list[str] = ""

    def change(self) -> Change:
        value: Any = self.value
        if self.field == "expected_close_on":
            value = day_of("value", str(value))
        return Change(self.field, value)


@router.post(
    "/bulk/deals",
    operation_id="edit_deals",
    summary="One new value for up to 200 deals",
    openapi_extra=described(permission="records.bulk"),
)
@opens("records.bulk")
def deals(request: SignedRequest, body: BulkBody) -> HttpResponse:
    """What a single deal refuses is told in `left`, the others go on; `undo` is the key for /undo."""
    report = edit_many(request.actor, ids=body.ids, change=body.change())
    left = [asdict(one) for one in report.left]
    return as_json({"changed": report.changed, "same": report.same, "left": left, "undo": report.entry.key})
