"""Rows that become people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.errors import Stale
from dawra.customers import finding, rules
from dawra.customers.importing import companies, matching
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import CREATED, REJECTED, UNCHANGED, UPDATED, Outcome, Parsed, Reject, Work
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import CompanyAdded, PersonAdded, PersonEdited

COLUMNS = ("name", "name_ar", "title", "language", "country", "city", "about", "source")
_NOBODY = UUID(int=0)
POINTS = ("email", "phone", "mobile")


class PersonTarget:
    code, permission = "person", "customers.work"

    def open(self, work: Work) -> "PersonKeeper":
        return PersonKeeper(work)


class PersonKeeper:
    """People of one file, each with the company named beside them. Found again by foreign id, then by e-mail."""

    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._owners = matching.Owners(work.actor)
        self._ids = Identities(work, "person")
        self._firms = Identities(work, "company")

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._begin(rows)
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._finish()
        return outcomes

    def _begin(self, rows: Sequence[Parsed]) -> None:
        self._ids.ask(row.key for row in rows)
        firms = {row.values["company"] for row in rows if "company" in row.values}
        self._firms.ask(fold(name) for name in firms)
        known = {row.key: self._ids.get(row.key) for row in rows}
        fresh = [row for row in rows if known[row.key] is None]
        self._holders = matching.holders((key for row in fresh for key in _email_keys(row)), "person")
        wanted = {
            found.record_id for row in rows if (found := known[row.key]) and not self._ids.is_same(row.key, row.digest)
        }
        people = Person.objects.visible_to(self._actor).filter(pk__in=wanted | set(self._holders.values()))
        self._records: dict[UUID, Person] = {person.pk: person for person in people}
        self._named = matching.named_companies(self._actor, [n for n in firms if self._firms.get(fold(n)) is None])
        self._has: dict[UUID, list[ContactPoint]] = {}
        for point in ContactPoint.objects.filter(person_id__in=list(self._records)):
            self._has.setdefault(point.person_id or _NOBODY, []).append(point)
        self._works: dict[UUID, set[UUID]] = {}
        for person_id, company_id in Affiliation.objects.filter(person_id__in=list(self._records)).values_list(
            "person_id", "company_id"
        ):
            self._works.setdefault(person_id, set()).add(company_id)
        self._new: dict[UUID, Person] = {}
        self._new_firms: dict[UUID, Company] = {}
        self._points: list[ContactPoint] = []
        self._affiliations: list[Affiliation] = []
        self._tags: dict[UUID, list[str]] = {}
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        self._touched: dict[UUID, Person] = {}

    def _one(self, row: Parsed) -> Outcome:
        if not {"name", "name_ar", "email", "given_name", "family_name"} & set(row.values):
            raise Reject("no_name")
        known = self._ids.get(row.key)
        if known is not None:
            if self._ids.is_same(row.key, row.digest):
                return Outcome(UNCHANGED, "person", known.record_id)
            record = self._new.get(known.record_id) or self._records.get(known.record_id)
            if record is None:
                if not Person.objects.in_bin_of(self._actor).filter(pk=known.record_id).exists():
                    raise Reject("in_use", value=row.key.rpartition(":")[2])
                row.said.append(Said("in_bin"))
                return Outcome(UNCHANGED, "person", known.record_id)
            edited = record.version > known.version
            if edited:
                row.said.append(Said("edited_since"))
            return self._write(row, record, fill=edited or self._ids.is_again(row.key))
        for key in _email_keys(row):
            if key in self._holders:
                record = self._new.get(self._holders[key]) or self._records.get(self._holders[key])
                address = key.rsplit(":", 1)[1]
                if record is None:
                    raise Reject("in_use", "email", value=address)
                row.said.append(Said("same_address", "email", {"value": address}))
                return self._write(row, record, fill=True)
        return self._create(row)

    def _columns(self, row: Parsed) -> dict[str, Any]:
        columns = {name: row.values[name] for name in COLUMNS if name in row.values}
        if "name" not in columns:
            parts = [row.values.get("given_name", ""), row.values.get("family_name", "")]
            columns["name"] = " ".join(filter(None, parts))[:200] or columns.get("name_ar", "")
        if not columns["name"]:
            columns["name"] = row.values["email"][0].value[:200]
        owner = self._owners.of(row.values.get("owner", ""), lambda code, **f: row.said.append(Said(code, "owner", f)))
        if owner is not None:
            columns["owner_id"] = owner
        return columns

    def _create(self, row: Parsed) -> Outcome:
        columns = self._columns(row)
        person = Person.signed_by(
            self._actor,
            **columns,
            folded=_folded(columns["name"], columns.get("name_ar", "")),
            lifecycle=row.values.get("lifecycle", "lead"),
            lifecycle_since=self._actor.now,
            custom=dict(row.values.get("custom", {})),
        )
        self._new[person.pk] = person
        self._points += matching.points_for(person, _points(row))
        self._holders.update(dict.fromkeys(_email_keys(row), person.pk))
        self._affiliate(row, person)
        self._tags[person.pk] = row.values.get("tags", [])
        self._ids.keep(row.key, person.pk, row.digest, person.version)
        added = PersonAdded(person.pk, person.name, person.source)
        self._facts.append((added, [person], self._actor.now))
        return Outcome(CREATED, "person", person.pk)

    def _write(self, row: Parsed, person: Person, *, fill: bool) -> Outcome:
        found = matching.change(person, self._columns(row), row.values.get("custom", {}), fill=fill)
        points = matching.points_for(person, self._free(row, person), self._has.get(person.pk, []))
        self._points += points
        self._has.setdefault(person.pk, []).extend(points)
        affiliated = self._affiliate(row, person)
        self._tags.setdefault(person.pk, []).extend(row.values.get("tags", []))
        if "name" in found.columns or "name_ar" in found.columns:
            names = {"name": person.name, "name_ar": person.name_ar, **found.columns}
            found.columns["folded"] = _folded(names["name"], names["name_ar"])
        if person.pk in self._new:
            for name, value in found.columns.items():
                setattr(person, name, value)
        elif found.columns:
            try:
                person.change(self._actor, found.columns)
            except Stale:
                raise Reject("collides") from None
            edited = PersonEdited(person.pk, found.facts, person.name)
            self._facts.append((edited, [person], self._actor.now))
        self._touched[person.pk] = person
        self._ids.keep(row.key, person.pk, row.digest, person.version)
        return Outcome(UPDATED if found.columns or points or affiliated else UNCHANGED, "person", person.pk)

    def _free(self, row: Parsed, person: Person) -> list[rules.Point]:
        """The row's addresses, without those that belong to somebody else."""
        keys = _email_keys(row)
        taken = {
            k for k, holder in {**matching.holders(keys, "person"), **self._holders}.items() if holder != person.pk
        }
        self._holders.update(dict.fromkeys(set(keys) - taken, person.pk))
        return [p for p in _points(row) if (rules.unique_key(p.kind, "person", p.normal) or "") not in taken]

    def _affiliate(self, row: Parsed, person: Person) -> bool:
        name = row.values.get("company", "")
        if not name:
            return False
        company_id = self._company(name)
        there = self._works.setdefault(person.pk, set())
        if company_id in there:
            return False
        self._affiliations.append(
            Affiliation(
                person=person, company_id=company_id, role=row.values.get("title", "")[:160], is_primary=not there
            )
        )
        there.add(company_id)
        return True

    def _company(self, name: str) -> UUID:
        folded = fold(name)
        known = self._firms.get(folded)
        if known is not None:
            return known.record_id
        if folded in self._named:
            return self._named[folded].pk
        firm = companies.new_company(self._actor, {"name": name}, "lead")
        self._new_firms[firm.pk] = firm
        self._firms.keep(folded, firm.pk, "", firm.version)
        self._facts.append((CompanyAdded(firm.pk, firm.name), [firm], self._actor.now))
        return firm.pk

    def _finish(self) -> None:
        Company._base_manager.bulk_create(self._new_firms.values(), batch_size=100)
        Person._base_manager.bulk_create(self._new.values(), batch_size=100)
        ContactPoint.objects.bulk_create(self._points, batch_size=200)
        matching.first_stages(self._actor, [*self._new_firms.values(), *self._new.values()])
        Affiliation.objects.bulk_create(self._affiliations, batch_size=200)
        matching.tag("person", self._tags)
        self._ids.save()
        self._firms.save()
        finding.refind("company", list(self._new_firms))
        finding.refind("person", list({**self._new, **self._touched}))
        journal.write_many(self._actor, self._facts)


def _folded(name: str, name_ar: str) -> str:
    return fold(f"{name} {name_ar}")[:420]


def _points(row: Parsed) -> list[rules.Point]:
    points: list[rules.Point] = []
    for name in POINTS:
        value = row.values.get(name, [])
        points += value if isinstance(value, list) else [value]
    return points


def _email_keys(row: Parsed) -> list[str]:
    keys = (rules.unique_key(point.kind, "person", point.normal) for point in row.values.get("email", []))
    return [key for key in keys if key]
