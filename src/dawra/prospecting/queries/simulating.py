"""Who would get a lead, and why, before a rule is switched on."""

from dataclasses import dataclass
from uuid import UUID

from dawra.access.actor import Actor
from dawra.prospecting import why
from dawra.prospecting.models.lead import OPEN
from dawra.prospecting.queries import clocks, giving
from dawra.prospecting.queries.leads import LeadCard, cards, rows
from dawra.prospecting.rules import Asked, Choice, choose

MOST = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """now, then: who would get it by the rules in force, and once the inactive ones are switched on too."""

    lead: LeadCard | None
    now: Choice
    then: Choice
    why: str
    why_ar: str

    @property
    def differs(self) -> bool:
        return (self.now.who and self.now.who.id) != (self.then.who and self.then.who.id)


def simulate(actor: Actor, *, asked: Asked | None = None, with_rule: UUID | None = None) -> list[Outcome]:
    """For one lead that might come in, or for the newest open ones. Writes nothing; 8 queries and 3 a lead.

    with_rule: only this inactive rule is switched on besides; empty = all of them
    """
    actor.must("prospecting.manage")
    kept = clocks.promise()
    everything = giving.rules(active=False)
    active = [rule for rule in everything if rule.is_active]
    then = [rule for rule in everything if rule.is_active or with_rule in (None, rule.id)]
    people = giving.candidates(kept, actor.now)
    turns = giving.turns(everything)

    def outcome(about: Asked, lead: LeadCard | None) -> Outcome:
        chosen = choose(about, then, people, turns)
        said, said_ar = why.by_rules(chosen)
        return Outcome(lead, choose(about, active, people, turns), chosen, said, said_ar)

    if asked is not None:
        return [outcome(asked, None)]
    found = list(rows(actor).filter(status__in=OPEN).order_by("-asked_at", "-id")[:MOST])
    return [outcome(giving.asked_of(lead), card) for lead, card in zip(found, cards(actor, found), strict=True)]
