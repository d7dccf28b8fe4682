"""The queue under kill -9, and several schedulers at once."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.house import ROOT, House, kill

pytestmark = pytest.mark.slow


def wait_for(file: Path, words: str, times: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if file.exists() and file.read_text().count(words) >= times:
            return
        time.sleep(0.05)
    raise AssertionError(f"{words!r} not seen {times} times: {file.read_text() if file.exists() else 'no file'}")


def test_a_job_whose_worker_is_killed_runs_again(house: House, tmp_path: Path) -> None:
    house.start()
    log = tmp_path / "job.log"
    assert house.act(act="job", job="faults.slow", plain={"file": str(log)})[0] == 200
    wait_for(log, "start", 1)
    for pid in house.members_of("worker"):
        kill(pid)
    wait_for(log, "end", 1)
    assert log.read_text().count("start") == 2


def test_ctrl_c_stops_everything_quickly_and_leaves_nobody_behind(house: House) -> None:
    house.start(workers=2)
    time.sleep(3)
    everybody = house.family()
    assert len(everybody) >= 12  # granian and its process; twice a cluster with sentinel, worker, monitor and pusher
    assert house.stop() < 5
    left = [pid for pid in everybody if Path(f"/proc/{pid}").exists()]
    assert left == []


def test_children_do_not_outlive_a_killed_supervisor(house: House) -> None:
    house.start()
    everybody = house.family()
    assert house.crew
    kill(house.crew.pid)
    house.crew.wait()
    house.crew = None
    until = time.monotonic() + 15
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in everybody):
        time.sleep(0.1)
    assert [pid for pid in everybody if Path(f"/proc/{pid}").exists()] == []


LOOK = """
import sys
from django.db import connection
from django_q.scheduler import scheduler
connection.ensure_connection()
for line in iter(lambda: print("ready", flush=True) or sys.stdin.readline(), ""):
    scheduler()
"""


def test_workers_looking_at_the_same_moment_queue_each_slot_once(house: House) -> None:
    house.run("from django.utils import timezone; from dawra.journal import schedule; schedule.keep(timezone.now())")
    [(slots,)] = house.query("SELECT count(*) FROM django_q_schedule")
    words = [sys.executable, "-c", house.begin + LOOK]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    workers = [subprocess.Popen(words, env=house.environment, cwd=ROOT, **piped) for _ in range(3)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for _ in range(10):
        # Due since a moment ago: a slot further back could be followed by the next one while the three look.
        due = datetime.now(UTC) - timedelta(seconds=1)
        house.execute(f"UPDATE django_q_schedule SET next_run = '{due:%Y-%m-%d %H:%M:%S}'")
        house.execute("DELETE FROM django_q_ormq")
        for worker in workers:
            worker.stdin.write("now\n")
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        assert house.query("SELECT count(*) FROM django_q_ormq") == [(slots,)]
    for worker in workers:
        worker.stdin.close()
        assert worker.wait(30) == 0
