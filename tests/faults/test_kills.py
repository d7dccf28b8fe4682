"""kill -9 of web and worker at random moments while programs and an import write: nothing acknowledged is lost or doubled."""

import os
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from tests.faults.house import House, kill

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FAULT_KILLS", "60"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
CLIENTS = 4
ROWS, WRONG_EVERY = 3000, 50
PATIENCE = 90.0  # seconds a program goes on asking for one answer


@dataclass
class Acknowledged:
    """What the server said it had done. repeated: calls sent again with the same key because no answer came."""

    people: dict[str, str] = field(default_factory=dict)
    deals: dict[str, str] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    repeated: int = 0

    @property
    def count(self) -> int:
        return len(self.people) + len(self.deals) + len(self.moves)


class Client(threading.Thread):
    """A program with a token: adds people and deals and moves its own deals, each call under a key of its own.

    Whenever an answer does not come, it sends the same call with the same key until one does.
    """

    def __init__(self, house: House, number: int, acks: Acknowledged, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.house, self.number, self.acks, self.told_to_stop = house, number, acks, stop
        self.dice = random.Random(f"{SEED} {number}")
        self.token = house.token()
        self.mine: list[str] = []
        self.stages: list[str] = []

    def run(self) -> None:
        _status, told = self.call("GET", "/pipelines", None, "")
        self.stages = [stage["id"] for stage in told["items"][0]["current"]["stages"] if stage["type"] == "open"]
        count = 0
        while not self.told_to_stop.is_set():
            count += 1
            self.one_act(f"c{self.number}n{count}")

    def call(self, method: str, path: str, said: Any, key: str) -> tuple[int, dict[str, Any]]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.house.call(self.token, method, path, said, key)
            except OSError:
                if time.monotonic() > until:
                    raise
                self.acks.repeated += bool(key)
                time.sleep(0.05)

    def one_act(self, name: str) -> None:
        what = self.dice.choice(["person", "deal", "move", "move"])
        if what == "move" and self.mine:
            deal, stage = self.dice.choice(self.mine), self.dice.choice(self.stages)
            said = {"stage_id": stage, "override": "the tests say so"}
            if self.keep(*self.call("POST", f"/deals/{deal}/move", said, name)):
                self.acks.moves.append((deal, stage))
        elif what == "person":
            said = {"name": name, "points": [{"kind": "email", "value": f"{name}@kills.example"}]}
            told = self.keep(*self.call("POST", "/people", said | {"company_name": f"Company {name}"}, name))
            if told:
                self.acks.people[name] = told["id"]
        else:
            told = self.keep(
                *self.call("POST", "/deals", {"name": name, "amount_minor": self.dice.randrange(10**6)}, name)
            )
            if told:
                self.acks.deals[name] = told["id"]
                self.mine.append(told["id"])

    def keep(self, status: int, told: dict[str, Any]) -> dict[str, Any]:
        if status in (200, 201):
            return told
        self.acks.refused.append((status, str(told)[:300]))
        return {}


def test_kills_of_web_and_worker_lose_nothing_and_double_nothing(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    with capsys.disabled():
        print(f"\n  seed {SEED} (FAULT_SEED={SEED} repeats it)")
    house.start()
    acks, stop = Acknowledged(), threading.Event()
    clients = [Client(house, number, acks, stop) for number in range(CLIENTS)]
    import_id = begin_import(house, clients[0].token)
    for client in clients:
        client.start()
    killed, midway = {"web": 0, "worker": 0}, 0
    for number in range(KILLS):
        target = "web" if number % 2 else "worker"
        if target == "web":
            some_work_is_done(acks)
        time.sleep(dice.uniform(0.02, 0.7))
        group = house.members_of(target)
        if dice.random() < 0.5 and group:  # one process of it, or all at once
            group = [dice.choice(group)]
        midway += target == "worker" and 0 < rows_seen(house) < ROWS
        for pid in group:
            kill(pid)
        killed[target] += bool(group)
        if number % 10 == 9:
            assert house.broken() == {}, f"seed {SEED}, after kill {number + 1}"
    house.wait_until_it_answers()
    stop.set()
    for client in clients:
        client.join(PATIENCE + 10)
        assert not client.is_alive(), f"seed {SEED}: a program never got its answer"
    drained = drain(house)
    repeats(house, clients[0].token, acks)
    house.stop()
    with capsys.disabled():
        print(
            f"  kills: {killed}, {midway} of them amid the import; acknowledged: {len(acks.people)} people,"
            f" {len(acks.deals)} deals, {len(acks.moves)} moves; sent again: {acks.repeated}; drained in {drained:.0f} s"
        )
    assert sum(killed.values()) >= KILLS * 0.9
    assert midway, f"seed {SEED}: the import was over before anybody was killed"
    assert acks.refused == [], f"seed {SEED}"
    everything_acknowledged_is_there_once(house, acks)
    every_entry_was_heard_once(house)
    the_import_is_whole(house, import_id)
    assert house.broken() == {}
    house.dawra("verify")


def begin_import(house: House, token: str) -> str:
    """3,000 people, every fiftieth with an address that is none; the worker brings them in."""
    lines = ["name,email,company"]
    for number in range(1, ROWS + 1):
        mail = "not an address" if number % WRONG_EVERY == 0 else f"row{number}@import.example"
        lines.append(f"import row {number},{mail},Imported {number % 300}")
    status, told = house.upload(token, "/imports", "people.csv", "\n".join(lines).encode())
    assert status == 201, told
    import_id: str = told["id"]
    assert house.call(token, "POST", f"/imports/{import_id}/start", {})[0] == 200
    return import_id


def rows_seen(house: House) -> int:
    [(seen,)] = house.query("SELECT sum(rows_seen) FROM customers_importfile")
    return int(seen)


def some_work_is_done(acks: Acknowledged, seconds: float = 15) -> None:
    """A kill says nothing unless something was under way: wait for a few acknowledged acts since the last one."""
    before, until = acks.count, time.monotonic() + seconds
    while acks.count < before + 4 and time.monotonic() < until:
        time.sleep(0.02)


def drain(house: House) -> float:
    """Wait until nothing is owed any more; the minute's safety net may be needed once."""
    began = time.monotonic()
    while time.monotonic() - began < 150:
        [(owed, queued, state)] = house.query(
            "SELECT (SELECT count(*) FROM journal_delivery WHERE done_at IS NULL),"
            " (SELECT count(*) FROM django_q_ormq), (SELECT state FROM customers_import)"
        )
        if not owed and not queued and state == "done":
            return time.monotonic() - began
        time.sleep(0.3)
    rows = house.query(
        "SELECT listener, tries, next_try_at, parked_at, last_error FROM journal_delivery WHERE done_at IS NULL"
    )
    schedule = house.query("SELECT name, next_run, datetime('now') FROM django_q_schedule")
    raise AssertionError(
        f"seed {SEED}: still owed {owed}, queued {queued}, the import {state} at {rows_seen(house)}\n{rows[:5]}\n{schedule}"
    )


def repeats(house: House, token: str, acks: Acknowledged) -> None:
    """Days later or at once: the same key gives the first answer, and a different call under it is an error."""
    name, first = next((name, key) for name, key in acks.people.items() if name.startswith("c0"))
    said = {"name": name, "points": [{"kind": "email", "value": f"{name}@kills.example"}]}
    status, told = house.call(token, "POST", "/people", said | {"company_name": f"Company {name}"}, name)
    assert (status, told["id"]) == (201, first), f"seed {SEED}"
    assert house.call(token, "POST", "/people", {"name": "another"}, name)[0] == 422


def everything_acknowledged_is_there_once(house: House, acks: Acknowledged) -> None:
    for table, told in (("customers_person", acks.people), ("deals_deal", acks.deals)):
        there = house.query(f"SELECT id, name FROM {table} WHERE name NOT LIKE 'import row %'")
        names = Counter(name for _id, name in there)
        assert [name for name, count in names.items() if count > 1] == [], f"seed {SEED}: doubled in {table}"
        assert names.keys() == told.keys(), f"seed {SEED}: every call in {table} was answered in the end"
        lost = {name: key for name, key in told.items() if (UUID(key).hex, name) not in set(there)}
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


def the_import_is_whole(house: House, import_id: str) -> None:
    rejected = ROWS // WRONG_EVERY
    [counts] = house.query(
        "SELECT rows_seen, rows_total, created, updated, unchanged, rejected FROM customers_importfile"
    )
    assert counts == (ROWS, ROWS, ROWS - rejected, 0, 0, rejected), f"seed {SEED}"
    people = house.query("SELECT count(*), count(DISTINCT name) FROM customers_person WHERE name LIKE 'import row %'")
    assert people == [(ROWS - rejected, ROWS - rejected)], f"seed {SEED}: the import lost or doubled rows"
    firms = house.query("SELECT count(*), count(DISTINCT name) FROM customers_company WHERE name LIKE 'Imported %'")
    assert firms[0][0] == firms[0][1], f"seed {SEED}: the import doubled companies"
    told = house.query("SELECT count(*) FROM journal_entry WHERE kind = 'customers.imported.1'")
    assert told == [(1,)], f"seed {SEED}: {import_id} ended not exactly once"
