"""Decisions of operation on plain values: what is unsafe, what is due, what may be dropped."""

import ipaddress
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

LEAST_FREE_SHARE = 0.05  # of the disk
OLDEST_BACKUP = timedelta(hours=25)
SHORTEST_KEY = 32  # characters
SHARED_FILESYSTEMS = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "fuse.s3fs",
    "fuse.rclone",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.glusterfs",
)


def is_loopback(host: str) -> bool:
    """Only this machine reaches a server that listens there."""
    if host in ("localhost", ""):
        return host == "localhost"
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def is_weak_key(key: str) -> bool:
    return (
        len(key) < SHORTEST_KEY
        or len(set(key)) < 8
        or key.startswith(("django-insecure", "change", "secret", "example"))
    )


def has_wal_reset_bug(version: Sequence[int]) -> bool:
    """SQLite 3.7.0 to 3.51.2 but for the patched 3.44.6 and 3.50.7 (and later patches of those two)."""
    three = tuple(version[:3])
    patched = (three[:2] == (3, 44) and three >= (3, 44, 6)) or (three[:2] == (3, 50) and three >= (3, 50, 7))
    return (3, 7, 0) <= three < (3, 51, 3) and not patched


def filesystem_of(place: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The filesystem of the longest mount point above a path; "" if unknown."""
    above = {str(place), *(str(parent) for parent in place.parents)}
    found = max(
        ((point, kind) for point, kind in mounts if point in above), key=lambda mount: len(mount[0]), default=("", "")
    )
    return found[1]


def is_shared_filesystem(kind: str) -> bool:
    return kind in SHARED_FILESYSTEMS


def backup_due(now: datetime, newest: datetime | None, hour: int | None, zone: str) -> bool:
    """The nightly hour in the company's zone has passed since the newest backup; a first one is due at once."""
    if hour is None:
        return False
    if newest is None:
        return True
    local = now.astimezone(ZoneInfo(zone))
    last = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)  # an hour that comes twice counts once
    if last > local:
        last -= timedelta(days=1)
    return newest < last


def backups_to_drop(taken: Iterable[tuple[str, datetime, str]], keep: int) -> list[str]:
    """Which of (name, taken at, reason) may go: of those made by the house, all but the newest of
    each of `keep` days, for each reason.

    What a person made stays until a person removes it.
    """
    days: dict[str, set[str]] = {}
    drop: list[str] = []
    for name, at, reason in sorted(taken, key=lambda row: row[1], reverse=True):
        if reason == "manual":
            continue
        seen, day = days.setdefault(reason, set()), f"{at:%Y-%m-%d}"
        if day in seen or len(seen) >= keep:
            drop.append(name)
        seen.add(day)
    return drop


def day_after(weekend: Sequence[int]) -> int:
    """The first working day after the weekend: ISO weekdays, Monday (1) if there is no weekend."""
    return next((day for day in range(1, 8) if day not in weekend and (day - 2) % 7 + 1 in weekend), 1)
