"""Taking back what was set up for calls and meetings. Imported when the room is ready."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.customers.actions import outcomes
from dawra.customers.models import TalkOutcome
from dawra.customers.queries.outcomes import TalkRulesCard, talk_rules
from dawra.journal.models import Entry
from dawra.journal.undo import reverses

CHANGED_SINCE = _("This was changed again since. Undo the later change first.")
_NAMES = ("name", "name_ar", "reached", "is_answer")


@reverses("customers.talk_outcome_saved.1")
def put_outcome_back(actor: Actor, entry: Entry) -> None:
    """What was added is put away, what was changed stands as before."""
    outcome_id, changes = UUID(entry.facts["outcome_id"]), entry.facts["changes"]
    row = TalkOutcome.objects.filter(pk=outcome_id).first()
    if row is None:
        raise NotFound()
    for name, (_was, after) in changes.items():
        now = getattr(row, name)
        if (now is None) != (after is None) if name == "archived_at" else now != after:
            raise Conflict(CHANGED_SINCE)
    was_added = changes.get("name", [None])[0] == ""
    values = {name: getattr(row, name) for name in _NAMES}
    if not was_added:
        values |= {name: changes[name][0] for name in _NAMES if name in changes}
    put_away = changes["archived_at"][0] is not None if "archived_at" in changes else row.archived_at is not None
    said = outcomes.OutcomeSaid(row.what, **values, archived=was_added or put_away)
    outcomes.save_outcome(actor, said=said, outcome_id=outcome_id, cause=entry)


@reverses("customers.talk_outcomes_ordered.1")
def move_back(actor: Actor, entry: Entry) -> None:
    outcomes.move_outcome(actor, outcome_id=UUID(entry.facts["outcome_id"]), up=not entry.facts["up"], cause=entry)


@reverses("customers.talk_rules_changed.1")
def ask_as_before(actor: Actor, entry: Entry) -> None:
    now, values = talk_rules(), {}
    for name, (before, after) in entry.facts["changes"].items():
        if getattr(now, name) != after:
            raise Conflict(CHANGED_SINCE)
        values[name] = before
    kept = {"outcome_required": now.outcome_required, "next_step_required": now.next_step_required}
    outcomes.change_talk_rules(actor, said=TalkRulesCard(**kept | values), cause=entry)
