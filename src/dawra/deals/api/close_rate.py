"""The close rate, for programs."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import as_json, described
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.queries import close_rate as queries

router = Router(tags=["figures"])
Days = Literal["90", "365", "1825"]


@router.get(
    "/close-rate",
    operation_id="close_rate",
    summary="Won of all deals that closed, with interval, stage by stage, and the stage that would move it most",
    openapi_extra=described(permission="deals.read"),
)
@opens("deals.read")
def close_rate(request: SignedRequest, pipeline: UUID | None = None, days: Days = "365") -> HttpResponse:
    card = queries.rate_of(request.actor, pipeline, int(days))
    return as_json(_plain(card))


def _plain(card: queries.CloseRateCard) -> dict[str, Any]:
    lever = card.lever
    told: dict[str, Any] = asdict(lever) if lever else {}
    if lever:
        told["stage"] = lever.stage.code
    return {
        "pipeline": card.pipeline.id,
        "since": card.since,
        "until": card.until,
        **asdict(card.rate),
        "is_little": card.is_little,
        "field_bp": card.field_bp,
        "stages": [{"stage": one.stage.code, **asdict(one.share), "is_little": one.is_little} for one in card.passages],
        "lever": told or None,
    }
