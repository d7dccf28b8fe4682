"""All commands in one place, in the order people need them."""

import os
import sys
from importlib.metadata import PackageNotFoundError, version

import typer

from dawra.site.cli import keeping, loading, people, serving, showing

EPILOG = "Exit codes: 0 all well · 1 a problem was found · 2 used wrongly · 3 refused as unsafe.  دورة: دورة حياة المبيعات كاملة."

app = typer.Typer(
    help="Dawra: the whole life of a customer, self-hosted.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"dawra {version('dawra')}")
        except PackageNotFoundError:
            typer.echo("dawra (not installed)")
        raise typer.Exit


@app.callback()
def before(
    home: str = typer.Option("", "--home", help="Folder of all data, instead of DAWRA_HOME.", metavar="FOLDER"),
    _version: bool = typer.Option(False, "--version", help="Print the version.", callback=show_version, is_eager=True),
) -> None:
    if home:
        os.environ["DAWRA_HOME"] = home


app.command("init")(people.init)
app.command("serve")(serving.serve)
app.command("work")(serving.work)
app.command("import")(loading.import_files)
app.add_typer(loading.sample, name="sample")
app.add_typer(people.user, name="user")
app.command("backup")(keeping.backup)
app.command("export")(keeping.export)
app.command("restore")(keeping.restore)
app.command("verify")(keeping.verify)
app.command("doctor")(keeping.doctor)
app.command("map")(showing.listening)


def main() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # Arabic on a terminal that cannot show it
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os._exit(0)
