"""The command `dawra`. Nothing here imports Django before a command that needs the server runs."""

from dawra.site.cli.app import main

__all__ = ["main"]
