"""dawra import, dawra sample."""

from pathlib import Path

import typer

from dawra.site.cli.server import need_tables, open_server
from dawra.site.cli.speaking import JSON_OPTION, PROBLEM, stop

sample = typer.Typer(help="Add or remove the sample company.", no_args_is_help=True)


def import_files(
    paths: list[Path] = typer.Argument(..., exists=True, readable=True, help="Files or folders of CSV."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Report what would happen; write nothing."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Import people, companies, products and deals from another program's files.

    Exit code 1 if rows were rejected; each is reported with its line and reason.

    [bold]Examples[/]

      dawra import export/

      dawra import accounts.csv sales_pipeline.csv --json > report.json
    """
    open_server()
    need_tables()
    try:
        from dawra.customers.importing import cli_entry  # type: ignore[import-not-found]
    except ImportError:
        stop(PROBLEM, "this version of Dawra cannot import yet.")
    raise typer.Exit(cli_entry(paths, dry_run=dry_run, as_json=as_json))


@sample.command("add")
def add(
    seed: int = typer.Option(1, "--seed", min=0, help="The same number gives the same company."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Add the sample company: two years of believable history, in two languages.

    [bold]Example[/]

      dawra sample add
    """
    open_server()
    need_tables()
    try:
        from dawra.site.sample import cli_add  # type: ignore[import-not-found]
    except ImportError:
        stop(PROBLEM, "this version of Dawra has no sample company yet.")
    raise typer.Exit(cli_add(seed=seed, as_json=as_json))


@sample.command("remove")
def remove(as_json: bool = JSON_OPTION) -> None:
    """Remove the sample company; your own records stay.

    [bold]Example[/]

      dawra sample remove
    """
    open_server()
    need_tables()
    try:
        from dawra.site.sample import cli_remove  # type: ignore[import-not-found]
    except ImportError:
        stop(PROBLEM, "this version of Dawra has no sample company yet.")
    raise typer.Exit(cli_remove(as_json=as_json))
