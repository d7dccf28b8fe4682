"""What the two kinds of children do: answer requests, work off jobs."""

import os
import sys
from typing import Any

from django.conf import settings
from django.utils import timezone

POLITE = 5
"""How far the worker stands back (nice) where the web process needs the same cores."""


def load() -> None:
    """Import in the supervisor what its children need, so that they share it and answer the first request at once."""
    import django_q.cluster
    import granian.server
    from django.urls import get_resolver

    from dawra.site.wsgi import application

    assert application and get_resolver().url_patterns and django_q.cluster and granian.server


def answer(host: str, port: int, processes: int) -> None:
    """The web child: granian over WSGI, a few threads each; runs until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from dawra.site.wsgi import application

    def loaded(*_target: Any) -> Any:
        return application

    server = Granian(
        target="dawra.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=settings.WEB_THREADS,
        backpressure=max(64, 4 * settings.WEB_THREADS),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=3,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=loaded)


def work_beside() -> None:
    """The worker where requests are answered, too: an import may take its time, somebody waiting for a page may not."""
    os.nice(POLITE)
    work()


def work() -> None:
    """The worker child: one django-q2 cluster with its scheduler; runs until it is told to stop."""
    from django_q.cluster import Cluster

    from dawra.journal import schedule

    schedule.keep(timezone.now())
    cluster = Cluster()
    cluster.start()
    if cluster.sentinel:
        cluster.sentinel.join()
        sys.exit(cluster.sentinel.exitcode or 0)
