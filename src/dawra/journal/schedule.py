"""Jobs that start by the clock: one row per job, so that each slot is queued once however many workers run.

The queue's scheduler, in every worker, takes the rows that are due in one transaction: it locks the row (PostgreSQL)
or the database (SQLite), queues the job and moves next_run to the next slot, and commits the three together. A second
worker then finds nothing due. The row's id follows from the job's name, so that two workers starting at the same
moment cannot make two rows.
"""

from datetime import datetime, timedelta
from zlib import crc32

from django.db import transaction
from django_q.models import Schedule

from dawra.journal import jobs, worker

LATE_AFTER = timedelta(minutes=2)


def keep(now: datetime) -> None:
    """Make the rows agree with the jobs declared in code. Called when a worker starts. Idempotent."""
    wanted = {_id(job.name): job for job in jobs.JOBS.values() if job.every_minutes}
    with transaction.atomic():
        Schedule.objects.exclude(pk__in=wanted).filter(func=ENTRANCE).delete()
        for pk, job in wanted.items():
            Schedule.objects.get_or_create(
                pk=pk, defaults={"name": job.name, "func": ENTRANCE, "args": repr((job.name,)), "next_run": now}
            )
            Schedule.objects.filter(pk=pk).update(
                schedule_type=Schedule.MINUTES, minutes=job.every_minutes, repeats=-1, intended_date_kwarg="slot"
            )
        # Slots missed while nobody worked are not made up for; the next one is now.
        Schedule.objects.filter(pk__in=wanted, next_run__lt=now).update(next_run=now)


def silent_since(now: datetime) -> datetime | None:
    """Since when no worker has moved a schedule on, or None while one does (or none ever did)."""
    due = Schedule.objects.filter(func=ENTRANCE).order_by("next_run").values_list("next_run", flat=True).first()
    return due if due is not None and due < now - LATE_AFTER else None


def _id(name: str) -> int:
    return crc32(name.encode()) & 0x7FFFFFFF


ENTRANCE = f"{worker.__name__}.{worker.run_slot.__name__}"
