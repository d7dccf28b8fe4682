"""People, companies and activities of the sample company: written in batches, and taken out again.

Part of the sample's own act (site/sample), which asks, commits and keeps count.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.customers import rules, search
from dawra.customers.finding import company_findable, person_findable
from dawra.customers.models import (
    Activity,
    ActivityLink,
    Affiliation,
    BlockKey,
    Company,
    Consent,
    ContactPoint,
    DuplicatePair,
    File,
    Letter,
    LifecycleChange,
    Merge,
    Person,
    SearchRow,
    Tagging,
)
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.activities import CallLogged, EmailLogged, MeetingLogged, NoteWritten, TaskAdded, TaskDone
from dawra.journal.catalogue.customers import CompanyAdded, LifecycleChanged, PersonAdded

LOGGED = {"call": CallLogged, "meeting": MeetingLogged, "email": EmailLogged}


@dataclass(frozen=True, slots=True)
class NewRecord:
    """values: columns. points: (kind, value). stages: (lifecycle code, since when), first one first.

    signed: who did it. works_for: a person's company and its names
    """

    values: Mapping[str, Any]
    points: Sequence[tuple[str, str]]
    stages: Sequence[tuple[str, datetime]]
    signed: Actor
    works_for: tuple[UUID, str, str] | None = None


@dataclass(frozen=True, slots=True)
class NewActivity:
    """about: (kind, id) of what it concerns. at: when it was written down."""

    values: Mapping[str, Any]
    about: Sequence[tuple[str, UUID]]
    signed: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Ref:
    kind: str
    pk: UUID


def write_companies(news: Sequence[NewRecord]) -> None:
    """At most 500 a transaction."""
    companies = [_record(Company, new) for new in news]
    Company._base_manager.bulk_create(companies, batch_size=100)
    _surround(companies, news)
    search.put_many(company_findable(c, [v for _k, v in new.points]) for c, new in zip(companies, news, strict=True))


def write_people(news: Sequence[NewRecord]) -> None:
    """At most 500 a transaction."""
    people = [_record(Person, new) for new in news]
    Person._base_manager.bulk_create(people, batch_size=100)
    Affiliation.objects.bulk_create(
        (
            Affiliation(
                person=p, company_id=new.works_for[0], role=p.title, is_primary=True, from_on=p.created_at.date()
            )
            for p, new in zip(people, news, strict=True)
            if new.works_for
        ),
        batch_size=100,
    )
    _surround(people, news)
    search.put_many(
        person_findable(
            p,
            [v for _k, v in new.points],
            [part for part in new.works_for[1:] if part] if new.works_for else (),
            company_ar=new.works_for[2] if new.works_for else "",
        )
        for p, new in zip(people, news, strict=True)
    )


def write_activities(news: Sequence[NewActivity]) -> None:
    """At most 500 a transaction; what they concern was dealt with then."""
    rows = []
    facts: dict[Actor, list[Any]] = {}
    for new in news:
        row = Activity.signed_by(new.signed, **new.values, is_sample=True)
        row.created_at = row.updated_at = new.at
        rows.append(row)
        about = [Ref(*one) for one in new.about]
        kind = LOGGED.get(row.what) if row.happened_at and not row.due_at else None
        said: Any = kind(row.pk, row.title) if kind else TaskAdded(row.pk, row.title)
        if row.what == "note":
            said = NoteWritten(row.pk, [])
        facts.setdefault(new.signed, []).append((said, about, row.happened_at or new.at))
        if row.done_at:
            facts[new.signed].append((TaskDone(row.pk, row.title), about, row.done_at))
    Activity._base_manager.bulk_create(rows, batch_size=100)
    ActivityLink.objects.bulk_create(
        (
            ActivityLink(activity=row, record_kind=kind, record_id=record_id)
            for row, new in zip(rows, news, strict=True)
            for kind, record_id in new.about
        ),
        batch_size=200,
    )
    _touch(rows, news)
    for signed, told in facts.items():
        journal.write_many(signed, told)


def _touch(rows: Sequence[Activity], news: Sequence[NewActivity]) -> None:
    latest: dict[UUID, datetime] = {}
    for row, new in zip(rows, news, strict=True):
        if row.happened_at:
            for kind, record_id in new.about:
                if kind in ("person", "company"):
                    latest[record_id] = max(latest.get(record_id, row.happened_at), row.happened_at)
    models: tuple[Any, ...] = (Person, Company)
    for model in models:
        touched = list(model._base_manager.filter(pk__in=list(latest)).only("pk", "last_activity_at"))
        for record in touched:
            record.last_activity_at = max(filter(None, (record.last_activity_at, latest[record.pk])))
        model._base_manager.bulk_update(touched, ["last_activity_at"], batch_size=100)


def _record(model: Any, new: NewRecord) -> Any:
    values = dict(new.values)
    stage, since = new.stages[-1]
    folded = fold(f"{values['name']} {values.get('name_ar', '')}")[:420]
    row = model.signed_by(new.signed, folded=folded, lifecycle=stage, lifecycle_since=since, is_sample=True)
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = max(since, row.created_at)
    return row


def _surround(records: Sequence[Any], news: Sequence[NewRecord]) -> None:
    """Addresses, the way through the lifecycle, and the entries, as each of them would have left."""
    points, changes = [], []
    facts: dict[Actor, list[Any]] = {}
    for record, new in zip(records, news, strict=True):
        for kind, value in new.points:
            read = rules.point(kind, value)
            points.append(
                ContactPoint(
                    **{f"{record.kind}_id": record.pk}, kind=kind, value=read.value, normal=read.normal, is_primary=True,
                    unique_key=rules.unique_key(kind, record.kind, read.normal),
                )
            )  # fmt: skip
        told = facts.setdefault(new.signed, [])
        added: Any = CompanyAdded if record.kind == "company" else PersonAdded
        told.append((added(record.pk, record.name, record.source), [record], record.created_at))
        before = ""
        for stage, at in new.stages:
            changes.append(
                LifecycleChange(
                    record_kind=record.kind, record_id=record.pk, from_stage=before, to_stage=stage, changed_at=at,
                    changed_by_id=new.signed.member_id,
                )
            )  # fmt: skip
            if before:
                moved = LifecycleChanged(record.kind, record.pk, before, stage, name=record.name)
                told.append((moved, [record], at))
            before = stage
    ContactPoint.objects.bulk_create(points, batch_size=200)
    LifecycleChange.objects.bulk_create(changes, batch_size=200)
    for signed, told in facts.items():
        journal.write_many(signed, told)


# Taking out


def leaning_on_sample(deal_ids: Collection[UUID]) -> set[UUID]:
    """Records of the sample that the user's own need: their activities, files, affiliations, parents point there.

    deal_ids: of the sample, since activities concern deals too. Cost: 6 queries
    """
    own = Activity._base_manager.filter(is_sample=False).values("id")
    linked = set(ActivityLink.objects.filter(activity_id__in=own).values_list("record_id", flat=True))
    linked |= set(File.objects.filter(deleted_at__isnull=True).values_list("record_id", flat=True))
    people = Affiliation.objects.filter(person__is_sample=False, company__is_sample=True)
    firms = Affiliation.objects.filter(person__is_sample=True, company__is_sample=False)
    linked |= set(people.values_list("company_id", flat=True)) | set(firms.values_list("person_id", flat=True))
    children = Company._base_manager.filter(is_sample=False, parent__is_sample=True)
    linked |= set(children.values_list("parent_id", flat=True))
    sample = set(deal_ids) | sample_ids("person") | sample_ids("company")
    return linked & sample


def sample_ids(kind: str) -> set[UUID]:
    model: Any = {"person": Person, "company": Company, "activity": Activity}[kind]
    return set(model._base_manager.filter(is_sample=True).values_list("id", flat=True))


def keep_as_own(ids: Collection[UUID]) -> dict[str, int]:
    """They lose the mark of the sample and stay. Returns how many of each kind."""
    wanted = list(ids)
    counts = {}
    for kind, model in (("person", Person), ("company", Company)):
        rows = 0
        for start in range(0, len(wanted), 500):
            rows += model._base_manager.filter(pk__in=wanted[start : start + 500], is_sample=True).update(
                is_sample=False
            )
        if rows:
            counts[kind] = rows
    return counts


def take_out(kind: str, ids: Sequence[UUID]) -> None:
    """At most 500 records of the sample, with all that hangs on them. The caller has looked after who needs them."""
    if kind == "activity":
        ActivityLink.objects.filter(activity_id__in=ids).delete()
        Activity._base_manager.filter(pk__in=ids).delete()
        return
    for model in (SearchRow, BlockKey, Tagging, LifecycleChange, ActivityLink):
        model.objects.filter(record_id__in=ids).delete()
    DuplicatePair.objects.filter(Q(a_id__in=ids) | Q(b_id__in=ids)).delete()
    Merge.objects.filter(Q(kept_id__in=ids) | Q(gone_id__in=ids)).delete()
    holder = {"person": "person_id__in", "company": "company_id__in"}.get(kind)
    if holder:
        ContactPoint.objects.filter(**{holder: ids}).delete()
        Affiliation.objects.filter(**{holder: ids}).delete()
    if kind == "person":
        Consent.objects.filter(person_id__in=ids).delete()
        Person._base_manager.filter(pk__in=ids).delete()
    if kind == "company":
        Company._base_manager.filter(parent_id__in=ids).update(parent=None)
        Company._base_manager.filter(pk__in=ids).delete()


def hand_over(from_ids: Collection[UUID], to_id: UUID | None) -> None:
    """What stays and belongs to members of the sample goes to somebody real."""
    members = list(from_ids)
    for model in (Person, Company, Activity):
        for column in ("owner_id", "created_by_id", "updated_by_id"):
            model._base_manager.filter(**{f"{column}__in": members}).update(**{column: to_id})
    SearchRow.objects.filter(owner_id__in=members).update(owner_id=to_id)
    LifecycleChange.objects.filter(changed_by_id__in=members).update(changed_by_id=to_id)
    Letter.objects.filter(written_by_id__in=members).update(written_by_id=to_id)
