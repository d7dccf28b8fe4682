"""The close rate with its interval, the band of the field and the stage that would move it most; a page and a tile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.forms import reading
from dawra.deals.queries import close_rate as queries
from dawra.deals.queries import pipelines
from dawra.deals.queries.close_rate import PERIODS

PERIOD = {90: _("90 days"), 365: _("12 months"), 1825: _("5 years")}


@require_safe
@opens("deals.read")
def close_rate(request: SignedRequest) -> HttpResponse:
    """?pipeline=, ?days=. With htmx only the tile, which pages load once it comes into sight."""
    known = {str(one): one for one in PERIODS}
    days = known.get(request.GET.get("days", "365"), 365)
    card = queries.rate_of(request.actor, reading.id_of("pipeline", request.GET.get("pipeline", "")), days)
    takes = {"card": card, "period": PERIOD[days], "periods": [(one, PERIOD[one]) for one in PERIODS]}
    if request.htmx:
        return render(request, "deals/close_rate_tile.html", takes)
    takes["pipelines"] = [one for one in pipelines.pipelines(request.actor) if one.current]
    return render(request, "deals/close_rate.html", takes)
