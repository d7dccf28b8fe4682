"""Reading files: only through the record they are attached to."""

from uuid import UUID

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.record import Record
from dawra.customers.models import File


def file(actor: Actor, file_id: UUID, *, in_bin: bool = False) -> tuple[File, Record]:
    """A file and the record it belongs to, if the actor sees that. Raises NotFound; 2 queries."""
    found = File.objects.filter(pk=file_id, deleted_at__isnull=not in_bin).first()
    if found is None:
        raise NotFound()
    return found, kinds.fetch(actor, found.record_kind, found.record_id)


def files_of(record: Record) -> list[File]:
    """Newest first, of a record the caller has fetched. 1 query."""
    rows = File.objects.filter(record_id=record.pk, deleted_at__isnull=True)
    return list(rows.order_by("-added_at", "-id")[:200])
