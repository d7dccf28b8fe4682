"""The first page of a new installation: the company and its administrator, then how to begin."""

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dawra.access.actor import Actor
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.team import queries
from dawra.team.actions.setting_up import set_up_workspace
from dawra.team.forms.company import SetUp


@opens(anyone=True, why="nobody can sign in before the first administrator exists; dead once the company does")
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    if queries.workspace() is not None:
        raise Http404
    form = SetUp(request.POST or None, initial=_start(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            signer = Actor.system("first run", request.now, via="ui")  # type: ignore[attr-defined]
            try:
                member = set_up_workspace(signer, plan=form.said())
            except Conflict:  # somebody else was faster
                raise Http404 from None
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                login(request, member)
                return redirect("site:setup_next")
    return render(request, "site/first_run.html", {"form": form}, status=status)


@opens("workspace.operate")
@require_GET
def choose(request: SignedRequest) -> HttpResponse:
    """Start empty, with the sample company, or with a file."""
    ways = [
        (
            "customers:import",
            "upload",
            _("Import a file"),
            _("Bring people, companies and deals from elsewhere."),
            False,
        ),
        (
            "site:sample",
            "sparkles",
            _("Start with the sample company"),
            _("Two years of believable data to look around; leaves in one click."),
            True,
        ),
        ("day", "rocket", _("Start empty"), _("Add the first deal yourself."), False),
    ]
    offered: list[dict[str, Any]] = []
    for name, icon, title, text, posts in ways:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        offered.append({"address": address, "icon": icon, "title": title, "text": text, "posts": posts})
    return render(request, "site/first_run_next.html", {"ways": offered})


def _start(request: Any) -> dict[str, Any]:
    """A guess to correct: the weekend of who reads Arabic differs."""
    arabic = request.reader.language == "ar"
    return {
        "language": request.reader.language,
        "base_currency": "SAR" if arabic else "USD",
        "weekend_days": [5, 6] if arabic else [6, 7],
        "week_starts_on": 7 if arabic else 1,
        "time_zone": "Asia/Riyadh" if arabic else "UTC",
        "default_country": "SA" if arabic else "",
        "fiscal_year_start_month": 1,
    }
