"""Many leads together: given away or rejected, and the list as a file."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.exporting import allow_export, file_response
from dawra.journal.telling import tell
from dawra.prospecting import lead_columns
from dawra.prospecting.actions.bulk import MOST, change_many
from dawra.prospecting.forms.lead_many import ManyForm
from dawra.prospecting.queries import leads as queries


@require_safe
@opens("records.export")
def export(request: SignedRequest) -> HttpResponseBase:
    """Every lead the queue shows with its filters; who took how many is written down first."""
    actor = request.actor
    rows = queries.rows(actor).filter(queries.queue(actor, request.GET.get("queue", "open")))
    offer = lead_columns.offer(actor, request.reader.language)
    wanted = allow_export(actor, offer, rows, request.GET)
    name = f"leads-{timezone.localdate(request.now).isoformat()}"
    return file_response(offer, rows, wanted, prepare=partial(queries.cards, actor), name=name)


@require_POST
@opens("records.bulk")
def many(request: SignedRequest) -> HttpResponse:
    """First what to do with the ticked leads, or with all that match; sent again with a way, it is done."""
    actor = request.actor
    actor.must("prospecting.work")
    asked, everything = request.POST.get("asked", "")[:4000], request.POST.get("which") == "all"
    ids = _ids(request, asked, everything)
    if not ids:
        raise Invalid(_("Choose at least one lead."), field="id")
    form = ManyForm(request.POST if "way" in request.POST else None, may_assign=actor.may("records.assign"))
    back = reverse("prospecting:leads") + (f"?{asked}" if asked else "")
    takes = {
        "ids": [] if everything else ids,
        "asked": asked,
        "everything": everything,
        "count": len(ids),
        "back": back,
    }
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            report = change_many(actor, ids=ids, said=form.said())
        except Invalid as refusal:
            status = put_into(form, refusal)
        else:
            response = render(request, "prospecting/lead_many_report.html", takes | {"report": report})
            told = ngettext("%(n)s lead changed.", "%(n)s leads changed.", report.changed) % {"n": report.changed}
            return tell(request, response, told, undo=report.entry if report.changed else None)
    return render(request, "prospecting/lead_many.html", takes | {"form": form}, status=status)


def _ids(request: SignedRequest, asked: str, everything: bool) -> list[UUID]:
    """The ticked leads, or all that match what the list asks, at most MOST. Raises Invalid."""
    if not everything:
        try:
            return [UUID(text) for text in request.POST.getlist("id")[: MOST + 1]]
        except ValueError:
            raise Invalid(_("Choose leads in the list."), field="id") from None
    query, actor = QueryDict(asked), request.actor
    listing = lead_columns.offer(actor, request.reader.language).listing
    rows = queries.rows(actor).filter(queries.queue(actor, query.get("queue", "open"))).order_by("pk")
    found = list(listing.filtered(rows, listing.parse(query)).values_list("pk", flat=True)[: MOST + 1])
    if len(found) > MOST:
        raise Invalid(_("More than %(most)s leads match; a filter narrows the list.") % {"most": MOST}, field="asked")
    return found
