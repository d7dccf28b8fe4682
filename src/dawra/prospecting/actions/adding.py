"""A new lead, and what is corrected about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers import rules as customer_rules
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.editing import may_own
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.queries.cards import company_card, person_cards
from dawra.customers.queries.duplicates import Likely, likely
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.prospecting import LeadAdded, LeadEdited
from dawra.journal.models import Entry
from dawra.prospecting import keeping, why
from dawra.prospecting.actions.giving import route
from dawra.prospecting.models import Lead
from dawra.prospecting.queries import clocks
from dawra.prospecting.rules import due
from dawra.team.queries.people import habits, members_by_id

LONGEST_WORDS = 10_000
OLDEST = timedelta(days=3660)
TEXTS = {"source": 80, "campaign": 120}
FROM_SURE_ON = 9_000


class MaybeKnown(Conflict):
    """Somebody here may be the one who asks. facts: likely (queries.duplicates.Likely, plain)."""

    code = "maybe_known"
    sentence = _("%(who)s may be whoever asked. Choose them, or say that it is somebody else.")

    def __init__(self, found: list[Likely]) -> None:
        super().__init__(who=found[0].name or "…", likely=[one.plain() for one in found])
        self.found = found


@dataclass(frozen=True, slots=True)
class NewLead:
    """An inquiry as it came in: about a person or company that are here, or that are added with it.

    person, company_name: who is new; a person whose e-mail is known is the one who is here
    anyway:    add the person although somebody like them is here
    asked_at:  when the inquiry came, if not now
    owner_id:  empty = by the rules of assignment; unassigned: into the queue, whatever the rules say
    """

    person_id: UUID | None = None
    company_id: UUID | None = None
    person: NewPerson | None = None
    company_name: str = ""
    anyway: bool = False
    source: str = ""
    campaign: str = ""
    words: str = ""
    asked_at: datetime | None = None
    owner_id: UUID | None = None
    unassigned: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """The lead, the entry that can be undone, and whoever it was given to."""

    lead: Lead
    entry: Entry
    given: Entry | None


@transaction.atomic
def add_lead(actor: Actor, *, new: NewLead) -> Added:
    """Somebody asked. The clock starts, and the rules say who answers.

    Writes:  prospecting.lead_added.1, then prospecting.lead_assigned.1 or lead_queued.1;
             customers.person_added.1, customers.company_added.1 for who is new
    Raises:  Refused, NotFound (person or company), Invalid, MaybeKnown, Conflict (an address somebody hidden has)
    Cost:    about 25 queries, 20 more for a new person
    """
    actor.must("prospecting.work")
    asked_at = new.asked_at or actor.now
    if asked_at > actor.now + timedelta(minutes=5) or asked_at < actor.now - OLDEST:
        raise Invalid(_("An inquiry came in some time up to now."), field="asked_at")
    if new.owner_id is not None:
        may_own(actor, new.owner_id)
    company_id = _company_of(actor, new)
    person_id = _person_of(actor, new, company_id)
    if person_id and not company_id:
        company_id = person_cards(actor, [person_id])[person_id].company_id
    if not person_id and not company_id:
        raise Invalid(_("Say who asked: a person, a company, or both."), field="person")
    kept = clocks.promise()
    calendar = clocks.calendar_of(kept, new.owner_id, actor.now)
    lead = Lead.signed_by(
        actor,
        person_id=person_id,
        company_id=company_id,
        **{name: _text(name, getattr(new, name)) for name in TEXTS},
        words=new.words.replace("\0", "").strip()[:LONGEST_WORDS],
        status_since=asked_at,
        asked_at=asked_at,
        target_minutes=kept.target_minutes,
        counts_from=asked_at,
        due_at=due(calendar, asked_at, kept.target_minutes),
        owner_id=new.owner_id,
    )
    lead.save(force_insert=True)
    lead = keeping.fetch(Actor.system(actor.name, actor.now), lead.pk)
    fact = LeadAdded(lead.pk, person_id, company_id, lead.source, lead.campaign, name=keeping.name_of(lead))
    entry = journal.write(actor, fact, about=[lead], at=asked_at)
    return Added(lead, entry, _hand_out(actor, lead, new, entry))


def _hand_out(actor: Actor, lead: Lead, new: NewLead, cause: Entry) -> Entry | None:
    if new.unassigned:
        return None
    if new.owner_id is None:
        return route(actor, lead, way="rule", cause=cause, fresh=True)
    if new.owner_id == actor.member_id:
        given = keeping.Given(new.owner_id, "taken", why.taken())
    else:
        given = keeping.Given(new.owner_id, "by_hand", why.by_hand(*_names(actor), ""))
    return keeping.give(actor, lead, given, cause=cause, fresh=True)


def _names(actor: Actor) -> tuple[str, str]:
    card = members_by_id([actor.member_id]).get(actor.member_id) if actor.member_id else None
    return (card.name, card.name_ar) if card else (actor.name, "")


def _company_of(actor: Actor, new: NewLead) -> UUID | None:
    """The company named, found by exactly that name, or added."""
    if new.company_id:
        return company_card(actor, new.company_id).id
    name = " ".join(new.company_name.split())
    if not name:
        return None
    for one in likely(actor, "company", [name], []):
        if one.id and fold(name) in (fold(one.name), fold(one.name_ar)):
            return one.id
    plan = NewCompany(name=name[:200], source=_text("source", new.source), unowned=True)
    key: UUID = add_company(actor, plan=plan).record.pk
    return key


def _person_of(actor: Actor, new: NewLead, company_id: UUID | None) -> UUID | None:
    """The person chosen, known by their e-mail, or added; nobody's until the lead is accepted."""
    if new.person_id:
        if new.person_id not in person_cards(actor, [new.person_id]):
            raise Invalid(_("This person is not there any more."), field="person")
        return new.person_id
    plan = new.person
    if plan is None:
        return None
    country = plan.country or habits().default_country
    points = []
    for number, written in enumerate(plan.points):
        try:
            points.append(customer_rules.point(written.kind, written.value, country))
        except customer_rules.Wrong as wrong:
            raise Invalid(_(wrong.sentence), field=f"points.{number}", **wrong.facts) from None
    found = likely(actor, "person", [plan.name, plan.name_ar], points, companies=[new.company_name])
    same = next((one for one in found if one.id and one.blocks), None)
    if same:
        return same.id
    sure = [one for one in found if one.certainty_bp >= FROM_SURE_ON or one.because != "name"]
    if sure and not new.anyway:
        raise MaybeKnown(found)
    asked = replace(plan, company_id=company_id, company_name="", unowned=True, source=plan.source or new.source[:80])
    key: UUID = add_person(actor, plan=asked).record.pk
    return key


@transaction.atomic
def edit_lead(
    actor: Actor, *, lead_id: UUID, values: Mapping[str, Any], version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Correct where an inquiry came from, or what was asked. None if nothing differs.

    values:  source, campaign, words
    Writes:  prospecting.lead_edited.1
    Raises:  Refused, NotFound, Invalid, Stale
    """
    actor.must("prospecting.work")
    lead = keeping.fetch(actor, lead_id)
    wanted: dict[str, Any] = {}
    for name, value in values.items():
        if name not in {*TEXTS, "words"}:
            raise Invalid(_("This cannot be changed."), field=name[:80])
        text = _text(name, value) if name in TEXTS else str(value or "").replace("\0", "").strip()[:LONGEST_WORDS]
        if getattr(lead, name) != text:
            wanted[name] = text
    keeping.guard(lead, version, wanted)
    if not wanted:
        return None
    told = {name: [getattr(lead, name), wanted[name]] if name in TEXTS else ["", ""] for name in wanted}
    lead.change(actor, wanted)
    fact = LeadEdited(lead.pk, lead.person_id, told, name=keeping.name_of(lead))
    return journal.write(actor, fact, about=[lead], cause=cause)


def _text(name: str, value: Any) -> str:
    text = " ".join(str(value or "").replace("\0", "").split())
    if len(text) > TEXTS[name]:
        raise Invalid(_("Shorten this to %(most)s characters."), field=name, most=TEXTS[name])
    return text
