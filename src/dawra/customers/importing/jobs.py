"""The import in the background: a chain of jobs of some twenty seconds, and the tidying of old uploads."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.importing import uploads
from dawra.customers.importing.running import Run
from dawra.customers.models import Import
from dawra.customers.models.importing import FAILED, RUNNING
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


@jobs.job("customers.wake_imports", every_minutes=5)
def wake_imports(now: datetime) -> None:
    """Take up imports whose worker died, and clear away uploads of more than thirty days."""
    quiet = Import.objects.filter(state=RUNNING, moved_at__lt=now - SILENT).exclude(files__key="")
    with transaction.atomic():
        for import_id in quiet.distinct().values_list("id", flat=True)[:20]:
            jobs.enqueue("customers.import_files", import_id=str(import_id))
    uploads.clear_away(now)


def _actor(import_: Import, now: datetime) -> Actor | None:
    member = signing_in(pk=import_.member_id, is_active=True)
    return actor_for(member, now, via="import") if member else None
