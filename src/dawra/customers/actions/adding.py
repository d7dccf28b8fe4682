"""Parts of adding a person or a company: owner, addresses, custom values, tags. No actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers import rules
from dawra.customers.actions import editing
from dawra.customers.models import Company, ContactPoint, LifecycleChange, Person, Tag, Tagging
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard, Point
from dawra.figures.words import fold

MOST_POINTS = 30
LONGEST_TAG = 60


@dataclass(frozen=True, slots=True)
class NewPoint:
    """kind: email, phone, site, social. value: as written."""

    kind: str
    value: str
    label: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class ReadPoint:
    point: Point
    label: str
    is_primary: bool


def owner_of_new(actor: Actor, owner_id: UUID | None, unowned: bool) -> UUID | None:
    """Whoever adds owns, unless somebody else, or nobody, is asked for."""
    if unowned or (owner_id is None and actor.member_id is None):
        return None
    if owner_id is None or owner_id == actor.member_id:
        return actor.member_id
    editing.may_own(actor, owner_id)
    return owner_id


def custom_of_new(kind: str, written: Mapping[str, Any]) -> tuple[list[FieldCard], dict[str, Any]]:
    """The kind's fields and the typed values of what was written. 2 queries; none, and no fields, for nothing."""
    if not written:
        return [], {}
    fields = fields_of(kind)
    values = editing.custom_values(fields, written, {}, editing.workspace().base_currency)
    return fields, {key: value for key, value in values.items() if value is not None}


def must_be_a_stage(code: str) -> None:
    if code not in rules.LIFECYCLE:
        raise Invalid(_("There is no lifecycle stage “%(stage)s”."), field="lifecycle", stage=code[:40])


def read_points(points: Sequence[NewPoint], holder: str, country: str) -> list[ReadPoint]:
    """Typed addresses without repetition, the first of each kind primary unless another is. Raises Invalid(points)."""
    if len(points) > MOST_POINTS:
        raise Invalid(_("A record holds at most %(most)s addresses."), field="points", most=MOST_POINTS)
    if any(point.kind == "phone" for point in points) and not country:
        country = editing.workspace().default_country
    found: dict[tuple[str, str], ReadPoint] = {}
    for place, new in enumerate(points):
        if new.value.strip():
            point = read_point(new.kind, new.value, country, field=f"points.{place}")
            found.setdefault((point.kind, point.normal), ReadPoint(point, new.label[:40], new.is_primary))
    chosen = {read.point.kind for read in found.values() if read.is_primary}
    ready = []
    for read in found.values():
        first = read.point.kind not in chosen
        chosen.add(read.point.kind)
        ready.append(ReadPoint(read.point, read.label, read.is_primary or first))
    return ready


def read_point(kind: str, value: str, country: str, *, field: str = "value") -> Point:
    if kind not in ("email", "phone", "site", "social"):
        raise Invalid(_("An address is an e-mail, a phone, a site or a social page."), field="kind")
    try:
        return rules.point(kind, value, country)
    except rules.Wrong as wrong:
        raise editing.invalid(wrong, field) from None


def keep_points(actor: Actor, record: Person | Company, points: Sequence[ReadPoint]) -> list[ContactPoint]:
    """Raises Conflict where a unique address is taken. 1 query."""
    if not points:
        return []
    rows = [
        ContactPoint(
            **{f"{record.kind}_id": record.pk}, kind=p.point.kind, value=p.point.value, normal=p.point.normal,
            unique_key=rules.unique_key(p.point.kind, record.kind, p.point.normal), label=p.label, is_primary=p.is_primary,
        )
        for p in points
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return ContactPoint.objects.bulk_create(rows)
    except IntegrityError:
        keys = [row.unique_key for row in rows if row.unique_key]
        raise editing.taken(actor, record.kind, keys) or Conflict(_("This address is already there.")) from None


def first_stage(actor: Actor, record: Person | Company) -> None:
    """The beginning of the lifecycle, so that every transition has a from."""
    LifecycleChange.objects.create(
        record_kind=record.kind, record_id=record.pk, to_stage=record.lifecycle, changed_at=actor.now,
        changed_by_id=actor.member_id,
    )  # fmt: skip


def tags_named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names, made where missing. 1 query, 3 if one is new."""
    wanted = {fold(name): " ".join(name.split()) for name in names if name.strip()}
    if any(len(name) > LONGEST_TAG for name in wanted.values()):
        raise Invalid(_("A tag has at most %(most)s characters."), field="tags", most=LONGEST_TAG)
    found = {tag.folded: tag for tag in Tag.objects.filter(folded__in=wanted)}
    new = [Tag(name=name, folded=folded) for folded, name in wanted.items() if folded not in found]
    if new:
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        found = {tag.folded: tag for tag in Tag.objects.filter(folded__in=wanted)}
    return list(found.values())


def keep_tags(record: Person | Company, names: Sequence[str]) -> None:
    if names:
        Tagging.objects.bulk_create(
            [Tagging(tag=tag, record_kind=record.kind, record_id=record.pk) for tag in tags_named(names)],
            ignore_conflicts=True,
        )
