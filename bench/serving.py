"""The real server, as `dawra serve` starts it: web and worker, measured from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

CALM_SECONDS = 8


@contextmanager
def server(port: int, log: Path) -> Iterator[int]:
    """Its process id; home and database come from this process's environment."""
    program = Path(sys.executable).with_name("dawra")
    environment = os.environ | {"DAWRA_BASE_URL": f"http://127.0.0.1:{port}", "DAWRA_API_CALLS": "1000000"}
    with log.open("w") as out:
        started = subprocess.Popen(
            [str(program), "serve", "--port", str(port)], stdout=out, stderr=out, env=environment
        )
    try:
        _wait(port, started, log)
        put_off()
        quiet()
        yield started.pid
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(15)
        except subprocess.TimeoutExpired:
            started.kill()


def put_off() -> None:
    """The jobs of the day and the hour (backup, search for duplicates …) would begin half a minute after the start, all at
    once, and count as the pages' CPU and as memory of an idle house. What runs every minute stays."""
    from datetime import timedelta

    from django.utils import timezone
    from django_q.models import Schedule

    for _ in range(300):  # the worker writes its rows when it starts
        if Schedule.objects.filter(minutes__gt=1).update(next_run=timezone.now() + timedelta(days=1)):
            return
        time.sleep(0.1)
    raise RuntimeError("the worker has no schedule")


def quiet() -> None:
    """Until the worker has nothing to do: what a first start or a written record sets off would count as the pages' CPU."""
    from django_q.models import OrmQ

    calm = 0
    for _ in range(3_600):
        calm = 0 if OrmQ.objects.exists() else calm + 1
        if calm == CALM_SECONDS:
            return
        time.sleep(1)
    raise RuntimeError("the worker had work for an hour")


def _wait(port: int, started: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if started.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")
