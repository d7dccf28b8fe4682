"""Activities of an import on their way back: added ones into the bin, changed ones to what they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.actions.activities import headline, recount_contact
from dawra.customers.importing.overwriting import Named
from dawra.customers.importing.unmaking import bin_added, returned
from dawra.customers.models import Activity, ActivityLink, ImportRow
from dawra.journal import actions as journal
from dawra.journal.catalogue import activities as told
from dawra.journal.models import Entry


def take_back(actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
    """Activities go to the bin; whom they concerned counts anew when it was last dealt with."""
    concerned: dict[UUID, Named] = {}

    def told_of(goes: Sequence[Activity]) -> list[tuple[object, Sequence[Any], datetime]]:
        of: dict[UUID, list[Named]] = {}
        for link_ in ActivityLink.objects.filter(activity__in=goes):
            of.setdefault(link_.activity_id, []).append(Named(link_.record_kind, link_.record_id))
        concerned.update({ref.pk: ref for refs in of.values() for ref in refs})
        return [(told.ActivityDeleted(a.pk, title=headline(a)), of.get(a.pk, []), actor.now) for a in goes]

    def write(record: Activity, back: dict[str, list[Any]]) -> None:
        record.change(actor, {name: before for name, (_now, before) in back.items()})
        facts.append((told.ActivityEdited(record.pk, back, title=headline(record)), [record], actor.now))

    facts: list[tuple[object, Sequence[Any], datetime]] = []
    codes = bin_added(actor, Activity, rows, cause, edited=edited, told=told_of)
    went_back = returned(actor, Activity, rows, write)
    journal.write_many(actor, facts, cause=cause)
    codes = [went_back.get(row.pk, code) for row, code in zip(rows, codes, strict=True)]
    recount_contact(list(concerned.values()))
    return codes
