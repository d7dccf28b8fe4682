"""python -m bench.importing [--rows 100000] [--db sqlite|postgres|both] [--file leads.csv] [--beside]: bringing people in.

Each row is a person with a company, an e-mail and a phone; three in a hundred repeat an earlier one. Measured on an empty
company: the dry run, the run (deduplicated, with journal and search index), the same file again, and the undo. With
--beside, also how long another user waits for a page meanwhile.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.postgres import NoPostgres, cluster
from bench.words import CITIES, FAMILY, GIVEN, PLACES, SOURCES, TRADES

ROOT = Path(__file__).resolve().parent.parent
SEED, EDGE = 7, 0.1
DUPLICATES = 0.03
HEADERS = ("id", "name", "email", "phone", "company", "country", "city", "source", "title", "tags")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--file", type=Path, help="a file of people to bring in instead")
    parser.add_argument("--beside", action="store_true", help="also measure a page of another user meanwhile")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measured(args)))
        return
    found: dict[str, dict[str, Any]] = {}
    if args.db in ("sqlite", "both"):
        found["SQLite"] = _in_child(args, "")
    if args.db in ("postgres", "both"):
        try:
            from bench.__main__ import _free_port

            with cluster(_free_port()) as ours:
                ours.create("importing")
                found["PostgreSQL"] = _in_child(args, ours.url_of("importing"), ours.pid)
        except NoPostgres as missing:
            print(missing, file=sys.stderr)
    print(table(found, args.rows))


def table(found: dict[str, dict[str, Any]], rows: int) -> str:
    lines = [
        f"{rows:,} rows, load {os.getloadavg()[0]:.1f}",
        "| | rows/s | first tenth | last tenth | CPU µs/row | database µs/row | dry run CPU s | again rows/s | undo rows/s | peak MB | page p95 alone → beside |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, one in found.items():
        beside = f"{one['alone_ms']:.0f} → {one['beside_ms']:.0f} ms" if "beside_ms" in one else ""
        lines.append(
            f"| {name} | {one['speed']:,.0f} | {one['first']:,.0f} | {one['last']:,.0f} | {one['cpu_us']:.0f} | "
            f"{one['database_us']:.0f} | {one['dry_cpu']:.1f} | {one['again']:,.0f} | {one['undo']:,.0f} | {one['peak_mb']:.0f} | {beside} |"
        )
    for name, one in found.items():
        lines.append(f"{name}, rows/s of each tenth: {', '.join(f'{speed:,}' for speed in one['tenths'])}")
    return "\n".join(lines)


def _in_child(args: Any, url: str, pid: int = 0) -> dict[str, Any]:
    home = Path(tempfile.mkdtemp(prefix="dawra-bench-import-"))
    environment = os.environ | {
        "DAWRA_HOME": str(home),
        "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT / "src")) + os.pathsep + str(ROOT),
        "DJANGO_SETTINGS_MODULE": "dawra.site.settings",
        "BENCH_DATABASE_PID": str(pid or ""),
    }
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "bench.importing", "--measure", "--rows", str(args.rows)]
    command += ["--file", str(args.file.resolve())] if args.file else []
    command += ["--beside"] if args.beside else []
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told
    finally:
        shutil.rmtree(home, ignore_errors=True)


# In the child


def measured(args: Any) -> dict[str, Any]:
    """Dry run, run, the same again, undo. rows/s are wall time; CPU is of this process and, beside it, the database's."""
    import django

    django.setup()
    from bench.processes import cpu_seconds
    from dawra.customers.importing import judging, starting
    from dawra.customers.importing.running import Run
    from dawra.customers.importing.taking_back import TakingBack, begin_undo
    from dawra.site.operation.serving import POLITE

    actor, home = company(), Path(os.environ["DAWRA_HOME"])
    path = args.file or people(home / "people.csv", args.rows)
    pid = int(os.environ.get("BENCH_DATABASE_PID") or 0)

    def waiting() -> Any:
        looked = [starting.look(source) for source in starting.sources_in([path])]
        format_, belong, others = starting.chosen(looked)
        return starting.set_up(actor, format_=format_, belong=belong, others=others, options={})

    def timed(work: Callable[[], Any]) -> tuple[float, float, float]:
        wall, own, database = time.perf_counter(), time.process_time(), cpu_seconds(pid) if pid else 0.0
        work()
        return (
            time.perf_counter() - wall,
            time.process_time() - own,
            (cpu_seconds(pid) if pid else 0.0) - database,
        )

    import_ = waiting()
    token = judging.begin_dry_run(actor, import_=import_)
    dry = timed(lambda: judging.Judging(actor, import_.pk, token).go())
    marks: list[tuple[int, float]] = []
    starting.start(actor, import_=import_)
    beside = _Beside(home) if args.beside else None
    if beside:
        beside.begin()
        os.nice(POLITE)  # as the worker stands back beside the web process
    run = timed(lambda: Run(actor, import_.pk, watch=lambda at: marks.append((at.done, time.perf_counter()))).go())
    found: dict[str, Any] = {}
    if beside:
        # Alone afterwards: the list that was opened meanwhile had rows, too.
        found = {"beside_ms": beside.end() * 1000, "alone_ms": beside.p95(200) * 1000}
        beside.close()
    rows = marks[-1][0]
    again = waiting()
    starting.start(actor, import_=again)
    second = timed(lambda: Run(actor, again.pk).go())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    import_.refresh_from_db()
    begin_undo(actor, import_=import_)
    undone = timed(lambda: TakingBack(actor, import_.pk).go())
    return found | {
        "speed": rows / run[0], "first": _speed(marks, 0, EDGE), "last": _speed(marks, 1 - EDGE, 1),
        "tenths": [round(_speed(marks, at / 10, (at + 1) / 10)) for at in range(10)],
        "cpu_us": run[1] / rows * 1e6, "database_us": run[2] / rows * 1e6, "dry_cpu": dry[1] / rows * 100_000,
        "again": rows / second[0], "undo": rows / undone[0], "peak_mb": peak,
    }  # fmt: skip


def _speed(marks: list[tuple[int, float]], begin: float, end: float) -> float:
    """Rows a second between two shares of all rows."""
    total = marks[-1][0]
    some = [mark for mark in marks if begin * total <= mark[0] <= end * total]
    return (some[-1][0] - some[0][0]) / max(some[-1][1] - some[0][1], 1e-9)


def company() -> Any:
    """An empty company with one administrator."""
    from django.core.management import call_command

    from dawra.access.actions.roles import seed_roles
    from dawra.access.actor import Actor
    from dawra.team.actors import actor_for
    from dawra.team.models import Member, Workspace

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    roles = seed_roles(Actor.system("bench", now))
    Workspace.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Bench",
            "base_currency": "SAR",
            "time_zone": "Asia/Riyadh",
            "default_country": "SA",
            "created_at": now,
        },
    )
    member = Member(email="admin@bench.example", name="Amal", role=roles["administrator"], created_at=now)
    member.set_password("a long enough passphrase")
    member.save(force_insert=True)
    return actor_for(Member.objects.select_related("role", "team").get(pk=member.pk), now, via="import")


def people(path: Path, rows: int) -> Path:
    """The same file every time."""
    dice = random.Random(SEED)
    firms = [f"{dice.choice(PLACES)[0]} {dice.choice(TRADES)[0]} {number}" for number in range(max(10, rows // 5))]
    kept: list[tuple[str, ...]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for number in range(1, rows + 1):
            if kept and dice.random() < DUPLICATES:
                name, email, phone, firm = dice.choice(kept)
                email = email.upper()
            else:
                side = dice.random() < 0.3
                given, family = dice.choice(GIVEN), dice.choice(FAMILY)
                name = f"{given[side] or given[0]} {family[side] or family[0]}"
                email = f"{given[0]}.{family[0]}{number}@example.com".lower()
                phone = f"+966 5{dice.randrange(10)} {dice.randrange(1000):03} {dice.randrange(10_000):04}"
                firm = firms[int(len(firms) * dice.random() ** 2)]
                if len(kept) < 50_000:
                    kept.append((name, email, phone, firm))
            country, city = dice.choice(CITIES)
            tags = dice.choice(("", "", "vip", "expo;partner"))
            out.writerow((number, name, email, phone, firm, country, city, dice.choice(SOURCES), "Buyer", tags))
    return path


class _Beside:
    """Another user opens the list of people, again and again, in a process of its own, as the real server answers."""

    def __init__(self, home: Path) -> None:
        from django.conf import settings
        from django.test import Client as Browser

        from bench.__main__ import _free_port
        from bench.client import Ask
        from bench.serving import server
        from dawra.team.models import Member

        browser = Browser(HTTP_HOST="127.0.0.1")
        browser.force_login(Member.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        self._port = _free_port()
        self._ask = Ask("/people/", headers={"Cookie": cookie})
        self._server = server(self._port, home / "server.log")
        self._server.__enter__()

    def p95(self, count: int) -> float:
        from bench.client import Client

        client = Client(self._port)
        client.run(self._ask, 20)
        return quantiles(client.run(self._ask, count).seconds, n=20)[-1]

    def begin(self) -> None:
        import threading

        self._seconds: list[float] = []
        self._told_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def _go(self) -> None:
        from bench.client import Client

        client = Client(self._port)
        while not self._told_to_stop.is_set():
            self._seconds += client.run(self._ask, 1).seconds
            time.sleep(0.05)

    def end(self) -> float:
        self._told_to_stop.set()
        self._thread.join()
        return quantiles(self._seconds, n=20)[-1]

    def close(self) -> None:
        self._server.__exit__(None, None, None)


if __name__ == "__main__":
    main()
