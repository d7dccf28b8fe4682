"""Telling the planner its target, and numbers that somebody knows better than the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.journal import actions as journal
from dawra.journal.catalogue.fitting import PlanSet
from dawra.journal.models import Entry
from dawra.prospecting.models import Plan

MOST_MINOR, MOST_REPS = 10**15, 10_000
BOUNDS = {"deal_minor": (1, MOST_MINOR), "win_bp": (1, 10_000), "lead_to_deal_bp": (1, 10_000), "cycle_days": (0, 3650)}


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """until_on: the first day that no longer belongs to the period. typed: deal_minor, win_bp, lead_to_deal_bp, cycle_days"""

    target_minor: int
    from_on: date
    until_on: date
    reps: int = 1
    typed: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def set_plan(actor: Actor, *, said: PlanSaid, cause: Entry | None = None) -> Entry | None:
    """Say what is to be won by when, by how many. None if it stands so already.

    Writes:  prospecting.plan_set.1
    Raises:  Refused, Invalid
    """
    actor.must("prospecting.manage")
    if not 0 <= said.target_minor <= MOST_MINOR:
        raise Invalid(_("Write an amount, zero or more."), field="target")
    if said.from_on >= said.until_on or (said.until_on - said.from_on).days > 1100:
        raise Invalid(_("A period ends after it begins, within three years."), field="last_on")
    if not 1 <= said.reps <= MOST_REPS:
        raise Invalid(_("Write how many sell: 1 or more."), field="reps")
    for name, value in said.typed.items():
        least, most = BOUNDS.get(name, (1, 0))
        if not least <= value <= most:
            raise Invalid(_("This number is out of bounds."), field=name)
    row = Plan.objects.filter(pk=1).first()
    before = _plain(row) if row else {}
    values: dict[str, Any] = {
        "target_minor": said.target_minor, "from_on": said.from_on, "until_on": said.until_on, "reps": said.reps,
        "typed": dict(said.typed),
    }  # fmt: skip
    after = {**values, "from_on": said.from_on.isoformat(), "until_on": said.until_on.isoformat()}
    if before == after:
        return None
    Plan.objects.update_or_create(pk=1, defaults=values | {"typed_at": actor.now, "typed_by_id": actor.member_id})
    return journal.write(actor, PlanSet(before, after), about=[], cause=cause)


@transaction.atomic
def forget_plan(actor: Actor, *, cause: Entry) -> None:
    """The first plan is taken back: the planner goes by the history alone.

    Writes:  prospecting.plan_set.1
    Raises:  Refused
    """
    actor.must("prospecting.manage")
    row = Plan.objects.filter(pk=1).first()
    if row is not None:
        row.delete()
        journal.write(actor, PlanSet(_plain(row), {}), about=[], cause=cause)


def _plain(row: Plan) -> dict[str, Any]:
    return {
        "target_minor": row.target_minor, "from_on": row.from_on.isoformat(), "until_on": row.until_on.isoformat(),
        "reps": row.reps, "typed": dict(row.typed),
    }  # fmt: skip
