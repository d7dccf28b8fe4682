"""dawra init, dawra user."""

import typer

user = typer.Typer(help="Members: list, invite, deactivate, let set a new password.", no_args_is_help=True)


def init() -> None:
    """Set up."""


@user.command("list")
def listing() -> None:
    """List."""
