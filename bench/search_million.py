"""How long a search takes among a million records, half of them in Arabic script.

    .venv/bin/python bench/search_million.py                      # a throw-away SQLite file
    DATABASE_URL=postgresql://… .venv/bin/python bench/search_million.py   # an empty database of your own

Prints milliseconds a call of search.find as the palette makes it, Django included: wall time and the process's CPU.
PostgreSQL's own CPU is in the wall time only.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

ROWS = int(os.environ.get("ROWS", "1000000"))
MEMBERS, TIMES, SEED = 200, 15, 20261123
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

LATIN = "Ahmad Sara Huda Karim Layla Omar Nadia Yusuf Mona Tariq Rania Samir Dina Faris Hana Jamal Lina Majid Noor Rami".split()
FAMILY = "Amin Haddad Khoury Mansour Najjar Saleh Fadel Barakat Darwish Qasim Habib Issa Jaber Kanaan Lahham Maalouf".split()
ARABIC = "أحمد سارة هدى كريم ليلى عمر نادية يوسف منى طارق رانيا سمير دينا فارس هناء جمال لينا ماجد نور رامي".split()
ARABIC_FAMILY = "أمين حداد خوري منصور نجار صالح فاضل بركات درويش قاسم حبيب عيسى جابر كنعان لحام معلوف".split()
TRADES = "Foods Logistics Clinics Trading Transport Bottling Cement Textiles".split()


def main() -> None:
    home = tempfile.mkdtemp(prefix="dawra-search-")
    os.environ.setdefault("DAWRA_HOME", home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from dawra.team.models import Member

    members = list(Member.objects.order_by("id"))  # a home given in DAWRA_HOME is used again
    if not members:
        members = make_members()
        begun = time.perf_counter()
        fill(members)
        print(f"filled {ROWS:,} rows in {time.perf_counter() - begun:.0f} s")
    measure(members)


def make_members() -> list[Any]:
    from dawra.access.actions.roles import seed_roles
    from dawra.access.actor import Actor
    from dawra.team.models import Member

    roles = seed_roles(Actor.system("bench", NOW))
    rows = [
        Member(email=f"m{n}@bench.example", name=f"Member {n}", role=roles["rep"], created_at=NOW) for n in range(MEMBERS)
    ]
    Member.objects.bulk_create(rows)
    return rows


def findables(members: list[Any]) -> Iterator[Any]:
    from dawra.customers.search import Findable

    chance = random.Random(SEED)
    for n in range(ROWS):
        latin, family = chance.choice(LATIN), chance.choice(FAMILY)
        arabic = f"{chance.choice(ARABIC)} {chance.choice(ARABIC_FAMILY)}"
        # One member in two hundred owns two rows in a thousand: the reader with few records of his own.
        owner = members[0].id if n % 500 == 0 else members[1 + n % (MEMBERS - 1)].id
        rare = f"{chance.getrandbits(40):010x}"
        kind = "person" if n % 10 < 7 else "company" if n % 10 < 8 else "deal"
        name = arabic if n % 2 else f"{latin} {family}"
        words = [name, f"{latin}.{family}.{n}@{rare}.example", f"+9665{chance.randrange(10**8):08d}", chance.choice(TRADES)]
        yield Findable(kind, UUID(int=n + 1), owner, name, words[3], words)


def fill(members: list[Any]) -> None:
    from django.db import connection, transaction

    from dawra.customers.models import SearchRow
    from dawra.customers.search import indexed

    batch: list[SearchRow] = []
    for f in findables(members):
        batch.append(
            SearchRow(
                record_kind=f.kind, record_id=f.id, owner_id=f.owner_id, title=f.title, detail=f.detail, folded=indexed(f)
            )
        )
        if len(batch) == 20_000:
            with transaction.atomic():
                SearchRow.objects.bulk_create(batch, batch_size=400)
            batch.clear()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_searchrow" if connection.vendor == "postgresql" else "ANALYZE")


def measure(members: list[Any]) -> None:
    from django.db import connection

    from dawra.access.actor import Actor
    from dawra.customers import search
    from dawra.customers.models import SearchRow

    may = frozenset({"customers.read", "deals.read"})
    everything = Actor(None, "manager", NOW, may, None)
    few = Actor(members[0].id, "rep with few", NOW, may, frozenset({members[0].id}))
    many = Actor(members[1].id, "rep", NOW, may, frozenset({members[1].id}))
    team = Actor(members[1].id, "team of 20", NOW, may, frozenset(m.id for m in members[1:21]))
    rare = SearchRow.objects.get(record_id=UUID(int=500 * 3 + 1)).folded.split()
    print("the row asked for:", " ".join(rare))
    number = next(word for word in rare if word.startswith("966"))
    asked = {
        "one rare word": rare[4],
        "a word every row has": "example",
        "its beginning": "exampl",
        "one frequent word (مـ)": "م",
        "frequent word (ahmad)": "ahmad",
        "frequent beginning (ah)": "ah",
        "two words": "huda ami",
        "two frequent Arabic words": "أحمد حدا",
        "four words": "سارة خوري foods",
        "telephone, last digits": number[-6:],
        "telephone, whole": "+966 5" + number[4:],
        "e-mail": f"{rare[2]}.{rare[3]}@{rare[4]}.example",
        "no hit": "zzzqqq",
        "frequent words that never meet": "ahmad سارة",
    }
    print(f"{connection.vendor}: wall ms (CPU ms), median of {TIMES} / worst")
    for name, text in asked.items():
        cells = []
        for actor in (everything, few, many, team):
            cells.append(clock(lambda actor=actor: search.find(actor, text)))  # type: ignore[misc]
        print(f"  {name:34}" + "  ".join(f"{actor_name}: {cell}" for actor_name, cell in zip(("all", "few", "rep", "team"), cells, strict=True)))


def clock(call: Callable[[], Any]) -> str:
    hits = len(call())
    walls, cpus = [], []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return f"{median(walls):6.1f} ({median(cpus):5.1f}) / {max(walls):6.1f} [{hits}]"


if __name__ == "__main__":
    main()
