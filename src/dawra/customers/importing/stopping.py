"""The end of an import that rests: nobody works on it, so it ends where it stands."""

from dataclasses import replace

from django.db import transaction

from dawra.access.actor import Actor
from dawra.customers.models import Import
from dawra.customers.models.importing import PAUSED, STOPPED
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Imported


@transaction.atomic
def ended_while_resting(actor: Actor, import_: Import) -> bool:
    """False unless it rested. What is in stays in and can be taken back.

    Writes: customers.imported.1 if a row did anything
    Raises: Refused
    """
    actor.must("records.import")
    ended = Import.objects.filter(pk=import_.pk, state=PAUSED).update(
        state=STOPPED, finished_at=actor.now, asked_pause=False
    )
    if not ended:
        return False
    files = list(import_.files.order_by("position"))
    created, updated, rejected = (sum(getattr(f, name) for f in files) for name in ("created", "updated", "rejected"))
    if created or updated or rejected:
        names = ", ".join(file.name for file in files)[:200]
        said = Imported(import_.pk, names, created, updated, rejected)
        journal.write(replace(actor, via="import"), said, about=[import_])
    return True
