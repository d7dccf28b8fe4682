"""Rows that become companies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import Stale
from dawra.customers import finding, rules
from dawra.customers.importing import matching
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import CREATED, REJECTED, UNCHANGED, UPDATED, Outcome, Parsed, Reject, Work
from dawra.customers.models import Company, ContactPoint
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import CompanyAdded, CompanyEdited

COLUMNS = (
    "name", "name_ar", "industry", "employees", "revenue_minor", "revenue_currency", "founded_year", "country",
    "city", "address", "about", "source",
)  # fmt: skip
_NOBODY = UUID(int=0)
POINTS = ("site", "email", "phone")


class CompanyTarget:
    code, permission = "company", "customers.work"

    def open(self, work: Work) -> "CompanyKeeper":
        return CompanyKeeper(work)


class CompanyKeeper:
    """Companies of one file. A parent that has no row yet is added by its name and filled when its row comes."""

    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._owners = matching.Owners(work.actor)
        self._ids = Identities(work, "company")

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._begin(rows)
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._parents(rows, outcomes)
        self._finish()
        return outcomes

    def _begin(self, rows: Sequence[Parsed]) -> None:
        parents = [row.values["parent"] for row in rows if "parent" in row.values]
        self._ids.ask([row.key for row in rows] + [fold(name) for name in parents])
        known = {row.key: self._ids.get(row.key) for row in rows}
        wanted = {
            found.record_id for row in rows if (found := known[row.key]) and not self._ids.is_same(row.key, row.digest)
        }
        self._records: dict[UUID, Company] = {
            c.pk: c for c in Company.objects.visible_to(self._actor).filter(pk__in=wanted)
        }
        fresh = [row for row in rows if known[row.key] is None]
        keys = [k for row in fresh if "site" in row.values and (k := _site_key(row.values["site"]))]
        self._holders = matching.holders(keys, "company")
        self._named = matching.named_companies(self._actor, [row.values.get("name", "") for row in fresh] + parents)
        matched = set(self._holders.values()) | {company.pk for company in self._named.values()}
        self._records |= {c.pk: c for c in Company.objects.visible_to(self._actor).filter(pk__in=matched)}
        self._has: dict[UUID, list[ContactPoint]] = {}
        for point in ContactPoint.objects.filter(company_id__in=list(self._records)):
            self._has.setdefault(point.company_id or _NOBODY, []).append(point)
        self._new: dict[UUID, Company] = {}
        self._points: list[ContactPoint] = []
        self._tags: dict[UUID, list[str]] = {}
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        self._touched: dict[UUID, Company] = {}

    def _one(self, row: Parsed) -> Outcome:
        if "name" not in row.values and "name_ar" not in row.values:
            raise Reject("no_name")
        known = self._ids.get(row.key)
        if known is not None:
            if self._ids.is_same(row.key, row.digest):
                return Outcome(UNCHANGED, "company", known.record_id)
            record = self._new.get(known.record_id) or self._records.get(known.record_id)
            if record is None:
                if not Company.objects.in_bin_of(self._actor).filter(pk=known.record_id).exists():
                    raise Reject("in_use", value=row.key.rpartition(":")[2])
                row.said.append(Said("in_bin"))
                return Outcome(UNCHANGED, "company", known.record_id)
            stub, edited = known.digest == "", record.version > known.version
            if edited and not stub:
                row.said.append(Said("edited_since"))
            again = self._ids.is_again(row.key)
            return self._write(row, record, fill=edited or again, created=stub)
        key = _site_key(row.values.get("site"))
        if key and key in self._holders:
            record = self._new.get(self._holders[key]) or self._records.get(self._holders[key])
            if record is None:
                raise Reject("in_use", "site", value=row.values["site"].normal)
            row.said.append(Said("same_address", "site", {"value": row.values["site"].normal}))
            return self._write(row, record, fill=True)
        named = self._named.get(fold(row.values.get("name", "")))
        if named is not None:
            row.said.append(Said("same_name", "name", {"value": named.name}))
            return self._write(row, self._records.get(named.pk, named), fill=True)
        return self._create(row)

    def _columns(self, row: Parsed) -> dict[str, Any]:
        columns = {name: row.values[name] for name in COLUMNS if name in row.values}
        if not columns.get("name"):
            columns["name"] = columns.get("name_ar", "")
        owner = self._owners.of(row.values.get("owner", ""), lambda code, **f: row.said.append(Said(code, "owner", f)))
        if owner is not None:
            columns["owner_id"] = owner
        return columns

    def _create(self, row: Parsed) -> Outcome:
        columns = self._columns(row)
        company = new_company(self._actor, columns, row.values.get("lifecycle", "lead"))
        company.custom = dict(row.values.get("custom", {}))
        self._new[company.pk] = company
        self._points += matching.points_for(company, _points(row))
        if key := _site_key(row.values.get("site")):
            self._holders[key] = company.pk
        self._ids.keep(row.key, company.pk, row.digest, company.version)
        self._tags[company.pk] = row.values.get("tags", [])
        added = CompanyAdded(company.pk, company.name, company.source)
        self._facts.append((added, [company], self._actor.now))
        return Outcome(CREATED, "company", company.pk)

    def _write(self, row: Parsed, company: Company, *, fill: bool, created: bool = False) -> Outcome:
        found = matching.change(company, self._columns(row), row.values.get("custom", {}), fill=fill)
        points = matching.points_for(company, _points(row), self._has.get(company.pk, []))
        self._points += points
        self._has.setdefault(company.pk, []).extend(points)
        self._tags.setdefault(company.pk, []).extend(row.values.get("tags", []))
        if "name" in found.columns or "name_ar" in found.columns:
            names = {"name": company.name, "name_ar": company.name_ar, **found.columns}
            found.columns["folded"] = fold(f"{names['name']} {names['name_ar']}")[:420]
        if company.pk in self._new:
            for name, value in found.columns.items():
                setattr(company, name, value)
        elif found.columns:
            try:
                company.change(self._actor, found.columns)
            except Stale:
                raise Reject("collides") from None
            if not created:
                edited = CompanyEdited(company.pk, found.facts, company.name)
                self._facts.append((edited, [company], self._actor.now))
        self._touched[company.pk] = company
        self._ids.keep(row.key, company.pk, row.digest, company.version)
        outcome = CREATED if created else UPDATED if found.columns or points else UNCHANGED
        return Outcome(outcome, "company", company.pk)

    def _parents(self, rows: Sequence[Parsed], outcomes: Sequence[Outcome]) -> None:
        """Once every row of the batch has its record: who belongs to whom."""
        for row, outcome in zip(rows, outcomes, strict=True):
            name = row.values.get("parent", "")
            if not name or outcome.outcome not in (CREATED, UPDATED) or outcome.record_id is None:
                continue
            child = self._new.get(outcome.record_id) or self._touched[outcome.record_id]
            parent_id = self._parent(name, row)
            if parent_id == child.pk:
                row.said.append(Said("own_parent", "parent"))
            elif child.parent_id != parent_id:
                if child.pk in self._new:
                    child.parent_id = parent_id
                elif child.parent_id is None:
                    child.change(self._actor, {"parent_id": parent_id})
                    self._ids.keep(row.key, child.pk, row.digest, child.version)

    def _parent(self, name: str, row: Parsed) -> UUID:
        known = self._ids.get(fold(name))
        if known is not None:
            return known.record_id
        named = self._named.get(fold(name))
        if named is not None:
            return named.pk
        stub = new_company(self._actor, {"name": name}, "lead")
        self._new[stub.pk] = stub
        self._ids.keep(fold(name), stub.pk, "", stub.version)
        self._facts.append((CompanyAdded(stub.pk, stub.name), [stub], self._actor.now))
        row.said.append(Said("added_by_name", "parent", {"value": name}))
        return stub.pk

    def _finish(self) -> None:
        Company._base_manager.bulk_create(self._new.values(), batch_size=100)
        ContactPoint.objects.bulk_create(self._points, batch_size=200)
        matching.first_stages(self._actor, self._new.values())
        matching.tag("company", self._tags)
        self._ids.save()
        finding.refind("company", list({**self._new, **self._touched}))
        journal.write_many(self._actor, self._facts)


def new_company(actor: Actor, columns: dict[str, Any], lifecycle: str) -> Company:
    name = fold(f"{columns['name']} {columns.get('name_ar', '')}")[:420]
    return Company.signed_by(actor, **columns, folded=name, lifecycle=lifecycle, lifecycle_since=actor.now)


def _points(row: Parsed) -> list[rules.Point]:
    points: list[rules.Point] = []
    for name in POINTS:
        value = row.values.get(name, [])
        points += value if isinstance(value, list) else [value]
    return points


def _site_key(point: rules.Point | None) -> str:
    return (rules.unique_key(point.kind, "company", point.normal) or "") if point else ""
