"""Taking an act back; and the operator's page: what is owed, late or parked, and sending it on its way again."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal import actions, queries
from dawra.journal.telling import tell
from dawra.journal.undo import undo as take_back

STATES = ("parked", "late", "waiting")


@opens(record="entry")
@require_POST
def undo(request: SignedRequest, key: UUID) -> HttpResponse:
    """The way back of every toast and of history. What reverses the act asks for its own permission."""
    take_back(request.actor, key=key)
    response = HttpResponse(status=204) if request.htmx else redirect(_came_from(request))
    return tell(request, response, _("Taken back."))


@opens("journal.operate")
@require_GET
def deliveries(request: SignedRequest) -> HttpResponse:
    owed = queries.owed(request.actor)
    wanted = request.GET.get("state", "")
    state = wanted if wanted in STATES else next((one for one in STATES if getattr(owed, one)), "waiting")
    rows, more = queries.deliveries(request.actor, state=state, after=_mark(request))
    takes = {"owed": owed, "state": state, "rows": rows, "more": more}
    return render(request, "journal/deliveries.html", takes)


@opens("journal.operate")
@require_POST
def retry(request: SignedRequest, delivery_id: int) -> HttpResponse:
    actions.retry_delivery(request.actor, delivery_id=delivery_id)
    return tell(request, redirect("journal:deliveries"), _("It will be tried again within a minute."))


@opens("journal.operate")
@require_POST
def retry_parked(request: SignedRequest) -> HttpResponse:
    count = actions.retry_parked(request.actor)
    text = ngettext("%(count)d delivery will be tried again.", "%(count)d deliveries will be tried again.", count) % {
        "count": count
    }
    return tell(request, redirect("journal:deliveries"), text)


def _came_from(request: HttpRequest) -> str:
    """Where the form asks to go, else the page of ours on which the button stood."""
    page = request.POST.get("next") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _mark(request: HttpRequest) -> int:
    written = request.GET.get("after", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
