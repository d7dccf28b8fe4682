"""Parts of adding a person or a company: owner, addresses, custom values, tags. No actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.access.pouring import insert, insert_free
from dawra.customers import rules, search
from dawra.customers.actions import editing
from dawra.customers.models import Company, ContactPoint, LifecycleChange, Person, Tag, Tagging
from dawra.customers.privacy import returning
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard, Point
from dawra.customers.search import Findable
from dawra.figures.words import fold
from dawra.journal.actions import write_each
from dawra.journal.models import Entry

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


@dataclass(frozen=True, slots=True)
class New:
    """A person or company made ready, nothing of it written yet. fact: what the journal says of it."""

    record: Person | Company
    points: Sequence[ReadPoint]
    tags: Sequence[str]
    fact: object
    findable: Findable


def keep_new(actor: Actor, *news: New, cause: Entry | None = None) -> list[Entry]:
    """Write new records with all that belongs to them; later ones are about the earlier ones too. Part of an action.

    Raises: Conflict (a unique address is taken)
    Cost:   1 query each and 6 for all, 1 if they have tags and what writing their entries costs
    """
    for new in news:
        insert(new.record)
    keep_points(actor, [(new.record, new.points) for new in news])
    member, now = actor.member_id, actor.now
    born = (
        LifecycleChange(
            record_kind=new.record.kind, record_id=new.record.pk, to_stage=new.record.lifecycle, changed_at=now,
            changed_by_id=member,
        )
        for new in news
    )  # fmt: skip
    insert(*born)  # the beginning of the lifecycle, so that every transition has a from
    for new in news:
        keep_tags(new.record, new.tags)
    search.put_added(*(new.findable for new in news))
    records = [new.record for new in news]
    return write_each(actor, [(new.fact, records[at::-1]) for at, new in enumerate(news)], cause=cause)


def keep_points(actor: Actor, held: Sequence[tuple[Person | Company, Sequence[ReadPoint]]]) -> list[ContactPoint]:
    """The addresses of records. Raises Conflict where a unique one is taken, or was an erased person's. 1 query."""
    returning.must_not_be_erased(one.point for record, points in held if record.kind == "person" for one in points)
    rows = [
        ContactPoint(
            **{f"{record.kind}_id": record.pk}, kind=p.point.kind, value=p.point.value, normal=p.point.normal,
            unique_key=rules.unique_key(p.point.kind, record.kind, p.point.normal), label=p.label, is_primary=p.is_primary,
        )
        for record, points in held
        for p in points
    ]  # fmt: skip
    if rows and not insert_free(*rows):
        for record, points in held:
            keys = [rules.unique_key(p.point.kind, record.kind, p.point.normal) for p in points]
            conflict = editing.taken(actor, record.kind, [key for key in keys if key], besides=record.pk)
            if conflict:
                raise conflict
        raise Conflict(_("This address is already there."))
    return rows


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
