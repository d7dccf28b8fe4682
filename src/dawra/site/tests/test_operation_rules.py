from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dawra.site.operation import rules

NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_the_versions_of_sqlite_that_can_lose_a_commit_are_known(version: tuple[int, ...], affected: bool) -> None:
    assert rules.has_wal_reset_bug(version) is affected


def test_the_longest_mount_above_a_folder_decides_its_filesystem() -> None:
    mounts = [("/", "ext4"), ("/srv", "nfs4"), ("/srv/local", "xfs"), ("/srv-other", "cifs")]
    assert rules.filesystem_of(Path("/srv/dawra"), mounts) == "nfs4"
    assert rules.filesystem_of(Path("/srv/local/dawra"), mounts) == "xfs"
    assert rules.filesystem_of(Path("/srvx"), mounts) == "ext4"
    assert rules.is_shared_filesystem("fuse.sshfs")
    assert not rules.is_shared_filesystem("overlay")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]"])
def test_loopback_is_not_reachable_from_outside(host: str) -> None:
    assert rules.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "crm.example.com", ""])
def test_everything_else_is(host: str) -> None:
    assert not rules.is_loopback(host)


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 60, "django-insecure-" + "abcdefghij" * 5, "change-me-" + "abcdefghij" * 5]
)
def test_guessable_keys_are_weak(key: str) -> None:
    assert rules.is_weak_key(key)


def test_the_first_backup_is_due_at_once_and_none_when_switched_off() -> None:
    assert rules.backup_due(NIGHT, None, 2, "UTC")
    assert not rules.backup_due(NIGHT, None, None, "UTC")


@pytest.mark.parametrize(
    "zone", ["Asia/Riyadh", "America/New_York", "Europe/Berlin", "Africa/Casablanca", "Asia/Beirut"]
)
def test_one_backup_is_due_each_night_in_every_zone_through_every_clock_change(zone: str) -> None:
    """400 days in steps of ten minutes, as the worker asks."""
    now, newest, made = NIGHT, NIGHT - timedelta(days=1), 0
    gaps = []
    for _ in range(400 * 24 * 6):
        now += timedelta(minutes=10)
        if rules.backup_due(now, newest, 2, zone):
            gaps.append(now - newest)
            newest, made = now, made + 1
    assert 399 <= made <= 401
    assert max(gaps[1:]) <= timedelta(hours=25, minutes=10)


def test_fourteen_nights_are_kept_and_what_a_person_made_is_never_dropped() -> None:
    nights = [(f"n{i}", NIGHT - timedelta(days=i), "nightly") for i in range(20)]
    twice = ("n0b", NIGHT - timedelta(hours=1), "nightly")
    by_hand = ("mine", NIGHT - timedelta(days=300), "manual")
    dropped = rules.backups_to_drop([*nights, twice, by_hand], 14)
    assert "mine" not in dropped
    assert {f"n{i}" for i in range(14)}.isdisjoint(dropped)
    assert {f"n{i}" for i in range(14, 20)} | {"n0b"} == set(dropped)


def test_backups_before_upgrades_do_not_push_nightly_ones_out() -> None:
    nights = [(f"n{i}", NIGHT - timedelta(days=i), "nightly") for i in range(14)]
    upgrades = [(f"u{i}", NIGHT - timedelta(days=i, hours=2), "before-upgrade") for i in range(14)]
    assert rules.backups_to_drop([*nights, *upgrades], 14) == []


@pytest.mark.parametrize(("weekend", "first"), [((5, 6), 7), ((6, 7), 1), ((5,), 6), ((), 1), ((7,), 1)])
def test_the_week_starts_after_the_weekend(weekend: tuple[int, ...], first: int) -> None:
    assert rules.day_after(weekend) == first
