"""Starts the small OpenID provider of tests/provider.py in a process of its own."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.house import free_port

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Identity:
    url: str

    def be(self, email: str, *, verified: bool | str = True, wrong: str = "") -> None:
        """Who it says is there from now on, and what is wrong with its id tokens."""
        said = json.dumps({"email": email, "verified": verified, "wrong": wrong}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/be", said), timeout=5).close()


@contextmanager
def provider() -> Iterator[Identity]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.provider", str(port)], cwd=ROOT)
    identity = Identity(f"http://127.0.0.1:{port}")
    try:
        for _try in range(200):
            try:
                identity.be("nobody@masar.example")
                break
            except OSError:
                time.sleep(0.05)
        yield identity
    finally:
        process.kill()
        process.wait()
