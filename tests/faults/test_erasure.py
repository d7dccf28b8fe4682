"""Of an erased person no byte is left in the database's file, and an old backup does not bring them back."""

import json
from pathlib import Path

import pytest

from tests.faults.house import House

pytestmark = pytest.mark.slow

CANARY = "zwqxcanary"
ACTOR = """
from django.utils import timezone
from dawra.team.actors import actor_for
from dawra.team.models import Member
now = timezone.now()
actor = actor_for(Member.objects.select_related("role", "team").get(), now)
"""
FILL = f"""{ACTOR}
from dawra.customers.actions.activities import Happening, log_activity
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
for n in range(200):
    add_person(actor, plan=NewPerson(name=f"Before {{n}}", points=(NewPoint("email", f"b{{n}}@x.example"),)))
points = (NewPoint("email", "{CANARY}@x.example"),)
person = add_person(actor, plan=NewPerson(name="{CANARY} one", about="{CANARY} about " * 60, points=points)).record
log_activity(actor, records=[person], said=Happening("call", now, title="{CANARY}", body="{CANARY} said " * 60))
for n in range(100):
    add_person(actor, plan=NewPerson(name=f"After {{n}}", points=(NewPoint("email", f"a{{n}}@x.example"),)))
"""
ERASE = f"""{ACTOR}
from django.db import connection
from dawra.customers.models import Person
from dawra.customers.privacy.erasing import erase_person, scrub_search
person = Person.objects.visible_to(actor).get(name="{CANARY} one")
erase_person(actor, person_id=person.pk, reason="asked by letter", confirmed=person.name)
scrub_search(now)
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""


def bytes_left(house: House) -> int:
    return sum(path.read_bytes().count(CANARY.encode()) for path in house.home.glob("dawra.db*"))


def test_no_byte_of_an_erased_person_is_left_and_an_old_backup_forgets_them_again(house: House) -> None:
    house.run(FILL)
    old = Path(json.loads(house.dawra("backup", "--json"))["file"])
    assert bytes_left(house) > 50
    house.run(ERASE)
    assert bytes_left(house) == 0

    house.dawra("restore", "--force", str(old))
    found = house.query("SELECT count(*) FROM customers_person WHERE name LIKE 'zwqx%'")
    assert found == [(0,)]
    assert house.query("SELECT count(*) FROM customers_person WHERE erased_at IS NOT NULL") == [(1,)]
    house.dawra("verify")
