"""Who may be the same: asked before a record is kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from dawra.access.actor import Actor
from dawra.access.kept import KeptRows
from dawra.access.pouring import as_id, one_of
from dawra.customers import search
from dawra.customers.duplicates import gathering, saying, weighing
from dawra.customers.duplicates.weighing import MODELS, Alike, Parts
from dawra.customers.models import Company, Person
from dawra.customers.rules import Point
from dawra.figures.matching import Record
from dawra.figures.words import fold

MOST = 10
# What a record is said to share where several fields agree: the surest of them.
_SUREST = ("email", "phone", "site", "name", "company", "city")


@dataclass(frozen=True, slots=True)
class Likely:
    """because: the surest field that agrees, with the value they share. blocks: nobody else may have it.

    id: None where the actor may not see the record; then name is empty and only a shared address was found.
    parts: field → [how it agrees, likeness in percent]. certainty_bp: how likely they are one, basis points
    """

    kind: str
    id: UUID | None
    name: str
    name_ar: str
    detail: str
    because: str
    value: str
    blocks: bool
    certainty_bp: int = 10_000
    parts: Parts = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self) | {"reasons": self.reasons}

    @property
    def reasons(self) -> str:
        """In the reader's language: "same phone; name 93 % alike"."""
        return saying.sentence(self.parts or {self.because: ["same", 100]})


def likely(
    actor: Actor,
    kind: str,
    names: Sequence[str],
    points: Sequence[Point],
    *,
    companies: Sequence[str] = (),
    city: str = "",
    besides: UUID | None = None,
) -> list[Likely]:
    """Records of a kind with the same address, a like name or both, surest first.

    Cost: 3 queries for somebody new, 2 more to compare, 1 for the names of those found and 1 of those of an address
    """
    record: Record = (
        gathering.person(names, gathering.of_points(points), companies, city)
        if kind == "person"
        else gathering.company(names, gathering.of_points(points), city)
    )
    alike = {one.record_id: one for one in weighing.alike(kind, record, besides=besides)}
    found: dict[object, Likely] = {}
    for one in [
        *_same_address(actor, kind, points, alike),
        *_alike(actor, kind, alike),
        *_same_name(actor, kind, names),
    ]:
        if one.id is None or one.id != besides:
            found.setdefault(one.id or (one.because, one.value), one)
    return sorted(found.values(), key=lambda one: (not one.blocks, -one.certainty_bp))[:MOST]


def _alike(actor: Actor, kind: str, alike: dict[UUID, Alike]) -> list[Likely]:
    if not alike:
        return []
    found = []
    for row in search.titles(actor, alike).values():
        one = alike[row.id]
        because = next((name for name in _SUREST if name in one.parts), "name")
        name, _, name_ar = row.title.partition(" · ")
        found.append(Likely(kind, row.id, name, name_ar, row.more, because, "", False, one.certainty_bp, one.parts))
    return found


# Index point_normal has them; of a switchboard that hundreds share some are enough.
_HOLDERS = (
    "SELECT kind, normal, {kind}_id, unique_key IS NOT NULL FROM customers_contactpoint"
    " WHERE normal {among} AND {kind}_id IS NOT NULL LIMIT %s"
)


def _same_address(actor: Actor, kind: str, points: Sequence[Point], alike: dict[UUID, Alike]) -> list[Likely]:
    """1 query, 2 if somebody has one of the addresses."""
    if not points:
        return []
    wanted = {(point.kind, point.normal): point for point in points}
    among, given = one_of([point.normal for point in points])
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS.format(kind=kind, among=among), [given, MOST * 2])
        rows = [(what, normal, as_id(key), bool(blocks)) for what, normal, key, blocks in cursor.fetchall()]
    rows = [row for row in rows if row[:2] in wanted]
    if not rows:
        return []
    seen = MODELS[kind].objects.visible_to(actor).filter(pk__in=[row[2] for row in rows])
    names = {pk: (name, name_ar) for pk, name, name_ar in seen.values_list("pk", "name", "name_ar")}
    found = []
    for what, normal, record_id, blocks in rows:
        value = wanted[what, normal].value
        if record_id in names:
            parts = {what: ["same", 100]} | (alike[record_id].parts if record_id in alike else {})
            found.append(Likely(kind, record_id, *names[record_id], "", what, value, blocks, parts=parts))
        elif blocks:
            found.append(Likely(kind, None, "", "", "", what, value, True))
    return sorted(found, key=lambda one: not one.blocks)


def _same_name(actor: Actor, kind: str, names: Sequence[str]) -> list[Likely]:
    """Called exactly so: those whose keys an import has left to the search for duplicates that follows it. 1 query."""
    wanted = list({fold(name)[:420] for name in (*names, " ".join(names)) if name.strip()})
    if not wanted:
        return []
    rows = _CALLED[kind].of(actor, wanted)
    return [Likely(kind, as_id(pk), name, name_ar, city, "name", name, False, 0) for pk, name, name_ar, city in rows]


def _called(model: type[Person] | type[Company]) -> KeptRows:
    def ask(actor: Actor, wanted: Sequence[str]) -> QuerySet[Any]:
        found = model.objects.visible_to(actor).filter(folded__in=wanted).order_by("folded", "id")
        return found.values_list("pk", "name", "name_ar", "city")[:MOST]

    return KeptRows(ask)


_CALLED = {kind: _called(model) for kind, model in MODELS.items()}
