"""A private PostgreSQL for one measurement: its own cluster on a free loopback port, never as root, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "1GB",
    "work_mem": "32MB",
    "fsync": "on",
    "autovacuum": "off",  # the measurement vacuums itself, so that no run carries another's upkeep
    "max_connections": "40",
}


class NoPostgres(RuntimeError):
    """No PostgreSQL is installed."""


def programs() -> Path:
    """The newest installed version's folder. Raises NoPostgres."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        raise NoPostgres("PostgreSQL is not installed: apt install postgresql")
    return found[-1].parent


def _as_other(command: Sequence[str]) -> list[str]:
    """PostgreSQL refuses to run as root; the package's own user takes over then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


class Cluster:
    """folder: where it lives. port: where it listens."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def url_of(self, database: str) -> str:
        return f"postgresql://dawra@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", "dawra", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"
        )
        lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()] + [
            f"port = {self.port}",
            f"unix_socket_directories = '{self.folder}'",
        ]
        with (self.folder / "data" / "postgresql.conf").open("a") as out:
            out.write("\n".join(lines) + "\n")

    def start(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")

    def create(self, database: str) -> None:
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "dawra", database)

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            _as_other([str(programs() / program), *arguments]), check=True, capture_output=True, cwd="/", timeout=120
        )


@contextmanager
def cluster(port: int) -> Iterator[Cluster]:
    """A running server without databases of ours yet."""
    folder = Path(tempfile.mkdtemp(prefix="dawra-bench-pg-"))
    folder.chmod(0o755)
    ours = Cluster(folder, port)
    try:
        ours.make()
        ours.start()
        yield ours
    finally:
        ours.stop()
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)
