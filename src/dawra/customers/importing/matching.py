"""Which record a row means, and what writing the row into it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.customers import rules
from dawra.customers.models import Company, ContactPoint, LifecycleChange, Person, Tag, Tagging
from dawra.figures.words import fold
from dawra.team.colleagues import colleagues


@dataclass(frozen=True, slots=True)
class Change:
    """columns: to write. facts: field → [before, after], for the journal."""

    columns: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, list[Any]] = field(default_factory=dict)


def change(record: Person | Company, columns: Mapping[str, Any], custom: Mapping[str, Any], *, fill: bool) -> Change:
    """What the row would change. fill: only what is empty. A row never empties a field."""
    found = Change()
    for name, value in columns.items():
        before = getattr(record, name)
        if value != before and (not fill or before in (None, "")):
            found.columns[name] = value
            found.facts[name] = [before, value]
    merged = dict(record.custom)
    for key, value in custom.items():
        before = merged.get(key)
        if value != before and (not fill or before in (None, "", [])):
            merged[key] = value
            found.facts[f"custom.{key}"] = [rules.plain(before), rules.plain(value)]
    if merged != record.custom:
        found.columns["custom"] = merged
    return found


class Owners:
    """Members by e-mail, then by name where only one is called so. 1 query."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._by: dict[str, UUID | None] = {}
        for one in colleagues():
            self._by[fold(one.email)] = one.id
            for name in {fold(one.name), fold(one.name_ar)} - {""}:
                self._by[name] = None if name in self._by else one.id

    def of(self, written: str, say: Any) -> UUID | None:
        """The owner named, or nobody: a record of nobody is everybody's until somebody takes it."""
        if not written:
            return None
        found = self._by.get(fold(written))
        if found is None:
            say("unknown_owner", value=written)
            return None
        if found != self._actor.member_id and not self._actor.may("records.assign"):
            say("may_not_assign")
            return self._actor.member_id
        return found


def holders(unique_keys: Iterable[str], holder: str) -> dict[str, UUID]:
    """Who has these addresses: unique_key → person or company. 1 query."""
    wanted = set(unique_keys)
    if not wanted:
        return {}
    rows = ContactPoint.objects.filter(unique_key__in=wanted)
    return dict(rows.values_list("unique_key", f"{holder}_id"))


def points_for(
    record: Person | Company, points: Sequence[rules.Point], has: Iterable[ContactPoint] = ()
) -> list[ContactPoint]:
    """Unsaved contact points the record does not have yet; the first of a kind becomes the main one."""
    holder = record.kind
    there = {(point.kind, point.normal) for point in has}
    kinds = {point.kind for point in has if point.is_primary}
    made = []
    for point in points:
        if (point.kind, point.normal) in there:
            continue
        there.add((point.kind, point.normal))
        made.append(
            ContactPoint(
                **{f"{holder}_id": record.pk},
                kind=point.kind,
                value=point.value,
                normal=point.normal,
                unique_key=rules.unique_key(point.kind, holder, point.normal),
                is_primary=point.kind not in kinds,
            )
        )
        kinds.add(point.kind)
    return made


def tag(kind: str, wanted: Mapping[UUID, Sequence[str]]) -> None:
    """Put tags on records, making those that are new. 3 queries at most."""
    words = {fold(word)[:60]: word for names in wanted.values() for word in names if fold(word)}
    if not words:
        return
    Tag.objects.bulk_create((Tag(name=word, folded=folded) for folded, word in words.items()), ignore_conflicts=True)
    ids = dict(Tag.objects.filter(folded__in=words).values_list("folded", "id"))
    Tagging.objects.bulk_create(
        (
            Tagging(tag_id=ids[folded], record_kind=kind, record_id=record_id)
            for record_id, names in wanted.items()
            for folded in {fold(word)[:60] for word in names} - {""}
        ),
        ignore_conflicts=True,
        batch_size=200,
    )


def named_companies(actor: Actor, names: Iterable[str]) -> dict[str, Company]:
    """Visible companies by folded name in either script, where only one is called so. 2 queries."""
    written = {fold(name): name for name in names if fold(name)}
    if not written:
        return {}
    rows = Company.objects.visible_to(actor)
    found: dict[str, Company | None] = {}

    def take(companies: Iterable[Company]) -> None:
        for company in companies:
            for name in {fold(company.name), fold(company.name_ar)} & set(written):
                found[name] = None if name in found and found[name] != company else company

    take(rows.filter(folded__in=list(written)))
    missing = [name for folded, name in written.items() if folded not in found]
    if missing:
        take(rows.filter(Q(name__in=missing) | Q(name_ar__in=missing)))
    return {name: company for name, company in found.items() if company is not None}


def first_stages(actor: Actor, records: Iterable[Person | Company]) -> None:
    """The beginning of each one's lifecycle, so that every transition has a from. 1 query."""
    LifecycleChange.objects.bulk_create(
        (
            LifecycleChange(
                record_kind=record.kind, record_id=record.pk, to_stage=record.lifecycle,
                changed_at=record.lifecycle_since, changed_by_id=actor.member_id,
            )
            for record in records
        ),
        batch_size=100,
    )  # fmt: skip
