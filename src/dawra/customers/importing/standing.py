"""A record as one batch of rows sees it: as it is kept, with what earlier rows of the batch have added or changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models.base import ModelState

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers import rules
from dawra.customers.importing.plan import SKIP
from dawra.customers.models import Affiliation, Company, ContactPoint, Person, Tagging

Record = Person | Company


@dataclass(slots=True)
class Held:
    """One contact point. fresh: not in the database yet."""

    id: UUID
    kind: str
    value: str
    normal: str
    is_primary: bool
    fresh: bool = False


@dataclass(slots=True)
class Standing:
    """record: with the changes of this batch already in it. changed: the columns that still have to be written.

    is_new: not in the database yet. firms: companies a person belongs to. tags: folded
    """

    record: Any
    is_new: bool = False
    points: list[Held] = field(default_factory=list)
    firms: dict[UUID, bool] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    changed: dict[str, Any] = field(default_factory=dict)
    touched: bool = False

    @property
    def version(self) -> int:
        """As it will be when the batch is written."""
        version: int = self.record.version
        return version + (1 if self.changed and not self.is_new else 0)

    def add_points(self, points: Iterable[rules.Point], mode: str) -> list[Held]:
        """Those it does not have yet; the first of a kind becomes the main one. mode: of plan.Policy."""
        if mode == SKIP:
            return []
        there = {(one.kind, one.normal) for one in self.points}
        kinds = {one.kind for one in self.points}
        had = set(kinds)
        added = []
        for point in points:
            if (point.kind, point.normal) in there or (mode == "fill" and point.kind in had):
                continue
            there.add((point.kind, point.normal))
            added.append(Held(new_id(), point.kind, point.value, point.normal, point.kind not in kinds, fresh=True))
            kinds.add(point.kind)
        self.points += added
        return added


def born(model: type[Any], values: Mapping[str, Any]) -> Any:
    """An unsaved record: what Model(**values) gives, at a tenth of the cost. values: by attribute ("owner_id")."""
    blank, made = _blank(model)  # type: ignore[arg-type]
    record: Any = object.__new__(model)
    record.__dict__ |= {"_state": ModelState(), **blank, **values}
    for name, default in made:
        if name not in values:
            record.__dict__[name] = default()
    return record


@cache
def _blank(model: type[Any]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Defaults that all records share, and those that are made anew for each."""
    fields = model._meta.concrete_fields
    made = tuple((field.attname, field._get_default) for field in fields if callable(field.default))
    return {field.attname: field.get_default() for field in fields if not callable(field.default)}, made


def load(actor: Actor, model: type[Any], ids: Iterable[UUID], *, with_tags: bool) -> dict[UUID, Standing]:
    """Visible live records of these ids with what belongs to them. 2 to 4 queries, none for nothing."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = {one.pk: Standing(one) for one in model.objects.visible_to(actor).filter(pk__in=wanted)}
    if not found:
        return {}
    holder = f"{model.kind}_id"
    columns = ("id", "kind", "value", "normal", "is_primary", holder)
    for *point, record_id in ContactPoint.objects.filter(**{f"{holder}__in": list(found)}).values_list(*columns):
        found[record_id].points.append(Held(*point))
    if model is Person:
        rows = Affiliation.objects.filter(person_id__in=list(found)).order_by("id")
        for person_id, company_id, is_primary, until_on in rows.values_list(
            "person_id", "company_id", "is_primary", "until_on"
        ):
            found[person_id].firms[company_id] = is_primary and until_on is None
    if with_tags:
        for record_id, folded in Tagging.objects.filter(record_id__in=list(found)).values_list(
            "record_id", "tag__folded"
        ):
            found[record_id].tags.add(folded)
    return found


# As a dry run remembers it between batches


def plain(standing: Standing, columns: Sequence[str]) -> dict[str, Any]:
    record = standing.record
    return {
        "columns": {name: getattr(record, name) for name in (*columns, "owner_id", "custom", "lifecycle")},
        "version": standing.version,
        "points": [[one.id, one.kind, one.value, one.normal, one.is_primary] for one in standing.points],
        "firms": [[firm, main] for firm, main in standing.firms.items()],
        "tags": sorted(standing.tags),
        "is_new": standing.is_new,
    }


def of_plain(model: type[Any], record_id: UUID, kept: Mapping[str, Any]) -> Standing:
    columns = dict(kept["columns"])
    owner = columns.pop("owner_id")
    columns |= {"id": record_id, "version": kept["version"], "owner_id": UUID(owner) if owner else None}
    record = born(model, columns)
    return Standing(
        record,
        is_new=kept["is_new"],
        points=[Held(UUID(key), *rest) for key, *rest in kept["points"]],
        firms={UUID(firm): main for firm, main in kept["firms"]},
        tags=set(kept["tags"]),
    )
