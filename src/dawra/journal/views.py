"""The operator's page: what is owed, late or parked, and sending it on its way again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal import actions, queries
from dawra.journal.telling import tell

STATES = ("parked", "late", "waiting")


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


def _mark(request: HttpRequest) -> int:
    written = request.GET.get("after", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
