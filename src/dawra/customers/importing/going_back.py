"""People and companies of an import on their way back: added ones into the bin, changed ones to what they were.

What somebody has changed or used since is left as it is and said so; the taking back itself is in taking_back.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from dawra.access.actor import Actor
from dawra.access.errors import Answer
from dawra.access.pouring import rewrite
from dawra.customers import rules, search
from dawra.customers.actions import editing
from dawra.customers.finding import refind
from dawra.customers.importing import overwriting
from dawra.customers.importing.identities import TAKEN_BACK
from dawra.customers.importing.targets import BINNED, CHANGED, EDITED, GONE, NOTHING, PARTLY, RETURNED
from dawra.customers.importing.writing import Moved
from dawra.customers.models import (
    Affiliation,
    Company,
    ContactPoint,
    ExternalId,
    ImportRow,
    PendingLink,
    Tag,
    Tagging,
)
from dawra.customers.models.importing import CREATED
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import (
    AffiliationEnded,
    CompanyEdited,
    PersonEdited,
    PointRemoved,
    RecordDeleted,
    Tagged,
)
from dawra.journal.models import Entry
from dawra.journal.queries import touched_besides_imports

Facts = list[tuple[object, Sequence[Any], datetime]]


def take_back(actor: Actor, kind: str, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
    """See targets.TakesBack. Cost: about 12 queries a batch, and 1 a record that gets its old values back."""
    batch = _Batch(actor, kind, rows[0].file.within_id, cause, edited=edited) if rows else None
    return batch.go(rows) if batch else []


@dataclass(slots=True)
class _Found:
    """One changed record: what went back, what did not."""

    record: Any
    back: dict[str, list[Any]] = field(default_factory=dict)
    left: int = 0
    more: bool = False


class _Batch:
    def __init__(self, actor: Actor, kind: str, import_id: UUID, cause: Entry, *, edited: bool) -> None:
        self._actor, self._kind, self._import_id, self._cause, self._edited = actor, kind, import_id, cause, edited
        self._model = editing.MODELS[kind]
        self._fields = editing.fields_by_key(kind)
        self._facts: Facts = []

    def go(self, rows: Sequence[ImportRow]) -> list[str]:
        added = {row.record_id for row in rows if row.outcome == CREATED and row.record_id}
        binned = self.bin(self._kind, added)
        codes: dict[int, str] = {}
        changed = [row for row in rows if row.outcome != CREATED and row.made and row.record_id not in added]
        returned = self._return(changed)
        for row in rows:
            if row.record_id in added:
                codes[row.pk] = binned.get(row.record_id, GONE)
            else:
                codes[row.pk] = returned.get(row.pk, NOTHING)
        named = {UUID(key) for row in rows for kind, key in row.made.get("also", ()) if kind == "company"}
        if named:
            self._bin_named(named)
        journal.write_many(self._actor, self._facts, cause=self._cause)
        return [codes[row.pk] for row in rows]

    # Into the bin

    def bin(self, kind: str, ids: Iterable[UUID], *, only_unused: bool = False) -> dict[UUID, str]:
        """only_unused: nothing is asked, what is used stays."""
        wanted = list(ids)
        if not wanted:
            return {}
        model = editing.MODELS[kind]
        there = {one.pk: one for one in model.objects.visible_to(self._actor).filter(pk__in=wanted)}
        known = dict(
            ExternalId.objects.filter(record_id__in=list(there), seen_in=self._import_id)
            .values("record_id")
            .annotate(version=Max("version"))
            .values_list("record_id", "version")
        )
        used = {pk for pk, one in there.items() if one.version > known.get(pk, 0)}
        used |= touched_besides_imports(list(there))
        goes = [one for pk, one in there.items() if pk not in used or (self._edited and not only_unused)]
        self._into_bin(model, goes)
        gone = {one.pk for one in goes}
        # Ids of what was thrown away by hand are free as well, so that the file can be brought in again.
        ExternalId.objects.filter(
            record_id__in=[*gone, *(set(wanted) - there.keys())], seen_in=self._import_id
        ).delete()
        return {pk: BINNED if pk in gone else EDITED for pk in there}

    def _into_bin(self, model: type[Any], records: Sequence[Any]) -> None:
        if not records:
            return
        now, ids = self._actor.now, [one.pk for one in records]
        rows = [(now, now, self._actor.member_id, one.version + 1, one.pk, one.version) for one in records]
        if rewrite(model, ("deleted_at", "updated_at", "updated_by_id", "version"), ("id", "version"), rows) != len(
            rows
        ):
            raise Moved
        kind = model.kind
        ContactPoint.objects.filter(**{f"{kind}_id__in": ids}, unique_key__isnull=False).update(unique_key=None)
        search.drop(ids)
        ExternalId.objects.filter(record_id__in=ids).delete()
        PendingLink.objects.filter(record_id__in=ids).delete()
        self._facts += [(RecordDeleted(kind, one.pk, one.name), [one], now) for one in records]

    def _bin_named(self, ids: set[UUID]) -> None:
        """Companies that rows only named: they go once nobody of them is left."""
        still = set(
            Affiliation.objects.filter(company_id__in=ids, person__deleted_at__isnull=True).values_list(
                "company_id", flat=True
            )
        )
        still |= set(
            Company._base_manager.filter(parent_id__in=ids, deleted_at__isnull=True).values_list("parent_id", flat=True)
        )
        self.bin("company", ids - still, only_unused=True)

    # Back to what it was

    def _return(self, rows: Sequence[ImportRow]) -> dict[int, str]:
        if not rows:
            return {}
        ids = {row.record_id for row in rows}
        there = {one.pk: one for one in self._model.objects.visible_to(self._actor).filter(pk__in=ids)}
        names = dict(
            Company._base_manager.filter(affiliations__pk__in=_ids(rows, "affiliations")).values_list("id", "name")
        )
        codes = {}
        for row in rows:
            record = there.get(row.record_id) if row.record_id else None
            if record is None:
                codes[row.pk] = GONE
                continue
            found = _Found(record)
            self._values(row, found)
            self._points(row, found)
            self._affiliations(row, found, names)
            self._tags(row, found)
            found.more = overwriting.give_back(self._kind, row) or found.more
            did = bool(found.back) or found.more
            codes[row.pk] = (PARTLY if did else CHANGED) if found.left else RETURNED
        refind(self._kind, list(there))
        self._mark_ids(there)
        return codes

    def _values(self, row: ImportRow, found: _Found) -> None:
        """Each field that still holds what the import put there."""
        record, ready = found.record, {}
        for name, (before, after) in row.made.get("fields", {}).items():
            if editing.held(record, name) != after:
                found.left += 1
            elif name.startswith("custom."):
                ready[name] = rules.from_plain(self._fields.get(name[7:]), before)
            else:
                ready[name] = UUID(before) if before and name.endswith("_id") else before
        if ready:
            try:
                found.back = editing.apply(self._actor, record, ready, None)
            except Answer:
                found.left += len(ready)  # somebody was quicker just now
                return
            edited = PersonEdited if self._kind == "person" else CompanyEdited
            self._facts.append((edited(record.pk, found.back, record.name), [record], self._actor.now))

    def _points(self, row: ImportRow, found: _Found) -> None:
        record = found.record
        added = {UUID(key): normal for key, normal in row.made.get("points", ())}
        if not added:
            return
        there = list(ContactPoint.objects.filter(pk__in=list(added), **{f"{self._kind}_id": record.pk}))
        same = [point for point in there if point.normal == added[point.pk]]
        found.left += len(there) - len(same)
        found.more = found.more or bool(same)
        for point in same:
            fact = PointRemoved(self._kind, record.pk, point.kind, point.label, point.value)
            self._facts.append((fact, [record], self._actor.now))
        ContactPoint.objects.filter(pk__in=[point.pk for point in same]).delete()
        for kind in {point.kind for point in same if point.is_primary}:
            rest = ContactPoint.objects.filter(**{f"{self._kind}_id": record.pk}, kind=kind)
            if not rest.filter(is_primary=True).exists():
                rest.filter(pk__in=rest.order_by("pk").values_list("pk", flat=True)[:1]).update(is_primary=True)

    def _affiliations(self, row: ImportRow, found: _Found, names: dict[UUID, str]) -> None:
        added = [UUID(key) for key in row.made.get("affiliations", ())]
        if not added:
            return
        there = list(Affiliation.objects.filter(pk__in=added, person_id=found.record.pk, until_on__isnull=True))
        found.more = found.more or bool(there)
        for link in there:
            fact = AffiliationEnded(
                link.pk, link.person_id, link.company_id, names.get(link.company_id, ""), found.record.name
            )
            self._facts.append((fact, [found.record], self._actor.now))
        Affiliation.objects.filter(pk__in=[link.pk for link in there]).delete()
        rest = Affiliation.objects.filter(person_id=found.record.pk, until_on__isnull=True)
        if any(link.is_primary for link in there) and not rest.filter(is_primary=True).exists():
            rest.filter(pk__in=rest.order_by("pk").values_list("pk", flat=True)[:1]).update(is_primary=True)

    def _tags(self, row: ImportRow, found: _Found) -> None:
        words = row.made.get("tags", ())
        if not words:
            return
        names = list(
            Tag.objects.filter(folded__in=words, taggings__record_id=found.record.pk).values_list("name", flat=True)
        )
        Tagging.objects.filter(record_id=found.record.pk, tag__folded__in=words).delete()
        if names:
            found.more = True
            fact = Tagged(self._kind, found.record.pk, [], sorted(names))
            self._facts.append((fact, [found.record], self._actor.now))

    def _mark_ids(self, there: dict[UUID, Any]) -> None:
        """The same row again is news again, and what is here is not taken for edited by somebody."""
        kept = list(ExternalId.objects.filter(record_id__in=list(there), seen_in=self._import_id))
        for one in kept:
            one.digest, one.version = TAKEN_BACK, there[one.record_id].version
        ExternalId.objects.bulk_update(kept, ["digest", "version"], batch_size=200)


def _ids(rows: Iterable[ImportRow], name: str) -> list[UUID]:
    return [UUID(key) for row in rows for key in row.made.get(name, ())]
