"""The nightly tidying: what has run out goes, what still counts stays, however much there is."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django_q.models import Task

from dawra.access.models import IdempotencyKey
from dawra.journal import jobs
from dawra.journal.models import Entry
from dawra.site.operation import tidying
from dawra.team.models import Throttle
from tests.cast import NOW

DAY = timedelta(days=1)


@pytest.fixture(params=[500, 2], ids=["at once", "batch by batch"])
def batch(request: Any, monkeypatch: Any) -> int:
    monkeypatch.setattr(tidying, "BATCH", request.param)
    return int(request.param)


def test_first_answers_go_after_their_day(cast: Any, caller: Any, sana: Any, batch: int) -> None:
    call = caller(sana)
    for number in range(5):
        call("post", "/people", {"name": f"Person {number}"}, **{"Idempotency-Key": f"k{number}"})
    IdempotencyKey.objects.update(made_at=NOW)
    IdempotencyKey.objects.filter(key__in=["k0", "k1", "k2"]).update(made_at=NOW - DAY - timedelta(minutes=1))
    jobs.run_now("site.tidy_nightly", NOW)
    assert set(IdempotencyKey.objects.values_list("key", flat=True)) == {"k3", "k4"}


def test_ended_sessions_go_with_their_devices(cast: Any, sana: Any, batch: int) -> None:
    for number in range(5):
        key = f"session{number}"
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + (DAY if number > 2 else -DAY))
        UserSession.objects.create(user=sana, session_key=key, ip="127.0.0.1", user_agent="", last_seen_at=NOW)
    UserSession.objects.create(user=sana, session_key="gone", ip="127.0.0.1", user_agent="", last_seen_at=NOW)
    jobs.run_now("site.tidy_nightly", NOW)
    left = {"session3", "session4"}
    assert set(Session.objects.values_list("session_key", flat=True)) == left
    assert set(UserSession.objects.values_list("session_key", flat=True)) == left


def test_counted_attempts_and_finished_jobs_go(db: Any, batch: int) -> None:
    for number in range(5):
        age = DAY * 20 if number < 3 else DAY
        Throttle.objects.create(cache_key=f"a{number}", value="", expires=NOW - DAY if number < 3 else NOW + DAY)
        Task.objects.create(
            id=f"t{number}", name=f"t{number}", func="x", started=NOW - age, stopped=NOW - age, success=number % 2 == 0
        )
    jobs.run_now("site.tidy_nightly", NOW)
    assert set(Throttle.objects.values_list("pk", flat=True)) == {"a3", "a4"}
    assert set(Task.objects.values_list("pk", flat=True)) == {"t3", "t4"}


def test_it_runs_every_night_and_touches_nothing_that_people_made(cast: Any, caller: Any, sana: Any) -> None:
    caller(sana)("post", "/people", {"name": "Huda"})
    before = Entry.objects.count()
    assert jobs.JOBS["site.tidy_nightly"].every_minutes == 24 * 60
    jobs.run_now("site.tidy_nightly", NOW + 400 * DAY)
    assert Entry.objects.count() == before
    cache.clear()


def test_sqlite_learns_what_its_indexes_hold(cast: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    tidying.freshen_plans()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'team_member'")
        assert cursor.fetchone()[0] > 0
