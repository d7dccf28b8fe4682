"""Notes: what somebody wants remembered about a record, and whom it concerns."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.actions.activities import LONGEST_BODY, Kept, keep_new, must_have_happened
from dawra.journal.actions import Mentionable, write
from dawra.journal.catalogue.activities import NoteWritten
from dawra.team.colleagues import mentioned_in


@transaction.atomic
def write_note(actor: Actor, *, records: Sequence[Mentionable], body: str, at: datetime | None = None) -> Kept:
    """Write a note in Markdown. Members named with @ are told.

    at:     when it was true, if not now
    Writes: customers.note_written.1
    Raises: Refused, Invalid (empty, or in the future)
    """
    actor.must("customers.work")
    if not body.strip():
        raise Invalid(_("Write something first."), field="body")
    if at is not None:
        must_have_happened(at, actor.now)
    activity = keep_new(
        actor,
        records,
        what="note",
        body=body.strip()[:LONGEST_BODY],
        happened_at=at or actor.now,
        owner_id=actor.member_id,
    )
    mentioned = mentioned_in(activity.body)
    entry = write(actor, NoteWritten(activity.pk, mentioned), about=records, at=activity.happened_at)
    return Kept(activity, entry)
