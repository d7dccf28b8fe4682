"""What the framework refuses or what breaks, said in the reader's language like any other answer (middleware.answer)."""

import logging
import sys
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from dawra.site.middleware import answer, of_machine, typed

log = logging.getLogger("dawra.site")


def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400, "bad_request", "", {})


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403, "refused", "", {})


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, "not_found", _("There is no such address."), {})


def broken(request: HttpRequest) -> HttpResponse:
    """An unexpected error: Django has logged it; the number ties the page to the line that follows it in the log.

    Faults of the machine come here if they happened in a middleware (session, company, token): a view's are answered
    by ErrorMiddleware before.
    """
    failure = sys.exc_info()[1]
    away = of_machine(request, failure) if failure else None
    if away is not None:
        return away
    number = uuid4().hex[:12]
    log.error("fault %s at %s", number, request.path)
    if not hasattr(request, "reader"):  # it broke before anybody was known to read
        return server_error(request)
    try:
        return answer(request, 500, "broken", "", {"fault": number})
    except Exception:  # what draws the page may be what broke
        log.exception("fault %s: the error page broke too", number)
        return server_error(request)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer good: open too long, or signed in anew elsewhere.

    A browser that proves with Origin that the form was ours may send it once more with what was typed; scripts of ours
    get a fresh token, which no other site can read.
    """
    ours = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    facts: dict[str, Any] = {"again": typed(request) if ours and request.method == "POST" else []}
    sentence = _("This page was open for too long, or you signed in anew meanwhile.")
    response = answer(request, 403, "form_expired", sentence, facts)
    response.headers["X-Fresh-Token"] = get_token(request)
    return response
