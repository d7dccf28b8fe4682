"""What every call of the API passes: token, rate limit, idempotency key, entity tag. The same for every operation.

Sources: RFC 6750 (bearer tokens), RFC 9110 (If-Match, Retry-After), RFC 9457 (problem+json)
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dawra.access.repeating import Call, Kept, first_answer, keep_answer, known_answer
from dawra.site.api.rates import Limiter
from dawra.site.middleware import problem
from dawra.site.reader import read_as, reader_of_visitor
from dawra.team.actors import bearer_of

PREFIX = "/api/v1/"
OPEN_PATHS = frozenset({"/api/v1/openapi.json", "/api/v1/docs"})
CHANGES = frozenset({"POST", "PATCH", "PUT", "DELETE"})
LARGEST_BODY = 10 * 1024 * 1024
ROOM_AROUND_A_FILE = 2**20
LONGEST_KEY = 255
KEPT_HEADERS = ("Content-Type", "ETag", "Location")

Next = Callable[[HttpRequest], HttpResponse]


class Straight:
    """The innermost middleware, built before the others: what lies behind it is where the door leads."""

    inside: Next

    def __init__(self, get_response: Next) -> None:
        self.get_response = Straight.inside = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path.startswith(PREFIX):
            request.actor = None  # the contract is open to anybody, and to nobody in particular
        return self.get_response(request)


class ApiDoor:
    """Middleware of /api/v1/. Session cookies are ignored there, so no page can be tricked into calling it.

    What stands between it and Straight serves pages only, and is passed by; the contract itself is shown as a page.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response, self.inside = get_response, Straight.inside
        self.limiter = Limiter(settings.API_CALLS_PER_10_SECONDS)

    def __call__(self, request: Any) -> HttpResponse:
        if not request.path.startswith(PREFIX) or request.path in OPEN_PATHS:
            return self.get_response(request)
        request.now, request.actor, request.htmx = timezone.now(), None, False
        request.csrf_processing_done = True  # no cookie counts here, so there is nothing to forge
        request.reader = reader_of_visitor(accepts=request.headers.get("Accept-Language", ""))
        with translation.override(request.reader.language), read_as(request.reader):
            response = self._let_in(request)
        response.headers.setdefault("Content-Language", request.reader.language)
        return response

    def _let_in(self, request: Any) -> HttpResponse:
        bearer = bearer_of(_secret_of(request), request.now)
        if bearer is None:
            response = problem(401, "no_token", _("Send a valid token: Authorization: Bearer dw_…"))
            response.headers["WWW-Authenticate"] = 'Bearer realm="dawra"'
            return response
        allowed, left, wait = self.limiter.take(bearer.token_id)
        if not allowed:
            response = problem(429, "too_many_calls", _("Too many calls. Wait as long as Retry-After says."))
            response.headers["Retry-After"] = str(max(1, round(wait)))
            return self._marked(response, 0)
        request.actor = bearer.actor
        return self._marked(self._answered(request, bearer.token_id), left)

    def _answered(self, request: Any, token_id: Any) -> HttpResponse:
        has_files = request.content_type == "multipart/form-data"
        most = max(LARGEST_BODY, settings.FILE_MOST_BYTES + ROOM_AROUND_A_FILE) if has_files else LARGEST_BODY
        if int(request.headers.get("Content-Length") or 0) > most:
            return problem(413, "too_large", _("A call may carry %(most)s MB at most.") % {"most": most // 2**20})
        key = request.headers.get("Idempotency-Key", "")
        if key and request.method in CHANGES:
            if len(key) > LONGEST_KEY:
                return problem(422, "idempotency_key", _("An Idempotency-Key has 255 characters at most."))
            return (self._once_with_files if has_files else self._once)(request, token_id, key)
        return _tagged(request, _in_our_words(self.inside(request)))

    def _once(self, request: Any, token_id: Any, key: str) -> HttpResponse:
        """The key and the effect commit together: whoever repeats the call gets the first answer."""
        fingerprint = hashlib.sha256(
            b"\n".join([request.method.encode(), request.get_full_path().encode(), request.body])
        ).hexdigest()
        call = Call(token_id, key, fingerprint)
        with transaction.atomic():
            before = first_answer(call, request.now)
            if before is not None:
                return _replayed(before)
            response = _tagged(request, _in_our_words(self.inside(request)))
            if response.status_code >= 500:
                transaction.set_rollback(True)
                return response
            _keep(call, response)
            return response

    def _once_with_files(self, request: Any, token_id: Any, key: str) -> HttpResponse:
        """No transaction waits for a disk: the operation opens its own, with the key inside (repeating.together).

        What is refused is not remembered; an operation that takes no files cannot be repeated this way.
        """
        call = request.repeatable = Call(token_id, key, _fingerprint_with_files(request))
        before = known_answer(call, request.now)
        if before is not None:
            return _replayed(before)
        response = _tagged(request, _in_our_words(self.inside(request)))
        before = getattr(request, "answered_before", None)
        if before is not None:
            return _replayed(before)
        if response.status_code < 400:
            _keep(call, response)
        return response

    def _marked(self, response: HttpResponse, left: int) -> HttpResponse:
        response.headers["RateLimit-Limit"] = str(self.limiter.calls)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _secret_of(request: HttpRequest) -> str:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _keep(call: Call, response: HttpResponse) -> None:
    told = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    keep_answer(call, Kept(True, response.status_code, told, response.content))


def _fingerprint_with_files(request: Any) -> str:
    """Of what was sent, not of how it was wrapped: every sending has its own boundary. Cost: every file is read once."""
    seen = hashlib.sha256(f"{request.method}\n{request.get_full_path()}\n".encode())
    for name, values in sorted(request.POST.lists()):
        seen.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            seen.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                seen.update(chunk)
            file.seek(0)
    return seen.hexdigest()


def _replayed(before: Kept) -> HttpResponse:
    if not before.same:
        return problem(422, "idempotency_mismatch", _("This Idempotency-Key was used for a different call."))
    response = HttpResponse(before.body, status=before.status)
    for name, value in before.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """If-None-Match saves a body; a stale If-Match is 412, as RFC 9110 wants."""
    tag = response.headers.get("ETag")
    if tag and request.method == "GET" and request.headers.get("If-None-Match") == tag:
        fresh = HttpResponse(status=304)
        fresh.headers["ETag"] = tag
        return fresh
    if response.status_code == 409 and "If-Match" in request.headers:
        response.status_code = 412
    return response


def _in_our_words(response: HttpResponse) -> HttpResponse:
    """What the framework itself refused (no such address, no such method) becomes a problem like any other."""
    if response.status_code < 400 or "json" in response.headers.get("Content-Type", ""):
        return response
    words = {404: _("There is no such address."), 405: _("This address does not take that method.")}
    code = {404: "not_found", 405: "method"}.get(response.status_code, "invalid")
    told = problem(response.status_code, code, words.get(response.status_code, _("This call cannot be answered.")))
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told
