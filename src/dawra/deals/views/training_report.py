"""Whether a certificate goes with winning, and the deals each number stands on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.forms import reading
from dawra.deals.queries import training_report as queries
from dawra.deals.views.playbook_report import PERIOD
from dawra.figures.training import FEW

SIDE = {"certified": _("With the certificate"), "without": _("Without it")}


@require_safe
@opens("deals.read")
def report(request: SignedRequest) -> HttpResponse:
    path_id, days = _asked(request)
    takes = {
        "report": queries.report(request.actor, path_id, days),
        "periods": [(one, PERIOD[one]) for one in queries.PERIODS],
        "sides": SIDE,
        "few": FEW,
        "most": queries.MOST_FIGURED,
    }
    return render(request, "deals/training_report.html", takes)


@require_safe
@opens("deals.read")
def deals(request: SignedRequest) -> HttpResponse:
    """The deals under a number: ?side=."""
    path_id, days = _asked(request)
    side = request.GET.get("side", "")
    if path_id is None or side not in SIDE:
        raise NotFound()
    path, lines = queries.deals_under(request.actor, path_id, days, side)
    takes = {"path": path, "lines": lines, "side": SIDE[side], "period": PERIOD[days], "most": queries.MOST_SHOWN}
    return render(request, "deals/training_deals.html", takes | {"query": request.GET.urlencode()})


def _asked(request: Any) -> tuple[UUID | None, int]:
    """(path, None for the first; days)"""
    known = {str(one): one for one in queries.PERIODS}
    return reading.id_of("path", request.GET.get("path", "")), known.get(request.GET.get("days", "365"), 365)
