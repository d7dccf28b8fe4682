"""Taking the history of the sample company out again: the one thing that ever leaves the journal.

It was never true. Entries about anything else, and what people did to their own records, stay.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef

from dawra.journal.models import Entry, Mention


def take_out(record_ids: Sequence[UUID]) -> int:
    """Remove the mentions of these records of the sample, and the entries that then are about nothing.

    At most 500 records at a time, in the caller's transaction. Returns how many entries went.
    """
    mine = list(Mention.objects.filter(record_id__in=record_ids).values_list("entry_id", flat=True).distinct())
    Mention.objects.filter(record_id__in=record_ids).delete()
    gone = 0
    for start in range(0, len(mine), 500):
        bare = Entry.objects.filter(pk__in=mine[start : start + 500]).filter(
            ~Exists(Mention.objects.filter(entry_id=OuterRef("pk")))
        )
        ids = list(bare.values_list("pk", flat=True))
        # What took one of them back, or followed from it, speaks of it and goes along if it is about nothing else.
        Entry.objects.filter(cause_id__in=ids).filter(~Exists(Mention.objects.filter(entry_id=OuterRef("pk")))).exclude(
            pk__in=ids
        ).delete()
        Entry.objects.filter(cause_id__in=ids).update(cause=None)
        gone += len(ids)
        Entry.objects.filter(pk__in=ids).delete()
    return gone
