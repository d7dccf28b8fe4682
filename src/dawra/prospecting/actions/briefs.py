"""Writing research briefs, and saying when one suffices."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.access.ids import new_ids
from dawra.access.kinds import fetch
from dawra.journal import actions as journal
from dawra.journal.catalogue.fitting import BriefRulesSet, BriefWritten
from dawra.journal.models import Entry
from dawra.prospecting.models import BriefSettings, BriefSlot
from dawra.prospecting.queries.briefs import KINDS, suffices_when
from dawra.prospecting.rules import briefs as rules


@dataclass(frozen=True, slots=True)
class Said:
    """What goes into a slot; "" empties it. evidence: the sentence it was taken from."""

    text: str
    source: str = ""
    evidence: str = ""


@transaction.atomic
def write_brief(
    actor: Actor, *, kind: str, record_id: UUID, slots: Mapping[str, Said], cause: Entry | None = None
) -> Entry | None:
    """Write into slots of the brief of a person or company; what stood there stays in its history. None if all stands so.

    Writes:  prospecting.brief_written.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("prospecting.work")
    if kind not in KINDS:
        raise NotFound()
    actor.must("customers.read")
    record = fetch(actor, kind, record_id)
    now: dict[str, BriefSlot] = {}
    for row in BriefSlot.objects.filter(record_kind=kind, record_id=record_id).order_by("written_at", "id"):
        now[row.slot] = row
    changes, rows = {}, []
    for (slot, said), key in zip(slots.items(), new_ids(len(slots)), strict=True):
        if slot not in rules.slots_of(kind):
            raise Invalid(_("There is no field “%(name)s”."), field="slot", name=slot[:80])
        text, source, evidence = (part.replace("\x00", "").strip() for part in (said.text, said.source, said.evidence))
        if len(text) > rules.LONGEST_TEXT or len(evidence) > rules.LONGEST_TEXT:
            raise Invalid(_("Shorten this to %(most)s characters."), field=slot, most=rules.LONGEST_TEXT)
        if len(source) > rules.LONGEST_SOURCE:
            raise Invalid(_("Shorten this to %(most)s characters."), field=slot, most=rules.LONGEST_SOURCE)
        before = now.get(slot)
        was = (before.text, before.source) if before else ("", "")
        if (text, source if text else "") == was and (not before or before.written_at.date() == actor.now.date()):
            continue
        if not text and not was[0]:
            continue
        rows.append(
            BriefSlot(
                id=key, record_kind=kind, record_id=record_id, slot=slot, text=text, source=source if text else "",
                evidence=evidence, written_at=actor.now, written_by_id=actor.member_id,
            )
        )  # fmt: skip
        changes[slot] = [was[0], text]
    if not rows:
        return None
    BriefSlot.objects.bulk_create(rows)
    name = str(getattr(record, "name", ""))
    told = BriefWritten(kind, record_id, list(changes), [str(row.pk) for row in rows], changes, name)
    return journal.write(actor, told, about=[record], cause=cause)


@transaction.atomic
def take_back(actor: Actor, *, kind: str, record_id: UUID, rows: list[str], cause: Entry) -> Entry:
    """What was written by mistake goes; what stood before it stands again.

    Writes:  prospecting.brief_written.1
    Raises:  Refused, NotFound
    """
    actor.must("prospecting.work")
    record = fetch(actor, kind, record_id)
    mine = BriefSlot.objects.filter(record_kind=kind, record_id=record_id)
    gone = list(mine.filter(pk__in=rows))
    if not gone:
        raise NotFound()
    mine.filter(pk__in=[row.pk for row in gone]).delete()
    changes = {}
    for row in gone:
        former = mine.filter(slot=row.slot).order_by("written_at", "id").last()
        changes[row.slot] = [row.text, former.text if former else ""]
    told = BriefWritten(kind, record_id, list(changes), [], changes, str(getattr(record, "name", "")))
    return journal.write(actor, told, about=[record], cause=cause)


@transaction.atomic
def set_brief_rules(actor: Actor, *, needed_percent: int, fresh_days: int, cause: Entry | None = None) -> Entry | None:
    """Say how whole and how fresh a brief must be before a first call. None if it is so already.

    Writes:  prospecting.brief_rules_set.1
    Raises:  Refused, Invalid
    """
    actor.must("prospecting.manage")
    if not 0 <= needed_percent <= 100:
        raise Invalid(_("A share lies between 0 and 100 percent."), field="needed_percent")
    if not 1 <= fresh_days <= 3650:
        raise Invalid(_("Write a number of days from 1 to 3,650."), field="fresh_days")
    now = suffices_when()
    before = [now.needed_bp // 100, now.fresh_days]
    if before == [needed_percent, fresh_days]:
        return None
    BriefSettings.objects.update_or_create(pk=1, defaults={"needed_bp": needed_percent * 100, "fresh_days": fresh_days})
    return journal.write(actor, BriefRulesSet(needed_percent, fresh_days, before), about=[], cause=cause)
