"""What one batch adds and changes, written at its end: each table once, however many rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.pouring import pour, rewrite
from dawra.customers import finding, rules, search
from dawra.customers.importing.standing import Standing, born
from dawra.customers.models import Affiliation, Company, ContactPoint, LifecycleChange, Person, Tag, Tagging
from dawra.customers.queries.fields import fields_of
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import CompanyAdded, CompanyEdited, PersonAdded, PersonEdited

Facts = list[tuple[object, Sequence[Any], datetime]]


class Moved(Exception):
    """Somebody changed a record between the reading and the writing of a batch: it is read again."""


class Gathered:
    """standing: the records touched. firms: companies only named so far, id → name. alike: pairs of one name.

    affiliations: (id, person, company, role, is_primary). tags: (record, folded, as written)
    """

    def __init__(self, actor: Actor, kind: str) -> None:
        self._actor, self._kind = actor, kind
        self.standing: list[Standing] = []
        self.firms: Mapping[UUID, str] = {}
        self.firm_names: Mapping[UUID, tuple[str, str]] = {}
        self.affiliations: list[tuple[UUID, UUID, UUID, str, bool]] = []
        self.tags: list[tuple[UUID, str, str]] = []
        self.alike: list[tuple[UUID, UUID]] = []
        self.facts: Facts = []

    def added(self, standing: Standing, at: datetime) -> None:
        record = standing.record
        fact = PersonAdded if self._kind == "person" else CompanyAdded
        self.facts.append((fact(record.id, record.name, record.source), [record], at))

    def edited(self, record: Any, changes: Mapping[str, list[Any]]) -> None:
        fact = PersonEdited if self._kind == "person" else CompanyEdited
        self.facts.append((fact(record.id, dict(changes), record.name), [record], self._actor.now))

    def write(self, tag_ids: dict[str, int]) -> None:
        """Everything gathered, in the caller's transaction. tag_ids: known ones, added to. Raises Moved."""
        stubs = [self._stub(key, name) for key, name in self.firms.items()]
        fresh = [one.record for one in self.standing if one.is_new]
        insert([*stubs, *fresh] if self._kind == "company" else stubs)
        if self._kind == "person":
            insert(fresh)
        self._update()
        self._points()
        now, member = self._actor.now, self._actor.member_id
        pour(
            Affiliation,
            ("id", "person_id", "company_id", "role", "is_primary", "from_on", "until_on"),
            ((*one, None, None) for one in self.affiliations),
        )
        pour(
            LifecycleChange,
            ("record_kind", "record_id", "from_stage", "to_stage", "changed_at", "changed_by_id", "reason"),
            ((r.kind, r.id, "", r.lifecycle, r.lifecycle_since, member, "") for r in [*stubs, *fresh]),
        )
        self._tag(tag_ids)
        self._make_findable(stubs)
        for stub in stubs:
            self.facts.append((CompanyAdded(stub.id, stub.name), [stub], now))
        journal.write_many(self._actor, self.facts)

    def _stub(self, key: UUID, name: str) -> Company:
        now, member = self._actor.now, self._actor.member_id
        signed = {"created_at": now, "created_by_id": member, "updated_at": now, "updated_by_id": member}
        known = {"id": key, "name": name[:200], "folded": fold(name)[:420], "lifecycle": "lead", "lifecycle_since": now}
        stub: Company = born(Company, signed | known)
        return stub

    def _update(self) -> None:
        by_columns: dict[tuple[str, ...], list[Standing]] = {}
        for one in self.standing:
            if one.changed and not one.is_new:
                by_columns.setdefault(tuple(sorted(one.changed)), []).append(one)
        for columns, some in by_columns.items():
            rows = [
                (*(one.changed[name] for name in columns), self._actor.now, self._actor.member_id, one.record.version + 1,
                 one.record.id, one.record.version)
                for one in some
            ]  # fmt: skip
            model, names = type(some[0].record), (*columns, "updated_at", "updated_by_id", "version")
            if rewrite(model, names, ("id", "version"), rows) != len(rows):
                raise Moved

    def _points(self) -> None:
        person = self._kind == "person"
        pour(
            ContactPoint,
            ("id", "person_id", "company_id", "kind", "value", "normal", "unique_key", "label", "is_primary", "verified_at"),
            (
                (
                    point.id, one.record.id if person else None, None if person else one.record.id, point.kind, point.value,
                    point.normal, rules.unique_key(point.kind, self._kind, point.normal), "", point.is_primary, None,
                )
                for one in self.standing
                for point in one.points
                if point.fresh
            ),
        )  # fmt: skip

    def _tag(self, ids: dict[str, int]) -> None:
        words = {folded: word for _record, folded, word in self.tags if folded not in ids}
        if words:
            Tag.objects.bulk_create((Tag(name=w, folded=folded) for folded, w in words.items()), ignore_conflicts=True)
            ids |= dict(Tag.objects.filter(folded__in=words).values_list("folded", "id"))
        pour(
            Tagging,
            ("tag_id", "record_kind", "record_id"),
            ((ids[folded], self._kind, record_id) for record_id, folded, _word in self.tags),
        )

    def _make_findable(self, stubs: Sequence[Company]) -> None:
        search.put_new([finding.company_findable(stub, ()) for stub in stubs])
        fields = [field for field in fields_of(self._kind) if field.searchable]
        found, again = [], []
        for one in self.standing:
            values = {text for point in one.points for text in (point.value, point.normal)}
            if not one.is_new:
                again.append(one.record.id)
            elif self._kind == "person":
                firms = [part for firm in one.firms for part in self.firm_names.get(firm, ()) if part]
                found.append(finding.person_findable(one.record, values, firms, fields))
            else:
                found.append(finding.company_findable(one.record, values, fields))
        search.put_new(found)
        if again:
            finding.refind(self._kind, again)


def insert(records: Sequence[Person | Company]) -> None:
    """New records, as they are."""
    if records:
        columns = tuple(field.attname for field in type(records[0])._meta.concrete_fields)
        # Past the descriptors of foreign keys, which every read of an attribute would go through.
        pour(type(records[0]), columns, map(itemgetter(*columns), map(attrgetter("__dict__"), records)))
