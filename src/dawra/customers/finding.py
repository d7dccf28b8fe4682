"""What a person or company is found by, and keeping it so: in the action's transaction, or in batches by a job."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from dawra.customers import rules, search
from dawra.customers.duplicates import gathering
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard
from dawra.customers.search import Findable
from dawra.journal import jobs
from dawra.journal.jobs import job

BATCH = 500

# kind → batch(after): read the records of another room again, beyond an id; returns the last id, "" at the end.
BATCHES: dict[str, Callable[[str], str]] = {}
# Another room keeps what belongs to a company findable by its names: called with the id of one that was renamed.
OF_COMPANY: list[Callable[[UUID], None]] = []


def title_of(name: str, name_ar: str) -> str:
    """Both names in one line; queries/duplicates.py takes it apart again."""
    return " · ".join(part for part in (name, name_ar) if part)


def person_findable(
    person: Person,
    values: Iterable[str],
    companies: Sequence[str] = (),
    fields: Iterable[FieldCard] = (),
    company_ar: str = "",
) -> Findable:
    """values: what stands in their contact points, normal forms too. companies: the names they belong to, first is shown.

    company_ar: the first company's Arabic name, if it has one
    """
    return Findable(
        kind="person",
        id=person.pk,
        owner_id=person.owner_id,
        title=title_of(person.name, person.name_ar),
        detail=" · ".join(part for part in (person.title, *companies[:1]) if part),
        detail_ar=" · ".join(part for part in (person.title, company_ar) if part) if company_ar else "",
        words=[person.name, person.name_ar, *companies, *values, *rules.words(fields, person.custom)],
        alike=lambda: gathering.person(
            (person.name, person.name_ar), gathering.of_values(values), companies, person.city
        ),
    )


def company_findable(company: Company, values: Iterable[str], fields: Iterable[FieldCard] = ()) -> Findable:
    return Findable(
        kind="company",
        id=company.pk,
        owner_id=company.owner_id,
        title=title_of(company.name, company.name_ar),
        detail=" · ".join(part for part in (company.industry, company.city) if part),
        words=[company.name, company.name_ar, company.city, *values, *rules.words(fields, company.custom)],
        alike=lambda: gathering.company((company.name, company.name_ar), gathering.of_values(values), company.city),
    )


def refind(kind: str, ids: Sequence[UUID]) -> None:
    """Read a batch of live people or companies again and keep what they are found by. 4 queries a batch of at most 500."""
    if kind == "person":
        _refind_people(ids)
    else:
        _refind_companies(ids)


def _refind_people(ids: Sequence[UUID]) -> None:
    fields = [field for field in fields_of("person") if field.searchable]
    points = _points("person_id", ids)
    companies: dict[UUID, list[str]] = {}
    arabic: dict[UUID, str] = {}
    rows = Affiliation.objects.filter(person_id__in=ids, until_on__isnull=True, company__deleted_at__isnull=True)
    for person_id, name, name_ar in rows.order_by("-is_primary", "id").values_list(
        "person_id", "company__name", "company__name_ar"
    ):
        companies.setdefault(person_id, []).extend(part for part in (name, name_ar) if part)
        arabic.setdefault(person_id, name_ar)
    people = Person._base_manager.filter(pk__in=ids, deleted_at__isnull=True)
    search.put_many(
        person_findable(p, points.get(p.pk, ()), companies.get(p.pk, ()), fields, arabic.get(p.pk, "")) for p in people
    )


def _refind_companies(ids: Sequence[UUID]) -> None:
    fields = [field for field in fields_of("company") if field.searchable]
    points = _points("company_id", ids)
    rows = Company._base_manager.filter(pk__in=ids, deleted_at__isnull=True)
    search.put_many(company_findable(c, points.get(c.pk, ()), fields) for c in rows)


def _points(holder: str, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = ContactPoint.objects.filter(**{f"{holder}__in": ids}).values_list(holder, "value", "normal")
    for record_id, value, normal in rows:
        found.setdefault(record_id, []).extend({value, normal})
    return found


def refind_kind(kind: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Another room registers how its kind is read again after a custom field became searchable."""

    def register(batch: Callable[[str], str]) -> Callable[[str], str]:
        BATCHES[kind] = batch
        return batch

    return register


@job("customers.refind")
def refind_all(now: datetime, *, kind: str, after: str = "") -> None:
    """Every record of a kind, a batch at a time: a field became searchable, or no longer is."""
    last = BATCHES[kind](after) if kind in BATCHES else _refind_batch(kind, after)
    if last:
        jobs.enqueue("customers.refind", kind=kind, after=last)


@job("customers.refind_people_of")
def refind_people_of(now: datetime, *, company_id: str) -> None:
    """A company was renamed: its people, and what other rooms keep of it, are found by the new name."""
    ids = list(
        Affiliation.objects.filter(company_id=company_id, until_on__isnull=True).values_list("person_id", flat=True)
    )
    for start in range(0, len(ids), BATCH):
        refind("person", ids[start : start + BATCH])
    for again in OF_COMPANY:
        again(UUID(company_id))


def _refind_batch(kind: str, after: str) -> str:
    model: type[Person] | type[Company] = Person if kind == "person" else Company
    rows = model._base_manager.filter(deleted_at__isnull=True)
    if after:
        rows = rows.filter(pk__gt=after)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    refind(kind, ids)
    return str(ids[-1]) if len(ids) == BATCH else ""
