"""Whether a certificate goes with winning, for programs."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dawra.access.contract import as_json, described
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.queries import training_report

router = Router(tags=["training"])


@router.get(
    "/training/win-rate",
    operation_id="training_win_rate",
    summary="Win rate of deals whose owner held a path's certificate, and of those without, with n and interval",
    openapi_extra=described(permission="deals.read"),
)
@opens("deals.read")
def win_rate(request: SignedRequest, path: UUID | None = None, days: int = 365) -> HttpResponse:
    """path: the first by name if none is said. between, within: points, null with too little history."""
    if days not in training_report.PERIODS:
        raise Invalid(_("Choose 90, 365 or 1825 days."), field="days")
    found = asdict(training_report.report(request.actor, path, days))
    chosen = found.pop("path")
    found.pop("paths")
    return as_json({"path_id": chosen["id"] if chosen else None, **found})
