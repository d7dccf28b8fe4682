"""Measures one database, in a process of its own: DAWRA_HOME and DATABASE_URL say which. Prints one JSON object."""

import argparse
import gzip
import json
import os
import statistics
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RUNS = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database-pid", type=int, default=0)
    parser.add_argument("--all-open", action="store_true")
    parser.add_argument("--make", action="store_true", help="make the company first")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")
    import django

    django.setup()
    print(json.dumps(Measured(args).all()))


class Measured:
    def __init__(self, args: Any) -> None:
        from django.conf import settings
        from django.core.management import call_command

        from bench import data, sizes

        self.args = args
        self.settings = settings
        self.now = datetime.now(UTC)
        settings.DAWRA_HOME.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        maker = data.Maker(
            getattr(sizes, args.size), self.now, lambda word: print(f"  {word} …", file=sys.stderr, flush=True)
        )
        self.made = maker.found() or maker.make()

    def all(self) -> dict[str, Any]:
        """Queries first, in this process; then the server, from outside."""
        from bench.cases import CASES
        from bench.client import Client
        from bench.serving import quiet, server

        wanted = [case for case in CASES if case.all_open == self.args.all_open]
        rows: dict[str, Any] = {}
        for case in wanted:
            rows[case.code] = self.queries_of(case)
        with server(self.args.port, self.settings.DAWRA_HOME / "bench.log") as pid:
            for case in wanted:
                if "missing" not in rows[case.code]:
                    rows[case.code] |= self.drive(case, Client(self.args.port), pid)
                if case.ask(self.made).method != "GET":
                    quiet()
            others = {} if self.args.all_open else self.around(pid)
        return {"rows": rows, "others": others, "versions": versions()}

    def member(self, who: str) -> Any:
        return getattr(self.made, who)

    def headers(self, case: Any) -> dict[str, str]:
        if case.api:
            return {"Authorization": f"Bearer {self.token()}"}
        name, value = self.cookie(case.who)
        return {"Cookie": f"{name}={value}"}

    def cookie(self, who: str) -> tuple[str, str]:
        from django.test import Client

        browser = Client(HTTP_HOST="127.0.0.1")
        browser.force_login(self.member(who), backend=self.settings.AUTHENTICATION_BACKENDS[0])
        name = self.settings.SESSION_COOKIE_NAME
        return name, browser.cookies[name].value

    def token(self) -> str:
        from dawra.access.actions.tokens import make_token
        from dawra.access.permissions import PERMISSIONS
        from dawra.team.actors import actor_for

        actor = actor_for(self.made.admin, datetime.now(UTC))
        return make_token(actor, name="bench", scopes=sorted(PERMISSIONS), expires_at=None).secret

    def queries_of(self, case: Any) -> dict[str, Any]:
        """Queries and size of one answer through Django's test client."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        ask, headers = case.ask(self.made), self.headers(case)
        browser = Client(HTTP_HOST="127.0.0.1", headers=headers)

        def once(number: str) -> Any:
            return browser.generic(
                ask.method, ask.path, ask.body.replace("{i}", number), content_type="application/json"
            )

        first = once("queries-a")
        if first.status_code == 404:
            return {"missing": "not built yet"}
        if not 200 <= first.status_code < 300:
            return {"missing": f"answers {first.status_code}"}
        with CaptureQueriesContext(connection) as captured:
            answer = once("queries-b")
        return {"queries": len(captured), "gzip_kb": len(gzip.compress(answer.content, 6)) / 1024}

    def drive(self, case: Any, client: Any, pid: int) -> dict[str, Any]:
        """Medians of five runs: CPU of the server and its database, and time."""
        from bench.client import Ask
        from bench.processes import cpu_seconds

        plain = case.ask(self.made)
        ask = Ask(plain.path, plain.method, plain.body, {**plain.headers, **self.headers(case)})
        client.run(ask, 10)
        app, database, times = [], [], []
        for _ in range(RUNS):
            app_before, database_before = cpu_seconds(pid), self.database_cpu()
            done = client.run(ask, case.requests)
            app.append((cpu_seconds(pid) - app_before) / case.requests * 1000)
            database.append((self.database_cpu() - database_before) / case.requests * 1000)
            times.append(statistics.median(done.seconds) * 1000)
        return {
            "app_ms": statistics.median(app),
            "database_ms": statistics.median(database),
            "cpu_ms": statistics.median([a + d for a, d in zip(app, database, strict=True)]),
            "p50_ms": statistics.median(times),
            "sent_kb": done.sent / 1024,
            "encoding": done.encoding,
        }

    def database_cpu(self) -> float:
        from bench.processes import cpu_seconds

        return cpu_seconds(self.args.database_pid) if self.args.database_pid else 0.0

    def around(self, pid: int) -> dict[str, Any]:
        """First load in a browser, memory when nobody asks anything."""
        from bench.browsing import first_load
        from bench.processes import pss_mb

        load = first_load(self.args.port, self.cookie("admin"))
        return {"first_load": asdict(load) if load else None, "idle_mb": pss_mb(pid)}


def versions() -> dict[str, str]:
    import platform
    import sqlite3

    import django
    import granian
    from django.db import connection

    database = f"SQLite {sqlite3.sqlite_version}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "granian": getattr(granian, "__version__", ""),
        "database": database,
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
