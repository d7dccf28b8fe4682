"""What to do next: the open deals and leads somebody may work on, ranked by rules kept as data."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from dawra.access.actor import Actor
from dawra.deals.models import NextBestDismissal, NextBestRule, NextBestWorth
from dawra.deals.money import Books, books
from dawra.deals.queries.next_best_cards import NextAction, action_of, is_late, record_of
from dawra.deals.queries.next_best_facts import MOST, Facts, largest, of_deals
from dawra.figures import next_best as figures
from dawra.figures.next_best import OF_DEALS, OF_LEADS, Sign, Subject
from dawra.prospecting.queries.leads import LeadCard, new_of

UNKNOWN_FIT = 50
Off = Collection[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """actions: some of them, the best first. total, late: of all. leads: those among all, shown or not.

    is_bounded: more deals are open than were looked at
    """

    actions: tuple[NextAction, ...]
    total: int
    late: int
    is_bounded: bool
    leads: frozenset[UUID] = frozenset()


NOTHING = Ranked((), 0, 0, is_bounded=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose day, and how much of it. off: what was put off. leads: those that wait, if the caller has them already."""

    owner_id: UUID | None = None
    rule_id: UUID | None = None
    start: int = 0
    limit: int = MOST
    off: Off = ()
    leads: Sequence[LeadCard] | None = None


def next_actions(actor: Actor, asked: Asked, kept: Books | None = None) -> Ranked:
    """What to do now, the most valuable first, at most one act for each record.

    Cost: 3 queries, 3 more while deals nobody has worked on lack research; however many deals there are
    """
    actor.must("deals.read")
    kept = kept or books()
    active = _active()
    if asked.rule_id:
        active = [one for one in active if one.pk == asked.rule_id]
    if not active:
        return NOTHING
    rules = [rule_of(row) for row in active]
    waited_for = {rule.condition for rule in rules}
    deals = of_deals(actor, largest(actor, asked.owner_id), kept, rules) if waited_for & set(OF_DEALS) else []
    leads = _leads(actor, asked) if waited_for & set(OF_LEADS) else []
    average = active[0].average_minor
    subjects = _subjects(deals, leads, kept, actor, average, frozenset(asked.off))
    today = kept.day_of(actor.now)
    found = figures.rank(subjects, rules, today, _unwanted([one.id for one in subjects]))
    by_id: dict[UUID, Facts | LeadCard] = {deal.id: deal for deal in deals} | {lead.id: lead for lead in leads}
    names = {row.pk: row for row in active}
    part = found[asked.start : asked.start + asked.limit]
    shown = [action_of(one, names[one.rule.id], by_id[one.subject_id], kept) for one in part]
    return Ranked(
        actions=tuple(shown),
        total=len(found),
        late=sum(is_late(one) for one in found),
        is_bounded=len(deals) == MOST,
        leads=frozenset(lead.id for lead in leads) & {one.subject_id for one in found},
    )


def proposed(actor: Actor, rule: NextBestRule, kind: str, record_id: UUID, kept: Books) -> Sign | None:
    """The sign by which a rule proposes something for a record today, None if it does not. 1 to 6 queries."""
    subjects: list[Subject] = []
    if kind == "deal" and rule.condition in OF_DEALS:
        subjects = _subjects(of_deals(actor, [record_id], kept, [rule_of(rule)]), [], kept, actor, None, frozenset())
    elif kind == "lead" and rule.condition in OF_LEADS:
        leads = [one for one in _leads(actor, Asked()) if one.id == record_id]
        subjects = _subjects([], leads, kept, actor, None, frozenset())
    found = figures.rank(subjects, [rule_of(rule)], kept.day_of(actor.now))
    return found[0].sign if found else None


def rule_of(row: NextBestRule) -> figures.Rule:
    return figures.Rule(
        id=row.pk,
        condition=row.condition,
        act=row.act,
        days=row.days,
        least=row.least,
        from_bp=row.from_bp,
        to_bp=row.to_bp,
        urgency=figures.Urgency(row.urgent_from_pc, row.urgent_to_pc, row.urgent_days),
        weight_pc=row.weight_pc,
        position=row.position,
        record=record_of(row),
    )


def _active() -> list[Any]:
    """1 query."""
    average = Subquery(NextBestWorth.objects.filter(pk=1).values("average_minor"))
    rows = NextBestRule.objects.filter(is_active=True).annotate(average_minor=average)
    return list(rows.order_by("position", "id"))


def _leads(actor: Actor, asked: Asked) -> Sequence[LeadCard]:
    if asked.leads is not None:
        return asked.leads
    return new_of(actor, limit=MOST)[0] if asked.owner_id in (None, actor.member_id) else []


def _unwanted(ids: Iterable[UUID]) -> set[figures.Unwanted]:
    """1 query."""
    wanted = list(ids)
    rows = NextBestDismissal.objects.filter(Q(deal__in=wanted) | Q(lead__in=wanted), ended_at__isnull=True)
    return {
        (deal or lead, rule, mark)
        for deal, lead, rule, mark in rows.values_list("deal_id", "lead_id", "rule_id", "mark")
    }


def _subjects(
    deals: Sequence[Facts],
    leads: Sequence[LeadCard],
    kept: Books,
    actor: Actor,
    average: int | None,
    off: frozenset[tuple[UUID, str]],
) -> list[Subject]:
    """average: what a won deal brings; where too few were won, a lead counts like the average of these deals."""
    if average is None:
        average = sum(one.weighted_minor for one in deals) // len(deals) if deals else 0
    found = [Subject(one.id, one.weighted_minor, _less(one.id, one.signs, off), one.probability_bp) for one in deals]
    for lead in leads:
        worth = average * (lead.fit.score if lead.fit else UNKNOWN_FIT) // 100
        found.append(Subject(lead.id, worth, _less(lead.id, _signs_of(lead, kept), off)))
    return found


def _less(record_id: UUID, signs: dict[str, Sign], off: frozenset[tuple[UUID, str]]) -> dict[str, Sign]:
    """Without what was put off."""
    return {name: sign for name, sign in signs.items() if (record_id, name) not in off} if off else signs


def _signs_of(lead: LeadCard, kept: Books) -> dict[str, Sign]:
    if lead.clock.state == "overdue":
        return {"lead_overdue": Sign(kept.day_of(lead.clock.due_at), lead.clock.due_at.isoformat())}
    return {"lead_waits": Sign(kept.day_of(lead.asked_at), lead.asked_at.isoformat())}
