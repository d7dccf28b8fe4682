"""What processes have used, from /proc: CPU of a tree, and memory counted once (PSS)."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _stat(int(entry.name))
            if stat:
                children.setdefault(int(stat[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """User and system time of a tree, of threads and of children that have ended.

    schedstat counts nanoseconds where the kernel keeps it; the ticks of stat would be too coarse for single requests.
    """
    total = 0.0
    for pid in tree(root):
        stat = _stat(pid)
        if stat:
            total += (int(stat[13]) + int(stat[14])) / TICK  # cutime, cstime: children that are gone
            total += _own_seconds(pid, stat)
    return total


def _own_seconds(pid: int, stat: list[str]) -> float:
    nanoseconds = 0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return (int(stat[11]) + int(stat[12])) / TICK
    return nanoseconds / 1e9


def _stat(pid: int) -> list[str]:
    """Fields of /proc/pid/stat from the state on; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def pss_mb(root: int) -> float:
    """Memory of a tree with shared pages counted once, in MB."""
    kilobytes = 0
    for pid in tree(root):
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        except OSError:
            continue
    return kilobytes / 1024
