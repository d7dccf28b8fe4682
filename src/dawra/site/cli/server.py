"""The door from the command line to the server part, opened by commands that need it."""

import os
from importlib.util import find_spec
from typing import Any

from dawra.site.cli.speaking import PROBLEM, REFUSED, USAGE, stop

NEEDED = ("django", "allauth", "django_q", "granian", "whitenoise")


def open_server() -> None:
    """Load Django with Dawra's settings, or end with what is missing."""
    if any(find_spec(name) is None for name in NEEDED):
        stop(REFUSED, "this command needs the server part of Dawra.", do="pip install 'dawra[server]'")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")
    os.umask(0o077)  # data are nobody else's business, on a shared machine too
    from dawra.site.environment import BadSetting

    try:
        import django

        django.setup()
    except BadSetting as wrong:
        stop(USAGE, str(wrong), do="Every setting is described in docs/settings.md.")
    except OSError as failure:
        stop(
            PROBLEM, f"the data folder cannot be used: {failure}", do="Set DAWRA_HOME, or give the folder to this user."
        )


def need_tables() -> None:
    """End with a hint unless the database is there and up to date."""
    from django.db import DatabaseError

    from dawra.site.operation import preparing

    try:
        waiting = preparing.pending()
    except DatabaseError as failure:
        stop(PROBLEM, f"the database does not answer: {failure}")
    if waiting:
        preparing.prepare(lambda _text: None)


def administrator(email: str, *, but: str = "", role: str = "administrator") -> Any:
    """An administrator to sign for what only a member can do. role: "" for any member named by address."""
    from django.utils import timezone

    from dawra.team.actors import actor_for
    from dawra.team.models import Member

    rows = Member.objects.select_related("role", "team").filter(is_active=True)
    rows = rows.filter(role__code=role) if role else rows
    rows = rows.filter(email__iexact=email) if email else rows.exclude(email__iexact=but)
    member = rows.order_by("created_at", "id").first()
    if member is None:
        stop(REFUSED, "there is no such administrator.", do="`dawra user list` shows who there is; name one with --as.")
    return actor_for(member, timezone.now(), "cli")
