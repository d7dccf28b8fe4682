"""Deleting people and companies into the bin, and bringing them back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound, Refused
from dawra.customers import rules, search
from dawra.customers.actions import editing
from dawra.customers.actions.editing import MODELS, Done, Record
from dawra.customers.finding import refind
from dawra.customers.models import ContactPoint, Merge, Person
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import RecordDeleted, RecordRestored
from dawra.journal.models import Entry

TAKEN_BACK = frozenset({"customers.person_added.1", "customers.company_added.1", "customers.record_restored.1"})


@transaction.atomic
def delete_record(
    actor: Actor, *, kind: str, record_id: UUID, version: int | None = None, cause: Entry | None = None
) -> Done:
    """Move a person or company to the bin, where it waits 30 days. Its unique addresses become free.

    kind:   person, company
    Writes: customers.record_deleted.1
    Raises: Refused, NotFound, Stale
    """
    actor.must("customers.work")
    record = MODELS[kind].fetch(actor, record_id)
    # Whoever has just added or restored a record may take that back, without the right to delete.
    own = cause is not None and cause.member_id == actor.member_id and cause.kind in TAKEN_BACK
    if not own:
        actor.must("customers.delete")
    editing.must_be_at(record, version, deleted_at=actor.now)
    record.change(actor, {"deleted_at": actor.now})
    ContactPoint.objects.filter(**{kind: record}).update(unique_key=None)
    search.drop([record.pk])
    return Done(record, write(actor, RecordDeleted(kind, record.pk, record.name), about=[record], cause=cause))


@transaction.atomic
def restore_record(actor: Actor, *, kind: str, record_id: UUID, cause: Entry | None = None) -> Done:
    """Bring a person or company back from the bin with everything it had.

    Writes: customers.record_restored.1
    Raises: Refused, NotFound, Conflict (somebody else has one of its unique addresses now)
    """
    record = _in_bin(actor, kind, record_id)
    if not actor.may("customers.delete") and record.updated_by_id != actor.member_id:
        raise Refused(permission="customers.delete")
    actor.must("customers.work")
    points = list(ContactPoint.objects.filter(**{kind: record}))
    keys = {point.pk: rules.unique_key(point.kind, kind, point.normal) for point in points}
    collision = editing.taken(actor, kind, [key for key in keys.values() if key])
    if collision:
        raise collision
    record.change(actor, {"deleted_at": None})
    for point in points:
        point.unique_key = keys[point.pk]
    ContactPoint.objects.bulk_update(points, ["unique_key"])
    refind(kind, [record.pk])
    return Done(record, write(actor, RecordRestored(kind, record.pk, record.name), about=[record], cause=cause))


def _in_bin(actor: Actor, kind: str, record_id: UUID) -> Record:
    record = MODELS[kind].objects.in_bin_of(actor).filter(pk=record_id).first() if kind in MODELS else None
    if record is not None and Merge.objects.filter(gone_id=record.pk, undone_at__isnull=True).exists():
        raise Conflict(_("This record was merged into another; take that back instead."))
    if isinstance(record, Person) and record.erased_at:
        raise NotFound()
    if record is None:
        if kind in MODELS and MODELS[kind].objects.visible_to(actor).filter(pk=record_id).exists():
            raise Conflict(_("This record is not in the bin."))
        raise NotFound()
    return record
