"""What prospecting does when the journal says so."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention
from dawra.prospecting.actions.answering import look_again
from dawra.team.actions.notifying import Concern, notify

KINDS = ("person", "company")
TOLD = ("rule", "by_hand", "leave")  # ways to get a lead that nobody notices by themselves


@on(
    "customers.call_logged.1",
    "customers.email_logged.1",
    "customers.letter_sent.1",
    "customers.meeting_logged.1",
    "customers.task_done.1",
    "customers.task_reopened.1",
    "customers.activity_edited.1",
    "customers.activity_deleted.1",
    "customers.activity_restored.1",
    because="the clock of a lead stops with the first answer of a person",
)
def the_clock_stops(actor: Actor, entry: Entry) -> None:
    """2 queries where nobody has asked."""
    rows = Mention.objects.filter(entry=entry, record_kind__in=KINDS)
    ids = list(rows.values_list("record_id", flat=True))
    if ids:
        look_again(actor, record_ids=ids, cause=entry)


@on("prospecting.lead_assigned.1", because="whoever is to answer should know before the clock runs out")
def tell_who_is_to_answer(actor: Actor, entry: Entry) -> None:
    """Of many given at once there is one piece of news for all of them."""
    facts = entry.facts
    many = (
        entry.cause_id is not None and Entry.objects.filter(pk=entry.cause_id, kind="customers.bulk_edited.1").exists()
    )
    if facts["to_id"] and facts["way"] in TOLD and not many:
        concern = Concern("assigned", "lead", UUID(facts["lead_id"]))
        notify(actor, entry=entry, concern=concern, members=[UUID(facts["to_id"])])
