"""A backup of a living house, restored on an empty machine, holds the same: on SQLite and on PostgreSQL."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.house import House

pytestmark = pytest.mark.slow

FILL = """
from django.utils import timezone
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.team.actors import actor_for
from dawra.team.models import Member
actor = actor_for(Member.objects.select_related("role", "team").get(), timezone.now())
for n in range(40):
    add_person(actor, plan=NewPerson(name=f"Person {n}", name_ar=f"شخص {n}", points=(NewPoint("email", f"p{n}@x.example"),)))
    add_deal(actor, new=NewDeal(name=f"Deal {n}", amount_minor=100 + n))
"""
FINGERPRINT = """
import hashlib
from django.db import connection
digest = hashlib.sha256()
for table in sorted(connection.introspection.table_names()):
    if not table.startswith(("django_", "customers_searchtext", "faults_")):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in sorted(map(repr, cursor.fetchall())):
                digest.update(f"{table} {row}".encode())
print(digest.hexdigest())
"""


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two empty databases: where the house lives, and the empty machine."""
    if request.param == "sqlite":
        return "", ""
    url = os.environ.get("DAWRA_TEST_POSTGRES_URL", "")
    if not url:
        pytest.skip("DAWRA_TEST_POSTGRES_URL names no PostgreSQL; tools/test.sh starts one")
    parts = urlsplit(url)
    made = []
    process = os.environ.get("PYTEST_XDIST_WORKER", "alone")  # another may drill beside this one
    for name in (f"dawra_living_{process}", f"dawra_empty_{process}"):
        connect = ["-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username)]
        subprocess.run(["dropdb", "--if-exists", *connect, name], check=True, capture_output=True)
        subprocess.run(["createdb", *connect, name], check=True)
        made.append(parts._replace(path=f"/{name}").geturl())
    return made[0], made[1]


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_what_was_backed_up_comes_back_whole(databases: tuple[str, str], tmp_path: Path) -> None:
    living = House(tmp_path / "living", databases[0])
    living.set_up()
    living.run(FILL)
    made = json.loads(living.dawra("backup", "--json"))
    fingerprint = living.run(FINGERPRINT)
    kept = json.loads(living.dawra("backup", "--list", "--json"))
    assert [one["name"] for one in kept] == [Path(made["file"]).name]
    backup = shutil.copy(made["file"], tmp_path / "taken-elsewhere.tar")

    empty = House(tmp_path / "empty", databases[1])
    said = json.loads(empty.dawra("restore", str(backup), "--json"))
    assert said["rows"] == kept[0]["rows"] and said["saved"] is None
    assert empty.run(FINGERPRINT) == fingerprint
    assert (empty.home / "secret.key").read_text() == (living.home / "secret.key").read_text()
    empty.dawra("verify")

    # What is there is not overwritten unless asked for, and then kept first.
    empty.dawra("restore", str(backup), code=3)
    saved = json.loads(empty.dawra("restore", "--force", str(backup), "--json"))["saved"]
    assert Path(saved).exists()
    assert empty.run(FINGERPRINT) == fingerprint


def test_a_damaged_backup_changes_nothing(house: House) -> None:
    backup = Path(json.loads(house.dawra("backup", "--json"))["file"])
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    house.dawra("verify", "--backup", str(backup), code=1)
    before = house.run(FINGERPRINT)
    house.dawra("restore", "--force", str(backup), code=1)
    assert house.run(FINGERPRINT) == before


def test_an_upgrade_backs_up_first(house: House) -> None:
    # The newest of access: nothing stands on it, and giving roles a permission may happen twice.
    house.execute(
        "DELETE FROM django_migrations WHERE app = 'access'"
        " AND name = (SELECT max(name) FROM django_migrations WHERE app = 'access')"
    )
    house.dawra("verify", code=None)
    assert [one["reason"] for one in json.loads(house.dawra("backup", "--list", "--json"))] == ["before-upgrade"]


HASHES = """
import hashlib, json, tempfile
from pathlib import Path
from dawra.site.operation.backup import open_tables
with tempfile.TemporaryDirectory() as folder:
    written = open_tables.dump(Path(folder))
    print(json.dumps({name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in written.parts.items()
                      if name.startswith("tables/") or name == "schema.json"}))
"""


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_an_open_archive_is_read_back_to_equal_hashes_by_either_database(
    databases: tuple[str, str], tmp_path: Path
) -> None:
    """From SQLite into PostgreSQL, and from there back into SQLite."""
    first = House(tmp_path / "first", "")
    first.set_up()
    first.run(FILL)
    archive = json.loads(first.dawra("export", str(tmp_path / "everything.tar"), "--json"))["file"]
    hashes = json.loads(first.run(HASHES))
    assert len(hashes) > 40

    second = House(tmp_path / "second", databases[1])
    second.dawra("restore", archive)
    assert json.loads(second.run(HASHES)) == hashes
    second.dawra("verify")
    # Writing goes on where the archive ended: the next numbers are free.
    second.run(FILL.replace("Person {n}", "Later {n}").replace("p{n}@", "later{n}@"))

    again = json.loads(second.dawra("export", str(tmp_path / "again.tar"), "--json"))["file"]
    hashes = json.loads(second.run(HASHES))
    third = House(tmp_path / "third", "")
    third.dawra("restore", again)
    assert json.loads(third.run(HASHES)) == hashes
    third.dawra("verify")
