"""How this room's actions keep a lead: fetched by who may see it, guarded by its version, its clock in step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actions.sharing import let_see
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound, Stale
from dawra.access.kinds import records
from dawra.journal import actions as journal
from dawra.journal.catalogue.prospecting import LeadAssigned, LeadQueued
from dawra.journal.models import Entry
from dawra.prospecting.models import Assignment, Lead
from dawra.prospecting.queries import clocks
from dawra.prospecting.queries.clocks import Promise
from dawra.prospecting.rules import business_minutes, due
from dawra.prospecting.why import Both
from dawra.team.actors import actor_of
from dawra.team.queries.people import members_by_id

RELATED = ("person", "company", "owner", "reject_reason")


def fetch(actor: Actor, lead_id: UUID) -> Lead:
    """A live lead with whom it is about. Raises NotFound; 1 query."""
    return Lead.fetch(actor, lead_id, *RELATED)


def guard(lead: Lead, version: int | None, yours: Mapping[str, Any]) -> None:
    """Refuse early, naming only what the person meant to change. Raises Stale."""
    if version is not None and version != lead.version:
        theirs = {name: getattr(lead, name, None) for name in yours}
        raise Stale(record="lead", id=lead.pk, version=lead.version, theirs=theirs, yours=dict(yours))


def must_be_open(lead: Lead) -> None:
    if not lead.is_open:
        raise Conflict(_("This lead is closed. Reopen it first."))


def name_of(lead: Lead) -> str:
    """Whom it is about. lead: read with its person and company."""
    subject = lead.person or lead.company
    return subject.name if subject else ""


@dataclass(frozen=True, slots=True)
class Given:
    """to: None = nobody. way: see models.assignment.WAYS. rule_id: which rule decided."""

    to: UUID | None
    way: str
    why: Both
    rule_id: UUID | None = None


def clock_of(kept: Promise, lead: Lead, owner_id: UUID | None, now: datetime) -> dict[str, Any]:
    """What the clock reads once somebody else has the lead: used-up time stays used up. 2 queries an owner."""
    if lead.first_response_at is not None:
        return {}
    used = lead.counted_minutes
    if now > lead.counts_from:
        used += business_minutes(clocks.calendar_of(kept, lead.owner_id, now), lead.counts_from, now)
    left = lead.target_minutes - used
    values: dict[str, Any] = {"counted_minutes": used, "counts_from": max(now, lead.counts_from)}
    if left > 0:
        values["due_at"] = due(clocks.calendar_of(kept, owner_id, now), values["counts_from"], left)
    return values


def give(actor: Actor, lead: Lead, given: Given, *, cause: Entry | None = None, fresh: bool = False) -> Entry:
    """The lead goes to somebody or to nobody, and the reason is kept. Part of an action; about 10 queries.

    fresh: the lead has just been made, its clock is set already
    Writes: prospecting.lead_assigned.1 or prospecting.lead_queued.1, access.record_shared.1 where they saw it not
    """
    values: dict[str, Any] = {"owner_id": given.to}
    if not fresh:
        values |= clock_of(clocks.promise(), lead, given.to, actor.now)
    before = {name: getattr(lead, name) for name in values}
    if given.to != lead.owner_id or not fresh:
        lead.change(actor, values)
    names = members_by_id([given.to]) if given.to else {}
    owner = names[given.to].name if given.to and given.to in names else ""
    why, why_ar = given.why
    Assignment.objects.create(
        lead=lead, member_id=given.to, rule_id=given.rule_id, way=given.way, why=why, why_ar=why_ar,
        assigned_at=actor.now, assigned_by_id=actor.member_id,
    )  # fmt: skip
    told = LeadAssigned if given.to else LeadQueued
    fact = told(
        lead.pk, lead.person_id, before["owner_id"], given.to, owner, given.way, why, why_ar, before, name=name_of(lead)
    )
    entry = journal.write(actor, fact, about=[lead], cause=cause)
    if given.to:
        _let_them_see(actor, lead, given.to, owner, entry)
    return entry


def _let_them_see(actor: Actor, lead: Lead, member_id: UUID, name: str, cause: Entry) -> None:
    """Whoever has the lead has to reach whom it is about, even if somebody else looks after them. 0 to 8 queries."""
    hidden = [one for one in (lead.person, lead.company) if one and one.owner_id not in (None, member_id)]
    if not hidden:
        return
    try:
        them = actor_of(member_id, actor.now)
    except NotFound:
        return
    for one in hidden:
        if not records()[one.kind].objects.visible_to(them).filter(pk=one.pk).exists():
            let_see(
                actor,
                record=one,
                member_id=member_id,
                name=name,
                reason=str(_("A lead about it was given to them.")),
                cause=cause,
            )


def minutes_between(start: datetime, end: datetime) -> int:
    """By the wall clock."""
    return max((end - start) // timedelta(minutes=1), 0)
