"""Tags: one set of words for every kind of record."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.customers.actions import adding
from dawra.customers.models import Tag, Tagging
from dawra.figures.words import fold
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Tagged
from dawra.journal.models import Entry


@transaction.atomic
def change_tags(
    actor: Actor,
    *,
    kind: str,
    record_id: UUID,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    cause: Entry | None = None,
) -> Entry | None:
    """Put tags on a record or take them off, by name; a new name makes a new tag. Works for deals too.

    Writes: customers.tagged.1, nothing if nothing differs
    Raises: Refused, NotFound, Invalid(tags)
    """
    actor.must("deals.work" if kind == "deal" else "customers.work")
    record = kinds.fetch(actor, kind, record_id)
    there = set(Tagging.objects.filter(record_id=record.pk).values_list("tag__folded", flat=True))
    added = [tag for tag in adding.tags_named(add) if tag.folded not in there]
    removed = list(Tag.objects.filter(folded__in={fold(name) for name in remove} & there)) if remove else []
    if not added and not removed:
        return None
    Tagging.objects.bulk_create(
        [Tagging(tag=tag, record_kind=kind, record_id=record.pk) for tag in added], ignore_conflicts=True
    )
    Tagging.objects.filter(record_id=record.pk, tag__in=removed).delete()
    fact = Tagged(kind, record.pk, [tag.name for tag in added], [tag.name for tag in removed])
    return write(actor, fact, about=[record], cause=cause)
