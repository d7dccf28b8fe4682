"""People and companies of other CRMs: the room's own keepers, with the links that these systems write beside each row.

A row may name its company, parent or owner by foreign id or by name, and may be another row told again (a converted
lead is its contact). Everything else is done by the keepers of people and companies.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing import going_back, owners
from dawra.customers.importing.joining import add_by_name, affiliate, refuse_contact, set_parents
from dawra.customers.importing.overwriting import Overwriting
from dawra.customers.importing.pending import CLAIMED, Arrival, References, Waiting, arrive, arrive_by_name
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import REJECTED, Judged, Keeper, Outcome, Parsed, Target, Work
from dawra.customers.models import ImportRow
from dawra.figures.words import fold
from dawra.journal.models import Entry

LINKED_BY_NAME = frozenset({"pipedrive", "zoho", "odoo"})
"""Their exports name people where others write ids: names of people are remembered."""


class Shape(Protocol):
    """What is particular about rows of one sort, put into the words the keepers understand."""

    def __call__(self, row: Parsed) -> None: ...


class LinkedTarget:
    """kind: person or company. inner: the target that keeps them."""

    def __init__(self, code: str, kind: str, inner: Target, shape: Shape) -> None:
        self.code, self.permission = code, inner.permission
        self._kind, self._inner, self._shape = kind, inner, shape

    def open(self, work: Work) -> "LinkedKeeper":
        return LinkedKeeper(work, self._kind, self._inner.open(work), self._shape)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return going_back.take_back(actor, self._kind, rows, cause, edited=edited)


class LinkedKeeper:
    def __init__(self, work: Work, kind: str, inner: Keeper, shape: Shape) -> None:
        self._work, self._kind, self._inner, self._shape = work, kind, inner, shape
        self._names = kind == "company" or work.system in LINKED_BY_NAME
        self._known = References(work)
        self._added: dict[str, UUID] = {}

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        fresh = self._prepare(rows)
        self._adopt(fresh)
        if self._kind == "person":
            self._company_of(fresh, self._stubs(fresh))
        self._known.save()
        over = Overwriting(self._work, self._kind, rows)
        outcomes = over.kept(self._inner.keep(rows))
        self._join(fresh, rows, outcomes)
        owners.wait(self._work, self._kind, rows, outcomes)
        return [self._with_stub(row, outcome) for row, outcome in zip(rows, outcomes, strict=True)]

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        fresh = self._prepare(rows)
        if self._kind == "person":
            self._company_of(fresh, set())
        return Overwriting(self._work, self._kind, rows).judged(self._inner.judge(rows))

    def _with_stub(self, row: Parsed, outcome: Outcome) -> Outcome:
        """A company added for the row goes with it if the import is taken back."""
        company_id = self._added.pop(row.key, None)
        if company_id is None or outcome.outcome == REJECTED:
            return outcome
        also = [*outcome.made.get("also", ()), ["company", company_id.hex]]
        return replace(outcome, made={**outcome.made, "also": also})

    # Before the row is kept

    def _prepare(self, rows: Sequence[Parsed]) -> list[Parsed]:
        """Look up everything the rows speak of; give back those not brought in before."""
        for row in rows:
            self._shape(row)
        self._known.ask(
            {
                self._kind: [key for row in rows for key in (row.key, *_same_as(row), self._name_key(row))],
                "member": [key for row in rows for key in owner_keys(row)],
                **({"company": [k for row in rows for k in _company_keys(row)]} if self._kind == "person" else {}),
            }
        )
        if self._kind == "company":
            self._parent_keys(rows)
        for row in rows:
            put_owner(row, self._known)
        return [row for row in rows if not self._is_same(row)]

    def _parent_keys(self, rows: Sequence[Parsed]) -> None:
        """Parents are set once all rows of the batch stand, so that their order does not matter."""
        self._parents: dict[str, str] = {}
        for row in rows:
            key = row.values.pop("parent_id", "")
            name = fold(row.values.pop("parent", ""))
            if key or name:
                self._parents[row.key] = f"id:{key}" if key else name

    def _is_same(self, row: Parsed) -> bool:
        known = self._known.row(self._kind, row.key)
        return known is not None and row.digest in known.digest.split()

    def _name_key(self, row: Parsed) -> str:
        if not self._names:
            return ""
        name = fold(_name(row))
        return name if self._kind == "company" or not name else f"name:{name}"

    def _adopt(self, rows: Sequence[Parsed]) -> None:
        """A row whose record is here under another key: the contact a lead became, the company that was only named."""
        names = Counter(self._name_key(row) for row in rows)
        for row in rows:
            if self._known.row(self._kind, row.key) is not None:
                continue
            for key in _same_as(row):
                if (found := self._known.of(self._kind, key)) is not None:
                    self._known.keep(self._kind, row.key, found, CLAIMED)
                    row.said.append(Said("told_again"))
                    break
            else:
                name = self._name_key(row)
                stub = self._known.row(self._kind, name) if name and names[name] == 1 else None
                if stub is not None and stub.digest == "":
                    self._known.keep(self._kind, row.key, stub.record_id, "", stub.version)

    def _stubs(self, rows: Iterable[Parsed]) -> set[str]:
        """Companies that are named with an id before their own row: added by name, filled when the row comes."""
        named: dict[str, str] = {}
        for row in rows:
            first = next(iter(_ids(row.values.get("company_id"))), "")
            if first and "company" in row.values and self._known.row("company", first) is None:
                named.setdefault(first, row.values["company"])
        made = add_by_name(self._work.actor, named)
        for key, company_id in made.items():
            self._known.keep("company", key, company_id, "", 1)
        self._known.save()
        if made:
            arrive(self._work, "company", made)
        for row in rows:
            first = next(iter(_ids(row.values.get("company_id"))), "")
            if first in made:
                self._added[row.key] = made[first]
        return set(made)

    def _company_of(self, rows: Iterable[Parsed], made: set[str]) -> None:
        """A foreign id goes before a name; what is not here yet is waited for."""
        self._links: dict[str, list[str]] = {}
        for row in rows:
            keys = _ids(row.values.pop("company_id", None))
            name = row.values.get("company", "")
            if keys:
                row.values.pop("company", None)
                self._links[row.key] = keys
                if self._known.of("company", keys[0]) is not None:
                    row.values["company_id"] = [keys[0].removeprefix("id:")]
                if keys[0] in made:
                    row.said.append(Said("company_by_name", "company", {"value": name}))
            elif name and self._known.is_shared("company", fold(name)):
                row.values.pop("company")
                row.said.append(Said("several_of_name", "company", {"value": name}))

    # Once it stands

    def _join(self, fresh: Sequence[Parsed], rows: Sequence[Parsed], outcomes: Sequence[Outcome]) -> None:
        kept = {
            id(row): outcome.record_id
            for row, outcome in zip(rows, outcomes, strict=True)
            if outcome.outcome != REJECTED and outcome.record_id is not None
        }
        new = [(row, record_id) for row in fresh if (record_id := kept.get(id(row))) is not None]
        came = self._keys_of(new)
        waiting = Waiting(self._work)
        if self._kind == "company":
            self._set_parents(new, came, waiting)
        else:
            arrive_by_name(self._work, [row.values["company"] for row, _id in new if "company" in row.values])
            self._affiliate(new, waiting)
            refuse_contact(self._work.actor, new)
        self._known.save()
        waiting.save()
        if came:
            arrive(self._work, self._kind, came)
        for row, _id in new:
            # Known under another key, it was not edited here: the note of the keeper would say so.
            if any(said.code == "told_again" for said in row.said):
                row.said[:] = [said for said in row.said if said.code != "edited_since"]

    def _keys_of(self, new: Sequence[tuple[Parsed, UUID]]) -> dict[str, UUID]:
        """Everything the rows' records may be called by from now on."""
        came: dict[str, UUID] = {}
        for row, record_id in new:
            came[row.key] = record_id
            for key in _same_as(row):
                if self._known.row(self._kind, key) is None:
                    self._known.keep(self._kind, key, record_id, "", 1)
                    came[key] = record_id
            # A name that stands for the row only because nothing else does may be claimed by a row of its own later.
            if (key := self._name_key(row)) and key not in _same_as(row):
                self._known.keep_name(self._kind, key, record_id)
        for row, _id in new:
            key = self._name_key(row)
            if key and (found := self._known.of(self._kind, key)) is not None:
                came[key] = found
        return came

    def _affiliate(self, new: Sequence[tuple[Parsed, UUID]], waiting: Waiting) -> None:
        links = []
        for row, record_id in new:
            for place, key in enumerate(self._links.get(row.key, ())):
                company_id = self._known.of("company", key)
                if company_id is None:
                    waiting.add("person.company", record_id, ("company", key), {"role": row.values.get("title", "")})
                    row.said.append(Said("waits_for", "company_id", {"value": shown(key)}))
                elif place:
                    links.append(Arrival(record_id, company_id, {"role": row.values.get("title", "")}))
        affiliate(self._work, links)

    def _set_parents(self, new: Sequence[tuple[Parsed, UUID]], came: dict[str, UUID], waiting: Waiting) -> None:
        asked = [(row, record_id, self._parents[row.key]) for row, record_id in new if row.key in self._parents]
        if not asked:
            return
        here = References(self._work)
        here.ask({"company": [key for _row, _id, key in asked if key not in came]})
        links = []
        for row, record_id, key in asked:
            parent_id = came.get(key) or here.of("company", key)
            if parent_id == record_id:
                row.said.append(Said("own_parent", "parent"))
            elif parent_id is None:
                waiting.add("company.parent", record_id, ("company", key))
                row.said.append(Said("waits_for", "parent_id", {"value": shown(key)}))
            else:
                links.append(Arrival(record_id, parent_id))
        set_parents(self._work, links)


# What rows say of others


_MAIL = re.compile(r"^(.*?)\s*[(<\[]\s*([^\s()<>\[\]]+@[^\s()<>\[\]]+)\s*[)>\]]$")


def owner_keys(row: Parsed) -> list[str]:
    if named := _MAIL.match(row.values.get("owner", "")):
        row.values["owner"] = named[2]  # Sana Khoury (sana@masar.example)
    found = [f"id:{row.values['owner_id']}"] if "owner_id" in row.values else []
    if "owner" in row.values:
        # Some systems write the owner's id where others write the name.
        found += [fold(row.values["owner"]), f"id:{row.values['owner']}"]
    return found


def put_owner(row: Parsed, known: References) -> None:
    """An owner who came in as a user of the same system goes by their id; the keepers know any other by mail or name."""
    keys = owner_keys(row)
    found = next((one for key in keys if (one := known.of("member", key)) is not None), None)
    if found is not None:
        row.values["owner"] = str(found)
    elif "owner_id" in row.values and "owner" not in row.values:
        row.said.append(Said("unknown_owner", "owner_id", {"value": row.values["owner_id"]}))
    row.values.pop("owner_id", None)


def shown(key: str) -> str:
    """A foreign key as people know it."""
    return key.partition(":")[2] if key.startswith(("id:", "lead:", "name:")) else key


def _ids(value: Any) -> list[str]:
    several = value if isinstance(value, list) else [value] if value else []
    return [f"id:{one}" for one in several]


def _same_as(row: Parsed) -> list[str]:
    return [key if ":" in key else f"id:{key}" for key in row.values.get("same_as", ())]


def _company_keys(row: Parsed) -> list[str]:
    return [*_ids(row.values.get("company_id")), fold(row.values.get("company", ""))]


def _name(row: Parsed) -> str:
    values = row.values
    return values.get("name") or " ".join(
        part for part in (values.get("given_name", ""), values.get("family_name", "")) if part
    )
