import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import House


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that the others find their place beside it."""
    items.sort(key=lambda item: "test_kills.py" not in str(item.path))


@pytest.fixture(scope="session")
def just_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a company on SQLite, made once and copied for each test."""
    made = House(tmp_path_factory.mktemp("house") / "home")
    made.set_up()
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made.home


@pytest.fixture
def house(tmp_path: Path, just_set_up: Path) -> Iterator[House]:
    """A company on SQLite that nobody serves yet."""
    made = House(tmp_path / "home")
    shutil.copytree(just_set_up, made.home)
    made.execute("CREATE TABLE faults_heard (entry_id INTEGER NOT NULL)")
    yield made
    made.kill_everything()
