"""What is particular about contacts, accounts, leads and partners of other CRMs, and which keeper takes them."""

from collections.abc import Sequence

from dawra.access.actor import Actor
from dawra.customers.importing import going_back
from dawra.customers.importing.companies import CompanyTarget
from dawra.customers.importing.linking import LinkedTarget
from dawra.customers.importing.people import PersonTarget
from dawra.customers.importing.targets import Judged, Keeper, Outcome, Parsed, Target, Work
from dawra.customers.models import ImportRow
from dawra.figures.words import fold
from dawra.journal.models import Entry

STATUSES = {
    "qualified": "sales_qualified", "sales qualified": "sales_qualified", "pre-qualified": "marketing_qualified",
    "marketing qualified": "marketing_qualified", "مؤهل": "sales_qualified",
}  # fmt: skip
"""Lead statuses that say how far somebody is; any other says only how the work went and stays as a tag."""


def contact(row: Parsed) -> None:
    if second := row.values.pop("secondary_email", None):
        known = {point.normal for point in row.values.get("email", [])}
        row.values["email"] = [*row.values.get("email", []), *(one for one in second if one.normal not in known)]


def account(row: Parsed) -> None:
    """The parts of an address in one text, as the country and city have fields of their own."""
    parts = [row.values.get("address", ""), row.values.pop("state_name", ""), row.values.pop("zip", "")]
    if address := ", ".join(part for part in parts if part):
        row.values["address"] = address[:1000]


def lead(row: Parsed) -> None:
    """A lead is a person, with how far they are and how the work went."""
    contact(row)
    status = row.values.pop("status", "")
    converted = row.values.pop("converted", False) or bool(row.values.get("same_as"))
    row.values.setdefault("lifecycle", "sales_qualified" if converted else STATUSES.get(fold(status), "lead"))
    if status:
        row.values["tags"] = list(dict.fromkeys([*row.values.get("tags", []), status[:60]]))
    if "name" in row.values and "email" not in row.values and "same_as" not in row.values:
        # Only a name: whoever goes by it in the same system is meant, if exactly one does.
        row.values["same_as"] = [f"name:{fold(row.values['name'])}"]


class Routed:
    """Rows of one file that are of two sorts."""

    def __init__(self, code: str, people: Target, firms: Target) -> None:
        self.code, self.permission = code, people.permission
        self._people, self._firms = people, firms

    def open(self, work: Work) -> "RoutedKeeper":
        return RoutedKeeper(self._firms.open(work), self._people.open(work))

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        """People first: a company goes only once nobody is in it."""
        codes: dict[int, str] = {}
        for kind in ("person", "company"):
            some = [row for row in rows if (row.record_kind == "company") == (kind == "company")]
            found = going_back.take_back(actor, kind, some, cause, edited=edited)
            codes |= {row.pk: code for row, code in zip(some, found, strict=True)}
        return [codes[row.pk] for row in rows]


class RoutedKeeper:
    """Companies first, so that the people of the same batch find theirs."""

    def __init__(self, firms: Keeper, people: Keeper) -> None:
        self._firms, self._people = firms, people

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        firms, people = split(rows)
        found = {id(row): one for row, one in zip(firms, self._firms.keep(firms) if firms else [], strict=True)}
        found |= {id(row): one for row, one in zip(people, self._people.keep(people) if people else [], strict=True)}
        return [found[id(row)] for row in rows]

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        firms, people = split(rows)
        found = {id(row): one for row, one in zip(firms, self._firms.judge(firms) if firms else [], strict=True)}
        found |= {id(row): one for row, one in zip(people, self._people.judge(people) if people else [], strict=True)}
        return [found[id(row)] for row in rows]


def split(rows: Sequence[Parsed]) -> tuple[list[Parsed], list[Parsed]]:
    """Companies and people. A row says which it is; a lead without a person's name or mail is of its company."""
    firms, people = [], []
    for row in rows:
        said = row.values.pop("is_company", "")
        nobody = not {"name", "given_name", "family_name", "email"} & set(row.values)
        if said == "yes" or (not said and nobody and "company" in row.values):
            if said != "yes":
                row.values["name"] = row.values.pop("company")
            (row.values.pop("company", None), row.values.pop("company_id", None))
            firms.append(row)
        else:
            people.append(row)
    return firms, people


ACCOUNT = LinkedTarget("account", "company", CompanyTarget(), account)
CONTACT = LinkedTarget("contact", "person", PersonTarget(), contact)
LEAD = Routed("lead", LinkedTarget("lead", "person", PersonTarget(), lead), ACCOUNT)
PARTNER = Routed("partner", CONTACT, ACCOUNT)
