"""How long it takes to say who may already be here, among a million people; and what the nightly search costs.

    .venv/bin/python -m bench.on_entry                                # a throw-away SQLite file
    ROWS=200000 DATABASE_URL=postgresql://… .venv/bin/python -m bench.on_entry   # an empty database of your own

Prints milliseconds a call of queries.duplicates.likely as the form makes it, Django included, and CPU-seconds of the search.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from statistics import median, quantiles

ROWS = int(os.environ.get("ROWS", "1000000"))
ASKED, SEED, AT_ONCE = 300, 404, 5_000
STEPS = int(os.environ.get("STEPS", "0"))  # of the search; 0 = until it ends
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def main() -> None:
    os.environ.setdefault("DAWRA_HOME", tempfile.mkdtemp(prefix="dawra-entry-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from dawra.customers.models import Person

    call_command("migrate", verbosity=0)
    if not Person._base_manager.exists():
        begun = time.process_time()
        fill()
        print(f"filled {ROWS:,} people in {time.process_time() - begun:.0f} CPU-s", flush=True)
    ask("before any search")
    search()
    ask("with a model learnt")


def rows() -> list[dict[str, str]]:
    from bench.persons import records

    return [row for _true, row in records(ROWS, SEED)]


def fill() -> None:
    """Straight into the tables, as an import does; the keys too."""
    from django.db import transaction

    from dawra.access.ids import new_ids
    from dawra.access.pouring import pour
    from dawra.customers import finding, rules, search
    from dawra.customers.duplicates import gathering, keys
    from dawra.customers.importing.writing import insert
    from dawra.customers.models import ContactPoint, Person
    from dawra.figures.words import fold

    said: Iterator[dict[str, str]] = iter(rows())
    taken: set[str] = set()
    while batch := list(islice(said, AT_ONCE)):
        people, points, found, alike = [], [], [], {}
        for pk, row in zip(new_ids(len(batch)), batch, strict=True):
            person = Person(
                id=pk, name=row["name"], folded=fold(row["name"])[:420], city=row.get("city") or "", created_at=NOW,
                updated_at=NOW, lifecycle_since=NOW,
            )  # fmt: skip
            people.append(person)
            mine = [("email", row["email"].lower())] if row.get("email") else []
            if row.get("phone"):
                try:
                    mine.append(("phone", rules.point("phone", row["phone"], "SA").normal))
                except rules.Wrong:
                    pass
            for kind, normal in mine:
                key = rules.unique_key(kind, "person", normal)
                if key in taken:
                    key = None
                elif key:
                    taken.add(key)
                points.append((pk, kind, normal, normal, key, True))
            company = row.get("company") or ""
            found.append(finding.person_findable(person, [normal for _kind, normal in mine], [company]))
            alike[pk] = gathering.person([row["name"]], mine, [company], person.city)
        with transaction.atomic():
            insert(people)
            columns = ("id", "person_id", "kind", "value", "normal", "unique_key", "is_primary")
            pour(ContactPoint, columns, [(pk, *point) for pk, point in zip(new_ids(len(points)), points, strict=True)])
            search.put_new(found)
            keys.add("person", alike)


def ask(when: str) -> None:
    """Every so many of them typed once more, and as many that nobody knows."""
    from dawra.access.actor import Actor
    from dawra.customers import rules
    from dawra.customers.models import Person
    from dawra.customers.queries.duplicates import likely

    actor = Actor.system("bench", NOW)
    everybody = rows()[: Person._base_manager.count()]  # of a home whose filling was cut short, those that are there
    some = everybody[:: max(len(everybody) // ASKED, 1)][:ASKED]
    took, spent, met = [], [], 0
    for row in some:
        points = []
        for kind in ("email", "phone"):
            try:
                points.append(rules.point(kind, row.get(kind) or "", "SA"))
            except rules.Wrong:
                continue
        begun, used = time.perf_counter(), time.process_time()
        found = likely(
            actor, "person", [row["name"]], points, companies=[row.get("company") or ""], city=row.get("city") or ""
        )
        took.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - used) * 1000)
        met += bool(found)
    for what, row in (("wall", took), ("CPU of this process", spent)):
        cuts = quantiles(row, n=100)
        print(
            f"on entry, {when}, {what}: median {median(row):.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms;"
            f" {met} of {len(some)} found",
            flush=True,
        )


def search() -> None:
    from dawra.customers.models import DuplicatePair, DuplicateSearch
    from dawra.journal import jobs

    begun = time.process_time()
    jobs.run_now("customers.seek_duplicates", NOW)
    one = DuplicateSearch.objects.get(ended_at=None)
    steps, longest = 0, 0.0
    while not DuplicateSearch.objects.filter(pk=one.pk, ended_at__isnull=False).exists():
        now = time.process_time()
        jobs.run_now("customers.seek_batch", NOW + timedelta(minutes=1), search_id=one.pk)
        longest, steps = max(longest, time.process_time() - now), steps + 1
        if STEPS and steps >= STEPS:
            break
    one.refresh_from_db()
    print(
        f"search: {steps} steps, {one.looked_at:,} keys that several share, {DuplicatePair.objects.count():,} pairs in"
        f" {time.process_time() - begun:.0f} CPU-s; the longest step {longest:.1f} CPU-s",
        flush=True,
    )


if __name__ == "__main__":
    main()
