"""dawra import, dawra sample."""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from dawra.site.cli.importing import OnMatch, Policy
from dawra.site.cli.importing import mapped as _mapped
from dawra.site.cli.importing import plans as _plans
from dawra.site.cli.importing import report as _report
from dawra.site.cli.importing import save as _save
from dawra.site.cli.importing import undone as _undo
from dawra.site.cli.importing import would as _would
from dawra.site.cli.server import administrator, need_tables, open_server
from dawra.site.cli.speaking import JSON_OPTION, PROBLEM, REFUSED, USAGE, bar, say, stop, tell

sample = typer.Typer(help="Add or remove the sample company.", no_args_is_help=True)

MANY = {
    "lead": "leads",
    "company": "companies",
    "person": "people",
    "deal": "deals",
    "activity": "activities",
    "member": "members",
}
SIGNER = typer.Option("", "--as", help="The administrator who signs; else the first one.")


def import_files(
    paths: list[Path] = typer.Argument(None, exists=True, readable=True, help="CSV or XLSX files, or folders of them."),
    what: str = typer.Option("", "--what", help="Code of the format or part, if the headers do not tell it."),
    column: list[str] = typer.Option([], "--map", help="'Header=field': what a column fills; 'Header=' leaves it out."),
    plan: Path | None = typer.Option(
        None, "--plan", exists=True, dir_okay=False, help="JSON from --save-plan, corrected."
    ),
    save_plan: Path | None = typer.Option(None, "--save-plan", help="Write how the files would be read, and stop."),
    guess: bool = typer.Option(False, "--guess", help="Take columns too that only their values speak for."),
    policy: Policy = typer.Option(Policy.both, "--policy", help="Add new records, change those here, or both."),
    on_match: OnMatch = typer.Option(OnMatch.usual, "--on-match", help="What a match does to fields that are filled."),
    rate: list[str] = typer.Option([], "--rate", help="USD=3.75: what one unit is worth in your currency."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would happen; nothing is written."),
    undo: UUID | None = typer.Option(None, "--undo", help="Id of an import of the last 30 days, to take it back."),
    end: UUID | None = typer.Option(None, "--stop", help="Id of an import under way or at rest, to end it."),
    edited: bool = typer.Option(False, "--edited", help="With --undo: also what somebody has edited since."),
    signer: str = SIGNER,
    as_json: bool = JSON_OPTION,
) -> None:
    """Import people, companies, products, deals and activities from another program's files, or take an import back.

    Again after a crash, it goes on where it stopped; again after the end, it changes nothing.
    Exit code 1 if rows were rejected or left; each is reported with its line and the reason.

    [bold]Examples[/]

      dawra import export/

      dawra import people.csv --map "Mail=email" --map "Notes 2=" --dry-run

      dawra import people.csv --save-plan plan.json

      dawra import people.csv --plan plan.json --on-match fill

      dawra import --undo 01a209d0-ea5b-74ee-9d60-eb409015d899
    """
    open_server()
    need_tables()
    from dawra.access.errors import Answer
    from dawra.customers.importing import cli_entry

    if sum((undo is not None, end is not None, bool(paths))) != 1:
        stop(USAGE, "name files to import, or one import with --undo or --stop")
    try:
        if end is not None:
            state = cli_entry.end(administrator(signer), end)
            tell({"import_id": str(end), "state": state}, as_json, lambda: say(_ENDED[state]))
            return
        if undo is not None:
            _undo(cli_entry.undo(administrator(signer), undo, edited=edited), as_json)
            return
        told = cli_entry.Told(
            what=what, plans=_plans(plan, paths), columns=dict(_mapped(text) for text in column), guess=guess,
            rates=dict(_rate(text) for text in rate), policy="" if policy is Policy.both else policy.value,
            on_match="" if on_match is OnMatch.usual else on_match.value,
        )  # fmt: skip
        if save_plan is not None:
            _save(save_plan, cli_entry.plans(administrator(signer), paths, told=told), as_json)
        elif dry_run:
            _would(cli_entry.dry_run(administrator(signer), paths, told=told), as_json)
        else:
            with bar("Importing", show=not as_json) as begin:
                report = cli_entry.run(administrator(signer), paths, progress=_Watch(begin), told=told)
            _report(report, as_json)
    except Answer as wrong:
        stop(REFUSED if wrong.status in (403, 404, 409) else USAGE, str(wrong))


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


_ENDED = {
    "stopped": "Stopped; what is in stays in, and --undo takes it back.",
    "running": "It stops after the batch under way; what is in stays in, and --undo takes it back.",
    "thrown_away": "It had not begun; its files were thrown away.",
}


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
