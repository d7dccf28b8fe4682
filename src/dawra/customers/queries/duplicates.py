"""Who may be the same: asked before a record is kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, Value, When

from dawra.access.actor import Actor
from dawra.access.scope import owned_by_seen
from dawra.customers import rules, search
from dawra.customers.duplicates import gathering, saying, weighing
from dawra.customers.duplicates.weighing import MODELS, Alike, Parts
from dawra.customers.models import ContactPoint
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

    Cost: 1 query for addresses, 1 a key (6 or so), 6 for those found, and 1 for each of the names
    """
    record: Record = (
        gathering.person(names, gathering.of_points(points), companies, city)
        if kind == "person"
        else gathering.company(names, gathering.of_points(points), city)
    )
    alike = {one.record_id: one for one in weighing.alike(actor, kind, record, besides=besides)}
    found: dict[object, Likely] = {}
    for one in [
        *_same_address(actor, kind, points, alike),
        *_alike(actor, kind, alike),
        *_same_name(actor, kind, names, alike),
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


def _same_address(actor: Actor, kind: str, points: Sequence[Point], alike: dict[UUID, Alike]) -> list[Likely]:
    if not points:
        return []
    wanted = {(point.kind, point.normal): point for point in points}
    seen = owned_by_seen(actor, kind, owner=f"{kind}__owner_id", pk=f"{kind}_id")
    rows = (
        ContactPoint.objects.filter(
            normal__in=[point.normal for point in points],
            kind__in={point.kind for point in points},
            **{f"{kind}__isnull": False, f"{kind}__deleted_at__isnull": True},
        )
        .annotate(
            visible=Case(When(seen, then=Value(True)), default=Value(False), output_field=BooleanField())
            if seen != Q()
            else Value(True, output_field=BooleanField())
        )
        .values_list("kind", "normal", f"{kind}_id", f"{kind}__name", f"{kind}__name_ar", "visible")[: MOST * 2]
    )
    found = []
    for point_kind, normal, record_id, name, name_ar, visible in rows:
        point = wanted.get((point_kind, normal))
        if point is None:
            continue
        blocks = rules.unique_key(point_kind, kind, normal) is not None
        if visible:
            parts = {point_kind: ["same", 100]} | (alike[record_id].parts if record_id in alike else {})
            found.append(Likely(kind, record_id, name, name_ar, "", point_kind, point.value, blocks, parts=parts))
        elif blocks:
            found.append(Likely(kind, None, "", "", "", point_kind, point.value, True))
    return sorted(found, key=lambda one: not one.blocks)


def _same_name(actor: Actor, kind: str, names: Sequence[str], alike: dict[UUID, Alike]) -> list[Likely]:
    """Called exactly so: those whose keys an import has left to the search for duplicates that follows it. 1 query."""
    wanted = {fold(name)[:420] for name in (*names, " ".join(names)) if name.strip()}
    if not wanted:
        return []
    rows = MODELS[kind].objects.visible_to(actor).filter(folded__in=wanted).exclude(pk__in=list(alike))
    found = rows.order_by("folded", "id").values_list("pk", "name", "name_ar", "city")[:MOST]
    return [Likely(kind, pk, name, name_ar, city, "name", name, False, 0) for pk, name, name_ar, city in found]
