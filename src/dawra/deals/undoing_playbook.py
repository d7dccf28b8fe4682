"""Taking back what was written in the playbook, and what was ticked."""

from datetime import datetime
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals.actions import playing
from dawra.deals.actions.playing import Ticking
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("deals.play_written.1")
def write_it_again(actor: Actor, entry: Entry) -> None:
    playing.write_as_before(actor, entry=entry)


@reverses("deals.starter_plays_removed.1")
def bring_the_starters_back(actor: Actor, entry: Entry) -> None:
    playing.bring_starter_plays_back(actor, entry=entry)


@reverses("deals.step_done.1")
def take_the_tick_away(actor: Actor, entry: Entry) -> None:
    said = Ticking(entry.facts["stage_code"], entry.facts["step_key"], False)
    playing.tick_step(actor, deal_id=UUID(entry.facts["deal_id"]), said=said, cause=entry)


@reverses("deals.step_not_done.1")
def tick_it_again(actor: Actor, entry: Entry) -> None:
    """As of when it had been done."""
    facts = entry.facts
    at = datetime.fromisoformat(facts["done_at"])
    said = Ticking(facts["stage_code"], facts["step_key"], True, at, facts["by"])
    playing.tick_step(actor, deal_id=UUID(facts["deal_id"]), said=said, cause=entry)
