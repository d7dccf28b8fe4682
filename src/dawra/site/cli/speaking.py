"""How the command line speaks: colours and bars on a terminal, plain lines otherwise, JSON when asked, and exit codes.

Exit codes: 0 all well · 1 a problem was found, or the work failed · 2 the command was used wrongly
            3 refused: it would be unsafe, or would overwrite something
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PROBLEM, USAGE, REFUSED = 1, 2, 3

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

JSON_OPTION = typer.Option(False, "--json", help="Print one JSON document instead of text.")


def say(text: str) -> None:
    out.print(escape(text))


def tell(report: Any, as_json: bool, text: Callable[[], None]) -> None:
    """One report, in the form asked for."""
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        text()


def stop(code: int, text: str, *, do: str = "") -> NoReturn:
    """End with a sentence about what is wrong and, if there is one, what to do."""
    err.print(f"[bold red]dawra:[/] {escape(text)}")
    if do:
        err.print(f"       {escape(do)}")
    raise typer.Exit(code)


@contextmanager
def bar(label: str, *, show: bool = True, in_bytes: bool = False) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """A progress bar on a terminal, silence elsewhere. begin(total) gives advance(done)."""
    if not show or not sys.stderr.isatty():
        yield lambda _total: lambda _done: None
        return
    counted = DownloadColumn() if in_bytes else MofNCompleteColumn()
    with Progress(
        TextColumn(label), BarColumn(), counted, TimeRemainingColumn(), console=err, transient=True
    ) as progress:
        task = progress.add_task(label, total=None)

        def begin(total: int) -> Callable[[int], None]:
            progress.reset(task, total=total or None)
            return lambda done: progress.advance(task, done)

        yield begin
