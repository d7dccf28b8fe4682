"""A real house for browser tests: its own home, `dawra serve` in a process, the cast inside."""

import json
import os
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


def open_house(
    home: Path, *, staged: bool = True, web_only: bool = False, settings: dict[str, str] | None = None
) -> House:
    """Prepare a home (with the cast and a few records if staged) and start the server there, with these settings."""
    home.mkdir(parents=True, exist_ok=True)
    env = environment(home) | (settings or {})
    told: dict[str, dict[str, str]] = {"sessions": {}, "records": {}}
    if staged:
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.stage"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-4000:])
        told = json.loads(done.stdout.splitlines()[-1])
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
