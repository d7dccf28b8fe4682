"""The count of calls: one for the installation, never more than it says, cheap to ask."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from dawra.site.api.rates import Count, InFile, InPostgres, Limiter, Own

CALLS = 100


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def let_through(limiter: Limiter, tries: int) -> int:
    return sum(limiter.take("token")[0] for _try in range(tries))


@pytest.fixture(params=["own", "file"])
def counted(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Clock, list[Limiter]]:
    """Three processes that share one count."""
    clock = Clock()
    count: Count = Own(CALLS, clock) if request.param == "own" else InFile(CALLS, tmp_path / "calls.db", clock)
    return clock, [Limiter(CALLS, count, clock) for _process in range(3)]


def test_processes_together_let_through_what_one_would(counted: tuple[Clock, list[Limiter]]) -> None:
    clock, processes = counted
    portion = processes[0].portion
    through = sum(limiter.take("token")[0] for _try in range(80) for limiter in processes)
    assert through == CALLS
    clock.at += 5  # half is filled again
    through = sum(limiter.take("token")[0] for _try in range(80) for limiter in processes)
    assert CALLS / 2 - len(processes) * portion <= through <= CALLS / 2
    clock.at += 60
    assert let_through(processes[1], 2 * CALLS) == CALLS


def test_a_portion_nobody_used_goes_back(counted: tuple[Clock, list[Limiter]]) -> None:
    clock, (first, second, _third) = counted
    first.take("token")
    assert let_through(second, 2 * CALLS) == CALLS - first.portion
    clock.at += 1.5
    assert let_through(first, 2 * CALLS) == pytest.approx(first.portion - 1 + 15, abs=1)


def test_whoever_is_refused_is_told_when_and_is_not_asked_for_before(counted: tuple[Clock, list[Limiter]]) -> None:
    clock, (limiter, *_others) = counted
    let_through(limiter, CALLS)
    allowed, left, wait = limiter.take("token")
    assert (allowed, left) == (False, 0) and 0 < wait < 0.11
    clock.at += wait + 0.001
    assert limiter.take("token")[0]
    assert limiter.take("another token") == (True, CALLS - 1, 0.0)


def test_what_is_left_is_told_call_by_call() -> None:
    limiter = Limiter(CALLS, Own(CALLS, clock := Clock()), clock)
    assert [limiter.take("token")[1] for _call in range(7)] == [99, 98, 97, 96, 95, 94, 93]


def test_a_spoilt_file_is_made_anew_and_nobody_is_turned_away_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "calls.db"
    path.write_bytes(b"not a database, " * 1000)
    limiter = Limiter(CALLS, InFile(CALLS, path))
    assert let_through(limiter, 30) == 30
    assert path.read_bytes()[:6] == b"SQLite"


def test_programs_at_once_on_one_file_let_through_no_more(tmp_path: Path) -> None:
    code = (
        "import sys, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'dawra.site.settings'\n"
        "from pathlib import Path\n"
        "from dawra.site.api.rates import InFile, Limiter\n"
        "limiter = Limiter(100, InFile(100, Path(sys.argv[1]), lambda: 1000.0), lambda: 1000.0)\n"
        "print(sum(limiter.take('token')[0] for _ in range(300)))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "calls.db")], stdout=subprocess.PIPE, text=True)
        for _process in range(3)
    ]
    through = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sum(through) == CALLS, through


@pytest.mark.skipif(connection.vendor != "postgresql", reason="counts in a table of PostgreSQL")
def test_postgresql_counts_the_same(db: None) -> None:
    limiter, other = Limiter(CALLS, InPostgres(CALLS)), Limiter(CALLS, InPostgres(CALLS))
    began = time.monotonic()
    through = sum(one.take("token")[0] for _try in range(150) for one in (limiter, other))
    assert CALLS <= through <= CALLS + (time.monotonic() - began) * CALLS / 10 + 1


def test_asking_costs_next_to_nothing(tmp_path: Path) -> None:
    limiter = Limiter(1_000_000, InFile(1_000_000, tmp_path / "calls.db"))
    limiter.portion = 5  # as where a hundred calls are let through
    began = time.process_time()
    let_through(limiter, 5000)
    assert (time.process_time() - began) / 5000 < 0.0005  # seconds; about 0.02 ms on an idle machine
