"""What has been kept, what may go, and when the next is due."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from dawra.site.operation import archive, rules


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup on disk. size in bytes; rows over all tables; problem is empty for a readable one."""

    name: str
    taken_at: datetime
    reason: str
    size: int
    rows: int
    files: int
    problem: str = ""


def kept() -> list[Kept]:
    """Every backup there is, newest first. Reads each one's first kilobytes only."""
    found = [_described(path) for path in Path(settings.BACKUPS).glob("*.tar")]
    return sorted(found, key=lambda one: (one.taken_at, one.name), reverse=True)


def newest() -> datetime | None:
    """When the newest readable backup was taken."""
    return next((one.taken_at for one in kept() if not one.problem), None)


def prune() -> list[str]:
    """Remove what the rule no longer keeps; returns the names."""
    readable = [(one.name, one.taken_at, one.reason) for one in kept() if not one.problem]
    names = rules.backups_to_drop(readable, settings.BACKUPS_KEPT)
    for name in names:
        (Path(settings.BACKUPS) / name).unlink(missing_ok=True)
    return names


def nightly_is_due(now: datetime) -> bool:
    made = [one.taken_at for one in kept() if not one.problem and one.reason in ("nightly", "manual")]
    return rules.backup_due(now, max(made, default=None), settings.BACKUP_HOUR, zone())


def zone() -> str:
    """The company's time zone; UTC before there is a company."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT time_zone FROM team_workspace")
        row = cursor.fetchone()
    return str(row[0]) if row else "UTC"


def _described(path: Path) -> Kept:
    size = path.stat().st_size
    try:
        said = archive.read_manifest(path)
    except (archive.BadBackup, OSError) as failure:
        return Kept(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC), "", size, 0, 0, str(failure))
    files = sum(name.startswith("files/") for name in said.parts)
    return Kept(path.name, datetime.fromisoformat(said.taken_at), said.reason, size, sum(said.rows.values()), files)
