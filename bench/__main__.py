"""python -m bench [--db sqlite|postgres|both] [--quick]: measures the house and writes docs/figures/bench.md."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import report
from bench.postgres import NoPostgres, cluster

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "figures" / "bench.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the size: a look in a few minutes, written nowhere"
    )
    parser.add_argument("--keep", type=Path, help="folder in which SQLite's companies stay, to be used again")
    args = parser.parse_args()
    load, found = os.getloadavg(), {}
    if args.db in ("sqlite", "both"):
        found["SQLite"] = on_sqlite(args.quick, args.keep)
    if args.db in ("postgres", "both"):
        try:
            found["PostgreSQL"] = on_postgres(args.quick)
        except NoPostgres as missing:
            print(missing, file=sys.stderr)
    page = report.page(found, load, args.quick)
    print(page)
    if not args.quick and args.db == "both":
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")
        print(f"written to {PAGE.relative_to(ROOT)}", file=sys.stderr)


def on_sqlite(quick: bool, keep: Path | None = None) -> dict[str, Any]:
    return _both(quick, lambda _name: ("", 0), keep)


def on_postgres(quick: bool) -> dict[str, Any]:
    with cluster(_free_port()) as ours:

        def database(name: str) -> tuple[str, int]:
            ours.create(name)
            return ours.url_of(name), ours.pid

        return _both(quick, database)


def _both(quick: bool, database: Any, keep: Path | None = None) -> dict[str, Any]:
    """The ordinary company, then the one whose deals are all open."""
    size = "QUICK" if quick else "FULL"
    ordinary = _measure(size, keep, *database("ordinary"))
    busy = _measure(f"{size}_OPEN", keep, *database("all_open"), "--all-open")
    return ordinary | {"rows": ordinary["rows"] | busy["rows"]}


def _measure(size: str, keep: Path | None, url: str, pid: int, *more: str) -> dict[str, Any]:
    home = keep.resolve() / size if keep else Path(tempfile.mkdtemp(prefix="dawra-bench-"))
    print(f"{'PostgreSQL' if url else 'SQLite'}, {size}", file=sys.stderr, flush=True)
    environment = os.environ | {
        "DAWRA_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "dawra.site.settings",
    }
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.measure", "--size", size, "--port", str(_free_port()), "--database-pid", str(pid), *more],
            check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT,
        )  # fmt: skip
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result
    finally:
        if keep is None:
            shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
