"""The sample in the background: a chain of jobs of some twenty seconds."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dawra.access.errors import Conflict
from dawra.journal import jobs
from dawra.site.sample.running import go_on, state_of
from dawra.team.actors import actor_for
from dawra.team.models import Member

SLICE_SECONDS = 20.0
SILENT = timedelta(minutes=3)


@jobs.job("site.sample")
def sample(now: datetime, *, member_id: str) -> None:
    run = state_of()
    member = Member.objects.select_related("role", "team").filter(pk=UUID(member_id), is_active=True).first()
    if run is None or run.state == run.THERE or member is None:
        return
    try:
        go_on(actor_for(member, now, via="job"), SLICE_SECONDS)
    except Conflict:
        return  # another worker has it
    after = state_of()
    if after is not None and after.state != after.THERE:
        with transaction.atomic():
            jobs.enqueue("site.sample", member_id=member_id)


@jobs.job("site.wake_sample", every_minutes=5)
def wake_sample(now: datetime) -> None:
    """Take up a sample whose worker died."""
    run = state_of()
    if run is not None and run.state != run.THERE and run.member_id and (run.moved_at or run.now) < now - SILENT:
        with transaction.atomic():
            jobs.enqueue("site.sample", member_id=str(run.member_id))
