"""The table as a file: what is seen, streamed."""

from functools import partial

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.exporting import allow_export, file_response
from dawra.deals.forms import columns
from dawra.deals.queries import table as rows_of
from dawra.deals.views.board import asking_of
from dawra.deals.views.table import prepared


@require_safe
@opens("records.export")
def export(request: SignedRequest) -> HttpResponseBase:
    """Every row the list shows, in the chosen columns and order; who took how many is written down first."""
    rows = rows_of.rows(request.actor)
    offer = columns.offer(asking_of(request))
    wanted = allow_export(request.actor, offer, rows, request.GET)
    prepare = partial(prepared, with_tags="tags" in request.GET.get("columns", ""))
    name = f"deals-{timezone.localdate(request.now).isoformat()}"
    return file_response(offer, rows, wanted, prepare=prepare, name=name)
