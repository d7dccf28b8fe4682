"""How long a search takes among a million records, half of them in Arabic script.

    .venv/bin/python bench/search_million.py                      # a throw-away SQLite file
    DATABASE_URL=postgresql://… .venv/bin/python bench/search_million.py   # an empty database of your own

Prints milliseconds a call of search.find as the palette makes it, Django included: wall time, and the CPU of this process
and of PostgreSQL's together (PostgreSQL must run on this machine for that).
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

LATIN = [
    "Ahmad",
    "Sara",
    "Huda",
    "Karim",
    "Layla",
    "Omar",
    "Nadia",
    "Yusuf",
    "Mona",
    "Tariq",
    "Rania",
    "Samir",
    "Dina",
    "Faris",
    "Hana",
    "Jamal",
    "Lina",
    "Majid",
    "Noor",
    "Rami",
]
FAMILY = [
    "Amin",
    "Haddad",
    "Khoury",
    "Mansour",
    "Najjar",
    "Saleh",
    "Fadel",
    "Barakat",
    "Darwish",
    "Qasim",
    "Habib",
    "Issa",
    "Jaber",
    "Kanaan",
    "Lahham",
    "Maalouf",
]
ARABIC = [
    "أحمد",
    "سارة",
    "هدى",
    "كريم",
    "ليلى",
    "عمر",
    "نادية",
    "يوسف",
    "منى",
    "طارق",
    "رانيا",
    "سمير",
    "دينا",
    "فارس",
    "هناء",
    "جمال",
    "لينا",
    "ماجد",
    "نور",
    "رامي",
]
ARABIC_FAMILY = [
    "أمين",
    "حداد",
    "خوري",
    "منصور",
    "نجار",
    "صالح",
    "فاضل",
    "بركات",
    "درويش",
    "قاسم",
    "حبيب",
    "عيسى",
    "جابر",
    "كنعان",
    "لحام",
    "معلوف",
]
TRADES = ["Foods", "Logistics", "Clinics", "Trading", "Transport", "Bottling", "Cement", "Textiles"]


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

    members = sorted(
        Member.objects.all(), key=lambda one: int(one.email[1:].partition("@")[0])
    )  # a home given in DAWRA_HOME is used again
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
        Member(email=f"m{n}@bench.example", name=f"Member {n}", role=roles["rep"], created_at=NOW)
        for n in range(MEMBERS)
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
        words = [
            name,
            f"{latin}.{family}.{n}@{rare}.example",
            f"+9665{chance.randrange(10**8):08d}",
            chance.choice(TRADES),
        ]
        yield Findable(kind, UUID(int=n + 1), owner, name, words[3], words)


def fill(members: list[Any]) -> None:
    from django.db import connection, transaction

    from dawra.customers.models import SearchRow
    from dawra.customers.search import indexed

    batch: list[SearchRow] = []
    for f in findables(members):
        batch.append(
            SearchRow(
                record_kind=f.kind,
                record_id=f.id,
                owner_id=f.owner_id,
                title=f.title,
                detail=f.detail,
                folded=indexed(f),
            )
        )
        if len(batch) == 20_000:
            with transaction.atomic():
                SearchRow.objects.bulk_create(batch, batch_size=400)
            batch.clear()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE customers_searchrow" if connection.vendor == "postgresql" else "ANALYZE")


def measure(members: list[Any]) -> None:
    from django.db import connection

    from dawra.access.actor import Actor
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
        "one rare word": rare[3],
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
        "e-mail": f"{rare[0]}.{rare[1]}.{rare[2]}@{rare[3]}.example",
        "no hit": "zzzqqq",
        "frequent words that never meet": "ahmad سارة",
        "one letter every row has": "e",
        "one digit every row has": "5",
        "a rare word, a frequent beginning": f"{rare[3]} exampl",
        "no hit, a frequent beginning": "zzzqqq exampl",
        "an e-mail nobody has": f"{rare[0]}.{rare[1]}.x{rare[2]}@{rare[3]}.example",
    }
    print(f"{connection.vendor}: wall ms, CPU ms (ours and the server's), [hits]; medians of {TIMES}")
    readers = {"all": everything, "few": few, "rep": many, "team": team}
    for name, text in asked.items():
        cells = [f"{reader}: {clock(actor, text)}" for reader, actor in readers.items()]
        print(f"  {name:34}" + "  ".join(cells))
    print("  the people a list is narrowed to, at most 2,000:")
    for text in ("ahmad", "example", "exampl", "أحمد حدا", "zzzqqq"):
        print(f"    {text:32}" + "  ".join(f"{reader}: {clock_list(actor, text)}" for reader, actor in readers.items()))


def clock(actor: Any, text: str) -> str:
    from dawra.customers import search

    return timed(lambda: search.find(actor, text))


def clock_list(actor: Any, text: str) -> str:
    """What a list page adds to its own query: choosing the plan, and the ids of the people that match, read whole."""
    from django.db import connection

    from dawra.customers import search, search_plans
    from dawra.customers.search_words import tokens_of

    def ids() -> list[Any]:
        restriction = search_plans.Restriction.of(actor, ["person"])
        asked = search_plans.listed(tokens_of(text), restriction, most=search.MOST_CANDIDATES)
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, asked.params)
            return cursor.fetchall()

    return timed(ids)


def timed(call: Callable[[], Any]) -> str:
    hits = len(call())
    walls, cpus, served = [], [], server_cpu()
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return f"{median(walls):6.1f} ({median(cpus) + (server_cpu() - served) / TIMES:5.1f}) [{hits}]"


def server_cpu() -> float:
    """Milliseconds of CPU the PostgreSQL process behind our connection has used; 0 on SQLite, which is in our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
