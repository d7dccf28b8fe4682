"""For load balancers, containers and monitoring: is the process alive, can it serve, is all well?"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from dawra.access.register import opens
from dawra.site.operation import backup, queue, rules


class AnswerFirst:
    """Middleware before all others: they look into the database, which must not decide whether the process lives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return healthz(request)
        return readyz(request) if request.path == "/readyz" else self.get_response(request)


@opens(anyone=True, why="a container asks whether the process lives, before anybody signs in; it says nothing else")
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches neither database nor disk."""
    return HttpResponse("ok", content_type="text/plain")


@opens(anyone=True, why="load balancers ask whether to send requests here; the answer names states, never data")
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if this process can serve, else 503. With ?all also what an operator wants to be woken for: queue, backup."""
    state = {"database": _database_answers(), "disk": _disk_has_room()}
    if "all" in request.GET and state["database"]:
        now = timezone.now()
        newest = backup.newest()
        state["queue"] = queue.oldest_wait(now) < queue.LONGEST_WAIT
        state["backup"] = settings.BACKUP_HOUR is None or (newest is not None and now - newest < rules.OLDEST_BACKUP)
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _disk_has_room() -> bool:
    usage = shutil.disk_usage(settings.DAWRA_HOME)
    return usage.free >= usage.total * rules.LEAST_FREE_SHARE
