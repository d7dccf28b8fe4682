"""Rows that become companies."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing import going_back, matching
from dawra.customers.importing.keeping import Decision, RecordKeeper
from dawra.customers.importing.saying import Said
from dawra.customers.importing.standing import Standing
from dawra.customers.importing.targets import CREATED, UPDATED, Parsed, Reject, Work
from dawra.customers.models import Company, ImportRow
from dawra.figures.words import fold
from dawra.journal.models import Entry


class CompanyTarget:
    code, permission = "company", "customers.work"

    def open(self, work: Work) -> "CompanyKeeper":
        return CompanyKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return going_back.take_back(actor, self.code, rows, cause, edited=edited)


class CompanyKeeper(RecordKeeper):
    """Companies of one file. A parent that has no row yet is added by its name and filled when its row comes.

    Found again by foreign id, then by domain. A company that was only named by rows of the same system is claimed by
    the first row that has its name.
    """

    model = Company
    columns = (
        "name", "name_ar", "industry", "employees", "revenue_minor", "revenue_currency", "founded_year", "country",
        "city", "address", "about", "source",
    )  # fmt: skip
    point_fields = ("site", "email", "phone")
    unique_field = "site"

    def _keys(self, rows: Sequence[Parsed]) -> Iterable[str]:
        named = (fold(row.values.get(name, "")) for row in rows for name in ("name", "name_ar", "parent"))
        foreign = (f"id:{row.values['parent_id']}" for row in rows if "parent_id" in row.values)
        return [*(row.key for row in rows), *named, *foreign]

    def _begin(self, rows: Sequence[Parsed]) -> None:
        self._parents: dict[str, UUID | None] = {}
        super()._begin(rows)
        parents = {row.values["parent"] for row in rows if "parent" in row.values}
        if parents:
            self._parents = {n: one.pk for n, one in matching.named_companies(self._actor, parents).items()}

    def _meanings(self, fresh: Sequence[Parsed]) -> set[UUID]:
        """Companies that were only named so far."""
        named = (self._named(row) for row in fresh)
        return {known.record_id for known in named if known}

    def _named(self, row: Parsed) -> Any:
        name = fold(row.values.get("name") or row.values.get("name_ar") or "")
        known = self._ids.get(name) if name and name != row.key else None
        return known if known is not None and known.digest == "" else None

    def _one(self, row: Parsed) -> Decision:
        self._must_be_named(row)
        if self._ids.get(row.key) is None and self._meant_quietly(row) is None and (named := self._named(row)):
            found = self._standing.get(named.record_id)
            if found is not None:
                self._ids.keep(fold(found.record.name), named.record_id, "-", found.version)
                return self._change(row, found, fill=found.version > named.version, is_name=True)
        return super()._one(row)

    def _meant_quietly(self, row: Parsed) -> UUID | None:
        return next((self._holders[key] for key in self._unique_keys(row) if key in self._holders), None)

    def _must_be_named(self, row: Parsed) -> None:
        if "name" not in row.values and "name_ar" not in row.values:
            raise Reject("no_name")

    def _name(self, columns: dict[str, Any], row: Parsed) -> None:
        if not columns.get("name"):
            columns["name"] = columns.get("name_ar", "")

    def _folded(self, values: Any) -> str:
        return super()._folded(
            {"name": values.get("name") or values.get("name_ar", ""), "name_ar": values.get("name_ar", "")}
        )

    def _afterwards(self, rows: Sequence[Parsed], decisions: Sequence[Decision]) -> None:
        """Who belongs to whom."""
        for row, done in zip(rows, decisions, strict=True):
            if done.standing is None or done.outcome not in (CREATED, UPDATED):
                continue
            if "parent" in row.values or "parent_id" in row.values:
                self._join(row, done.standing, done)

    def _join(self, row: Parsed, child: Standing, done: Decision) -> None:
        parent_id = self._parent(row, done)
        record = child.record
        if parent_id is None:
            return
        if parent_id == record.id:
            row.said.append(Said("own_parent", "parent"))
        elif record.parent_id != parent_id and (child.is_new or record.parent_id is None):
            if not child.is_new:
                child.changed["parent_id"] = parent_id
                done.made.setdefault("fields", {})["parent_id"] = [None, str(parent_id)]
                child.touched = True
            record.parent_id = parent_id

    def _parent(self, row: Parsed, done: Decision) -> UUID | None:
        if known := self._ids.get(f"id:{row.values.get('parent_id', '')}"):
            return known.record_id
        name = row.values.get("parent", "")
        if not name:
            return None
        if known := self._ids.get(fold(name)):
            return known.record_id
        if found := self._parents.get(fold(name)):
            return found
        stub = self._new({"name": name}, "lead", self._actor.now)
        self._standing[stub.id] = made = Standing(stub, is_new=True, touched=True)
        self._ids.keep(fold(name), stub.id, "", stub.version)
        self._gathered.added(made, self._actor.now)
        row.said.append(Said("added_by_name", "parent", {"value": name}))
        done.made.setdefault("also", []).append(["company", stub.id.hex])
        return stub.id
