"""Taking an act back: each kind that can be undone names the function that reverses it.

    @reverses("deals.deal_moved.1")
    def move_back(actor: Actor, entry: Entry) -> object: ...   # does the reverse through an action, returns its entry

Undoing writes an entry of its own, whose cause is the one taken back; nothing is ever deleted from the journal.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.journal.models import Entry

UNDO_DAYS = 30

Reverse = Callable[[Actor, Entry], None]
REVERSES: dict[str, Reverse] = {}


def reverses(*codes: str) -> Callable[[Reverse], Reverse]:
    """The function must itself check permission and visibility, and write an entry with cause=entry."""

    def register(reverse: Reverse) -> Reverse:
        for kind in codes:
            REVERSES[kind] = reverse
        return reverse

    return register


def can_undo(entry: Entry, actor: Actor) -> bool:
    """Whether to offer it; undo itself still asks the records."""
    return entry.kind in REVERSES and entry.written_at > actor.now - timedelta(days=UNDO_DAYS)


@transaction.atomic
def undo(actor: Actor, *, key: UUID) -> Entry:
    """Take back one act, once. A bulk act takes back each of its effects.

    Raises: NotFound, Conflict (too old, already undone, or changed since), Refused
    """
    entry = Entry.objects.filter(key=key).first()
    if entry is None or entry.kind not in REVERSES or not _may_know_of(actor, entry):
        raise NotFound()
    if not can_undo(entry, actor):
        raise Conflict(_("This is more than 30 days old and can no longer be undone."))
    if Entry.objects.filter(cause=entry, kind__in=("journal.undone.1",)).exists():
        raise Conflict(_("This has already been undone."))
    REVERSES[entry.kind](actor, entry)
    from dawra.journal.actions import write
    from dawra.journal.catalogue.journal import Undone

    write(actor, Undone(undone=entry.key, what=entry.kind), about=[], cause=entry)
    return entry


def _may_know_of(actor: Actor, entry: Entry) -> bool:
    """Whoever wrote it, and whoever sees a record it is about, live or in the bin. For others it does not exist."""
    if actor.sees_all or (entry.member_id is not None and entry.member_id == actor.member_id):
        return True
    models = kinds.records()
    for kind, record_id in entry.mentions.values_list("record_kind", "record_id"):
        rows = models[kind].objects if kind in models else None
        if rows is not None and (
            rows.visible_to(actor).filter(pk=record_id).exists() or rows.in_bin_of(actor).filter(pk=record_id).exists()
        ):
            return True
    return False
