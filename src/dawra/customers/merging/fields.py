"""What may be merged: every room says which fields its records have; which there are is checked when a template is saved.

    FIELDS.offer(Group("deal", _("Deal"), (Offered("deal.amount", "money", _("Amount")),), values_of_deal, custom_fields, "deal"))

`values` reads them for one letter, once; `more` gives fields that are data (custom ones). Neither is called here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.merging.faults import Fault, Faulty
from dawra.customers.merging.filters import FILTERS, checked
from dawra.customers.merging.language import MOST_FAULTS, Parsed, Placed, parse


@dataclass(frozen=True, slots=True)
class Offered:
    """path: as it is written. sort: of SORTS. label: source text, translated where shown; name, name_ar: of data instead."""

    path: str
    sort: str
    label: str = ""
    name: str = ""
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """For whom and from where a letter is written. kind, record_id: the record; the person's own where there is no other."""

    person_id: UUID
    kind: str
    record_id: UUID
    language: str


Values = Callable[[Actor, About], Mapping[str, Any]]
# Who can be written to from a record: id, name, name_ar.
People = Callable[[Actor, UUID], Sequence[tuple[UUID, str, str]]]


@dataclass(frozen=True, slots=True)
class Group:
    """kind: of the records its fields are of; its values are there only in letters from such a record. "" = always there.

    label: source text, translated where shown
    """

    code: str
    label: str
    fields: tuple[Offered, ...]
    values: Values
    more: Callable[[], Sequence[Offered]] | None = None
    kind: str = ""

    def all(self) -> tuple[Offered, ...]:
        return (*self.fields, *(self.more() if self.more else ()))


@dataclass(slots=True)
class Registry:
    """people: kind of record → who can be written to from its page.

    reads: kind of record → what reading it takes, for those kinds.open_record does not open
    """

    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, People] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)

    def offer(self, group: Group) -> None:
        self.groups[group.code] = group

    def known(self) -> dict[str, Offered]:
        """Every field by its path. As many queries as there are groups with custom fields."""
        return {one.path: one for group in self.groups.values() for one in group.all()}


FIELDS = Registry()


def read(text: str, known: Mapping[str, Offered], *, is_line: bool = False) -> Parsed:
    """Read a text and check that every field and filter exists and fits. Raises Faulty."""
    parsed = parse(text)
    faults = [fault for placed in parsed.fields for fault in faults_of(placed, known)]
    if is_line and "\n" in text.strip():
        faults.append(Fault("lines", 0, 0))
    if faults:
        raise Faulty(tuple(faults[:MOST_FAULTS]))
    return parsed


def faults_of(placed: Placed, known: Mapping[str, Offered]) -> list[Fault]:
    offered = known.get(placed.path)
    if offered is None:
        return [_no_field(placed, known)]
    sort = offered.sort
    for use in placed.filters:
        if use.name not in FILTERS:
            near = _near(use.name, FILTERS)
            facts = {"path": placed.path, "name": use.name, "near": near}
            return [Fault("filter_near" if near else "filter", placed.line, placed.column, facts)]
        wrong, sort = checked(use, sort)
        if wrong:
            code, facts = wrong
            return [Fault(code, placed.line, placed.column, {"path": placed.path, "name": use.name} | facts)]
    return []


def _no_field(placed: Placed, known: Mapping[str, Offered]) -> Fault:
    """The part that is wrong, and what is nearest to it."""
    group, dot, rest = placed.path.partition(".")
    groups = {path.partition(".")[0] for path in known}
    facts: dict[str, Any] = {"path": placed.path, "name": group}
    if group not in groups:
        near = _near(group, groups)
        if not near and not dot:
            near = _near(group, known)
    else:
        of_group = {path.partition(".")[2]: path for path in known if path.startswith(f"{group}.")}
        if not rest:
            facts["near"] = "{" + next(iter(of_group.values())) + "}"
            return Fault("group", placed.line, placed.column, facts)
        facts["name"] = rest
        near = _near(rest, of_group)
        near = of_group[near] if near else ""
    facts["near"] = near
    return Fault("field_near" if near else "field", placed.line, placed.column, facts)


def _near(word: str, among: Iterable[str]) -> str:
    found = get_close_matches(word[:60].lower(), sorted(among), n=1, cutoff=0.55)
    return found[0] if found else ""
