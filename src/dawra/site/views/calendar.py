"""A member's own calendar: the address one makes, and what calendar programs read there."""

import hashlib
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.site.own_calendar import feed
from dawra.team import queries
from dawra.team.actions.calendar_feed import end_feed, make_feed
from dawra.team.queries.calendar_feed import feed_made_at, subscriber

WHY = (
    "a calendar program has no account; whoever holds the unguessable address reads that member's plans, and only them"
)


@opens()
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedRequest) -> HttpResponse:
    """The address stands on the answer to making it, and nowhere after that."""
    address, status = "", 200
    if request.method == "POST":
        if request.POST.get("act") == "end":
            end_feed(request.actor)
            return tell(request, redirect("site:calendar"), _("The calendar address is switched off."))
        made = make_feed(request.actor)
        address, status = request.build_absolute_uri(reverse("site:calendar_feed", args=[made.key])), 201
    takes = {"address": address, "made_at": feed_made_at(request.actor)}
    return render(request, "site/calendar.html", takes, status=status)


@opens(anyone=True, why=WHY)
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponseBase:
    """A key that ended, that never was or whose member has left finds nothing, all alike."""
    who = subscriber(key, request.now)  # type: ignore[attr-defined]  # set by the middleware for everybody
    company = queries.workspace()
    zone = ZoneInfo(who.time_zone or (company.time_zone if company else "UTC"))
    with override(who.language):
        body = feed(who, zone, request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    answer = get_conditional_response(request, etag=etag, response=response) or response
    for name, value in headers.items():
        answer.headers[name] = value
    answer.headers["Content-Disposition"] = 'inline; filename="dawra.ics"'
    return answer
