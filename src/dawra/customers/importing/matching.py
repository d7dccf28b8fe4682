"""Which record a row means, and what writing the row into it would change."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL  # safe: constant statements, names are a parameter

from dawra.access.actor import Actor
from dawra.access.pouring import among
from dawra.customers import rules
from dawra.customers.importing.plan import FILL, OVERWRITE
from dawra.customers.models import Company, ContactPoint, Person
from dawra.figures.words import fold
from dawra.team.colleagues import colleagues, member_ids

Mode = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """columns: to write. facts: field → [before, after], for the journal."""

    columns: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, list[Any]] = field(default_factory=dict)


def change(record: Person | Company, columns: Mapping[str, Any], custom: Mapping[str, Any], mode: Mode) -> Change:
    """What the row would change. mode: field → fill (only what is empty), overwrite or skip. A row never empties a field."""
    found = Change()
    for name, value in columns.items():
        before = getattr(record, name)
        if value != before and value not in ("", None) and _takes(mode(name), before):
            found.columns[name] = value
            found.facts[name] = [before, value]
    merged = dict(record.custom)
    for key, value in custom.items():
        before = merged.get(key)
        if value != before and _takes(mode(f"custom.{key}"), before):
            merged[key] = value
            found.facts[f"custom.{key}"] = [rules.plain(before), rules.plain(value)]
    if merged != record.custom:
        found.columns["custom"] = merged
    return found


def _takes(mode: str, before: Any) -> bool:
    return mode == OVERWRITE or (mode == FILL and before in (None, "", []))


class Owners:
    """Members by e-mail, then by name where only one is called so. 1 query."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._by: dict[str, UUID | None] = {}
        for one in colleagues():
            self._by[fold(one.email)] = one.id
            for name in {fold(one.name), fold(one.name_ar)} - {""}:
                self._by[name] = None if name in self._by else one.id
        # An owner whom a users' file of the same system brought goes by their id, whether they may sign in or not.
        self._by |= {str(pk): pk for pk in member_ids()}

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
    return dict(among(ContactPoint, ("unique_key", f"{holder}_id"), "unique_key", wanted))


def called(actor: Actor, model: type[Any], folded: Iterable[str]) -> list[tuple[UUID, str, str, str]]:
    """(id, folded name, name, Arabic name) of visible records with these folded names. 1 query, none for nothing.

    One parameter, however many names: a lookup of one each takes longer to write down than to answer.
    """
    wanted = list(folded)
    if not wanted:
        return []
    sqlite = connection.vendor == "sqlite"
    source = "SELECT value FROM json_each(%s)" if sqlite else "SELECT unnest(%s::text[])"
    names = RawSQL(source, [json.dumps(wanted) if sqlite else wanted])  # noqa: S611 - safe: constant; names are a parameter
    rows = model.objects.visible_to(actor).filter(folded__in=names)
    return list(rows.values_list("id", "folded", "name", "name_ar"))


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


def by_number(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """(phone, folded name) → the person who has both; left out where several do. At most 2 queries.

    Whether they may be seen is asked when they are loaded.
    """
    pairs = set(wanted)
    if not pairs:
        return {}
    there = among(ContactPoint, ("normal", "person_id"), "normal", {phone for phone, _name in pairs}, kind="phone")
    if not there:
        return {}
    names = among(Person, ("id", "folded", "deleted_at"), "id", {person_id for _phone, person_id in there if person_id})
    called = {pk: folded for pk, folded, deleted_at in names if deleted_at is None}
    rows = [(phone, called[person_id], person_id) for phone, person_id in there if person_id in called]
    found: dict[tuple[str, str], UUID] = {}
    several: set[tuple[str, str]] = set()
    for phone, name, person_id in rows:
        if (phone, name) in pairs:
            if (phone, name) in found:
                several.add((phone, name))
            found[phone, name] = person_id
    return {pair: person_id for pair, person_id in found.items() if pair not in several}


def only_namesakes(actor: Actor, model: type[Any], names: Iterable[str]) -> dict[str, UUID | None]:
    """folded name → the one record that is called so, None where several are; of nobody, nothing.

    Two looks into the index a name, however many namesakes there are. 1 query, 1 more for who does not see everything
    """
    wanted = list(names)
    if not wanted:
        return {}
    table = connection.ops.quote_name(model._meta.db_table)
    one = f"(SELECT r.id FROM {table} r WHERE r.folded = w.value AND r.deleted_at IS NULL ORDER BY r.id LIMIT 1{{}})"  # noqa: S608 - names of a model
    source = "json_each(%s) w" if connection.vendor == "sqlite" else "unnest(%s::text[]) w(value)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.value, {one.format('')}, {one.format(' OFFSET 1')} FROM {source}",  # noqa: S608 - names of a model
            [json.dumps(wanted) if connection.vendor == "sqlite" else wanted],
        )
        rows = cursor.fetchall()
    found = {name: None if second else UUID(str(first)) for name, first, second in rows if first}
    if not actor.sees_all:
        seen = set(
            model.objects.visible_to(actor).filter(pk__in=filter(None, found.values())).values_list("pk", flat=True)
        )
        found = {name: one for name, one in found.items() if one in seen}
    return found


def bilingual_companies(actor: Actor) -> dict[str, list[tuple[UUID, str, str]]]:
    """Companies with names in both scripts, under each: the index over both together finds neither alone. 1 query."""
    rows = Company.objects.visible_to(actor).exclude(name_ar="").values_list("id", "name", "name_ar")
    found: dict[str, list[tuple[UUID, str, str]]] = {}
    for pk, name, name_ar in rows.iterator(2000):
        for folded in {fold(name), fold(name_ar)} - {""}:
            found.setdefault(folded, []).append((pk, name, name_ar))
    return found


def new_company(actor: Actor, columns: dict[str, Any], lifecycle: str, pk: UUID | None = None) -> Company:
    name = fold(f"{columns['name']} {columns.get('name_ar', '')}")[:420]
    more = {"id": pk} if pk else {}
    return Company.signed_by(actor, **columns, **more, folded=name, lifecycle=lifecycle, lifecycle_since=actor.now)
