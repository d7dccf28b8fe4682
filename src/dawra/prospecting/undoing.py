"""Taking back what was done to leads, and to the rules that give them out."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.actions.owner import assign
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.prospecting import doors, keeping
from dawra.prospecting.actions import adding, deciding, giving
from dawra.prospecting.models.lead import ACCEPTED, REJECTED


@reverses("prospecting.lead_added.1")
def take_the_lead_back(actor: Actor, entry: Entry) -> None:
    """A lead added by mistake goes to the bin; the person and company it was about stay."""
    lead_id = UUID(entry.facts["lead_id"])
    if entry.member_id is not None and entry.member_id == actor.member_id:
        actor = replace(actor, permissions=actor.permissions | {"customers.delete"})
    deciding.delete_lead(actor, lead_id=lead_id, cause=entry)


@reverses("prospecting.lead_assigned.1", "prospecting.lead_queued.1")
def give_back(actor: Actor, entry: Entry) -> None:
    giving.give_back(actor, lead_id=UUID(entry.facts["lead_id"]), entry=entry)


@reverses("prospecting.lead_edited.1")
def put_fields_back(actor: Actor, entry: Entry) -> None:
    lead_id, changes = UUID(entry.facts["lead_id"]), entry.facts["changes"]
    lead = keeping.fetch(actor, lead_id)
    told = {name: pair for name, pair in changes.items() if name != "words"}
    if not told or any(getattr(lead, name) != after for name, (_before, after) in told.items()):
        raise _changed()
    adding.edit_lead(actor, lead_id=lead_id, values={name: pair[0] for name, pair in told.items()}, cause=entry)


@reverses("prospecting.lead_accepted.1")
def not_accepted(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    lead_id = UUID(facts["lead_id"])
    if keeping.fetch(actor, lead_id).status != ACCEPTED:
        raise _changed()
    doors.deals().let_go(actor, lead_id, entry)
    for kind, record_id in facts["owned"]:
        assign(actor, kind=kind, record_id=UUID(record_id), owner_id=None, cause=entry)
    deciding.take_back(actor, lead_id=lead_id, before=_read(facts["before"]), words="", cause=entry)


@reverses("prospecting.lead_rejected.1")
def not_rejected(actor: Actor, entry: Entry) -> None:
    lead_id = UUID(entry.facts["lead_id"])
    if keeping.fetch(actor, lead_id).status != REJECTED:
        raise _changed()
    deciding.take_back(actor, lead_id=lead_id, before=_read(entry.facts["before"]), words="", cause=entry)


@reverses("prospecting.lead_reopened.1")
def not_reopened(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    lead_id = UUID(facts["lead_id"])
    if facts["was"] != REJECTED or not keeping.fetch(actor, lead_id).is_open:
        raise _changed()
    deciding.take_back(actor, lead_id=lead_id, before=_read(facts["before"]), words=facts["words"], cause=entry)


@reverses("prospecting.lead_deleted.1")
def bring_back(actor: Actor, entry: Entry) -> None:
    deciding.restore_lead(actor, lead_id=UUID(entry.facts["lead_id"]), cause=entry)


@reverses("prospecting.lead_restored.1")
def delete_again(actor: Actor, entry: Entry) -> None:
    deciding.delete_lead(actor, lead_id=UUID(entry.facts["lead_id"]), cause=entry)


def _read(before: dict[str, Any]) -> dict[str, Any]:
    """Columns as the journal kept them, typed again."""
    return {
        "status": before["status"],
        "status_since": datetime.fromisoformat(before["status_since"]),
        "reject_reason_id": UUID(before["reject_reason_id"]) if before["reject_reason_id"] else None,
        "owner_id": UUID(before["owner_id"]) if before["owner_id"] else None,
    }


def _changed() -> Conflict:
    return Conflict(_("This has been changed again since, so it can no longer be taken back."))
