"""Many deals changed together: choose, change, and see what happened to each."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.queries.fields import fields_of
from dawra.deals.actions.bulk import MOST, edit_many
from dawra.deals.forms import columns
from dawra.deals.forms.bulk import Asked, BulkForm, Chosen, chosen
from dawra.deals.queries import lanes, table
from dawra.deals.views.board import asking_of
from dawra.figures.words import named
from dawra.journal.telling import tell

OFFERED = (
    ("owner", gettext_lazy("Owner"), "records.assign"),
    ("stage", gettext_lazy("Stage"), "deals.work"),
    ("expected_close_on", gettext_lazy("Close date"), "deals.work"),
    ("forecast_category", gettext_lazy("Forecast category"), "deals.work"),
    ("tag_add", gettext_lazy("Add a tag"), "deals.work"),
    ("tag_remove", gettext_lazy("Remove a tag"), "deals.work"),
    ("delete", gettext_lazy("Delete"), "deals.delete"),
)


@require_POST
@opens("records.bulk")
def bulk(request: SignedRequest) -> HttpResponse:
    """First the form, over the rows ticked in the table; sent again with a field, it does the change."""
    request.actor.must("deals.read")
    which = chosen(request.POST)
    ids = _ids(request, which)
    if not ids:
        raise Invalid(_("Choose at least one deal."), field="id")
    asked = _asked(request)
    form = BulkForm(request.POST, asked=asked) if "field" in request.POST else BulkForm(asked=asked)
    takes: dict[str, Any] = {
        "which": which,
        "count": len(ids),
        "back": reverse("deals:table") + (f"?{which.asked}" if which.asked else ""),
    }
    if not form.is_bound or not form.is_valid():
        return render(request, "deals/bulk.html", takes | {"form": form}, status=422 if form.is_bound else 200)
    report = edit_many(request.actor, ids=ids, change=form.change())
    response = render(
        request, "deals/bulk_report.html", takes | {"report": report, "deals_url": reverse("deals:board")}
    )
    said = ngettext("%(n)s deal changed.", "%(n)s deals changed.", report.changed) % {"n": report.changed}
    return tell(request, response, said, undo=report.entry if report.changed else None)


def _ids(request: SignedRequest, which: Chosen) -> list[Any]:
    """The ticked deals, or all that match the list's question, at most MOST. Raises Invalid."""
    if not which.everything:
        return list(which.ids)
    listing = columns.offer(asking_of(request)).listing
    query = listing.parse(QueryDict(which.asked))
    rows = listing.filtered(table.rows(request.actor).order_by("pk"), query)
    found = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if len(found) > MOST:
        raise Invalid(_("More than %(most)s deals match; a filter narrows the list.") % {"most": MOST}, field="asked")
    return found


def _asked(request: SignedRequest) -> Asked:
    """1 query for the workspace's own fields, besides those for owners and stages."""
    actor, language = request.actor, request.reader.language
    own = fields_of("deal") if actor.may("deals.work") else []
    offered = [(code, name) for code, name, permission in OFFERED if actor.may(permission)]
    last = [one for one in offered if one[0] == "delete"]
    named_own = [(f"custom.{one.key}", named(one.name, one.name_ar, language)) for one in own]
    return Asked(
        actor=actor,
        language=language,
        offered=[*(one for one in offered if one not in last), *named_own, *last],
        own=own,
        owners=[(code, name) for code, name in columns.owner_choices(asking_of(request)) if len(code) == 36],
        stages=[
            (lane.code, named(lane.name, lane.name_ar, language))
            for lane in lanes.drawing(actor).lanes
            if lane.stage_id
        ],
    )
