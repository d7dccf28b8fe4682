"""Before the first request: tables brought up to date (after a backup), static files collected, once at a time."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 0x44617772  # "Dawr": the advisory lock of whoever prepares a PostgreSQL database

Say = Callable[[str], None]


def pending() -> list[str]:
    """Migrations not applied yet, as app.name, in their order."""
    executor = MigrationExecutor(connection)
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def prepare(say: Say) -> None:
    """Idempotent; safe when several processes on several machines start together."""
    settings.DAWRA_HOME.mkdir(parents=True, exist_ok=True, mode=0o750)
    for folder in (settings.MEDIA_ROOT, settings.BACKUPS):
        Path(folder).mkdir(exist_ok=True, mode=0o750)
    if pending():
        with alone():
            bring_up_to_date(say)
    collect(say)


def bring_up_to_date(say: Say) -> None:
    from dawra.site.operation import backup

    waiting = pending()
    if not waiting:
        return  # another process was faster
    if is_inhabited():
        say("Backing up before the tables change …")
        backup.take("before-upgrade")
        say(f"Applying {len(waiting)} changes to the tables …")
    else:
        say("Creating the tables …")
    call_command("migrate", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        Path(str(settings.DATABASES["default"]["NAME"])).chmod(0o600)


def is_inhabited() -> bool:
    """There is a company in the database, so there is something to lose."""
    tables = connection.introspection.table_names()
    if "team_workspace" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM team_workspace")
        return bool(cursor.fetchone()[0])


def collect(say: Say) -> None:
    """In a checkout, gather and compress the static files when one has changed; a wheel brings them along."""
    if settings.CHECKOUT is None or settings.WHITENOISE_USE_FINDERS:
        return
    made = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = Path(settings.PACKAGE).glob("*/static")
    newest = max((path.stat().st_mtime for source in sources for path in [source, *source.rglob("*")]), default=0.0)
    if made.exists() and made.stat().st_mtime > newest:
        return
    say("Collecting the static files …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=made.exists())


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else prepares this database meanwhile.

    On PostgreSQL the lock is that of a transaction on a connection of its own: a pooler such as PgBouncer hands a session's
    lock on to somebody else, who would hold it for ever; and it ends with the process, however that ends.
    """
    if connection.vendor == "postgresql":
        lock = connection.copy()
        lock.connect()
        lock.set_autocommit(False)
        try:
            with lock.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield
            lock.rollback()  # closing alone would free the lock only when the server notices
        finally:
            lock.close()
        return
    with (settings.DAWRA_HOME / ".preparing").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
