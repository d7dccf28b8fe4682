"""Editing many people or companies at once: one entry for all, one for each, undone together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.customers import rules
from dawra.customers.actions import adding, editing
from dawra.customers.actions.editing import MODELS, Record
from dawra.customers.actions.handing import tell_the_owner
from dawra.customers.finding import refind
from dawra.customers.models import BulkRun, LifecycleChange, Tag, Tagging
from dawra.customers.queries import lists
from dawra.customers.queries.fields import fields_of
from dawra.figures.words import fold
from dawra.journal import jobs
from dawra.journal.actions import write, write_many
from dawra.journal.catalogue.customers import (
    Assigned,
    BulkEdited,
    CompanyEdited,
    LifecycleChanged,
    PersonEdited,
    Tagged,
)
from dawra.journal.jobs import job
from dawra.journal.models import Entry
from dawra.team.actors import actor_of
from dawra.team.colleagues import colleagues

BATCH = 500
MOST = 10_000
Facts = list[tuple[object, Sequence[Any], datetime]]


@dataclass(frozen=True, slots=True)
class Change:
    """field: owner, lifecycle, country, tag_add, tag_remove or custom.<key>. value: as written, "" for nothing."""

    field: str
    value: str | list[str]


@transaction.atomic
def edit_many(actor: Actor, *, kind: str, ids: Sequence[UUID], change: Change) -> Entry:
    """Give up to 500 chosen people or companies one new value. Those the actor may not see are left alone.

    Writes: customers.bulk_edited.1, for each changed record its own entry with that one as cause, and
            customers.handed_over.1 as news for a new owner
    Raises: Refused, Invalid
    Cost:   about 12 queries, whatever the number
    """
    _must(actor, change)
    if len(ids) > BATCH:
        raise Invalid(_("Choose at most %(most)s at once, or edit all that match."), field="ids", most=BATCH)
    work = _READY[change.field.partition(".")[0]](actor, kind, change)
    rows = list(MODELS[kind].objects.visible_to(actor).filter(pk__in=list(ids)).order_by("pk"))
    rows = [row for row in rows if work.differs(row)]
    bulk = write(actor, BulkEdited(kind, len(rows), {change.field: change.value}), about=[])
    _do(actor, rows, work, bulk)
    if change.field == "owner":
        tell_the_owner(actor, bulk)
    return bulk


@transaction.atomic
def start_bulk(actor: Actor, *, kind: str, asked: str, change: Change) -> BulkRun:
    """Edit everything a filter matches, up to 10,000, in the background.

    asked:  the list's query string, read again by every batch
    Writes: customers.bulk_edited.1
    Raises: Refused, Invalid (too many, or an unusable value)
    """
    _must(actor, change)
    if actor.member_id is None:
        raise NotFound()
    _READY[change.field.partition(".")[0]](actor, kind, change)
    total = len(lists.matching(actor, kind, asked).order_by().values_list("pk", flat=True)[: MOST + 1])
    if total > MOST:
        raise Invalid(_("More than %(most)s match. Narrow the list with another filter."), field="asked", most=MOST)
    entry = write(actor, BulkEdited(kind, total, {change.field: change.value}), about=[])
    run = BulkRun.objects.create(
        record_kind=kind, member_id=actor.member_id, asked=asked, total=total, entry=entry, started_at=actor.now,
        change={"field": change.field, "value": change.value},
    )  # fmt: skip
    jobs.enqueue("customers.bulk_batch", run_id=str(run.pk))
    return run


@job("customers.bulk_batch")
def bulk_batch(now: datetime, *, run_id: str) -> None:
    """The next 500 of a bulk edit; commits its progress and asks for the next batch in one transaction."""
    with transaction.atomic():
        run = BulkRun.objects.select_for_update().select_related("entry").filter(pk=run_id).first()
        if run is None or run.finished_at:
            return
        actor = actor_of(run.member_id, now)
        _must(actor, change := Change(**run.change))
        work = _READY[change.field.partition(".")[0]](actor, run.record_kind, change)
        rows = lists.matching(actor, run.record_kind, run.asked).filter(created_at__lte=run.started_at)
        if run.after:
            rows = rows.filter(pk__gt=run.after)
        batch = list(rows.order_by("pk")[:BATCH])
        _do(actor, [row for row in batch if work.differs(row)], work, run.entry)
        run.looked_at += len(batch)
        run.after = batch[-1].pk if batch else run.after
        run.finished_at = now if len(batch) < BATCH else None
        run.save(update_fields=["looked_at", "after", "finished_at"])
        if run.finished_at and change.field == "owner":
            tell_the_owner(actor, run.entry)
        if not run.finished_at:
            jobs.enqueue("customers.bulk_batch", run_id=run_id)


@dataclass(frozen=True, slots=True)
class _Work:
    """differs: whether a row would change. keep: writes the rows and tells what happened to each."""

    differs: Callable[[Record], bool]
    keep: Callable[[list[Any]], Facts]
    refind: bool = False


def _must(actor: Actor, change: Change) -> None:
    actor.must("records.bulk")
    actor.must("customers.work")
    if change.field == "owner":
        actor.must("records.assign")
    if change.field.partition(".")[0] not in _READY:
        raise Invalid(_("This cannot be changed for many at once."), field="field")


def _do(actor: Actor, rows: list[Any], work: _Work, bulk: Entry) -> None:
    if rows:
        facts = work.keep(rows)
        if work.refind:
            refind(rows[0].kind, [row.pk for row in rows])
        write_many(actor, facts, cause=bulk)


def _update(actor: Actor, rows: list[Any], **values: Any) -> None:
    type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).update(
        **values, version=F("version") + 1, updated_at=actor.now, updated_by_id=actor.member_id
    )


def _owner(actor: Actor, kind: str, change: Change) -> _Work:
    owner_id = UUID(str(change.value)) if change.value else None
    names = [one.name for one in colleagues([owner_id])] if owner_id else []
    if owner_id and not names:
        raise Invalid(_("Choose an active member."), field="value")

    def keep(rows: list[Any]) -> Facts:
        name = names[0] if names else ""
        facts: Facts = [(Assigned(kind, r.pk, r.owner_id, owner_id, name, r.name), [r], actor.now) for r in rows]
        _update(actor, rows, owner_id=owner_id)
        return facts

    return _Work(lambda row: row.owner_id != owner_id, keep, refind=True)


def _lifecycle(actor: Actor, kind: str, change: Change) -> _Work:
    to_stage = str(change.value)
    adding.must_be_a_stage(to_stage)
    fields = fields_of(kind)

    def differs(row: Record) -> bool:
        lacking = rules.missing(fields, row.custom, to_stage, rules.reached(to_stage))
        return row.lifecycle != to_stage and not lacking

    def keep(rows: list[Any]) -> Facts:
        facts: Facts = [(LifecycleChanged(kind, r.pk, r.lifecycle, to_stage, "", r.name), [r], actor.now) for r in rows]
        LifecycleChange.objects.bulk_create(
            LifecycleChange(
                record_kind=kind, record_id=r.pk, from_stage=r.lifecycle, to_stage=to_stage, changed_at=actor.now,
                changed_by_id=actor.member_id,
            )
            for r in rows
        )  # fmt: skip
        _update(actor, rows, lifecycle=to_stage, lifecycle_since=actor.now)
        return facts

    return _Work(differs, keep)


def _country(actor: Actor, kind: str, change: Change) -> _Work:
    code = editing.clean(kind, "country", change.value)

    def keep(rows: list[Any]) -> Facts:
        facts = _edited(actor, rows, "country", code)
        _update(actor, rows, country=code)
        return facts

    return _Work(lambda row: row.country != code, keep)


def _custom(actor: Actor, kind: str, change: Change) -> _Work:
    key = change.field.partition(".")[2]
    fields = fields_of(kind)
    currency = editing.workspace().base_currency
    try:
        value = editing.custom_values(fields, {key: change.value}, {}, currency)[key]
    except Invalid as wrong:
        raise Invalid(wrong.text, field="value", **wrong.facts) from None

    def keep(rows: list[Any]) -> Facts:
        facts = _edited(actor, rows, f"custom.{key}", value)
        for row in rows:
            row.custom = {k: v for k, v in {**row.custom, key: value}.items() if v is not None}
            row.version += 1
            row.updated_at, row.updated_by_id = actor.now, actor.member_id
        type(rows[0])._base_manager.bulk_update(rows, ["custom", "version", "updated_at", "updated_by"], batch_size=100)
        return facts

    return _Work(
        lambda row: row.custom.get(key) != value, keep, refind=any(f.key == key and f.searchable for f in fields)
    )


def _edited(actor: Actor, rows: list[Any], field: str, value: Any) -> Facts:
    after = rules.plain(value)
    return [
        (
            (PersonEdited if row.kind == "person" else CompanyEdited)(
                row.pk, {field: [editing.held(row, field), after]}, row.name
            ),
            [row],
            actor.now,
        )
        for row in rows
    ]


def _tag_add(actor: Actor, kind: str, change: Change) -> _Work:
    found = adding.tags_named([str(change.value)])
    if not found:
        raise Invalid(_("Write a tag."), field="value")
    tag = found[0]
    there = set(Tagging.objects.filter(tag=tag, record_kind=kind).values_list("record_id", flat=True))

    def keep(rows: list[Any]) -> Facts:
        Tagging.objects.bulk_create(
            [Tagging(tag=tag, record_kind=kind, record_id=row.pk) for row in rows], ignore_conflicts=True
        )
        return [(Tagged(kind, row.pk, [tag.name], []), [row], actor.now) for row in rows]

    return _Work(lambda row: row.pk not in there, keep)


def _tag_remove(actor: Actor, kind: str, change: Change) -> _Work:
    tag = Tag.objects.filter(folded=fold(str(change.value))).first()
    if tag is None:
        raise Invalid(_("There is no such tag."), field="value")
    there = set(Tagging.objects.filter(tag=tag, record_kind=kind).values_list("record_id", flat=True))

    def keep(rows: list[Any]) -> Facts:
        Tagging.objects.filter(tag=tag, record_id__in=[row.pk for row in rows]).delete()
        return [(Tagged(kind, row.pk, [], [tag.name]), [row], actor.now) for row in rows]

    return _Work(lambda row: row.pk in there, keep)


_READY: dict[str, Callable[[Actor, str, Change], _Work]] = {
    "owner": _owner, "lifecycle": _lifecycle, "country": _country, "custom": _custom, "tag_add": _tag_add,
    "tag_remove": _tag_remove,
}  # fmt: skip
