"""The sample company: load it, watch it come, see what would stay, take it away."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal import jobs
from dawra.journal.telling import tell
from dawra.site.models import SampleRun
from dawra.site.sample import foreseen, state_of
from dawra.site.sample.running import begin_adding, begin_removing


@opens("workspace.operate")
@require_http_methods(["GET", "POST"])
def sample(request: SignedRequest) -> HttpResponse:
    """How the sample stands; a post loads it."""
    if request.method == "POST":
        with transaction.atomic():
            begin_adding(request.actor)
            jobs.enqueue("site.sample", member_id=str(request.actor.member_id))
        return redirect("site:sample")
    run = state_of()
    under_way = run is not None and run.state != SampleRun.THERE
    if request.htmx and under_way:
        return render(request, "site/sample.html#way", _shown(run))
    kept = foreseen(request.actor) if run is not None and not under_way else {}
    response = render(request, "site/sample.html", {**_shown(run), "kept": sorted(kept.items())})
    if request.htmx:
        response.headers["HX-Refresh"] = "true"
    return response


@opens("workspace.operate")
@require_POST
def remove_sample(request: SignedRequest) -> HttpResponse:
    """Everything of the sample goes but what the user's own records need; the page said so before."""
    with transaction.atomic():
        begin_removing(request.actor)
        jobs.enqueue("site.sample", member_id=str(request.actor.member_id))
    return tell(request, redirect("site:sample"), _("The sample company is being removed."))


def _shown(run: SampleRun | None) -> dict[str, Any]:
    return {"run": run, "state": run.state if run else "none"}
