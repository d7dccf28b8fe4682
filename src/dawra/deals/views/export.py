"""The table as a file: what is seen, streamed."""

from functools import partial

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.exporting import allow_export, csv_response
from dawra.deals.forms import columns
from dawra.deals.queries import table as rows_of
from dawra.deals.views.board import asking_of
from dawra.deals.views.table import prepared


@require_safe
@opens("records.export")
def export(request: SignedRequest) -> StreamingHttpResponse:
    """CSV of every row the list shows, in the chosen columns and order; who took it is written down first."""
    rows = rows_of.rows(request.actor)
    offer = columns.offer(asking_of(request))
    offer.listing.parse(request.GET)
    allow_export(request.actor, record_kind="deal", asked=request.GET.urlencode())
    prepare = partial(prepared, with_tags="tags" in request.GET.get("columns", ""))
    name = f"deals-{timezone.localdate(request.now).isoformat()}"
    return csv_response(offer, rows, request.GET, prepare=prepare, name=name)
