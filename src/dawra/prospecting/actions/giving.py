"""Who has a lead: by the rules, by hand, taken, put back, or because somebody is away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.actions.editing import may_own
from dawra.journal import jobs
from dawra.journal.models import Entry
from dawra.prospecting import keeping, why
from dawra.prospecting.keeping import Given
from dawra.prospecting.models import Lead
from dawra.prospecting.models.lead import OPEN
from dawra.prospecting.queries import clocks, giving
from dawra.prospecting.rules import Choice, choose
from dawra.prospecting.why import Both
from dawra.team.queries.people import members_by_id
from dawra.team.queries.working import Leaving, Working

BATCH = 100


@dataclass(frozen=True, slots=True)
class Away:
    """Whose leave, which one."""

    member: Working
    leave: Leaving


@transaction.atomic
def assign_lead(
    actor: Actor,
    *,
    lead_id: UUID,
    owner_id: UUID | None,
    words: str = "",
    version: int | None = None,
    cause: Entry | None = None,
) -> Entry | None:
    """Give a lead to a colleague, take one that is nobody's, or put it back. None if nothing differs.

    words:   why, as whoever gives it says
    Writes:  prospecting.lead_assigned.1 or prospecting.lead_queued.1
    Raises:  Refused, NotFound, Invalid(owner_id), Conflict (closed), Stale
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    if lead.owner_id == owner_id:
        return None
    keeping.must_be_open(lead)
    may_own(actor, owner_id, lead.owner_id)
    keeping.guard(lead, version, {"owner_id": owner_id})
    if owner_id is None:
        given = Given(None, "back", why.put_back())
    elif owner_id == actor.member_id:
        given = Given(owner_id, "taken", why.taken())
    else:
        me = members_by_id([actor.member_id]).get(actor.member_id) if actor.member_id else None
        said = why.by_hand(me.name if me else actor.name, me.name_ar if me else "", words.strip()[:200])
        given = Given(owner_id, "by_hand", said)
    return keeping.give(actor, lead, given, cause=cause)


@transaction.atomic
def route_lead(actor: Actor, *, lead_id: UUID) -> Entry:
    """Ask the rules again who gets it.

    Writes:  prospecting.lead_assigned.1 or prospecting.lead_queued.1
    Raises:  Refused, NotFound, Conflict (closed)
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    if lead.owner_id != actor.member_id:
        actor.must("records.assign")
    keeping.must_be_open(lead)
    return route(actor, lead, way="rule")


def route(
    actor: Actor, lead: Lead, *, way: str, cause: Entry | None = None, fresh: bool = False, because: Away | None = None
) -> Entry:
    """The rules say who gets it, or that nobody does. Part of an action; about 20 queries.

    because: whose leave makes it look for somebody else
    """
    kept = clocks.promise()
    choice = decide(lead, kept, actor.now, besides=because.member.id if because else None)
    said = why.by_rules(choice)
    if because:
        said = why.on_leave(because.member.name, because.member.name_ar, because.leave.until_on, said)
    given = Given(
        choice.who.id if choice.who else None,
        way if choice.who else "nobody",
        said,
        choice.rule.id if choice.rule else None,
    )
    return keeping.give(actor, lead, given, cause=cause, fresh=fresh)


def decide(lead: Lead, kept: clocks.Promise, now: datetime, besides: UUID | None = None) -> Choice:
    """7 to 9 queries."""
    rules = giving.rules()
    people = [one for one in giving.candidates(kept, now) if one.id != besides]
    return choose(giving.asked_of(lead), rules, people, giving.turns(rules))


@jobs.job("prospecting.cover_leave", every_minutes=15)
def cover_leave(now: datetime) -> None:
    """Unanswered leads of whoever is on leave today go to the stand-in, else to whom the rules find. A batch a run."""
    actor = Actor.system("cover for leave", now)
    kept = clocks.promise()
    today = kept.day_of(now)
    away = {one.id: one for one in clocks.at_work(None, now).values() if one.leave_on(today)}
    if not away:
        return
    rows = Lead.objects.visible_to(actor).filter(owner_id__in=away, status__in=OPEN, first_response_at__isnull=True)
    for lead_id in list(rows.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            lead = keeping.fetch(actor, lead_id)
            if lead.owner_id in away:
                cover(actor, lead, away[lead.owner_id], away)


def cover(actor: Actor, lead: Lead, member: Working, away: dict[UUID, Working]) -> Entry:
    """Part of the job: the stand-in gets it if they are here, else whoever the rules find."""
    leave = member.leave_on(clocks.promise().day_of(actor.now))
    assert leave
    stand_in = leave.covered_by
    if stand_in and stand_in not in away:
        said: Both = why.on_leave(member.name, member.name_ar, leave.until_on, None)
        return keeping.give(actor, lead, Given(stand_in, "leave", said))
    return route(actor, lead, way="leave", because=Away(member, leave))


@transaction.atomic
def give_back(actor: Actor, *, lead_id: UUID, entry: Entry) -> Entry:
    """Take back who got a lead: whoever had it before has it again. Raises Conflict if it was given on since.

    Writes:  prospecting.lead_assigned.1 or prospecting.lead_queued.1
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    facts = entry.facts
    if (str(lead.owner_id) if lead.owner_id else None) != facts["to_id"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field="owner")
    before = UUID(facts["from_id"]) if facts["from_id"] else None
    may_own(actor, before, lead.owner_id)
    return keeping.give(actor, lead, Given(before, "back", why.taken_back()), cause=entry)
