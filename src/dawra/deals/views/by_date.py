"""Deals by close date, and what moved this week."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions.editing import edit_deal
from dawra.deals.forms import columns, filters
from dawra.deals.queries import by_date as dates
from dawra.deals.queries import deals
from dawra.deals.queries.board import midnight, week_of
from dawra.deals.queries.lane_cards import Looking
from dawra.deals.queries.moved import moved as what_moved
from dawra.deals.views.board import asking_of, looking_of, other_chips, tools, view_tabs, words
from dawra.journal.telling import tell


@require_safe
@opens("deals.read")
def by_date(request: SignedRequest) -> HttpResponse:
    """Overdue, six months, later and without a day; with ?lane= and from htmx only that group's next cards."""
    asking, place = asking_of(request), filters.place(request.GET)
    offer = columns.offer(asking)
    looking = looking_of(request.GET, asking, offer, place)
    if request.htmx and place.lane:
        group = dates.group(request.actor, place.lane, looking)
        return render(request, "deals/by_date.html#cards", _words(request, looking) | {"group": group})
    quick = filters.quick_filters(
        request.GET, asking.today, sees_others=request.actor.sees is None or len(request.actor.sees) > 1
    )
    takes = {
        "groups": dates.groups(request.actor, looking),
        "quick": quick,
        "chips": other_chips(offer, request.GET, quick, request.actor),
        "views": view_tabs(request),
        "tools": tools(request),
    }
    return render(request, "deals/by_date.html", _words(request, looking) | takes)


def _words(request: SignedRequest, looking: Looking) -> dict[str, object]:
    return words(request) | {"spans": [span for span in dates.spans(looking.today) if span.sets]}


@require_POST
@opens("deals.work", record="deal")
def close_in(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Expect a deal to close in another month, or without a day. stage: the group's code, as the board's script sends it."""
    code, asking = request.POST.get("stage", ""), asking_of(request)
    span = next(
        (one for one in dates.spans(asking.today) if one.code == code and (one.sets or code == dates.NONE)), None
    )
    if span is None:
        raise Invalid(_("A deal is moved to one of the months shown, or to “no close date”."), field="stage")
    was = deals.deal(request.actor, deal_id).expected_close_on
    day: date | None = dates.day_in(span, was) if span.sets else None
    seen = request.POST.get("version", "")
    values = {"expected_close_on": day}
    entry = edit_deal(request.actor, deal_id=deal_id, values=values, version=int(seen) if seen.isdigit() else None)
    said = _("The close date was changed.")
    # Sums of two groups and the order of one have changed: the page draws itself anew.
    response = HttpResponse(status=204) if request.htmx else redirect(reverse("deals:by_date"))
    return tell(request, response, said, undo=entry)


@require_safe
@opens("deals.read")
def moved(request: SignedRequest) -> HttpResponse:
    """What moved this week: a strip for the board, and the deals behind it as a page."""
    asking = asking_of(request)
    first = week_of(asking.today, request.reader.week_starts_on)
    takes = {"movements": what_moved(request.actor, midnight(first), asking.base_currency), "since": first}
    name = "deals/board_week.html#strip" if request.htmx else "deals/board_week.html"
    return render(request, name, takes | {"deals_url": reverse("deals:board"), "asked": QueryDict()})
