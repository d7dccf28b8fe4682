"""dawra backup, export, restore, verify, doctor."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from dawra.site.cli.server import administrator, need_tables, open_server
from dawra.site.cli.speaking import JSON_OPTION, PROBLEM, REFUSED, bar, out, say, stop, tell

REASONS = ("manual", "nightly", "before-upgrade", "before-restore")


def backup(
    as_json: bool = JSON_OPTION,
    listed: bool = typer.Option(False, "--list", help="Only list what has been kept."),
    reason: str = typer.Option("manual", "--reason", hidden=True),
) -> None:
    """Back up database, files and key into one checked file, while people work.

    Nightly backups are made by the worker and kept for 14 days (DAWRA_BACKUP_HOUR, DAWRA_BACKUPS_KEPT).
    What you make by hand stays until you remove it.

    [bold]Examples[/]

      dawra backup

      dawra backup --list --json
    """
    open_server()
    from dawra.site.operation import backup as backups

    if listed:
        found = backups.kept()
        tell(
            [asdict(one) for one in found],
            as_json,
            lambda: say("\n".join(map(_line, found)) or "Nothing has been kept yet."),
        )
        return
    if reason not in REASONS:
        stop(2, f"a backup is taken for one of: {', '.join(REASONS)}")
    need_tables()
    try:
        with bar("Backing up", show=not as_json, in_bytes=True) as begin:
            path = backups.take(reason, begin=begin)
    except backups.AlreadyRunning as busy:
        stop(REFUSED, str(busy))
    except (OSError, backups.BadBackup) as failure:
        stop(PROBLEM, f"nothing was backed up: {failure}", do="Free space on the disk, then try again.")
    size = path.stat().st_size
    tell({"file": str(path), "size": size}, as_json, lambda: say(f"{path} ({size / 2**20:.1f} MiB)"))


def export(
    file: Path | None = typer.Argument(None, dir_okay=False, help="Where to; else a new file in the data folder."),
    signer: str = typer.Option("", "--as", help="Address of the member who signs; else the first administrator."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Take everything out: one JSON Lines file per table, the attached files, checksums, and notes on the schema.

    Other programs can read it; `dawra restore` puts it into an empty installation, on SQLite or PostgreSQL alike.

    [bold]Examples[/]

      dawra export

      dawra export /mnt/usb/everything.tar
    """
    open_server()
    need_tables()
    from dawra.access.errors import Refused
    from dawra.site.operation import backup as backups
    from dawra.site.operation.backup import open_archive

    if file is not None and file.exists():
        stop(REFUSED, f"{file} is already there.", do="Name another file, or remove it first.")
    try:
        with bar("Exporting", show=not as_json, in_bytes=True) as begin:
            path = open_archive.take_open(_signer(signer), target=file, begin=begin)
    except (backups.AlreadyRunning, Refused) as refusal:
        stop(REFUSED, str(refusal))
    except (OSError, backups.BadBackup) as failure:
        stop(PROBLEM, f"nothing was exported: {failure}", do="Free space on the disk, then try again.")
    size = path.stat().st_size
    tell({"file": str(path), "size": size}, as_json, lambda: say(f"{path} ({size / 2**20:.1f} MiB)"))


def _signer(email: str) -> Any:
    """Whoever is named, if allowed to; else an administrator."""
    return administrator(email, role="" if email else "administrator")


def restore(
    file: Path = typer.Argument(
        ..., exists=True, dir_okay=False, readable=True, help="A .tar made by `dawra backup` or `dawra export`."
    ),
    force: bool = typer.Option(False, "--force", help="Replace what is here, after backing it up."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Put a backup in place: on an empty machine, or with --force over an installation.

    Every checksum is compared before anything changes. Stop Dawra first.

    [bold]Examples[/]

      dawra restore dawra-20260101T020000Z-nightly.tar

      dawra --home /srv/dawra restore --force backup.tar
    """
    open_server()
    from dawra.site.operation import backup as backups
    from dawra.site.operation import running

    lock = running.alone()
    if lock is None:
        stop(REFUSED, "Dawra is running here.", do="Stop it first.")
    try:
        with bar("Restoring", show=not as_json, in_bytes=True) as begin:
            done = backups.restore(file, force=force, begin=begin)
    except backups.NotEmpty as full:
        stop(REFUSED, f"{full}.", do="Restore into an empty folder (--home), or replace what is here with --force.")
    except (backups.BadBackup, OSError) as failure:
        stop(PROBLEM, str(failure))
    finally:
        lock.close()
    rows = sum(done.manifest.rows.values())
    report = {"taken_at": done.manifest.taken_at, "rows": rows, "parts": len(done.manifest.parts), "saved": done.saved}

    def text() -> None:
        if done.saved:
            say(f"What was here is kept in {done.saved}")
        say(
            f"Restored {rows:,} rows as of {done.manifest.taken_at}. Check with `dawra verify`, start with `dawra serve`."
        )

    tell(report, as_json, text)


def verify(
    as_json: bool = JSON_OPTION,
    file: Path | None = typer.Option(
        None, "--backup", exists=True, dir_okay=False, help="Check a backup file instead; needs no server."
    ),
) -> None:
    """Check that the data hold together: journal complete, stage visits without gap, files there, and more.

    Reads only. Exit code 1 if anything does not hold.

    [bold]Examples[/]

      dawra verify

      dawra verify --json | jq '.[] | select(.count > 0)'

      dawra verify --backup backup.tar
    """
    if file is not None:
        _verify_backup(file, as_json)
        return
    open_server()
    need_tables()
    from dawra.site.operation import verify as verifying

    with bar("Verifying", show=not as_json) as begin:
        advance = begin(verifying.how_many())
        verdicts = verifying.verify(lambda _verdict: advance(1))
    broken = [verdict for verdict in verdicts if not verdict.holds]

    def text() -> None:
        for verdict in broken:
            out.print(f"[red]✗[/] {escape(verdict.sentence)} ({verdict.count:,} do not: {verdict.id})")
            for example in verdict.examples:
                say(f"    {example}")
        say(f"{sum(v.holds and not v.skipped for v in verdicts)} hold, {len(broken)} do not.")

    tell([asdict(verdict) for verdict in verdicts], as_json, text)
    if broken:
        raise typer.Exit(PROBLEM)


def _verify_backup(file: Path, as_json: bool) -> None:
    from dawra.site.operation import archive

    try:
        manifest = archive.read_manifest(file)
        with bar("Checking", show=not as_json, in_bytes=True) as begin:
            archive.check(file, begin(manifest.size))
    except (archive.BadBackup, OSError) as failure:
        stop(PROBLEM, str(failure))
    rows = sum(manifest.rows.values())
    report = {"taken_at": manifest.taken_at, "rows": rows, "parts": len(manifest.parts), "size": manifest.size}
    tell(report, as_json, lambda: say(f"{file.name} is whole: {rows:,} rows as of {manifest.taken_at}."))


def doctor(as_json: bool = JSON_OPTION) -> None:
    """Look for what is unsafe or not running, and say what to do.

    Exit code 0 if there is nothing to do, 1 for warnings, 3 if Dawra would refuse to start.

    [bold]Examples[/]

      dawra doctor

      dawra doctor --json
    """
    open_server()
    from django.conf import settings
    from django.utils import timezone

    from dawra.site.operation import checks

    settings.DAWRA_HOME.mkdir(parents=True, exist_ok=True, mode=0o750)
    findings = checks.health(checks.Where("", timezone.now()))
    weights = {finding.weight for finding in findings}
    marks = {"note": "[blue]i[/]", "warning": "[yellow]![/]", "refusal": "[red]✗[/]"}

    def text() -> None:
        for finding in findings:
            out.print(f"{marks[finding.weight]} [bold]{finding.check}[/]: {escape(finding.says)}")
            say(f"    {finding.do}")
        if not weights & {"warning", "refusal"}:
            out.print("[green]✓[/] All is well.")

    tell([asdict(finding) for finding in findings], as_json, text)
    if weights & {"warning", "refusal"}:
        raise typer.Exit(REFUSED if "refusal" in weights else PROBLEM)


def _line(one: Any) -> str:
    taken: datetime = one.taken_at
    what = one.problem or f"{one.rows:,} rows, {one.files:,} files"
    return f"{taken:%Y-%m-%d %H:%M} UTC  {one.reason:<14} {one.size / 2**20:9.1f} MiB  {one.name}  {what}"
