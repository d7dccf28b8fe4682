"""Mappings that were kept: a file with the same headings, in whatever order, is read the same way and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.customers.importing.guessing import answered
from dawra.customers.importing.plan import ColumnPlan, FilePlan, read_plan
from dawra.customers.importing.recognising import FORMATS, Column, normal
from dawra.customers.importing.values.labels import label
from dawra.customers.models import ImportFile, SavedMapping

MOST = 500
"""So many are kept; beyond them the oldest goes."""


@dataclass(frozen=True, slots=True)
class MappingCard:
    id: UUID
    name: str
    what: str
    headers: tuple[str, ...]
    saved_at: datetime
    used_at: datetime | None


def fingerprint_of(headers: Sequence[str]) -> str:
    told = "\x1f".join(sorted(normal(header) for header in headers))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@transaction.atomic
def remember(actor: Actor, *, file: ImportFile, plan: FilePlan, name: str) -> SavedMapping:
    """Keep how this file is read, for the next one with these headings. Nobody's data changes, so no entry is written.

    Raises: Refused, Invalid (no name)
    """
    actor.must("records.import")
    named = " ".join(name.split())[:80]
    if not named:
        raise Invalid(_("Give the mapping a name."), field="name")
    kept = {"name": named, "system": plan.system, "plan": plan.plain(), "member_id": actor.member_id}
    row, made = SavedMapping.objects.update_or_create(
        fingerprint=fingerprint_of(file.headers), part=plan.part, defaults=kept | {"saved_at": actor.now}
    )
    if made and SavedMapping.objects.count() > MOST:
        SavedMapping.objects.filter(
            pk=SavedMapping.objects.order_by("saved_at", "id").values("pk")[:1].get()["pk"]
        ).delete()
    return row


def saved(actor: Actor) -> list[MappingCard]:
    """Every kept mapping, the newest first. 1 query."""
    actor.must("records.import")
    return [_card(row) for row in SavedMapping.objects.order_by("-saved_at", "-id")[:MOST]]


@transaction.atomic
def forget(actor: Actor, *, mapping_id: UUID) -> None:
    """Ask again next time. Nobody's data changes, so no entry is written. Raises Refused, NotFound."""
    actor.must("records.import")
    if not SavedMapping.objects.filter(pk=mapping_id).delete()[0]:
        raise NotFound()


def recalled(headers: Sequence[str], part: str = "") -> SavedMapping | None:
    """The newest mapping for these headings, of a part that is still known. 1 query."""
    rows = SavedMapping.objects.filter(fingerprint=fingerprint_of(headers))
    if part:
        rows = rows.filter(part=part)
    known = {(code, one.code) for code, format_ in FORMATS.items() for one in format_.parts}
    return next((row for row in rows.order_by("-saved_at") if (row.system, row.part) in known), None)


def applied(kept: Mapping[str, Any], plan: FilePlan, cells: Sequence[Sequence[str]]) -> FilePlan:
    """The plan with the kept answers. What the values of this file prove goes before what was answered for another.

    cells: the filled values of each column
    """
    before = read_plan(kept)
    known = {column.field: column for column in FORMATS[plan.system].part(plan.part).all_columns()}
    waiting: dict[str, list[ColumnPlan]] = {}
    for one in before.columns:
        waiting.setdefault(normal(one.header), []).append(one)
    columns = []
    for one in plan.columns:
        same = waiting.get(normal(one.header))
        old = same.pop(0) if same else None
        name = old.field if old and old.field in known else ""
        if old is None or (old.field and not name):
            columns.append(one)
            continue
        columns.append(
            again(replace(one, field=name, on_match=old.on_match, options=old.options), known, cells[one.index])
        )
    return replace(
        plan, columns=tuple(columns), create=before.create, update=before.update, country=before.country,
        currency=before.currency,
    )  # fmt: skip


def again(one: ColumnPlan, known: Mapping[str, Column], cells: Sequence[str]) -> ColumnPlan:
    """A column with what its values prove, and the questions that its answers leave open."""
    if not one.field or one.field not in known:
        return replace(one, field="", options={}, open=())
    proof = answered(known[one.field], cells)
    options = dict(one.options) | proof.options
    return replace(
        one, options=options, open=tuple(q for q in proof.open if not is_answered(q, options, proof.unknown))
    )


def is_answered(question: str, options: Mapping[str, Any], unknown: Mapping[str, int]) -> bool:
    if question == "labels":
        said = options.get("labels", {})
        return all(label(word) in said for word in unknown)
    return bool(options.get(question))


def _card(row: SavedMapping) -> MappingCard:
    format_ = FORMATS.get(row.system)
    part = next((one for one in format_.parts if one.code == row.part), None) if format_ else None
    headers = tuple(str(one.get("header", "")) for one in row.plan.get("columns", ()))
    return MappingCard(row.pk, row.name, str(part.title) if part else row.part, headers, row.saved_at, row.used_at)
