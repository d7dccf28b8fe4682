"""Custom fields without code: define, rename, reorder, archive. Nothing here loses a value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound, Stale
from dawra.customers.models import FieldDef
from dawra.customers.models.field import FIELD_TYPES
from dawra.customers.queries.fields import INDEXED, TABLES, card
from dawra.customers.queries.stages import stages_of
from dawra.customers.rules import FieldCard, Option
from dawra.figures.words import fold
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import FieldChanged, FieldDefined
from dawra.journal.models import Entry

MOST_FIELDS = 100
MOST_OPTIONS = 200


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """What a field is called and asks for. options: names of a choice field's options, in order; a code keeps its values.

    required_at: lifecycle codes (people, companies) or stage codes (deals) from which on a value is required
    """

    name: str
    name_ar: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    required_at: tuple[str, ...] = ()
    searchable: bool = False


@transaction.atomic
def define_field(actor: Actor, *, record_kind: str, type: str, plan: FieldPlan) -> FieldCard:
    """Add a field of the company's own to people, companies or deals. Its index is made in the background.

    Writes: customers.field_defined.1
    Raises: Refused, Invalid
    """
    actor.must("customers.fields")
    if record_kind not in TABLES or type not in FIELD_TYPES:
        raise Invalid(_("There is no such kind of field."), field="type")
    there = FieldDef.objects.filter(record_kind=record_kind)
    if there.count() >= MOST_FIELDS:
        raise Invalid(_("A record has at most %(most)s fields of its own."), field="name", most=MOST_FIELDS)
    name, name_ar = _names(plan)
    row = FieldDef.objects.create(
        record_kind=record_kind,
        key=_new_key(name),
        type=type,
        name=name,
        name_ar=name_ar,
        hint=plan.hint.strip()[:200],
        options=_options(type, plan.options, []),
        required_at=_required(record_kind, plan.required_at, ()),
        searchable=plan.searchable,
        position=(there.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    write(actor, FieldDefined(row.pk, row.name, record_kind), about=[row])
    if type in INDEXED:
        jobs.enqueue("customers.index_field", field_id=str(row.pk))
    return card(row)


@transaction.atomic
def change_field(actor: Actor, *, field_id: UUID, plan: FieldPlan, version: int | None = None) -> Entry | None:
    """Rename a field, change its hint, options, search and where it is required. Key and type stay, so do all values.

    An option left out is archived: records keep it, nobody can choose it anew.
    Writes: customers.field_changed.1, nothing if nothing differs
    Raises: Refused, NotFound, Stale, Invalid
    """
    actor.must("customers.fields")
    row = _field(field_id)
    name, name_ar = _names(plan)
    wanted = {
        "name": name,
        "name_ar": name_ar,
        "hint": plan.hint.strip()[:200],
        "options": _options(row.type, plan.options, row.options),
        "required_at": _required(row.record_kind, plan.required_at, row.required_at),
        "searchable": plan.searchable,
    }
    return keep(actor, row, wanted, version)


@transaction.atomic
def archive_field(actor: Actor, *, field_id: UUID, version: int | None = None) -> Entry | None:
    """Hide a field everywhere; its values stay and come back with it.

    Writes: customers.field_changed.1
    Raises: Refused, NotFound, Stale
    """
    actor.must("customers.fields")
    return keep(actor, _field(field_id), {"archived_at": actor.now}, version)


@transaction.atomic
def bring_back_field(actor: Actor, *, field_id: UUID, version: int | None = None) -> Entry | None:
    """Show an archived field again, with the values it had.

    Writes: customers.field_changed.1
    Raises: Refused, NotFound, Stale
    """
    actor.must("customers.fields")
    return keep(actor, _field(field_id), {"archived_at": None}, version)


@transaction.atomic
def order_fields(actor: Actor, *, record_kind: str, field_ids: Sequence[UUID]) -> Entry | None:
    """Put the fields of a kind into this order; those not named follow.

    Writes: customers.field_changed.1 for the first that moved, nothing if none did
    Raises: Refused
    """
    actor.must("customers.fields")
    rows = {row.pk: row for row in FieldDef.objects.filter(record_kind=record_kind).order_by("position", "id")}
    order = [rows[key] for key in dict.fromkeys(field_ids) if key in rows]
    order += [row for row in rows.values() if row not in order]
    moved = [(row, place) for place, row in enumerate(order, 1) if row.position != place]
    for row, place in moved:
        FieldDef.objects.filter(pk=row.pk).update(position=place)
    if not moved:
        return None
    row, place = moved[0]
    return write(actor, FieldChanged(row.pk, row.name, {"position": [row.position, place]}), about=[row])


def keep(
    actor: Actor, row: FieldDef, wanted: dict[str, Any], version: int | None, cause: Entry | None = None
) -> Entry | None:
    """Part of every change of a field: the version, the journal, search and index."""
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return None
    told = {name: [getattr(row, name), value] for name, value in changed.items()}
    expected = row.version if version is None else version
    if not FieldDef.objects.filter(pk=row.pk, version=expected).update(**changed, version=expected + 1):
        theirs = {name: getattr(row, name) for name in changed}
        raise Stale(record="field", id=row.pk, version=row.version, theirs=theirs, yours=changed)
    if "searchable" in changed or (row.searchable and "archived_at" in changed):
        jobs.enqueue("customers.refind", kind=row.record_kind)
    if "archived_at" in changed and row.type in INDEXED:
        jobs.enqueue("customers.index_field", field_id=str(row.pk))
    return write(actor, FieldChanged(row.pk, wanted.get("name", row.name), told), about=[row], cause=cause)


def _field(field_id: UUID) -> FieldDef:
    row = FieldDef.objects.filter(pk=field_id).first()
    if row is None:
        raise NotFound()
    return row


def _names(plan: FieldPlan) -> tuple[str, str]:
    name, name_ar = " ".join(plan.name.split()), " ".join(plan.name_ar.split())
    if not name and not name_ar:
        raise Invalid(_("Write a name."), field="name")
    if max(len(name), len(name_ar)) > 80:
        raise Invalid(_("Shorten this to %(most)s characters."), field="name", most=80)
    return name or name_ar, name_ar


def _required(kind: str, codes: Sequence[str], there: Sequence[str]) -> list[str]:
    """Stage codes of the kind; a code kept from before may since have left every pipeline."""
    known = {code for code, _name in stages_of(kind, "en")} | set(there)
    if unknown := set(codes) - known:
        raise Invalid(_("There is no stage “%(code)s”."), field="required_at", code=min(unknown)[:40])
    return list(dict.fromkeys(codes))


def _new_key(name: str) -> str:
    """Letters of the name where it has Latin ones; never used again, also by no other kind of record."""
    begin = re.sub(r"[^a-z0-9]+", "_", slugify(name))[:14].strip("_")
    begin = begin if begin[:1].isalpha() else f"field_{begin}".strip("_")[:14].strip("_")
    taken = set(FieldDef.objects.filter(key__startswith=begin).values_list("key", flat=True))
    return next(key for key in (begin, *(f"{begin}_{n}" for n in range(2, 10_000))) if key not in taken)


def _options(type: str, wanted: Sequence[Option], there: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The options as kept: known codes keep theirs, new ones get one, those left out are archived at the end."""
    if type not in ("choice", "choices"):
        return []
    kept: dict[str, dict[str, Any]] = {}
    codes = {option["code"] for option in there}
    by_name = {fold(option["name"]): option["code"] for option in there}
    for option in wanted:
        name, name_ar = " ".join(option.name.split())[:80], " ".join(option.name_ar.split())[:80]
        if name or name_ar:
            known = option.code if option.code in codes else by_name.get(fold(name or name_ar))
            code = known or _code(name or name_ar, {*codes, *kept})
            kept[code] = {"code": code, "name": name or name_ar, "name_ar": name_ar, "archived": option.archived}
    for left_out in there:
        kept.setdefault(left_out["code"], {**left_out, "archived": True})
    if not any(not choice["archived"] for choice in kept.values()):
        raise Invalid(_("Write at least one choice."), field="options")
    if len(kept) > MOST_OPTIONS:
        raise Invalid(_("A field has at most %(most)s choices."), field="options", most=MOST_OPTIONS)
    return list(kept.values())


def _code(name: str, taken: set[str]) -> str:
    begin = re.sub(r"[^a-z0-9]+", "_", slugify(name))[:30].strip("_") or "option"
    return next(code for code in (begin, *(f"{begin}_{n}" for n in range(2, 1000))) if code not in taken)
