"""What a move asks for, and what a deal can show for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from dawra.customers.queries.activities import kinds_done
from dawra.customers.rules import FieldCard
from dawra.deals import rules
from dawra.deals.models import Criterion, CriterionTick, Deal, DealLine, DealPerson, Stage
from dawra.deals.queries import parties
from dawra.deals.queries.demos import was_held
from dawra.deals.queries.playbook import Kept, kept_for
from dawra.prospecting.queries.briefs import brief_is_enough
from dawra.team.queries import training

LOGGED = ("call", "meeting", "email", "note")
COLUMNS = {
    "company": "company_id",
    "amount": "amount_minor",
    "recurring": "recurring_minor",
    "expected_close_on": "expected_close_on",
    "next_step": "next_step",
    "next_step_on": "next_step_on",
    "source": "source",
    "campaign": "campaign",
    "competitors": "competitors",
    "about": "about",
    "owner": "owner_id",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One criterion of a stage and whether the deal meets it."""

    id: UUID | str
    sort: str
    detail: str
    name: str
    name_ar: str
    is_met: bool


def shown(
    deal: Deal,
    asks: Iterable[rules.Ask],
    now: datetime,
    *,
    roles: Sequence[str] | None = None,
    has_lines: bool | None = None,
    ticked: frozenset[UUID] | None = None,
    playbook: Kept | None = None,
) -> rules.Shown:
    """What this deal can show at that moment for what is asked; roles and what follows if they are at hand.

    Up to 5 queries, 3 more where a research brief is asked, 1 more where the playbook is or a certificate.
    """
    asks = list(asks)
    sorts, details = {ask.sort for ask in asks}, {ask.detail for ask in asks if ask.sort == "field"}
    if roles is None:
        roles = list(DealPerson.objects.filter(deal=deal).values_list("role", flat=True))
    if has_lines is None:
        has_lines = DealLine.objects.filter(deal=deal).exists()
    names = {name: getattr(deal, column) for name, column in COLUMNS.items()}
    names |= {"people": bool(roles), "lines": has_lines, "brief": "brief" in details and _is_researched(deal, now)}
    return rules.Shown(
        filled=rules.filled({name: value or None for name, value in names.items()}, deal.custom, roles),
        logged=_logged(deal, asks) if "activity" in sorts else frozenset(),
        ticked=(_ticked(deal) if "box" in sorts else frozenset()) if ticked is None else ticked,
        followed=_followed(deal, asks, playbook) if "playbook" in sorts else frozenset(),
        qualification=deal.qualification,
        certified=_certified(deal, asks, now) if "certificate" in sorts else frozenset(),
    )


def _logged(deal: Deal, asks: Iterable[rules.Ask]) -> frozenset[str]:
    """Kinds of what has happened; a demo that was held is one. 1 query, 2 where a demo is asked."""
    asked = {ask.detail for ask in asks if ask.sort == "activity"}
    held = frozenset({"demo"}) if "demo" in asked and was_held(deal.pk) else frozenset()
    return held | (kinds_done(deal.pk, LOGGED) if asked - {"demo"} else frozenset())


def _followed(deal: Deal, asks: Iterable[rules.Ask], kept: Kept | None) -> frozenset[str]:
    """Codes of the stages whose required steps are done. 1 query, none with the playbook at hand."""
    kept = kept_for(deal) if kept is None else kept
    return frozenset(ask.detail for ask in asks if ask.sort == "playbook" and kept.is_followed(ask.detail))


def _certified(deal: Deal, asks: Iterable[rules.Ask], now: datetime) -> frozenset[str]:
    """Training paths whose certificate the owner holds today. 1 query."""
    asked = [UUID(ask.detail) for ask in asks if ask.sort == "certificate"]
    return frozenset(map(str, training.certified_in(deal.owner_id, asked, timezone.localtime(now).date())))


def _ticked(deal: Deal) -> frozenset[UUID]:
    return frozenset(CriterionTick.objects.filter(deal=deal).values_list("criterion_id", flat=True))


def _is_researched(deal: Deal, now: datetime) -> bool:
    """Whether the research brief of its company and people suffices. 3 queries."""
    people = list(DealPerson.objects.filter(deal=deal).values_list("person_id", flat=True))
    return brief_is_enough(deal.company_id, people, now)


def asks_of(stages: Iterable[Stage]) -> list[rules.Ask]:
    """The criteria of these stages in order. 1 query."""
    rows = Criterion.objects.filter(stage__in=list(stages)).order_by("stage__position", "position", "id")
    return [rules.Ask(row.pk, row.sort, row.detail, row.name, row.name_ar) for row in rows]


def asks_of_its_stage(deal: Deal) -> tuple[list[rules.Ask], frozenset[UUID]]:
    """The criteria of the stage a deal is in, and which of its boxes are ticked. 1 query."""
    ticks = CriterionTick.objects.filter(deal=deal, criterion_id=OuterRef("pk"))
    rows = Criterion.objects.filter(stage_id=deal.stage_id).annotate(is_ticked=Exists(ticks)).order_by("position", "id")
    asks = [rules.Ask(row.pk, row.sort, row.detail, row.name, row.name_ar) for row in rows]
    return asks, frozenset(row.pk for row in rows if row.is_ticked)


def unmet_for(deal: Deal, to: Stage, stages: Sequence[Stage], now: datetime) -> list[rules.Ask]:
    """What a move to that stage still lacks; nothing for a move that is not forward. 0 or 6 queries."""
    left = rules.left_behind(stages, deal.stage, to)
    if not left:
        return []
    asks = asks_of(left) + required_in(to, stages)
    return rules.unmet(asks, shown(deal, asks, now)) if asks else []


def as_checked(asks: Iterable[rules.Ask], has: rules.Shown) -> list[Checked]:
    return [Checked(a.id, a.sort, a.detail, a.name, a.name_ar, rules.is_met(a, has)) for a in asks]


def required_in(stage: Stage, stages: Sequence[Stage], fields: Sequence[FieldCard] | None = None) -> list[rules.Ask]:
    """Custom fields that must have a value from this stage on. 1 query, none with fields at hand."""
    positions = {one.code: one.position for one in stages}
    return [
        rules.Ask(field.key, "field", f"custom.{field.key}", field.name, field.name_ar)
        for field in (parties.custom_fields() if fields is None else fields)
        if not field.archived and rules.is_required_in(field.required_at, stage, positions)
    ]
