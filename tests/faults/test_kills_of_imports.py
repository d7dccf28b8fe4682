"""kill -9 of the worker in the dry run, the run and the undo of an import: each ends, and nothing is lost or doubled."""

import os
import random
import time
from collections.abc import Callable

import pytest

from tests.faults.house import House, kill

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FAULT_KILLS", "60")) // 10
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
ROWS, WRONG_EVERY = 1500, 50
REJECTED = ROWS // WRONG_EVERY
PATIENCE = 240.0  # a busy machine is slow, not wrong

BEGIN = """
from django.utils import timezone
from dawra.customers.importing import judging, taking_back
from dawra.customers.models import Import
from dawra.team.actors import actor_for
from dawra.team.models import Member
actor = actor_for(Member.objects.select_related('role', 'team').get(), timezone.now())
{what}(actor, import_=Import.objects.get())
"""


WAKE = """
from django.utils import timezone
from dawra.journal.jobs import run_now
run_now('customers.wake_imports', timezone.now())
"""


def test_kills_in_dry_run_run_and_undo_lose_nothing_and_double_nothing(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    house.start()
    token = house.token()
    import_id = upload(house, token)
    told = []

    house.run(BEGIN.format(what="judging.begin_dry_run"))
    judging = "json_extract(dry_run, '$.at')"
    told.append(strike(house, dice, judging, lambda: field(house, "json_extract(dry_run, '$.state')") == "done"))
    [(judged,)] = house.query("SELECT json_extract(dry_run, '$.files') FROM customers_import")
    assert (
        f'"rows":{ROWS},"created":{ROWS - REJECTED},"updated":0,"unchanged":0,"rejected":{REJECTED}'
        in judged.replace(" ", "")
    ), f"seed {SEED}: {judged[:300]}"
    assert house.query("SELECT count(*) FROM customers_person") == [(0,)]

    assert house.call(token, "POST", f"/imports/{import_id}/start", {})[0] == 200
    rows = "(SELECT rows_seen FROM customers_importfile)"
    told.append(strike(house, dice, rows, lambda: field(house, "state") == "done"))
    [counts] = house.query("SELECT rows_seen, created, rejected FROM customers_importfile")
    assert counts == (ROWS, ROWS - REJECTED, REJECTED), f"seed {SEED}"
    assert house.query("SELECT count(*), count(DISTINCT name) FROM customers_person") == [(ROWS - REJECTED,) * 2]

    house.run(BEGIN.format(what="taking_back.begin_undo"))
    told.append(strike(house, dice, "json_extract(undo, '$.at')", lambda: field(house, "state") == "undone"))
    house.stop()
    with capsys.disabled():
        print(f"\n  seed {SEED}: kills amid dry run, run and undo: {told}")
    # A dry run of so few rows may be over before anybody can be killed; the other two write, and take their time.
    assert all(told[1:]), f"seed {SEED}: one was over before anybody was killed"
    assert house.query("SELECT count(*) FROM customers_person WHERE deleted_at IS NULL") == [(0,)]
    assert house.query("SELECT count(*) FROM customers_company WHERE deleted_at IS NULL") == [(0,)]
    assert house.query("SELECT undone, count(*) FROM customers_importrow GROUP BY 1 ORDER BY 1") == [
        ("", REJECTED),
        ("binned", ROWS - REJECTED),
    ], f"seed {SEED}"
    [(people,)] = house.query(
        "SELECT count(*) FROM journal_entry WHERE kind = 'customers.record_deleted.1'"
        " AND json_extract(facts, '$.record_kind') = 'person'"
    )
    assert people == ROWS - REJECTED, f"seed {SEED}: taken back not exactly once"
    assert house.query("SELECT count(*) FROM customers_searchrow") == [(0,)]
    assert house.broken() == {}
    house.dawra("verify")


def strike(house: House, dice: random.Random, moved: str, is_over: Callable[[], bool]) -> int:
    """Kill workers as soon as the work has moved on, again and again, until it is over; how many kills fell into it.

    moved: what grows in the import with every step that is committed
    """
    until, kills, seen, woken = time.monotonic() + PATIENCE, 0, "0", time.monotonic()
    while not is_over():
        assert time.monotonic() < until, f"seed {SEED}: it never ends"
        now = field(house, moved)
        if kills < KILLS and now not in (seen, "None"):
            time.sleep(dice.uniform(0, 0.05))
            group = house.members_of("worker")
            for pid in [dice.choice(group)] if group and dice.random() < 0.5 else group:
                kill(pid)
            kills += bool(group)
            seen = field(house, moved)
        if time.monotonic() > woken + 8:
            # What the schedule does every five minutes: two workers met, one gave way, and the other was killed.
            house.run(WAKE)
            woken = time.monotonic()
        time.sleep(0.02)
    return kills


def field(house: House, what: str) -> str:
    [(value,)] = house.query(f"SELECT {what} FROM customers_import")
    return str(value)


def upload(house: House, token: str) -> str:
    lines = ["name,email,company"]
    for number in range(1, ROWS + 1):
        mail = "no address" if number % WRONG_EVERY == 0 else f"row{number}@import.example"
        lines.append(f"import row {number},{mail},Imported {number % 100}")
    status, told = house.upload(token, "/imports", "people.csv", "\n".join(lines).encode())
    assert status == 201, told
    return str(told["id"])
