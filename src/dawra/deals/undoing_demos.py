"""Taking back what was noted about demos."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.deals.actions import demoing
from dawra.deals.actions.demoing import DemoSaid
from dawra.deals.models import Demo
from dawra.deals.models.demo import CANCELLED, HELD, NO_SHOW, PLANNED
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("deals.demo_planned.1")
def call_off(actor: Actor, entry: Entry) -> None:
    demoing.cancel_demo(actor, demo_id=_id(entry), cause=entry)


@reverses("deals.demo_edited.1")
def put_demo_back(actor: Actor, entry: Entry) -> None:
    """Only while each part is still as it was said then."""
    demo = Demo.fetch(actor, _id(entry))
    now = demoing.stands(demo)
    values: dict[str, Any] = {name: getattr(now, name) for name in DemoSaid.__dataclass_fields__}
    for name, (before, after) in entry.facts["changes"].items():
        if as_plain(values[name]) != after:
            raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field=name)
        values[name] = tuple(UUID(one) for one in before) if name == "people" else before
    as_said: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    said = DemoSaid(**as_said)
    demoing.edit_demo(actor, demo_id=demo.pk, said=said, cause=entry)


@reverses("deals.demo_rescheduled.1")
def to_the_time_before(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    if Demo.fetch(actor, _id(entry)).starts_at.isoformat() != facts["starts_at"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    before = datetime.fromisoformat(facts["before"])
    demoing.plan_again(actor, demo_id=_id(entry), was=PLANNED, cause=entry, starts_at=before, state=facts["was"])


@reverses("deals.demo_held.1", "deals.demo_missed.1", "deals.demo_cancelled.1")
def plan_again(actor: Actor, entry: Entry) -> None:
    was = {"deals.demo_held.1": HELD, "deals.demo_missed.1": NO_SHOW, "deals.demo_cancelled.1": CANCELLED}[entry.kind]
    demoing.plan_again(actor, demo_id=_id(entry), was=was, cause=entry)


def _id(entry: Entry) -> UUID:
    return UUID(entry.facts["demo_id"])
