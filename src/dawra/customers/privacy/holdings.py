"""Where customers keeps what it knows of a person. Imported when the room is ready."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.customers import search
from dawra.customers.binned import FILE_KEPT_DAYS, purge_files
from dawra.customers.duplicates.merging import KEPT_DAYS as MERGE_KEPT_DAYS
from dawra.customers.importing.uploads import discard
from dawra.customers.models import (
    Activity,
    ActivityLink,
    Affiliation,
    BlockKey,
    Consent,
    ContactPoint,
    DuplicatePair,
    ExternalId,
    File,
    ImportFile,
    ImportRow,
    Letter,
    LifecycleChange,
    Merge,
    Person,
    SearchRow,
    Tagging,
)  # fmt: skip
from dawra.customers.models.importing import REJECTED, RUNNING

ERASED, ERASED_AR = "Erased person", "شخص مُحيت بياناته"

impersonal("customers.Company", because="a company; what is written about people in its texts, people must correct")
impersonal(
    "customers.FieldDef", "customers.LifecycleStage", "customers.Tag", "customers.TalkOutcome",
    because="the company's own vocabulary",
)  # fmt: skip
impersonal("customers.TalkRules", because="what the company asks of whoever logs a call")
impersonal("customers.LetterTemplate", because="the company's own words, written for anybody")
impersonal("customers.BulkRun", because="a filter and a change, and how far it is")
impersonal("customers.Import", because="who brought in which files; rows and files are asked themselves")
impersonal("customers.SavedMapping", because="headings of files and the fields they fill")
impersonal("customers.DuplicateSearch", because="how often which words occur, and how far the search is")
impersonal("customers.PendingLink", because="ids of another system, gone when the row they wait for has come")


@holds(SearchRow)
def found_by(person_id: UUID) -> QuerySet[Any]:
    return SearchRow.objects.filter(record_id=person_id)


@forgets(SearchRow)
def not_found(person_id: UUID, now: datetime) -> None:
    search.drop([person_id])


@holds(BlockKey)
def keys(person_id: UUID) -> QuerySet[Any]:
    return BlockKey.objects.filter(record_id=person_id)


@holds(DuplicatePair)
def pairs(person_id: UUID) -> QuerySet[Any]:
    return DuplicatePair.objects.filter(Q(a_id=person_id) | Q(b_id=person_id))


for _kept, _table in ((keys, BlockKey), (pairs, DuplicatePair)):

    @forgets(_table)
    def gone(person_id: UUID, now: datetime, kept: Any = _kept) -> None:
        kept(person_id).delete()


@holds(Merge)
def merges(person_id: UUID) -> QuerySet[Any]:
    return Merge.objects.filter(Q(kept_id=person_id) | Q(gone_id=person_id))


@forgets(Merge)
def blank_merges(person_id: UUID, now: datetime) -> None:
    """That two records became one stays; there is no way back any more."""
    merges(person_id).update(names=["", ""], done={"moved": []}, merged_at=now - timedelta(days=MERGE_KEPT_DAYS))


@holds(ImportRow)
def rows(person_id: UUID) -> QuerySet[Any]:
    """Rows that became the person, and rejected ones that hold one of the person's addresses."""
    asked = Q(record_id=person_id)
    for address in points(person_id).values_list("normal", flat=True):
        asked |= Q(outcome=REJECTED, cells__icontains=address)
    return ImportRow.objects.filter(asked)


@forgets(ImportRow)
def blank_rows(person_id: UUID, now: datetime) -> None:
    """The uploads too."""
    keys = list(uploads(person_id).values_list("key", flat=True))  # asked while the rows still say whose they are
    rows(person_id).update(cells=[], says=[], made={})
    transaction.on_commit(lambda: discard(keys))


@holds(ImportFile)
def uploads(person_id: UUID) -> QuerySet[Any]:
    """Files still on the server whose rows became the person. One that is being brought in is left to end."""
    of = ImportFile.objects.filter(pk__in=rows(person_id).values("file_id")).exclude(key="")
    return of.exclude(within__state=RUNNING)


@forgets(ImportFile)
def remove_uploads(person_id: UUID, now: datetime) -> None:
    """Went with the rows (blank_rows): afterwards nothing tells any more in which files a rejected row stood."""


@holds(ContactPoint)
def points(person_id: UUID) -> QuerySet[Any]:
    return ContactPoint.objects.filter(person_id=person_id)


@holds(Affiliation)
def affiliations(person_id: UUID) -> QuerySet[Any]:
    return Affiliation.objects.filter(person_id=person_id)


@holds(Consent)
def consents(person_id: UUID) -> QuerySet[Any]:
    return Consent.objects.filter(person_id=person_id)


@holds(ExternalId)
def foreign_ids(person_id: UUID) -> QuerySet[Any]:
    return ExternalId.objects.filter(record_kind="person", record_id=person_id)


@holds(Tagging)
def taggings(person_id: UUID) -> QuerySet[Any]:
    return Tagging.objects.filter(record_kind="person", record_id=person_id)


for _rows, _model in ((affiliations, Affiliation), (consents, Consent), (foreign_ids, ExternalId), (taggings, Tagging)):

    @forgets(_model)
    def remove(person_id: UUID, now: datetime, rows: Any = _rows) -> None:
        rows(person_id).delete()


@holds(LifecycleChange)
def stages(person_id: UUID) -> QuerySet[Any]:
    return LifecycleChange.objects.filter(record_kind="person", record_id=person_id)


@forgets(LifecycleChange)
def blank_reasons(person_id: UUID, now: datetime) -> None:
    stages(person_id).update(reason="")


@holds(ActivityLink)
def links(person_id: UUID) -> QuerySet[Any]:
    """Kept: that something was done stays true, and the id leads to a blank record."""
    return ActivityLink.objects.filter(record_kind="person", record_id=person_id)


@holds(Activity)
def activities(person_id: UUID) -> QuerySet[Any]:
    return Activity._base_manager.filter(pk__in=links(person_id).values("activity_id"))


@holds(Letter)
def letters(person_id: UUID) -> QuerySet[Any]:
    return Letter.objects.filter(person_id=person_id)


@forgets(Letter)
def blank_letters(person_id: UUID, now: datetime) -> None:
    """How many were written, when and how they fared is a figure; one that waits never leaves."""
    waiting = letters(person_id).filter(state="queued")
    waiting.update(state="taken_back", ended_at=now)
    letters(person_id).update(to="", subject="", body="", told="")


@holds(File)
def files(person_id: UUID) -> QuerySet[Any]:
    """Attached to the person, or to what was done with them."""
    return File.objects.filter(Q(record_id=person_id) | Q(record_id__in=links(person_id).values("activity_id")))


@forgets(File)
def remove_files(person_id: UUID, now: datetime) -> None:
    """The rows go now; the files themselves right after the commit, or with the next night's tidying."""
    files(person_id).update(name="", deleted_at=now - timedelta(days=FILE_KEPT_DAYS))
    transaction.on_commit(lambda: purge_files(now))


@forgets(Activity)
def blank_activities(person_id: UUID, now: datetime) -> None:
    activities(person_id).update(title="", body="")


@forgets(ContactPoint)
def remove_points(person_id: UUID, now: datetime) -> None:
    """Last of what is found by them."""
    points(person_id).delete()


@holds(Person)
def person(person_id: UUID) -> QuerySet[Any]:
    return Person._base_manager.filter(pk=person_id)


@forgets(Person)
def blank_person(person_id: UUID, now: datetime) -> None:
    """What figures count by stays: country, source, lifecycle, owner, times."""
    blank = dict.fromkeys(("title", "time_zone", "city", "about", "folded", "language"), "")
    person(person_id).update(
        **blank, name=ERASED, name_ar=ERASED_AR, custom={}, deleted_at=now, erased_at=now, updated_at=now
    )
