"""dawra import, dawra sample."""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import typer

from dawra.site.cli.server import administrator, need_tables, open_server
from dawra.site.cli.speaking import JSON_OPTION, PROBLEM, REFUSED, USAGE, bar, say, stop, tell

sample = typer.Typer(help="Add or remove the sample company.", no_args_is_help=True)

MANY = {"company": "companies", "person": "people", "deal": "deals", "activity": "activities", "member": "members"}
SIGNER = typer.Option("", "--as", help="The administrator who signs; else the first one.")


def import_files(
    paths: list[Path] = typer.Argument(..., exists=True, readable=True, help="CSV files, or folders of them."),
    what: str = typer.Option("", "--what", help="Code of the format, if the headers do not tell it."),
    rate: list[str] = typer.Option([], "--rate", help="USD=3.75: what one unit is worth in your currency."),
    signer: str = SIGNER,
    as_json: bool = JSON_OPTION,
) -> None:
    """Import people, companies, products and deals from another program's files.

    Again after a crash, it goes on where it stopped; again after the end, it changes nothing.
    Exit code 1 if rows were rejected; each is reported with its line and the reason.

    [bold]Examples[/]

      dawra import export/

      dawra import accounts.csv sales_pipeline.csv --rate USD=3.75 --json > report.json
    """
    open_server()
    need_tables()
    from dawra.access.errors import Answer
    from dawra.customers.importing import cli_entry

    rates = dict(_rate(text) for text in rate)
    try:
        with bar("Importing", show=not as_json) as begin:
            watch = _Watch(begin)
            report = cli_entry.run(administrator(signer), paths, progress=watch, rates=rates, what=what)
    except Answer as wrong:
        stop(REFUSED if wrong.status in (403, 409) else USAGE, str(wrong))

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

    totals = {"rows": report.rows, "accepted": report.accepted, "rejected": report.rejected}
    tell(asdict(report) | totals, as_json, text)
    if report.rejected or report.state != "done":
        raise typer.Exit(PROBLEM)


@sample.command("add")
def add(
    seed: int = typer.Option(20, "--seed", min=0, help="The same number gives the same company."),
    signer: str = SIGNER,
    as_json: bool = JSON_OPTION,
) -> None:
    """Add the sample company: two years of believable selling, in two languages.

    [bold]Example[/]

      dawra sample add
    """
    _sample("Adding the sample", signer, as_json, lambda module, actor, step: module.add(actor, step, seed=seed))


@sample.command("remove")
def remove(signer: str = SIGNER, as_json: bool = JSON_OPTION) -> None:
    """Remove the sample company; your own records stay.

    [bold]Example[/]

      dawra sample remove
    """
    _sample("Removing the sample", signer, as_json, lambda module, actor, step: module.remove(actor, step))


def _sample(label: str, signer: str, as_json: bool, work: Callable[[Any, Any, Any], Any]) -> None:
    open_server()
    need_tables()
    from dawra.access.errors import Answer
    from dawra.site import sample as module

    try:
        with bar(label, show=not as_json) as begin:
            report = work(module, administrator(signer), _Steps(begin))
    except NotImplementedError:
        stop(PROBLEM, "this version of Dawra has no sample company yet.")
    except Answer as wrong:
        stop(REFUSED, str(wrong))

    def text() -> None:
        counts = ", ".join(f"{count:,} {MANY.get(what, what)}" for what, count in report.counts.items())
        say(f"{counts} in {report.seconds:.0f} s")
        if report.kept:
            say(
                "Kept, because your own records need them: "
                + ", ".join(f"{n:,} {what}" for what, n in report.kept.items())
            )

    tell(asdict(report), as_json, text)


def _rate(text: str) -> tuple[str, Decimal]:
    code, _equals, value = text.partition("=")
    try:
        return code.strip().upper(), Decimal(value)
    except InvalidOperation:
        stop(USAGE, f"--rate {text!r} is not understood", do="Write it as USD=3.75.")


class _Watch:
    """Draws an import's progress: one bar, begun anew for each file."""

    def __init__(self, begin: Callable[[int], Callable[[int], None]]) -> None:
        self.begin, self.file, self.done = begin, "", 0
        self.advance: Callable[[int], None] = lambda _done: None

    def __call__(self, progress: Any) -> None:
        if progress.file != self.file:
            self.file, self.done, self.advance = progress.file, 0, self.begin(progress.total or 0)
        self.advance(progress.done - self.done)
        self.done = progress.done


class _Steps:
    """The same for the sample: (what is being made, done, total)."""

    def __init__(self, begin: Callable[[int], Callable[[int], None]]) -> None:
        self.begin, self.what, self.done = begin, "", 0
        self.advance: Callable[[int], None] = lambda _done: None

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self.what:
            self.what, self.done, self.advance = what, 0, self.begin(total)
        self.advance(done - self.done)
        self.done = done
