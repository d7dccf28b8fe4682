"""What prospecting does when the journal says so."""

from dawra.access.actor import Actor
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention
from dawra.prospecting.actions.answering import look_again

KINDS = ("person", "company")


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
