"""A call or meeting about an open deal says what comes next: it is written on the deal. Imported when the room is ready."""

from datetime import date
from typing import Any

from dawra.access.actor import Actor
from dawra.customers.next_steps import NEXT_STEPS, Steps
from dawra.deals import rules
from dawra.deals.actions.editing import edit_deal
from dawra.journal.models import Entry


def is_open(deal: Any) -> bool:
    return bool(deal.state == rules.OPEN)


def write(actor: Actor, deal: Any, title: str, on: date, cause: Entry) -> object:
    """Whoever may log a call but not edit deals leaves the deal as it is: the task says it."""
    if not actor.may("deals.work"):
        return None
    return edit_deal(actor, deal_id=deal.pk, values={"next_step": title, "next_step_on": on}, cause=cause)


NEXT_STEPS["deal"] = Steps(is_open, write)
