"""A real installation in a temporary folder, its processes, and eyes on its database."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dawra.site.operation.invariants import INVARIANTS

ROOT = Path(__file__).resolve().parents[2]
DAWRA = [sys.executable, "-m", "dawra.site.cli"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    home: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)
    crew: subprocess.Popen[str] | None = None

    begin = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.faults.settings'; import django; django.setup()\n"

    @property
    def environment(self) -> dict[str, str]:
        mine = {
            name: value for name, value in os.environ.items() if not name.startswith(("DAWRA_", "DJANGO_", "DATABASE_"))
        }
        mine |= {"DAWRA_HOME": str(self.home), "PYTHONPATH": str(ROOT), "DAWRA_LOG_LEVEL": "ERROR"}
        return mine | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def dawra(self, *words: str, code: int | None = 0) -> str:
        done = subprocess.run(
            [*DAWRA, *words], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert code is None or done.returncode == code, (
            f"dawra {words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done.stdout

    def set_up(self) -> None:
        self.dawra("init", "--company", "Masar", "--admin", "amal@masar.example", "--currency", "SAR")

    def run(self, code: str) -> str:
        """A snippet inside Django with the settings of the fault tests."""
        begin = (
            "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.faults.settings'; import django; django.setup()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", begin + code],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # ── processes ──

    def start(self, *, workers: int = 1, largest_file: int = 0) -> None:
        more = {"FAULTS_LARGEST_FILE": str(largest_file)} if largest_file else {}
        words = [sys.executable, "-m", "tests.faults.crew", str(self.port), str(workers)]
        log = (self.home.parent / "crew.log").open("a")
        self.crew = subprocess.Popen(words, env=self.environment | more, cwd=ROOT, stdout=log, stderr=log, text=True)
        self.wait_until_it_answers()

    def stop(self) -> float:
        """Seconds it took."""
        assert self.crew
        began = time.monotonic()
        self.crew.send_signal(signal.SIGINT)
        self.crew.wait(30)
        self.crew = None
        return time.monotonic() - began

    def kill_everything(self) -> None:
        if self.crew:
            pids = [*self.family(), self.crew.pid]
            for pid in pids:
                kill(pid)
            self.crew.wait()
            self.crew = None

    def leaders(self) -> list[int]:
        """The supervisor's children in the order it started them first; a restarted one moves to the end."""
        assert self.crew
        return children_of(self.crew.pid)

    def family(self) -> list[int]:
        assert self.crew
        found, ask = [], [self.crew.pid]
        while ask:
            below = children_of(ask.pop())
            found += below
            ask += below
        return found

    def members_of(self, name: str) -> list[int]:
        """Every process of the web child, or of the worker children, told apart by who listens on the port."""
        groups = [[leader, *descendants(leader)] for leader in self.leaders()]
        web = [group for group in groups if any(listens(pid, self.port) for pid in group)]
        chosen = web if name == "web" else [group for group in groups if group not in web]
        return [pid for group in chosen for pid in group]

    def wait_until_it_answers(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.crew and self.crew.poll() is None, (self.home.parent / "crew.log").read_text()[-3000:]
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer\n" + (self.home.parent / "crew.log").read_text()[-3000:])

    # ── requests ──

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None)

    def act(self, **said: Any) -> tuple[int, dict[str, Any]]:
        status, body = self._ask("POST", "/api/faults/act", json.dumps(said))
        return status, json.loads(body) if status == 200 else {"body": body.decode(errors="replace")}

    def token(self) -> str:
        """A key of the administrator with every permission."""
        return self.run(
            "from django.utils import timezone\n"
            "from dawra.access.actions.tokens import make_token\n"
            "from dawra.team.actors import actor_for\n"
            "from dawra.team.models import Member\n"
            "member = Member.objects.select_related('role', 'team').get()\n"
            "signer = actor_for(member, timezone.now())\n"
            "made = make_token(signer, name='k', scopes=sorted(signer.permissions), expires_at=None)\n"
            "print(made.secret)"
        ).strip()

    def call(self, token: str, method: str, path: str, said: Any = None, key: str = "") -> tuple[int, dict[str, Any]]:
        """One call of the API with a token; key repeats it safely. Raises OSError if no whole answer came back."""
        more = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        body = None if said is None else json.dumps(said)
        status, told = self._ask(method, f"/api/v1{path}", body, more)
        return status, json.loads(told or b"{}")

    def upload(self, token: str, path: str, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
        """One file as multipart/form-data."""
        edge = "edge-of-the-file"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        more = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={edge}"}
        status, told = self._ask("POST", f"/api/v1{path}", body, more)
        return status, json.loads(told)

    def _ask(
        self, method: str, path: str, body: str | bytes | None, more: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Raises OSError if no whole answer came back."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request(method, path, body, ({"Content-Type": "application/json"} if body else {}) | (more or {}))
            said = asked.getresponse()
            return said.status, said.read()
        except http.client.HTTPException as broken:
            raise OSError(str(broken)) from broken
        finally:
            asked.close()

    # ── eyes (SQLite) ──

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.home / "dawra.db", timeout=30, isolation_level=None)) as base:
            base.execute("BEGIN")
            yield base
            base.execute("ROLLBACK")

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.snapshot() as base:
            return base.execute(sql, values).fetchall()

    def execute(self, sql: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.home / "dawra.db", timeout=30)) as base, base:
            base.execute(sql, values)

    def broken(self) -> dict[str, list[Any]]:
        """Invariants that do not hold in one snapshot taken while everything goes on."""
        with self.snapshot() as base:
            tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            wanted = [one for one in INVARIANTS if tables.issuperset(one.needs)]
            found = {one.id: base.execute(one.text("sqlite")).fetchmany(3) for one in wanted}
        return {name: rows for name, rows in found.items() if rows}


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    below = children_of(pid)
    return below + [deeper for child in below for deeper in descendants(child)]


def listens(pid: int, port: int) -> bool:
    """The process holds the listening socket of that port."""
    try:
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        inodes = {line[9] for line in lines if line[1].endswith(f":{port:04X}") and line[3] == "0A"}
        links = [str(handle.readlink()) for handle in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False
    return any(link == f"socket:[{inode}]" for link in links for inode in inodes)


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
