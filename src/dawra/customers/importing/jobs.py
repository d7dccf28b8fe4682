"""The import in the background: a chain of jobs of some twenty seconds, and the tidying of old uploads."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.importing import uploads
from dawra.customers.importing.judging import Judging
from dawra.customers.importing.running import Run
from dawra.customers.importing.taking_back import TakingBack
from dawra.customers.models import Import
from dawra.customers.models.importing import FAILED, RUNNING, UNDOING, WAITING
from dawra.journal import jobs
from dawra.team.actors import actor_for
from dawra.team.queries.people import signing_in

SLICE_SECONDS = 20.0
SILENT = timedelta(minutes=3)


@jobs.job("customers.import_files")
def import_files(now: datetime, *, import_id: str) -> None:
    """Bring in batches for twenty seconds, then owe the next slice."""
    import_ = Import.objects.filter(pk=UUID(import_id), state=RUNNING).first()
    if import_ is None:
        return
    actor = _actor(import_, now)
    if actor is None or not actor.may("records.import"):
        Import.objects.filter(pk=import_.pk).update(state=FAILED, finished_at=now, problem={"code": "not_allowed"})
        return
    try:
        ended = Run(actor, import_.pk, limits=uploads.LIMITS).go(SLICE_SECONDS)
    except Conflict:
        return  # another worker has it
    if not ended:
        with transaction.atomic():
            jobs.enqueue("customers.import_files", import_id=import_id)


@jobs.job("customers.undo_import")
def undo_import(now: datetime, *, import_id: str) -> None:
    """Take rows back for twenty seconds, then owe the next slice."""
    import_ = Import.objects.filter(pk=UUID(import_id), state=UNDOING).first()
    member = signing_in(pk=import_.undo["member"], is_active=True) if import_ else None
    if import_ is None or member is None:
        return
    try:
        ended = TakingBack(actor_for(member, now, via="import"), import_.pk).go(SLICE_SECONDS)
    except Conflict:
        return  # another worker has it
    if not ended:
        with transaction.atomic():
            jobs.enqueue("customers.undo_import", import_id=import_id)


@jobs.job("customers.judge_import")
def judge_import(now: datetime, *, import_id: str, token: str) -> None:
    """Judge rows for twenty seconds, then owe the next slice."""
    import_ = Import.objects.filter(pk=UUID(import_id), dry_run__token=token).first()
    actor = _actor(import_, now) if import_ else None
    if import_ is None or actor is None or not actor.may("records.import"):
        return
    if not Judging(actor, import_.pk, token, uploads.LIMITS).go(SLICE_SECONDS):
        with transaction.atomic():
            jobs.enqueue("customers.judge_import", import_id=import_id, token=token)


@jobs.job("customers.wake_imports", every_minutes=5)
def wake_imports(now: datetime) -> None:
    """Take up imports, dry runs and undos whose worker died, and clear away uploads of more than thirty days."""
    quiet = Import.objects.filter(state=RUNNING, moved_at__lt=now - SILENT).exclude(files__key="")
    with transaction.atomic():
        for import_id in quiet.distinct().values_list("id", flat=True)[:20]:
            jobs.enqueue("customers.import_files", import_id=str(import_id))
        judging = Import.objects.filter(state=WAITING, dry_run__state="running").values_list("id", "dry_run")
        for import_id, kept in judging[:20]:
            if datetime.fromisoformat(kept["moved_at"]) < now - SILENT:
                jobs.enqueue("customers.judge_import", import_id=str(import_id), token=kept["token"])
        undoing = Import.objects.filter(state=UNDOING, moved_at__lt=now - SILENT).values_list("id", flat=True)
        for import_id in undoing[:20]:
            jobs.enqueue("customers.undo_import", import_id=str(import_id))
    uploads.clear_away(now)


@jobs.job("customers.sweep_uploads", every_minutes=24 * 60)
def sweep_uploads(now: datetime) -> None:
    """Files in the imports folder that belong to nothing."""
    uploads.sweep(now)


def _actor(import_: Import, now: datetime) -> Actor | None:
    member = signing_in(pk=import_.member_id, is_active=True)
    return actor_for(member, now, via="import") if member else None
