"""A real house for browser tests: its own home, `dawra serve` in a process, the cast inside."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


@dataclass
class House:
    """home: its DAWRA_HOME. sessions: member's first name → session key. records: name → address of its page."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    sessions: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def environment(home: Path) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("DAWRA_", "DATABASE_", "DJANGO_", "PYTEST"))}
    own = {"DAWRA_HOME": str(home), "DAWRA_STATIC_ROOT": str(home.parent / "static"), "DAWRA_EMAIL_URL": ""}
    return plain | own | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def furnished(place: Path) -> Path:
    """The models that houses are copied from: `staged` with the cast and a few records, `empty` with tables only; `static`.

    place: common to all processes of this run; the first that comes makes them, the others wait
    """
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "told.json").exists():
            (place / "staged").mkdir()
            (place / "empty").mkdir()
            done = subprocess.run(
                [sys.executable, "-m", "tests.browser.stage", str(place / "empty" / "dawra.db")],
                cwd=ROOT,
                env=environment(place / "staged"),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(done.stdout[-2000:] + done.stderr[-4000:])
            (place / "told.json").write_text(done.stdout.splitlines()[-1])
    return place


def open_house(
    home: Path, models: Path, *, staged: bool = True, web_only: bool = False, settings: dict[str, str] | None = None
) -> House:
    """A copy of a model (see furnished) and the server in it, with these settings."""
    shutil.copytree(models / ("staged" if staged else "empty"), home)
    env = environment(home) | {"DAWRA_STATIC_ROOT": str(models / "static")} | (settings or {})
    told: dict[str, dict[str, str]] = {"sessions": {}, "records": {}}
    if staged:
        told = json.loads((models / "told.json").read_text())
    port = int(urlsplit(env.get("DAWRA_BASE_URL", "")).port or free_port())
    command = [sys.executable, "-m", "dawra.site.cli", "serve", "--port", str(port)] + (
        ["--web-only"] if web_only else []
    )
    log = (home / "serve.log").open("wb")
    process = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT)
    house = House(home, port, process, told["sessions"], told["records"])
    began = time.monotonic()
    while time.monotonic() - began < START_SECONDS:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{house.url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return house
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    house.stop()
    raise RuntimeError("the server did not start:\n" + (home / "serve.log").read_text()[-4000:])
