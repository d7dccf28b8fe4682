"""Is this installation safe, and does it run? Start-up asks the first question, `dawra doctor` both.

Each check is a function that yields findings; a finding says what is wrong and what to do.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection

from dawra.site.operation import rules

Weight = Literal["note", "warning", "refusal"]


@dataclass(frozen=True, slots=True)
class Finding:
    """check: its name; weight: note (good to know), warning (works, but), refusal (start-up stops here)."""

    check: str
    weight: Weight
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Where:
    """host: the address the server listens on ("" when asked by doctor: then BASE_URL decides); now: aware."""

    host: str
    now: datetime

    @property
    def reachable(self) -> bool:
        """Others than this machine can reach the server."""
        return not rules.is_loopback(self.host or rules.host_of(settings.BASE_URL))


Check = Callable[[Where], Iterator[Finding]]


def safety(where: Where) -> list[Finding]:
    """What start-up must know before the first request."""
    return [finding for check in SAFETY for finding in check(where)]


def health(where: Where) -> list[Finding]:
    """Safety, and what only a running installation can show."""
    return [finding for check in (*SAFETY, *HEALTH) for finding in check(where)]


def secret_key(where: Where) -> Iterator[Finding]:
    if rules.is_weak_key(settings.SECRET_KEY):
        yield Finding(
            "secret key",
            "refusal" if where.reachable else "warning",
            "DAWRA_SECRET_KEY is short or a known example: whoever guesses it can sign in as anybody.",
            "Unset DAWRA_SECRET_KEY (a key is then made in DAWRA_HOME) or set 50 random characters.",
        )


def debug(where: Where) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "debug",
            "refusal" if where.reachable else "note",
            "DAWRA_DEBUG is on: error pages show code and settings.",
            "Unset DAWRA_DEBUG.",
        )


def plain_http(where: Where) -> Iterator[Finding]:
    if where.reachable and not settings.BEHIND_TLS:
        yield Finding(
            "encryption",
            "warning",
            "Passwords travel without encryption: the server is reachable from outside and DAWRA_BEHIND_TLS is off.",
            "Put a proxy with https in front, set DAWRA_BEHIND_TLS=yes and DAWRA_BASE_URL=https://…",
        )


def sqlite_version(_where: Where) -> Iterator[Finding]:
    if connection.vendor == "sqlite" and rules.has_wal_reset_bug(sqlite3.sqlite_version_info):
        yield Finding(
            "sqlite version",
            "warning",
            f"SQLite {sqlite3.sqlite_version} can, very rarely, lose a commit when two processes write (fixed in 3.51.3).",
            "Use the container image, a newer SQLite (3.51.3, or 3.44.6, 3.50.7), or PostgreSQL; keep backups.",
        )


def network_filesystem(_where: Where) -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    place = Path(str(settings.DATABASES["default"]["NAME"])).parent
    kind = rules.filesystem_of(place, mounts())
    if rules.is_shared_filesystem(kind):
        yield Finding(
            "filesystem",
            "refusal",
            f"The database lies on {kind}, a network filesystem: its locks do not protect SQLite and data would be lost.",
            "Set DAWRA_HOME to a folder on a local disk, or DATABASE_URL to a PostgreSQL database.",
        )


def home_permissions(_where: Where) -> Iterator[Finding]:
    home: Path = settings.DAWRA_HOME
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding("home", "refusal", f"{home} cannot be written to.", "Give the folder to the user who runs Dawra.")
        return
    if home.stat().st_mode & 0o022:
        yield Finding("home", "warning", f"Other users of this machine can write to {home}.", f"chmod 750 {home}")
    for name in ("secret.key", "dawra.db"):
        path = home / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield Finding("home", "warning", f"Other users of this machine can read {path}.", f"chmod 600 {path}")


def disk(_where: Where) -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.DAWRA_HOME)
    if usage.free < usage.total * rules.LEAST_FREE_SHARE:
        yield Finding(
            "disk",
            "warning",
            f"Only {usage.free / 2**30:.1f} GiB of {usage.total / 2**30:.0f} GiB are free under {settings.DAWRA_HOME}.",
            "Free space, or move old backups away: without space nothing can be saved.",
        )


def database(_where: Where) -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as failure:
        yield Finding(
            "database", "refusal", f"The database does not answer: {failure}", "Start it, or correct DATABASE_URL."
        )


def migrations(_where: Where) -> Iterator[Finding]:
    from dawra.site.operation import preparing

    try:
        waiting = preparing.pending()
    except DatabaseError:
        return  # the check of the database says why
    if waiting:
        yield Finding(
            "migrations",
            "warning",
            f"{len(waiting)} changes of the tables wait: {', '.join(waiting[:3])}…",
            "Start `dawra serve` or `dawra work`: they back up first, then apply them.",
        )


def backup_age(where: Where) -> Iterator[Finding]:
    from dawra.site.operation import backup

    if settings.BACKUP_HOUR is None:
        yield Finding(
            "backup",
            "note",
            "The nightly backup is switched off.",
            "Unset DAWRA_BACKUP_HOUR, or back up by other means.",
        )
        return
    newest = backup.newest()
    if newest is None and not preparing_done(where.now):
        return  # the first one is made within minutes of the first start
    if newest is None or where.now - newest > rules.OLDEST_BACKUP:
        age = "There is no backup." if newest is None else f"The newest backup is from {newest:%Y-%m-%d %H:%M} UTC."
        yield Finding("backup", "warning", age, "Run `dawra backup`, and see that a worker runs.")


def preparing_done(now: datetime) -> bool:
    """The installation is older than the time a first backup takes to appear."""
    key = settings.DAWRA_HOME / "secret.key"
    return not key.exists() or now.timestamp() - key.stat().st_mtime > timedelta(hours=25).total_seconds()


def worker_alive(where: Where) -> Iterator[Finding]:
    from dawra.journal import schedule

    try:
        since = schedule.silent_since(where.now)
    except DatabaseError:
        return
    if since:
        yield Finding(
            "worker",
            "warning",
            f"No worker has run since about {since:%Y-%m-%d %H:%M} UTC: nothing is delivered, reminded or backed up.",
            "Start `dawra serve` or `dawra work`.",
        )


def mail(_where: Where) -> Iterator[Finding]:
    if not settings.MAIL:
        yield Finding(
            "mail",
            "note",
            f"No mail server is named: invitations and password links are put into {settings.EMAIL_FILE_PATH}.",
            "Set DAWRA_MAIL_URL, for example smtp://user:secret@mail.example.com:587, and DAWRA_MAIL_FROM.",
        )


def clock(_where: Where) -> Iterator[Finding]:
    if time.time() < 1_735_689_600:  # 2025-01-01, before the first line of this program
        yield Finding(
            "clock", "refusal", "The machine's clock is years slow: entries would carry false dates.", "Set the clock."
        )


def mounts() -> list[tuple[str, str]]:
    """(mount point, filesystem) of every mount; empty where /proc is not there."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [
        (parts[1].replace("\\040", " "), parts[2]) for parts in (line.split(" ") for line in lines) if len(parts) > 2
    ]


SAFETY: tuple[Check, ...] = (
    clock,
    home_permissions,
    secret_key,
    debug,
    plain_http,
    network_filesystem,
    sqlite_version,
    disk,
    database,
)
HEALTH: tuple[Check, ...] = (migrations, worker_alive, backup_age, mail)
