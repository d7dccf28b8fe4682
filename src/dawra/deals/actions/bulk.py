"""Editing many deals at once: one entry for all, one for each, taken back together; what could not be changed is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Invalid
from dawra.customers.actions.handing import tell_the_owner
from dawra.customers.actions.tags import change_tags
from dawra.customers.queries.fields import fields_of
from dawra.deals.actions.bin import delete_deal
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import DealClosed, Move, move_deal
from dawra.deals.models import Deal
from dawra.deals.queries import pipelines
from dawra.deals.rules import OPEN
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import BulkEdited
from dawra.journal.models import Entry
from dawra.team.colleagues import colleagues

MOST = 500
FIELDS = ("owner", "stage", "expected_close_on", "forecast_category", "tag_add", "tag_remove", "custom", "delete")


@dataclass(frozen=True, slots=True)
class Change:
    """field: one of FIELDS, or custom.<key>. value: as the field's own action takes it; stage: a stage's code."""

    field: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Left:
    """A deal that stayed as it was, and why."""

    deal_id: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """entry: takes all of it back. same: deals that had the value already."""

    entry: Entry
    changed: int
    same: int
    left: tuple[Left, ...]


One = Callable[[Deal, Entry], object]


@transaction.atomic
def edit_many(actor: Actor, *, ids: Sequence[UUID], change: Change) -> Report:
    """Give up to 500 deals one new value. Whatever a single deal refuses is reported, the others go on.

    Deals the actor may not see are passed over without a word.

    Writes: customers.bulk_edited.1, each deal's own entry with that one as cause, and customers.handed_over.1 as
            news for a new owner
    Raises: Refused, Invalid (too many, or a value no deal could take)
    Cost:   about 10 queries a deal
    """
    _must(actor, change)
    if len(ids) > MOST:
        raise Invalid(_("Choose at most %(most)s deals at once; a filter narrows the list."), field="ids", most=MOST)
    rows = list(Deal.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("stage").order_by("pk"))
    act = _act(actor, change)
    told = {change.field: _told(change)}
    bulk = journal.write(actor, BulkEdited("deal", len(rows), told), about=[])
    changed, same, left = 0, 0, []
    for row in rows:
        try:
            with transaction.atomic():
                done = act(row, bulk)
        except Answer as refusal:
            left.append(Left(row.pk, row.name, str(refusal)))
        else:
            changed, same = (changed + 1, same) if done is not None else (changed, same + 1)
    if change.field == "owner":
        tell_the_owner(actor, bulk)
    return Report(bulk, changed, same, tuple(left))


def _must(actor: Actor, change: Change) -> None:
    actor.must("records.bulk")
    if change.field == "delete":
        actor.must("deals.delete")
        return
    actor.must("deals.work")
    if change.field == "owner":
        actor.must("records.assign")
    if change.field.partition(".")[0] not in FIELDS:
        raise Invalid(_("This cannot be changed for many at once."), field="field")


def _told(change: Change) -> Any:
    return change.value.isoformat() if isinstance(change.value, date) else change.value


def _act(actor: Actor, change: Change) -> One:
    """What is done to one deal. Raises Invalid at once for a value no deal could take."""
    field, value = change.field, change.value
    if field == "delete":
        return lambda row, bulk: delete_deal(actor, deal_id=row.pk, cause=bulk)
    if field == "stage":
        return _mover(actor, str(value))
    if field in ("tag_add", "tag_remove"):
        if not str(value or "").strip():
            raise Invalid(_("Write a tag."), field="value")
        add, remove = ([str(value)], []) if field == "tag_add" else ([], [str(value)])
        return lambda row, bulk: change_tags(actor, kind="deal", record_id=row.pk, add=add, remove=remove, cause=bulk)
    if field == "owner":
        owner_id = UUID(str(value)) if value else None
        if owner_id and not colleagues([owner_id]):
            raise Invalid(_("Choose an active member."), field="value")
        return lambda row, bulk: edit_deal(actor, deal_id=row.pk, values={"owner_id": owner_id}, cause=bulk)
    key = field.partition(".")[2]
    if key and key not in {one.key for one in fields_of("deal")}:
        raise Invalid(_("This cannot be changed for many at once."), field="field")
    values = {"custom": {key: value}} if key else {field: value}
    return lambda row, bulk: edit_deal(actor, deal_id=row.pk, values=values, cause=bulk)


def _mover(actor: Actor, code: str) -> One:
    """To the stage of that code in the deal's own version of its pipeline; unmet criteria leave a deal where it is."""
    stages: dict[UUID, UUID | None] = {}

    def move(row: Deal, bulk: Entry) -> Entry | None:
        version = row.stage.version_id
        if version not in stages:
            found = (stage.pk for stage in pipelines.stages_of(version) if stage.code == code and stage.type == OPEN)
            stages[version] = next(found, None)
        to = stages[version]
        if row.state != OPEN:
            raise DealClosed(deal_id=row.pk, state=row.state)
        if to is None:
            raise Invalid(_("This stage is not part of the deal's pipeline."), field="stage")
        return move_deal(actor, deal_id=row.pk, move=Move(to), cause=bulk)

    return move
