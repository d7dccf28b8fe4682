"""How the playbook is followed, and the deals each number stands on."""

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
from dawra.deals.queries import pipelines
from dawra.deals.queries import playbook_report as queries
from dawra.deals.queries.playbook_report import PERIODS, Under
from dawra.figures.adherence import BANDS, FEW, FEW_OF_REP, HIGH, LOW

PERIOD = {90: _("90 days"), 365: _("12 months"), 1825: _("5 years")}
BAND = {"low": _("Followed little"), "middle": _("In part"), "high": _("Closely")}


@require_safe
@opens("deals.read")
def adherence(request: SignedRequest) -> HttpResponse:
    """By rep, by stage, and against winning."""
    pipeline_id, days = _asked(request)
    takes = {
        "report": queries.report(request.actor, pipeline_id, days),
        "pipelines": [one for one in pipelines.pipelines(request.actor) if one.current],
        "periods": [(days, PERIOD[days]) for days in PERIODS],
        "bands": BAND,
        "few": FEW,
        "few_of_rep": FEW_OF_REP,
        "limits": (round(100 * LOW), round(100 * HIGH)),
    }
    return render(request, "deals/adherence.html", takes)


@require_safe
@opens("deals.read")
def deals(request: SignedRequest) -> HttpResponse:
    """The deals under a number: ?rep=, ?band=."""
    pipeline_id, days = _asked(request)
    band, rep = request.GET.get("band", ""), reading.id_of("rep", request.GET.get("rep", ""))
    if band not in ("", *BANDS):
        raise NotFound()
    lines = queries.deals_under(request.actor, pipeline_id, days, Under(rep, band))
    takes = {
        "lines": lines,
        "band": BAND.get(band, ""),
        "owner": lines[0].owner if lines and rep is not None else None,
        "period": PERIOD[days],
        "most": queries.MOST_SHOWN,
        "query": request.GET.urlencode(),
    }
    return render(request, "deals/adherence_deals.html", takes)


def _asked(request: Any) -> tuple[UUID | None, int]:
    """(pipeline, None for the default one; days)"""
    days = request.GET.get("days", "365")
    known = {str(one): one for one in PERIODS}
    return reading.id_of("pipeline", request.GET.get("pipeline", "")), known.get(days, 365)
