"""Rows that become people."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers.importing import going_back, matching
from dawra.customers.importing.firms import Firms
from dawra.customers.importing.keeping import Decision, RecordKeeper, folded
from dawra.customers.importing.saying import Said
from dawra.customers.importing.standing import Standing
from dawra.customers.importing.targets import Parsed, Reject, Work
from dawra.customers.models import ImportRow, Person
from dawra.journal.models import Entry


class PersonTarget:
    code, permission = "person", "customers.work"

    def open(self, work: Work) -> "PersonKeeper":
        return PersonKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return going_back.take_back(actor, self.code, rows, cause, edited=edited)


class PersonKeeper(RecordKeeper):
    """People of one file, each with the company named beside them.

    Found again by foreign id, then by e-mail, then by phone and name together.
    """

    model = Person
    columns = ("name", "name_ar", "title", "language", "country", "city", "about", "source")
    point_fields = ("email", "secondary_email", "phone", "mobile")
    unique_field = "email"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._firms = Firms(work)

    def _begin(self, rows: Sequence[Parsed]) -> None:
        self._called: dict[int, str] = {}
        self._firms.ask(
            {row.values["company"] for row in rows if "company" in row.values},
            {one for row in rows for one in _foreign(row)},
        )
        super()._begin(rows)

    def _must_be_named(self, row: Parsed) -> None:
        if not {"name", "name_ar", "email", "given_name", "family_name"} & row.values.keys():
            raise Reject("no_name")

    def _name(self, columns: dict[str, Any], row: Parsed) -> None:
        if "name" not in columns:
            columns["name"] = name_of(row)

    def _folded(self, values: Any) -> str:
        parts = (values.get("given_name", ""), values.get("family_name", ""))
        return folded(values.get("name", "") or " ".join(filter(None, parts)), values.get("name_ar", ""))

    def _name_of(self, row: Parsed) -> str:
        """Folded once a row: three questions need it."""
        found = self._called.get(row.number)
        if found is None:
            found = self._called[row.number] = super()._name_of(row)
        return found

    def _meanings(self, fresh: Sequence[Parsed]) -> set[UUID]:
        """Whoever has both the phone and the name of a row that no e-mail finds. 1 query."""
        asked = [row for row in fresh if not any(key in self._holders for key in self._unique_keys(row))]
        wanted = {(one.normal, self._name_of(row)) for row in asked for one in _phones(row)}
        self._numbers = matching.by_number(wanted)
        memory = self._work.memory
        if memory and wanted:
            kept = memory.get("number:person", [f"{phone} {name}" for phone, name in wanted])
            self._numbers |= {tuple(key.split(" ", 1)): UUID(value) for key, value in kept.items()}  # type: ignore[misc]
        return set(self._numbers.values())

    def _meant(self, row: Parsed) -> Standing | None:
        found = super()._meant(row)
        if found is None:
            name = self._name_of(row)
            for point in _phones(row):
                known = self._standing.get(self._numbers.get((point.normal, name), _NOBODY))
                if known is not None:
                    row.said.append(Said("same_number", "phone", {"value": point.normal}))
                    return known
        return found

    def _create(self, row: Parsed) -> Decision:
        done = super()._create(row)
        if done.standing:
            for point in _phones(row):
                self._numbers.setdefault((point.normal, done.standing.record.folded), done.standing.record.id)
        return done

    def _link(self, row: Parsed, known: Standing, done: Decision) -> None:
        name, foreign = row.values.get("company", ""), _foreign(row)
        mode = self._policy.of("company")
        if not (name or foreign) or (not known.is_new and (mode == "skip" or (mode == "fill" and known.firms))):
            return
        before = len(self._firms.added)
        firm = self._firms.of(
            name, foreign[0] if foreign else "", lambda code, **f: row.said.append(Said(code, "company", f))
        )
        if firm is None or firm in known.firms:
            return
        is_primary = not any(known.firms.values())
        key = new_id()
        role = row.values.get("title", "")[:160]
        self._gathered.affiliations.append((key, known.record.id, firm, role, is_primary))
        known.firms[firm] = is_primary
        done.changes["company"] = [None, self._firms.names.get(firm, (name, ""))[0]]
        if not known.is_new:
            done.made["affiliations"] = [key.hex]
        if len(self._firms.added) > before:
            done.made["also"] = [["company", firm.hex]]

    def _settle(self) -> None:
        super()._settle()
        self._gathered.firms = self._firms.added
        self._gathered.firm_names = self._firms.names

    def _save_ids(self) -> None:
        super()._save_ids()
        self._firms.save()

    def _remember(self) -> None:
        super()._remember()
        if self._work.memory:
            kept = {f"{phone} {name}": key for (phone, name), key in self._numbers.items()}
            self._work.memory.put("number:person", kept)


_NOBODY = UUID(int=0)


def name_of(row: Parsed) -> str:
    """The name as one text: given and family name, else the Arabic one, else the address."""
    parts = [row.values.get("given_name", ""), row.values.get("family_name", "")]
    name = " ".join(filter(None, parts))[:200] or row.values.get("name_ar", "")
    return name or str(row.values["email"][0].value[:200])


def _foreign(row: Parsed) -> list[str]:
    value = row.values.get("company_id", [])
    return value if isinstance(value, list) else [str(value)]


def _phones(row: Parsed) -> Iterable[Any]:
    for name in ("phone", "mobile"):
        value = row.values.get(name)
        if value is not None:
            yield from value if isinstance(value, list) else [value]
