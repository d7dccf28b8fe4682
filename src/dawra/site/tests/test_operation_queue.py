"""What the queue promises: nothing of a rolled-back act, each slot once, however many workers there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from dawra.journal import jobs, schedule


def test_an_act_that_is_rolled_back_enqueues_nothing(transactional_db: Any) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue("journal.deliver", entry_id=1)
        assert OrmQ.objects.count() == 1
        raise RuntimeError
    assert OrmQ.objects.count() == 0
    with transaction.atomic():
        jobs.enqueue("journal.deliver", entry_id=1)
    assert OrmQ.objects.count() == 1


def test_an_unknown_job_cannot_be_enqueued(db: Any) -> None:
    with pytest.raises(LookupError):
        jobs.enqueue("journal.frobnicate")


def test_the_schedule_agrees_with_the_jobs_however_often_workers_start(db: Any) -> None:
    Schedule.objects.create(name="gone", func=schedule.ENTRANCE, next_run=timezone.now())
    foreign = Schedule.objects.create(name="of somebody else", func="math.hypot", next_run=timezone.now())
    for _ in range(3):
        schedule.keep(timezone.now())
    ours = {row.name: row.minutes for row in Schedule.objects.filter(func=schedule.ENTRANCE)}
    assert ours == {job.name: job.every_minutes for job in jobs.JOBS.values() if job.every_minutes}
    assert Schedule.objects.filter(pk=foreign.pk).exists()


def test_a_due_slot_is_queued_once_and_missed_ones_are_not_made_up_for(transactional_db: Any) -> None:
    from django_q.scheduler import scheduler

    schedule.keep(timezone.now())
    Schedule.objects.update(next_run=timezone.now() - timedelta(hours=5))
    scheduler()
    scheduler()
    assert OrmQ.objects.count() == Schedule.objects.count()
    assert not Schedule.objects.filter(next_run__lt=timezone.now()).exists()


@pytest.mark.postgres
def test_two_workers_looking_at_the_same_moment_queue_a_slot_once(transactional_db: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's single writer is shown with real processes in tests/faults")
    from django_q.scheduler import scheduler

    schedule.keep(timezone.now())
    for round_ in range(10):
        OrmQ.objects.all().delete()
        Schedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))
        together = Barrier(4)

        def look(_number: int, together: Barrier = together) -> None:
            together.wait()
            try:
                scheduler()
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(look, range(4)))
        assert OrmQ.objects.count() == Schedule.objects.count(), round_


def test_a_slot_runs_its_job_with_the_moment_of_running(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dawra.journal import worker

    seen: list[Any] = []
    monkeypatch.setitem(jobs.JOBS, "tests.look", jobs.Job("tests.look", seen.append, 1))
    worker.run_slot("tests.look", slot="2026-11-23T02:00:00+00:00")
    assert len(seen) == 1 and seen[0].tzinfo is not None


def test_a_minute_later_every_entry_of_a_subject_is_delivered_not_only_its_first(db: Any) -> None:
    """What a killed worker left: three entries of one subject, owed to one listener, with no job for them."""
    from uuid import uuid4

    from dawra.journal import worker
    from dawra.journal.listeners import LISTENERS
    from dawra.journal.models import Delivery, Entry

    listener, subject, now = next(iter(LISTENERS)), uuid4(), timezone.now()
    for _ in range(3):
        entry = Entry.objects.create(kind="tests.nothing.1", happened_at=now, written_at=now, via="ui")
        Delivery.objects.create(entry=entry, listener="tests.heard", subject_id=subject, next_try_at=now)
    heard: list[int] = []
    LISTENERS["tests.heard"] = type(LISTENERS[listener])(
        "tests.heard", (), "x", lambda _actor, entry: heard.append(entry.pk)
    )
    try:
        worker.deliver_due(now)
    finally:
        del LISTENERS["tests.heard"]
    assert heard == sorted(heard) and len(heard) == 3
