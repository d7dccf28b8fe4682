"""The bin: what lies in it, of every room that announces its kind, and what has lain there long enough.

    @bins("deal", empties=Deal)
    def deals_in_bin(actor: Actor) -> list[Binned]: ...

A record waits 30 days. Then the nightly job removes it for good if nothing refers to it any more (a deal keeps its
company); its journal entries stay. What is referred to stays in the bin, and says so by staying.

Files go in two steps, so that a crash between them leaves no file without a row: with their record the rows are
binned, then each file leaves the disk, then its row the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from dawra.access.actor import Actor
from dawra.access.record import Record
from dawra.access.scope import forget_shares
from dawra.customers.actions.files import path_of
from dawra.customers.models import Activity, ActivityLink, Company, File, LifecycleChange, Merge, Person, Tagging
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Purged
from dawra.journal.jobs import job

KEPT_DAYS = 30
FILE_KEPT_DAYS = KEPT_DAYS + 1  # nobody takes a removal back any more when its file goes
MOST_SHOWN = 200
BATCH = 200


@dataclass(frozen=True, slots=True)
class Binned:
    """deleted_by: name of who did it. restore: address that a POST brings it back at."""

    kind: str
    id: UUID
    name: str
    name_ar: str
    deleted_at: datetime
    deleted_by: str
    restore: str = ""


Show = Callable[[Actor], list[Binned]]
BINS: dict[str, Show] = {}
EMPTIES: list[type[Record]] = [Activity]


def bins(kind: str, *, empties: type[Record]) -> Callable[[Show], Show]:
    """Register what lies in the bin of a kind (1 query, newest first, at most MOST_SHOWN) and the table to empty."""

    def register(show: Show) -> Show:
        BINS[kind] = show
        EMPTIES.append(empties)
        return show

    return register


def in_bin(actor: Actor) -> list[Binned]:
    """Everything this actor may see in the bin, newest first. 1 query a kind."""
    found = [one for show in BINS.values() for one in show(actor)]
    return sorted(found, key=lambda one: one.deleted_at, reverse=True)[:MOST_SHOWN]


@bins("person", empties=Person)
def _people(actor: Actor) -> list[Binned]:
    return _rows(Person.objects.in_bin_of(actor).filter(erased_at__isnull=True))


@bins("company", empties=Company)
def _companies(actor: Actor) -> list[Binned]:
    return _rows(Company.objects.in_bin_of(actor))


def _rows(binned: QuerySet[Any]) -> list[Binned]:
    gone = Merge.objects.filter(gone_id=OuterRef("pk"), undone_at__isnull=True)
    rows = binned.exclude(Exists(gone)).select_related("updated_by").order_by("-deleted_at", "-id")[:MOST_SHOWN]
    return [
        Binned(row.kind, row.pk, row.name, row.name_ar, row.deleted_at, row.updated_by.name if row.updated_by else "")
        for row in rows
    ]


@job("customers.empty_bin", every_minutes=24 * 60)
def empty_bin(now: datetime) -> None:
    """Remove what has lain in the bin for 30 days and nothing refers to, a batch a transaction; then its files.

    Rooms above go first: once a deal is gone, its company may go the same night.
    """
    actor = Actor.system("empty the bin", now)
    for model in reversed(EMPTIES):
        after: UUID | None = None
        while True:
            after = _purge(actor, model, after)
            if after is None:
                break
    while purge_files(now):
        pass
    _sweep(actor)


@transaction.atomic
def _purge(actor: Actor, model: type[Record], after: UUID | None) -> UUID | None:
    """One batch; returns the last id looked at, None at the end."""
    rows = model._base_manager.filter(deleted_at__lt=actor.now - timedelta(days=KEPT_DAYS))
    if after:
        rows = rows.filter(pk__gt=after)
    batch = list(rows.order_by("pk")[:BATCH])
    removed = []
    for row in batch:
        record_id = row.pk
        try:
            with transaction.atomic():
                model._base_manager.get(pk=record_id).delete()
        except ProtectedError:
            continue
        removed.append(record_id)
    if removed:
        for loose in (Tagging, ActivityLink, LifecycleChange):
            loose.objects.filter(record_id__in=removed).delete()
        forget_shares(removed)
        File.objects.filter(record_id__in=removed).update(deleted_at=actor.now - timedelta(days=FILE_KEPT_DAYS))
        write(actor, Purged(model.kind, len(removed)), about=[])
    return batch[-1].pk if len(batch) == BATCH else None


def purge_files(now: datetime) -> bool:
    """One batch of files: from the disk first, outside any transaction, then their rows. False at the end."""
    actor = Actor.system("empty the bin", now)
    rows = File.objects.filter(deleted_at__lte=actor.now - timedelta(days=FILE_KEPT_DAYS)).order_by("deleted_at", "id")
    batch = list(rows[:BATCH])
    for file in batch:
        path_of(file.key).unlink(missing_ok=True)
    if batch:
        with transaction.atomic():
            File.objects.filter(pk__in=[file.pk for file in batch]).delete()
            write(actor, Purged("file", len(batch)), about=[])
    return len(batch) == BATCH


def _sweep(actor: Actor) -> None:
    """Uploads whose process was killed before their row was written: files a day old that nothing knows of."""
    root = Path(settings.MEDIA_ROOT)
    old = (actor.now - timedelta(days=1)).timestamp()
    strays = [path for path in root.glob("*/*") if path.is_file() and path.stat().st_mtime < old]
    for start in range(0, len(strays), BATCH):
        by_key = {"".join(path.relative_to(root).parts): path for path in strays[start : start + BATCH]}
        known = set(File.objects.filter(key__in=by_key).values_list("key", flat=True))
        for key, path in by_key.items():
            if key not in known:
                path.unlink(missing_ok=True)
