"""A full disk: a clear answer, reads go on, nothing half-written, and all is well again once there is space."""

import pytest

from tests.faults.house import House

pytestmark = pytest.mark.slow


def test_a_full_disk_refuses_clearly_and_breaks_nothing(house: House) -> None:
    size = (house.home / "dawra.db").stat().st_size
    house.start(largest_file=size + 200 * 1024)
    acknowledged, refusals = {}, []
    for number in range(2000):
        status, said = house.act(act="person", name=f"full{number}")
        if status == 200:
            acknowledged[f"full{number}"] = said["id"]
        else:
            refusals.append((status, said["body"]))
            if len(refusals) == 20:
                break
    assert acknowledged
    assert len(refusals) == 20, "the disk never became full"
    assert {status for status, _ in refusals} == {507}
    assert "disk is full" in refusals[0][1]
    assert "Traceback" not in refusals[0][1]
    assert house.get("/readyz")[0] in (200, 503)
    assert house.get("/accounts/login/")[0] == 200
    assert house.broken() == {}
    assert house.query("PRAGMA integrity_check") == [("ok",)]

    house.kill_everything()
    house.start()
    assert house.act(act="person", name="afterwards")[0] == 200
    there = {name for (name,) in house.query("SELECT name FROM customers_person")}
    assert set(acknowledged) <= there
    house.stop()
    house.dawra("verify")
