"""What `dawra import` understands and says."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from dawra.site.cli.speaking import PROBLEM, USAGE, say, stop, tell


class Policy(StrEnum):
    both = "both"
    create = "create"
    update = "update"


class OnMatch(StrEnum):
    usual = "usual"
    fill = "fill"
    overwrite = "overwrite"
    skip = "skip"


def mapped(text: str) -> tuple[str, str]:
    header, equals, filled = text.rpartition("=")
    if not equals or not header.strip():
        stop(USAGE, f"--map {text!r} is not understood", do="Write it as --map 'Header=field'.")
    return header.strip(), filled.strip()


def plans(path: Path | None, files: Sequence[Path]) -> dict[str, Any]:
    """File name → plan: as --save-plan wrote it, or one plan alone where there is one file."""
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as wrong:
        stop(USAGE, f"{path} is not a plan: {wrong}")
    if not isinstance(read, dict):
        stop(USAGE, f"{path} is not a plan", do="Begin with one that --save-plan wrote.")
    if "columns" in read and len(files) == 1:
        return {files[0].name: read}
    return {str(name): plan for name, plan in read.items() if isinstance(plan, dict)}


def save(path: Path, found: dict[str, Any], as_json: bool) -> None:
    path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def text() -> None:
        for name, plan in found.items():
            say(f"{name}: {plan['system']}, {plan['part']}")
            for one in plan["columns"]:
                asks = f"  (asks: {', '.join(one['open'])})" if one["open"] else ""
                say(f"    {one['header'] or one['index']} -> {one['field'] or 'not imported'}{asks}")
        say(f"Written to {path}. Correct it there, and give it with --plan.")

    tell({"plan": found, "path": str(path)}, as_json, text)


def would(run: Any, as_json: bool) -> None:
    """A dry run, with the first rejected rows and the first changes."""

    def text() -> None:
        for file in run.files:
            say(f"{file.name}: {file.rows:,} rows, {file.created:,} would be added, {file.updated:,} changed,")
            say(f"    {file.unchanged:,} unchanged, {file.rejected:,} rejected. Nothing was written.")
            for one in file.examples.get("rejected", ()):
                say(f"  line {one.line}{f', {one.column}' if one.column else ''}: {one.reason}")
            for one in file.examples.get("updated", ()):
                changes = "; ".join(f"{name}: {was!s} -> {now!s}" for name, (was, now) in one.changes.items())
                say(f"  line {one.line}, {one.label}: {changes}")
        for name, column, question in run.open:
            say(f"  {name}, {column}: not answered: {question} (--save-plan, then --plan)")
        if run.problem:
            say(run.problem)

    tell(asdict(run), as_json, text)
    if run.rejected or run.state != "done":
        raise typer.Exit(PROBLEM)


def undone(result: Any, as_json: bool) -> None:
    undo, left = result

    def text() -> None:
        say(f"{undo.undone:,} rows taken back, {undo.left:,} left as they are")
        for file, line, why in left:
            say(f"  {file}, line {line}: {why}")
        if undo.edited:
            say("Records that somebody has edited since were kept; --edited takes them back too.")

    rows = [{"file": file, "line": line, "why": why} for file, line, why in left]
    tell(asdict(undo) | {"undone": undo.undone, "left": undo.left, "left_rows": rows}, as_json, text)
    if undo.left:
        raise typer.Exit(PROBLEM)


def report(report: Any, as_json: bool) -> None:
    def text() -> None:
        for file in report.files:
            say(
                f"{file.name} ({file.what}): {file.rows:,} rows = {file.accepted:,} accepted + {file.rejected:,} rejected"
            )
            say(f"    {file.created:,} new, {file.updated:,} updated, {file.unchanged:,} unchanged")
            for note in file.notes:
                say(f"    {note.count:,} × {note.text}")
        for row in report.rejected_rows:
            say(f"  {row.file}, line {row.line}{f', {row.column}' if row.column else ''}: {row.reason}")
        say(f"{report.recognised}: {report.state} in {report.seconds:.1f} s{' (resumed)' if report.resumed else ''}")
        say(f"To take it back within 30 days: dawra import --undo {report.import_id}")

    totals = {"rows": report.rows, "accepted": report.accepted, "rejected": report.rejected}
    tell(asdict(report) | totals, as_json, text)
    if report.rejected or report.state != "done":
        raise typer.Exit(PROBLEM)
