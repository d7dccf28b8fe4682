"""The index by which similar objections are found: kept a term and a part at a time, so that it grows with each one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum

from dawra.deals.models import Objection, ObjectionTerm
from dawra.figures import similar
from dawra.journal.jobs import job

PART = 8192
AT_ONCE = 200
# Above that many texts a term that occurs in more than this share of them is counted and no longer noted: it says little.
MANY_TEXTS, COMMON = 2000, 0.15


@job("deals.find_objection")
@transaction.atomic
def find_objection(now: datetime, *, objection_id: str, before: str = "") -> None:
    """An objection is found by its words, and no longer by those it had before."""
    row = Objection._base_manager.filter(pk=UUID(objection_id)).first()
    if row is None:
        return
    if row.serial is not None:
        forget(row.serial, before)
    index([row])


@job("deals.find_objections", every_minutes=60)
def find_missing(now: datetime) -> None:
    """What came in without its words being noted: by import, by the sample, or because a job was lost."""
    missing = Objection._base_manager.filter(norm__isnull=True, deleted_at__isnull=True).exclude(words="")
    for _batch in range(10):
        with transaction.atomic():
            rows = list(missing.order_by("id")[:AT_ONCE])
            index(rows)
        if len(rows) < AT_ONCE:
            return


def index(rows: Iterable[Objection]) -> None:
    """Note the words of objections. Part of a transaction; 5 queries, and one more for each part they fall into."""
    found = [(row, similar.terms(row.words)) for row in rows if row.words]
    if not found:
        return
    last = count()
    new: dict[tuple[int, int], list[int]] = {}
    wanted: set[int] = set()
    for row, terms in found:
        if row.serial is None:
            last += 1
            row.serial = last
        wanted |= terms
        for term in terms:
            new.setdefault((term, row.serial // PART), []).append(row.serial)
    df, n = frequencies(wanted), last
    _write(new, df, n)
    for (term, _part), serials in new.items():
        df[term] = df.get(term, 0) + len(serials)
    for row, terms in found:
        row.norm = similar.norm(terms, df, n + 1)
    Objection._base_manager.bulk_update([row for row, _terms in found], ["serial", "norm"], batch_size=100)


def _write(new: Mapping[tuple[int, int], list[int]], df: Mapping[int, int], n: int) -> None:
    parts: dict[int, list[int]] = {}
    for term, part in new:
        parts.setdefault(part, []).append(term)
    rows = []
    for part, terms in parts.items():
        there: dict[int, tuple[bytes, int]] = {}
        for start in range(0, len(terms), 500):
            found = ObjectionTerm.objects.filter(part=part, term__in=terms[start : start + 500])
            there |= {term: (bytes(packed), n) for term, packed, n in found.values_list("term", "found", "n")}
        for term in terms:
            serials, (packed, before) = new[term, part], there.get(term, (b"", 0))
            if n < MANY_TEXTS or df.get(term, 0) <= COMMON * n:
                packed += similar.packed(serials)
            rows.append(ObjectionTerm(term=term, part=part, found=packed, n=before + len(serials)))
    _keep(rows)


def _keep(rows: list[ObjectionTerm]) -> None:
    """In one order, so that two writers never wait for each other."""
    rows.sort(key=lambda row: (row.part, row.term))
    ObjectionTerm.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, update_fields=["found", "n"], unique_fields=["term", "part"]
    )


def forget(serial: int, words: str) -> None:
    """A text no longer leads to its objection. Part of a transaction."""
    forget_all([(serial, words)])


def forget_all(texts: Iterable[tuple[int, str]]) -> None:
    """(serial, words) of texts that no longer lead anywhere; a term nobody uses any more goes. Part of a transaction."""
    gone: dict[int, dict[int, set[int]]] = {}
    for serial, words in texts:
        for term in similar.terms(words):
            gone.setdefault(serial // PART, {}).setdefault(term, set()).add(serial)
    kept = []
    for part, by_term in gone.items():
        terms = sorted(by_term)
        for start in range(0, len(terms), 500):
            for row in ObjectionTerm.objects.filter(part=part, term__in=terms[start : start + 500]):
                serials = by_term[row.term]
                left = [text for text in similar.unpacked(bytes(row.found)) if text not in serials]
                row.pk, row.found, row.n = None, similar.packed(left), max(row.n - len(serials), 0)
                kept.append(row)
    _keep(kept)
    ObjectionTerm.objects.filter(n=0, part__in=list(gone)).delete()


def frequencies(terms: Iterable[int]) -> dict[int, int]:
    """In how many objections each of these terms occurs. 1 query for 500 terms."""
    wanted = sorted(terms)
    df: dict[int, int] = {}
    for start in range(0, len(wanted), 500):
        rows = ObjectionTerm.objects.filter(term__in=wanted[start : start + 500])
        df |= dict(rows.values("term").order_by().annotate(df=Sum("n")).values_list("term", "df"))
    return df


def count() -> int:
    """How many objections have been noted so far: the last serial. 1 query."""
    last: int | None = Objection._base_manager.aggregate(last=Max("serial"))["last"]
    return last or 0
