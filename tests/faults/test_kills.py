"""kill -9 of web and worker at random moments while people and jobs write: nothing acknowledged is lost, nothing doubled."""

import os
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from tests.faults.house import House, kill

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FAULT_KILLS", "60"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
CLIENTS = 4
RUN, ROWS = "import", 400


@dataclass
class Acknowledged:
    """What the server said it had done."""

    people: dict[str, str] = field(default_factory=dict)
    deals: dict[str, str] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    broken_off: int = 0

    @property
    def count(self) -> int:
        return len(self.people) + len(self.deals) + len(self.moves)


class Client(threading.Thread):
    """Adds people and deals and moves its own deals, until told to stop."""

    def __init__(self, house: House, number: int, acks: Acknowledged, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.house, self.number, self.acks, self.told_to_stop = house, number, acks, stop
        self.dice = random.Random(f"{SEED} {number}")
        self.mine: list[str] = []

    def run(self) -> None:
        count = 0
        while not self.told_to_stop.is_set():
            count += 1
            try:
                self.one_act(f"c{self.number}n{count}")
            except OSError:
                self.acks.broken_off += 1
                time.sleep(0.05)

    def one_act(self, name: str) -> None:
        what = self.dice.choice(["person", "deal", "move", "move"])
        if what == "move" and self.mine:
            deal = self.dice.choice(self.mine)
            said = self.keep(*self.house.act(act="move", id=deal, to=self.dice.randrange(6)))
            if said:
                self.acks.moves.append((deal, said["stage"]))
        elif what == "person":
            said = self.keep(*self.house.act(act="person", name=name))
            if said:
                self.acks.people[name] = said["id"]
        else:
            said = self.keep(*self.house.act(act="deal", name=name, amount=self.dice.randrange(10**6)))
            if said:
                self.acks.deals[name] = said["id"]
                self.mine.append(said["id"])

    def keep(self, status: int, said: dict[str, Any]) -> dict[str, Any]:
        if status == 200:
            return said
        self.acks.refused.append((status, said["body"][:300]))
        return {}


def test_kills_of_web_and_worker_lose_nothing_and_double_nothing(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    house.start()
    house.execute("INSERT INTO faults_run VALUES (?, 0)", RUN)
    assert house.act(act="job", job="faults.batches", plain={"run": RUN, "first": 0, "last": ROWS})[0] == 200
    acks, stop = Acknowledged(), threading.Event()
    clients = [Client(house, number, acks, stop) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    killed = {"web": 0, "worker": 0}
    for number in range(KILLS):
        target = "web" if number % 2 else "worker"
        if target == "web":
            some_work_is_done(acks)
        time.sleep(dice.uniform(0.02, 0.7))
        group = house.members_of(target)
        if dice.random() < 0.5 and group:  # one process of it, or all at once
            group = [dice.choice(group)]
        for pid in group:
            kill(pid)
        killed[target] += bool(group)
        if number % 10 == 9:
            assert house.broken() == {}, f"seed {SEED}, after kill {number + 1}"
    house.wait_until_it_answers()
    stop.set()
    for client in clients:
        client.join(40)
    drained = drain(house)
    house.stop()
    with capsys.disabled():
        print(
            f"\n  kills: {killed}, seed {SEED}; acknowledged: {len(acks.people)} people, {len(acks.deals)} deals,"
            f" {len(acks.moves)} moves; broken off: {acks.broken_off}; drained in {drained:.0f} s"
        )
    assert sum(killed.values()) >= KILLS * 0.9
    assert acks.refused == [], f"seed {SEED}"
    everything_acknowledged_is_there(house, acks)
    every_entry_was_heard_once(house)
    rows = house.query("SELECT count(*), count(DISTINCT name) FROM customers_person WHERE name LIKE ?", f"{RUN} row %")
    assert rows == [(ROWS, ROWS)], f"seed {SEED}: the import lost or doubled rows"
    assert house.broken() == {}
    house.dawra("verify")


def some_work_is_done(acks: Acknowledged, seconds: float = 15) -> None:
    """A kill says nothing unless something was under way: wait for a few acknowledged acts since the last one."""
    before, until = acks.count, time.monotonic() + seconds
    while acks.count < before + 4 and time.monotonic() < until:
        time.sleep(0.02)


def drain(house: House) -> float:
    """Wait until nothing is owed any more; the minute's safety net may be needed once."""
    began = time.monotonic()
    while time.monotonic() - began < 120:
        [(owed, queued, done)] = house.query(
            "SELECT (SELECT count(*) FROM journal_delivery WHERE done_at IS NULL),"
            " (SELECT count(*) FROM django_q_ormq), (SELECT done FROM faults_run)"
        )
        if not owed and not queued and done == ROWS:
            return time.monotonic() - began
        time.sleep(0.3)
    rows = house.query(
        "SELECT listener, tries, next_try_at, parked_at, last_error FROM journal_delivery WHERE done_at IS NULL"
    )
    schedule = house.query("SELECT name, next_run, datetime('now') FROM django_q_schedule")
    raise AssertionError(
        f"seed {SEED}: still owed {owed}, queued {queued}, imported {done} of {ROWS}\n{rows[:5]}\n{schedule}"
    )


def everything_acknowledged_is_there(house: House, acks: Acknowledged) -> None:
    for table, told in (("customers_person", acks.people), ("deals_deal", acks.deals)):
        there = dict(house.query(f"SELECT id, name FROM {table}"))
        lost = {name: key for name, key in told.items() if there.get(UUID(key).hex) != name}
        assert lost == {}, f"seed {SEED}: acknowledged and lost from {table}"
    visited = set(house.query("SELECT deal_id, stage_id FROM deals_stagevisit"))
    lost_moves = [move for move in acks.moves if tuple(UUID(key).hex for key in move) not in visited]
    assert lost_moves == [], f"seed {SEED}: acknowledged and lost moves"


def every_entry_was_heard_once(house: House) -> None:
    wrong = house.query(
        "SELECT e.id, count(h.entry_id) FROM journal_entry e LEFT JOIN faults_heard h ON h.entry_id = e.id"
        " WHERE e.kind IN ('deals.deal_added.1', 'deals.deal_moved.1') AND EXISTS"
        " (SELECT 1 FROM journal_delivery d WHERE d.entry_id = e.id) GROUP BY e.id HAVING count(h.entry_id) <> 1"
    )
    assert wrong == [], f"seed {SEED}: listeners heard entries not exactly once"
