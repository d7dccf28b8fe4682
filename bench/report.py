"""The measurements as a table a person reads."""

import os
import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.cases import CASES, FIRST_CARD_SECONDS, FIRST_LOAD_KB, FIRST_LOAD_REQUESTS, IDLE_MB

HEAD = "| what | goal | " + "{} | verdict |"


def page(found: Mapping[str, Mapping[str, Any]], load: tuple[float, float, float], quick: bool) -> str:
    """found: database name → what measure.py printed, both companies together."""
    size = "10,000 people, 2,000 companies, 10,000 deals (a quick look, not the goals' size)" if quick else (
        "100,000 people, 20,000 companies, 100,000 deals, 10,000 of them open"
    )  # fmt: skip
    lines = [
        "# What the house costs",
        "",
        "`make bench` measures it again: a generated company, the real server, a client on loopback, five runs, medians.",
        "CPU is that of the server's processes and the database's together, from `/proc`, for one request.",
        "",
        f"- Company: {size}; the board is also measured on one whose deals are all open.",
        f"- Measured: {date.today().isoformat()} on {os.cpu_count()} cores, {_memory()}, {_processor()}, {_system()}; load {load[0]:.1f} before the first run.",
    ]
    for name, one in found.items():
        versions = one["versions"]
        lines.append(
            f"- {name}: {versions['database']}, Python {versions['python']}, Django {versions['django']}, granian {versions['granian']}."
        )
    for name, one in found.items():
        lines += [
            "",
            f"## {name}",
            "",
            "| what | goal | CPU ms (server + database) | p50 ms | queries | KB sent (gzip -6) | verdict |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_row(case, one["rows"].get(case.code, {"missing": "not measured"})) for case in CASES]
        lines += _around(one["others"])
    return "\n".join(lines) + "\n"


def _row(case: Any, row: Mapping[str, Any]) -> str:
    goal = (
        f"≤ {case.cpu_ms:g} ms"
        + (f", ≤ {case.queries} queries" if case.queries else "")
        + (f", ≤ {case.kilobytes} KB" if case.kilobytes else "")
    )
    if "missing" in row or "cpu_ms" not in row:
        return f"| {case.what} | {goal} | – | – | – | – | {row.get('missing', 'not measured')} |"
    met = (
        row["cpu_ms"] <= case.cpu_ms
        and (case.queries is None or row["queries"] <= case.queries)
        and (case.kilobytes is None or row["sent_kb"] <= case.kilobytes)
    )
    cpu = f"**{row['cpu_ms']:.1f}** ({row['app_ms']:.1f} + {row['database_ms']:.1f})"
    return (
        f"| {case.what} | {goal} | {cpu} | {row['p50_ms']:.1f} | {row['queries']} | {row['sent_kb']:.0f} ({row['gzip_kb']:.0f}) |"
        f" {'met' if met else '**missed**'} |"
    )


def _around(others: Mapping[str, Any]) -> list[str]:
    lines = ["", "| what | goal | measured | verdict |", "|---|---|---|---|"]
    load = others.get("first_load")
    if load:
        met = (
            load["seconds"] <= FIRST_CARD_SECONDS
            and load["kilobytes"] <= FIRST_LOAD_KB
            and load["requests"] <= FIRST_LOAD_REQUESTS
        )
        goal = f"≤ {FIRST_CARD_SECONDS} s, ≤ {FIRST_LOAD_KB} KB, ≤ {FIRST_LOAD_REQUESTS} requests"
        said = f"{load['seconds']:.2f} s, {load['kilobytes']:.0f} KB, {load['requests']} requests"
        lines.append(
            f"| first load of the board, cold cache, first card visible | {goal} | {said} | {'met' if met else '**missed**'} |"
        )
    if "idle_mb" in others:
        met = others["idle_mb"] <= IDLE_MB
        lines.append(
            f"| idle memory, web and worker together (PSS) | ≤ {IDLE_MB} MB | {others['idle_mb']:.0f} MB | {'met' if met else '**missed**'} |"
        )
    return lines


def _memory() -> str:
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    return f"{kilobytes / 2**20:.0f} GB"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
