"""Uploaded files: under DAWRA_HOME/imports by a random name, bounded in size, gone after thirty days."""

import os
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Invalid
from dawra.customers.importing.arriving import guessed, put_plans
from dawra.customers.importing.opening import MARKS
from dawra.customers.importing.reading import Limits
from dawra.customers.importing.running import folder
from dawra.customers.importing.starting import MOST_FILES, Source, chosen, laid_out, look, set_up
from dawra.customers.importing.stopping import ended_while_resting
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import RUNNING, WAITING

LARGEST = 200 << 20
KEPT = timedelta(days=30)
STRAY = timedelta(days=1)
LIMITS = Limits(bytes=2 << 30)


def store(files: Sequence[Any]) -> list[Source]:
    """Write uploads down, each under a random name; the name it came with is only shown.

    Raises: Invalid (none, too many, too large, empty)
    """
    if not files:
        raise Invalid(_("Choose at least one file."), field="files")
    if len(files) > MOST_FILES:
        raise Invalid(
            _("These are %(count)s files; bring in at most %(most)s at once."), count=len(files), most=MOST_FILES
        )
    for file in files:
        if file.size > LARGEST:
            raise Invalid(
                _("“%(name)s” is larger than %(most)s MB. Pack it as .csv.gz, or use “dawra import”."),
                field="files", name=file.name[:80], most=LARGEST >> 20,
            )  # fmt: skip
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    stored: list[Source] = []
    for file in files:
        key = secrets.token_hex(24)
        path = folder() / key
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        stored.append(Source(path, Path(file.name.replace("\\", "/")).name[:200] or "file.csv", key))
    return _unpacked(stored)


def _unpacked(stored: list[Source]) -> list[Source]:
    """The zips among them as the tables inside; the zips themselves are thrown away."""
    try:
        sources = laid_out(stored, LIMITS)
    except Invalid:
        discard([source.key for source in stored])
        raise
    discard([source.key for source in stored if source not in sources])
    if len(sources) > MOST_FILES:
        discard([source.key for source in sources])
        raise Invalid(
            _("These are %(count)s files; bring in at most %(most)s at once."), count=len(sources), most=MOST_FILES
        )
    return sources


def take_in(
    actor: Actor, files: Sequence[Any], what: str = "", within: AbstractContextManager[list[UUID]] | None = None
) -> Import:
    """Uploads, recognised and set up as one waiting import; what does not belong is thrown away at once.

    what:   people or companies, if the columns should not decide
    within: what the rows are written in, and which takes the import's id (access.repeating.together)
    Raises: Refused, Invalid
    """
    stored = store(files)
    try:
        looked = guessed([look(source, LIMITS, what=what) for source in stored], what, LIMITS)
        format_, belong, others = chosen(looked)
        with within or nullcontext([]) as made:
            row = set_up(actor, format_=format_, belong=belong, others=others, options={})
            made.append(row.pk)
    except Answer:
        discard([source.key for source in stored])
        raise
    discard([one.source.key for one in others])
    put_plans(actor, row, LIMITS)
    return row


def discard(keys: Sequence[str]) -> None:
    for key in keys:
        if key:
            (folder() / key).unlink(missing_ok=True)
            (folder() / f"{key}{MARKS}").unlink(missing_ok=True)


def end_early(actor: Actor, import_: Import) -> bool:
    """End after the batch under way; one that rests ends now, with what is in and its entry; one that has not begun is
    thrown away. Whether it was thrown away.
    """
    if import_.state == WAITING:
        keys = list(import_.files.values_list("key", flat=True))
        import_.delete()
        discard(keys)
        return True
    if not ended_while_resting(actor, import_):
        Import.objects.filter(pk=import_.pk, state=RUNNING).update(asked_stop=True)
    return False


def sweep(now: datetime) -> int:
    """Remove what no import knows: uploads cut off before they were set up, scratch files of dry runs that died.

    Gives: how many files
    """
    if not folder().is_dir():
        return 0
    known = set(ImportFile.objects.exclude(key="").values_list("key", flat=True))
    count = 0
    for path in folder().iterdir():
        # A day old at least: an upload stands here before its import does, and a dry run while it is under way.
        is_old = datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo) < now - STRAY
        if is_old and path.is_file() and path.name.partition(".")[0] not in known:
            path.unlink(missing_ok=True)
            count += 1
    return count


def clear_away(now: datetime) -> int:
    """Remove uploads of imports made more than thirty days ago; their reports stay."""
    old = Import.objects.filter(created_at__lt=now - KEPT, files_removed_at__isnull=True)
    count = 0
    for import_ in old[:100]:
        keys = list(ImportFile.objects.filter(within=import_).exclude(key="").values_list("key", flat=True))
        discard(keys)
        Import.objects.filter(pk=import_.pk).update(files_removed_at=now)
        count += len(keys)
    return count
