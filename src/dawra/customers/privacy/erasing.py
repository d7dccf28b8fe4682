"""Forgetting a person: what was said is blanked everywhere, what figures count stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.access.holdings import FORGETS
from dawra.customers.duplicates.merging import gone_into
from dawra.customers.models import Person
from dawra.customers.privacy import ledger, returning
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import PersonErased

MERGE_PAGES = 500
MOST_MERGES = 2_000


def erase_person(actor: Actor, *, person_id: UUID, reason: str, confirmed: str) -> None:
    """A person asked to be forgotten: their data go for good, in every room; nobody can take this back.

    reason:    the person's request, a legal duty …; kept
    confirmed: the person's name, typed once more
    Writes:    customers.person_erased.1, and one line of the ledger before it
    Raises:    Refused, NotFound, Invalid
    """
    actor.must("customers.privacy")
    person = _known(actor, person_id)
    if not reason.strip():
        raise Invalid(_("Say why: whoever asks later must be able to know."), field="reason")
    if confirmed.strip() not in {person.name, person.name_ar} - {""}:
        raise Invalid(_("Type the name exactly as it stands above."), field="confirmed")
    ledger.note(person.pk, actor.now, returning.theirs_alone((*gone_into(person.pk), person.pk)))
    _forget(actor, person.pk, reason.strip()[:300])


def erase_again(now: datetime) -> int:
    """Forget whom the ledger names and the database still knows, and say how many that were."""
    actor = Actor.system("the ledger of the erased", now)
    known = Person._base_manager.filter(erased_at__isnull=True)
    count = 0
    for person_id in ledger.noted():
        if known.filter(pk=person_id).exists():
            _forget(actor, person_id, "ledger")
            count += 1
    return count


@jobs.job("customers.erase_again", every_minutes=24 * 60)
def erase_again_daily(now: datetime) -> None:
    """Carry out what a crash or a restored backup left undone."""
    erase_again(now)


@jobs.job("customers.scrub_search")
def scrub_search(now: datetime) -> None:
    """Merge the full-text index, a little at a time: only then are words of removed rows gone from the file."""
    if connection.vendor != "sqlite":
        return
    for pages in (-MERGE_PAGES, *[MERGE_PAGES] * MOST_MERGES):
        with _wiping(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT total_changes()")
            before = cursor.fetchone()[0]
            cursor.execute("INSERT INTO customers_searchtext(customers_searchtext, rank) VALUES ('merge', %s)", [pages])
            cursor.execute("SELECT total_changes()")
            if cursor.fetchone()[0] - before < 2:
                return


def _known(actor: Actor, person_id: UUID) -> Person:
    """Live or in the bin."""
    for rows in (Person.objects.visible_to(actor), Person.objects.in_bin_of(actor)):
        person: Person | None = rows.filter(pk=person_id, erased_at__isnull=True).first()
        if person is not None:
            return person
    raise NotFound()


def _forget(actor: Actor, person_id: UUID, reason: str) -> None:
    with _wiping(), transaction.atomic():
        for one in (*gone_into(person_id), person_id):
            for forget in FORGETS.values():
                forget(one, actor.now)
        person = Person._base_manager.get(pk=person_id)
        write(actor, PersonErased(person_id, reason), about=[person])
        jobs.enqueue("customers.scrub_search")


@contextmanager
def _wiping() -> Iterator[None]:
    """On SQLite what is freed meanwhile is overwritten; PostgreSQL's vacuum reuses its pages by itself."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")
