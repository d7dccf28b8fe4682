"""What assignment asks: the rules, who may get leads, whose turn it is, and what is known of the lead."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from dawra.access.actor import Actor
from dawra.customers.queries.contacting import known_of
from dawra.figures.words import fold
from dawra.prospecting.models import Assignment, Lead, Rule, Seller
from dawra.prospecting.models.lead import OPEN
from dawra.prospecting.queries.clocks import Promise, at_work
from dawra.prospecting.rules import Asked, Candidate, RuleCard
from dawra.team.queries.working import Working

WORKS = "prospecting.work"


def rule_card(row: Rule) -> RuleCard:
    wanted: dict[str, Any] = row.conditions
    return RuleCard(
        id=row.pk,
        name=row.name,
        name_ar=row.name_ar,
        strategy=row.strategy,
        countries=tuple(wanted.get("countries", ())),
        languages=tuple(wanted.get("languages", ())),
        sources=tuple(fold(one) for one in wanted.get("sources", ())),
        campaigns=tuple(fold(one) for one in wanted.get("campaigns", ())),
        members=frozenset(UUID(one) for one in row.members),
        teams=frozenset(UUID(one) for one in row.teams),
        match_country=row.match_country,
        match_language=row.match_language,
        skill=fold(row.skill),
        at_work=row.at_work,
        is_active=row.is_active,
        position=row.position,
        version=row.version,
    )


def rules(*, active: bool = True) -> list[RuleCard]:
    """In order. 1 query."""
    rows = Rule.objects.filter(archived_at__isnull=True)
    if active:
        rows = rows.filter(is_active=True)
    return [rule_card(row) for row in rows.order_by("position", "id")]


def candidates(kept: Promise, now: datetime) -> list[Candidate]:
    """Active members whose role may work leads. 4 queries."""
    members = at_work(None, now)
    sellers = {row.pk: row for row in Seller.objects.all()}
    load = open_leads(now)
    return [
        _candidate(kept, one, sellers.get(one.id), load.get(one.id, 0), now)
        for one in members.values()
        if WORKS in one.permissions
    ]


def _candidate(kept: Promise, one: Working, seller: Seller | None, load: int, now: datetime) -> Candidate:
    calendar = kept.calendar(one)
    leave = one.leave_on(kept.day_of(now))
    return Candidate(
        id=one.id,
        name=one.name,
        name_ar=one.name_ar,
        team_id=one.team_id,
        takes_leads=seller is not None and seller.takes_leads,
        is_at_work=calendar.is_at_work(now),
        open_leads=load,
        most_open=seller.most_open if seller else None,
        away_until=leave.until_on if leave else None,
        countries=frozenset(seller.countries if seller else ()),
        languages=frozenset(seller.languages if seller else ()),
        skills=frozenset(fold(word) for word in (seller.skills if seller else ())),
    )


def open_leads(now: datetime) -> dict[UUID, int]:
    """How many open leads each member has. 1 query."""
    everything = Actor.system("load of leads", now)
    rows = Lead.objects.visible_to(everything).filter(status__in=OPEN, owner__isnull=False)
    return dict(rows.order_by().values_list("owner_id").annotate(n=Count("pk")))


def turns(cards: Iterable[RuleCard]) -> dict[tuple[UUID, UUID], datetime]:
    """(rule, member) → when they last got a lead by it. 1 query."""
    rows = Assignment.objects.filter(rule__in=[card.id for card in cards], member__isnull=False)
    found = rows.order_by().values_list("rule_id", "member_id").annotate(last=Max("assigned_at"))
    return {(rule, member): last for rule, member, last in found}


def asked_of(lead: Lead) -> Asked:
    """What rules ask about a lead: the person's country and language, else the company's. 1 to 3 queries."""
    known = []
    if lead.person_id:
        known.append(known_of("person", lead.person_id))
    if lead.company_id:
        known.append(known_of("company", lead.company_id))
    return Asked(
        country=next((one.country for one in known if one.country), ""),
        language=next((one.language for one in known if one.language), ""),
        source=fold(lead.source),
        campaign=fold(lead.campaign),
        owners=tuple(one.owner_id for one in known if one.owner_id),
    )


def assignments_of(lead_id: UUID) -> Sequence[Assignment]:
    """Who had it and why, the newest first. 1 query."""
    rows = Assignment.objects.filter(lead_id=lead_id).select_related("member", "assigned_by")
    return list(rows.order_by("-assigned_at", "-id")[:50])
