"""The nightly tidying: what only had to be remembered for a while goes, a batch a transaction.

The bin is emptied by customers, old uploads by the import; deliveries and the journal stay.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django_q.models import Task

from dawra.access.repeating import forget_old
from dawra.team.attempts import forget_attempts

log = logging.getLogger(__name__)
BATCH = 500
TASKS_KEPT = timedelta(days=14)


def tidy(now: datetime) -> dict[str, int]:
    """How many of what went: first answers past their day, ended sessions, counted sign-in attempts, finished jobs."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    went = {
        "first answers": _until_none(lambda: forget_old(now, BATCH)),
        "sessions": _all_of(Session.objects.filter(expire_date__lt=now)),
        "devices": _all_of(UserSession.objects.filter(~Exists(alive))),
        "attempts": _until_none(lambda: forget_attempts(now, BATCH)),
        "jobs": _all_of(Task.objects.filter(stopped__lt=now - TASKS_KEPT)),
    }
    log.info("tidied: %s", ", ".join(f"{count} {what}" for what, count in went.items()))
    return went


def freshen_plans() -> None:
    """Let SQLite count anew what its indexes hold: it chooses plans by that. PostgreSQL does so by itself.

    A thousand rows an index are enough for a good guess and take well under a second.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def _all_of(rows: QuerySet[Any]) -> int:
    def one_batch() -> int:
        with transaction.atomic():
            keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
            return rows.model._default_manager.filter(pk__in=keys).delete()[0] if keys else 0

    return _until_none(one_batch)


def _until_none(one_batch: Callable[[], int]) -> int:
    total = 0
    while count := one_batch():
        total += count
    return total
