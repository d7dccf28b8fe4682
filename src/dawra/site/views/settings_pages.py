"""The index of settings, the company's own, and the two clicks of the page frame: language and looks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.site.reader import LANGUAGES, THEME_COOKIE, THEMES
from dawra.site.settings_links import COMPANY, OWN, opened_to
from dawra.team import queries
from dawra.team.actions.profile import change_looks
from dawra.team.actions.workspace import change_workspace
from dawra.team.forms.company import Company

COOKIE_AGE = 365 * 24 * 3600
LOOKS = ("theme", "density", "digits")


@opens()
@require_GET
def index(request: SignedRequest) -> HttpResponse:
    takes = {"own": opened_to(request.actor, OWN), "company": opened_to(request.actor, COMPANY)}
    return render(request, "site/settings.html", takes)


@opens("workspace.manage")
@require_http_methods(["GET", "POST"])
def workspace(request: SignedRequest) -> HttpResponse:
    company = queries.workspace()
    if company is None:
        raise NotFound()
    habits = ("name", "fiscal_year_start_month", "weekend_days", "week_starts_on", "time_zone", "language")
    start = {name: getattr(company, name) for name in (*habits, "default_country", "version")}
    form = Company(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_workspace(request.actor, habits=form.said(), version=form.cleaned_data["version"])
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("site:workspace"), _("Saved."))
    return render(request, "site/settings_company.html", {"form": form, "company": company}, status=status)


@opens(anyone=True, why="whoever is not signed in reads the login page too")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """A member's choice is kept with the member, a visitor's in a cookie."""
    wanted = request.POST.get("language", "")
    if wanted not in LANGUAGES:
        raise Invalid(_("There is no such choice."), field="language")
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None:
        change_looks(actor, language=wanted)
    with override(wanted):
        response = redirect(_back(request))
    _remember(response, settings.LANGUAGE_COOKIE_NAME, wanted)
    return response


@opens(anyone=True, why="whoever is not signed in may read in the dark too")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Theme, density or digits: kept with the member; a visitor's theme in a cookie."""
    asked = {name: request.POST[name] for name in LOOKS if name in request.POST}
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None and asked:
        change_looks(actor, **asked)
    response = HttpResponse(status=204) if request.htmx else redirect(_back(request))  # type: ignore[attr-defined]
    if asked.get("theme") in THEMES:
        _remember(response, THEME_COOKIE, asked["theme"])
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "") or request.headers.get("Referer", "")
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if fits else "/"


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
