"""What every request gets: who acts and when, the reader's habits, and answers turned into pages."""

import logging
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dawra.access.errors import Answer, Invalid, SignedOut, Stale
from dawra.journal.catalogue import as_plain
from dawra.site.advice import advice_on
from dawra.site.operation import faults
from dawra.site.reader import read_as, reader_of, reader_of_visitor
from dawra.team.actors import actor_for

log = logging.getLogger("dawra.site")
_WRITTEN = re.compile(r"[^\W\d_]{2}")  # words, not numbers or dates
_CODE = re.compile(r"[0-9a-fA-F-]{32,36}|[a-z_.]+")  # an id, or what a list of choices sends
Next = Callable[[HttpRequest], HttpResponseBase]


class ReaderMiddleware:
    """Sets request.now, .actor, .reader, .htmx, and the language and zone everything is shown in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.now = timezone.now()
        request.htmx = request.headers.get("HX-Request") == "true"
        member = request.user if request.user.is_authenticated else None
        request.actor = actor_for(member, request.now) if member else None
        request.reader = reader_of(request, member)
        translation.activate(request.reader.language)
        timezone.activate(request.reader.time_zone)
        with read_as(request.reader):
            response = self.get_response(request)
        if member:
            response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Content-Language", request.reader.language)
        timezone.deactivate()
        return response


class ErrorMiddleware:
    """Turns an Answer, and a failing database, into a page, a partial or problem+json."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignedOut):
            return signed_out(request, exception)
        if isinstance(exception, Answer):
            return answer(request, exception.status, exception.code, str(exception), details(exception))
        if isinstance(exception, DatabaseError | OSError):
            return of_machine(request, exception)
        return None


def signed_out(request: Any, exception: SignedOut) -> HttpResponse:
    """What was written comes back on the page, to be sent to the same address once signed in.

    Its token was good (CsrfViewMiddleware came first), so that the form was ours; the page is kept nowhere.
    """
    again = typed(request)
    written = [value for _name, value in again if _WRITTEN.search(value) and not _CODE.fullmatch(value)]
    facts = {"again": again, "written": written, "files": [file.name for file in request.FILES.values()]}
    response = answer(request, exception.status, exception.code, str(exception), facts)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def typed(request: Any) -> list[tuple[str, str]]:
    """What a form sent, without secrets and files."""
    return [
        (name, str(value)) for name, values in request.POST.lists() if not _is_secret(request, name) for value in values
    ]


def _is_secret(request: Any, name: str) -> bool:
    """A code is one of a second factor where one signs in; elsewhere it is a product's."""
    signing_in = request.path.startswith("/accounts/")
    return name == "csrfmiddlewaretoken" or "password" in name or (signing_in and "code" in name)


def of_machine(request: Any, exception: BaseException) -> HttpResponse | None:
    """A database that is busy or away, a full disk: 503 or 507. None if the exception is a mistake of the program."""
    fault = faults.describe(exception)
    if fault is None:
        return None
    number = uuid4().hex[:12]
    log.error("fault %s (%s)", number, fault.code, exc_info=exception)
    with translation.override(_language(request)):
        try:
            response = answer(request, fault.status, fault.code, str(fault.sentence), {"fault": number})
        except Exception:  # the page's frame asks the database too
            response = _without_frame(fault.status, fault.code, str(fault.sentence), {"fault": number})
    if fault.retry_after:
        response.headers["Retry-After"] = str(fault.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _language(request: Any) -> str:
    """The reader's, or what the browser asks for if nobody could be asked yet who reads."""
    known = getattr(request, "reader", None) or reader_of_visitor(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        accepts=request.headers.get("Accept-Language", ""),
    )
    return str(known.language)


def details(exception: Answer) -> dict[str, Any]:
    facts: dict[str, Any] = as_plain(exception.facts)
    if isinstance(exception, Invalid) and exception.field:
        facts["errors"] = [{"field": exception.field, "message": str(exception)}]
    return facts


def answer(request: Any, status: int, code: str, sentence: str, facts: dict[str, Any]) -> HttpResponse:
    """The one place that speaks of what went wrong."""
    if request.path.startswith("/api/"):
        return problem(status, code, sentence, facts)
    if not hasattr(request, "reader"):  # refused before anybody could ask who reads: a host that is not ours
        with translation.override(_language(request)):
            return _without_frame(status, code, sentence, facts)
    takes = {"status": status, "code": code, "sentence": sentence, "facts": facts, "stale": code == Stale.code}
    if request.htmx:
        response = render(request, "site/answer.html", takes, status=status)
        response.headers["HX-Retarget"] = "#answers"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "site/error.html", takes, status=status)


def _without_frame(status: int, code: str, sentence: str, facts: dict[str, Any]) -> HttpResponse:
    takes = {"sentence": sentence or advice_on(status, code).title, "status": status, "fault": facts.get("fault", "")}
    return HttpResponse(render_to_string("site/away.html", takes), status=status)


def problem(status: int, code: str, sentence: str, facts: dict[str, Any] | None = None) -> JsonResponse:
    """RFC 9457: type names our code, title says it in the caller's language."""
    body = {
        "type": f"urn:dawra:problem:{code}",
        "title": sentence or _("Something went wrong."),
        "status": status,
        "code": code,
    }
    return JsonResponse(body | (facts or {}), status=status, content_type="application/problem+json")
