"""Background jobs, declared and enqueued here only, so that another queue could take over without touching a room.

    @job("customers.import_batch")
    def import_batch(now: datetime, *, import_id: str) -> None: ...

    jobs.enqueue("customers.import_batch", import_id=str(row.pk))     # in the caller's transaction

A job takes plain values, ends within 30 s and may run twice: every effect has a unique key, and long work is a
chain of batches, each of which commits its progress and enqueues the next in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Work = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    work: Work
    every_minutes: int


JOBS: dict[str, Job] = {}


def job(name: str, *, every_minutes: int = 0) -> Callable[[Work], Work]:
    """Declare a job; with every_minutes the worker also starts it on its own."""

    def register(work: Work) -> Work:
        JOBS[name] = Job(name, work, every_minutes)
        return work

    return register


def enqueue(name: str, **plain: str | int | bool | None) -> None:
    """Owe one run of a job, in the caller's transaction."""
    from django_q.tasks import async_task

    if name not in JOBS:
        raise LookupError(f"no job is called {name}")
    async_task("dawra.journal.worker.run", name, plain, task_name=name)


def run_now(name: str, now: datetime, **plain: Any) -> None:
    """Run a job here: for the command line and for tests."""
    JOBS[name].work(now, **plain)
