"""dawra serve, dawra work."""

import http.client
import os
import socket
import sys
import time
from typing import IO

import typer
from rich.markup import escape

from dawra.site.cli.server import open_server
from dawra.site.cli.speaking import PROBLEM, REFUSED, err, out, say, stop

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - every address, and where to ask whether it answers


def serve(
    host: str = typer.Option("127.0.0.1", "--host", envvar="DAWRA_HOST", help="Address to listen on; 0.0.0.0 for all."),
    port: int = typer.Option(8000, "--port", envvar="DAWRA_PORT", min=1, max=65535),
    workers: int = typer.Option(0, "--workers", min=0, max=64, help="Web processes; 0: DAWRA_WEB_PROCESSES."),
    web_only: bool = typer.Option(False, "--web-only", help="Only answer requests; `dawra work` runs elsewhere."),
) -> None:
    """Start Dawra: web, worker and scheduler, until Ctrl-C.

    Makes or updates the tables first (after a backup), and refuses what is unsafe.

    [bold]Examples[/]

      dawra serve

      dawra serve --host 0.0.0.0 --port 80 --workers 2

      DATABASE_URL=postgresql://dawra@db/dawra dawra serve --web-only
    """
    began = time.monotonic()
    _name(host, port)
    lock = _ready(host)
    _free(host, port)
    from django.conf import settings

    from dawra.site.operation import serving
    from dawra.site.operation.supervisor import Child, Supervisor

    serving.load()
    processes = workers or settings.WEB_PROCESSES
    children = [Child("web", lambda: serving.answer(host, port, processes))]
    if not web_only:
        children.append(Child("worker", serving.work_beside))
    greeting = _Greeting(host, port, began)
    code = Supervisor(children, tick=greeting.tick).run()
    lock.close()
    raise typer.Exit(code)


def work() -> None:
    """Work off background jobs and start what is due by the clock, until Ctrl-C.

    [bold]Examples[/]

      dawra work

      DAWRA_WORKERS=4 DATABASE_URL=postgresql://dawra@db/dawra dawra work
    """
    lock = _ready("127.0.0.1")
    from dawra.site.operation import serving
    from dawra.site.operation.supervisor import Child, Supervisor

    say("Dawra is working. Stop it with Ctrl-C.  ·  دورة تعمل في الخلفية، ولإيقافها اضغط Ctrl-C.")
    code = Supervisor([Child("worker", serving.work)]).run()
    lock.close()
    raise typer.Exit(code)


def _ready(host: str) -> IO[str]:
    """Load, check, prepare; returns the lock that says somebody runs here."""
    open_server()
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone

    from dawra.site.operation import checks, preparing, running

    settings.DAWRA_HOME.mkdir(parents=True, exist_ok=True, mode=0o750)
    findings = checks.safety(checks.Where(host, timezone.now()))
    for finding in findings:
        if finding.weight != "note":
            colour = "red" if finding.weight == "refusal" else "yellow"
            err.print(f"[{colour}]{finding.check}:[/] {escape(finding.says)} {escape(finding.do)}")
    if any(finding.weight == "refusal" for finding in findings):
        stop(REFUSED, "this is unsafe, so Dawra does not start.", do="`dawra doctor` tells more.")
    try:
        preparing.prepare(say)
    except OSError as failure:
        stop(PROBLEM, f"could not prepare: {failure}")
    lock = running.share()
    connections.close_all()
    return lock


def _name(host: str, port: int) -> None:
    """Where nobody said so, the address follows from what the server listens on."""
    anywhere = host in ANYWHERE
    name = socket.gethostname() if anywhere else f"[{host}]" if ":" in host else host
    os.environ.setdefault("DAWRA_BASE_URL", f"http://{name}:{port}")
    if anywhere:
        os.environ.setdefault("DAWRA_HOSTS", ",".join([name, socket.getfqdn(), *_own_addresses()]))


def _own_addresses() -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)})
    except OSError:
        return []


def _free(host: str, port: int) -> None:
    """End with a clear word if something else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            stop(
                REFUSED, f"cannot listen on {host}:{port}: {failure.strerror}", do=f"Choose another: --port {port + 1}"
            )


class _Greeting:
    """Prints the address once the server really answers there."""

    def __init__(self, host: str, port: int, began: float) -> None:
        self.host, self.port, self.began = host, port, began
        self.said = False

    def tick(self) -> None:
        if self.said or not self._answers():
            return
        self.said = True
        from django.conf import settings

        seconds = time.monotonic() - self.began
        out.print(f"\n  Dawra is at [bold]{settings.BASE_URL}[/]  (ready in {seconds:.1f} s; stop it with Ctrl-C)")
        out.print(f"  دورة على العنوان [bold]{settings.BASE_URL}[/]  (ولإيقافها اضغط Ctrl-C)\n")
        sys.stdout.flush()

    def _answers(self) -> bool:
        target = ANYWHERE.get(self.host, self.host)
        asked = http.client.HTTPConnection(target, self.port, timeout=2)
        try:
            asked.request("GET", "/healthz", headers={"Host": "127.0.0.1", "X-Forwarded-Proto": "https"})
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()
