"""How long it takes to find past objections that say much the same, among a hundred thousand; and what noting one costs.

    .venv/bin/python -m bench.similar                                # a throw-away SQLite file
    ROWS=20000 DATABASE_URL=postgresql://… .venv/bin/python -m bench.similar     # an empty database of your own

Prints CPU-milliseconds a call of queries.similar_objections.similar_to, Django included, for who sees everything and for a
seller who sees a hundredth; and CPU-seconds of noting all words.
"""

import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from typing import Any

ROWS = int(os.environ.get("ROWS", "100000"))
DEALS, MEMBERS, ASKED, SEED, AT_ONCE = 5_000, 100, 200, 512, 2_000
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _words(text: str) -> list[str]:
    return text.split()


ENGLISH = _words(
    "your price offer contract month year budget approved board security data location drivers vans routes report export "
    "support answer slow fast cheaper competitor switch training people time busy season audit change risk trust reference "
    "customer size feature missing integration system warehouse invoice discount payment guarantee leave notice country "
    "server language arabic screen phone app manager finance director decide committee later march summer need enough today"
)
ARABIC = _words(
    "السعر العرض العقد الشهر السنة الميزانية المجلس الأمن البيانات موقع السائقين الشاحنات المسارات التقرير التصدير الدعم بطيء "
    "أسرع أرخص المنافس الانتقال التدريب الفريق الوقت مشغول الموسم التدقيق التغيير المخاطرة الثقة مرجع العميل الحجم ميزة ناقصة "
    "الربط النظام المستودع الفاتورة الخصم الدفع الضمان الخروج الإشعار البلد الخادم اللغة العربية الشاشة الهاتف المدير المالية "
    "القرار اللجنة لاحقًا مارس الصيف الحاجة يكفي اليوم"
)


def main() -> None:
    os.environ.setdefault("DAWRA_HOME", tempfile.mkdtemp(prefix="dawra-similar-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    begun = time.process_time()
    sellers = fill()
    print(f"filled {ROWS:,} objections in {time.process_time() - begun:.0f} CPU-s", flush=True)
    begun = time.process_time()
    note()
    spent = time.process_time() - begun
    print(f"noted their words in {spent:.0f} CPU-s, {1000 * spent / ROWS:.2f} ms each", flush=True)
    from dawra.access.actor import Actor
    from dawra.access.permissions import PERMISSIONS

    everything = frozenset(PERMISSIONS)
    ask("who sees everything", Actor.system("bench", NOW))
    one = sellers[0]
    ask("a seller who sees a hundredth", Actor(one, "bench", NOW, everything, frozenset({one}), via="ui"))
    one_more()


def words_of(dice: random.Random) -> str:
    """Ten words or so, the frequent ones far more often than the rare; one in six from a seller's own vocabulary."""
    texts = []
    for _word in range(dice.randint(5, 14)):
        known = ENGLISH if dice.random() < 0.5 else ARABIC
        word = known[min(int(dice.expovariate(0.08)), len(known) - 1)]
        texts.append(word if dice.random() < 0.84 else word[:3] + "".join(dice.choices("aeioumnrstl", k=5)))
    return " ".join(texts)


def fill() -> list[Any]:
    from django.db import transaction

    from dawra.access.actions.roles import seed_roles
    from dawra.access.actor import Actor
    from dawra.deals.actions.starting import start_with_defaults
    from dawra.deals.models import Deal, Objection, Stage
    from dawra.team.models import Member, Workspace

    dice, system = random.Random(SEED), Actor.system("bench", NOW)
    Workspace.objects.create(name="Bench", base_currency="SAR", time_zone="UTC", created_at=NOW)
    roles = seed_roles(system)
    start_with_defaults(system)
    stage = Stage.objects.order_by("position").first()
    members = [
        Member(email=f"m{n}@bench.example", name=f"Member {n}", role=roles["rep"], created_at=NOW)
        for n in range(MEMBERS)
    ]
    Member.objects.bulk_create(members)
    deals = [
        Deal.signed_by(
            system, name=f"Deal {n}", folded=f"deal {n}", stage=stage, stage_since=NOW, currency="SAR", owner=members[n % MEMBERS]
        )
        for n in range(DEALS)
    ]  # fmt: skip
    Deal._base_manager.bulk_create(deals, batch_size=200)
    for start in range(0, ROWS, AT_ONCE):
        with transaction.atomic():
            Objection._base_manager.bulk_create(
                (
                    Objection.signed_by(
                        system, deal=deals[n % DEALS], category="price", words=words_of(dice), raised_at=NOW - timedelta(minutes=n)
                    )
                    for n in range(start, min(start + AT_ONCE, ROWS))
                ),
                batch_size=200,
            )  # fmt: skip
    return [member.pk for member in members]


def note() -> None:
    from django.db import transaction

    from dawra.deals.models import Objection
    from dawra.deals.similarity import index

    while True:
        rows = list(Objection._base_manager.filter(norm__isnull=True).order_by("id")[:AT_ONCE])
        if not rows:
            return
        with transaction.atomic():
            index(rows)


def ask(who: str, actor: Any) -> None:
    from dawra.deals.queries.similar_objections import similar_to

    dice = random.Random(SEED + 1)
    asked = [words_of(dice) for _n in range(ASKED)]
    similar_to(actor, asked[0])
    spent, found = [], 0
    for words in asked:
        begun = time.process_time()
        found += len(similar_to(actor, words))
        spent.append(1000 * (time.process_time() - begun))
    p95 = quantiles(spent, n=20)[18]
    print(f"{who}: median {median(spent):.1f} CPU-ms, 95 % within {p95:.1f} ms, {found / ASKED:.1f} found", flush=True)


def one_more() -> None:
    from django.db import connection, transaction

    from dawra.deals.models import Objection, ObjectionTerm
    from dawra.deals.similarity import index

    rows = list(Objection._base_manager.order_by("-id")[:20])
    begun = time.process_time()
    for row in rows:
        row.serial = None
        with transaction.atomic():
            index([row])
    print(f"noting one more: {1000 * (time.process_time() - begun) / len(rows):.1f} CPU-ms", flush=True)
    size = sum(len(bytes(found)) for found in ObjectionTerm.objects.values_list("found", flat=True).iterator())
    print(
        f"index: {ObjectionTerm.objects.count():,} rows, {size / 2**20:.0f} MB packed, on {connection.vendor}",
        flush=True,
    )


if __name__ == "__main__":
    main()
