"""Everything the page of one deal shows, in one frozen piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Subquery
from django.utils.translation import get_language

from dawra.access.actor import Actor
from dawra.customers.queries import fields as custom
from dawra.customers.rules import FieldCard, as_text
from dawra.deals import rules
from dawra.deals.models import Deal, DealLine, DealPerson, DealSplit, PipelineVersion, Stage
from dawra.deals.money import Books
from dawra.deals.queries import criteria, parties
from dawra.deals.queries.cards import DealCard, Named, card
from dawra.deals.queries.playbook import Kept, Went, kept_for
from dawra.deals.words import ROLES
from dawra.figures.money import Money


@dataclass(frozen=True, slots=True)
class Step:
    """A stage in the stepper. place: done, now or "" (to come). days: spent there so far, None if never."""

    stage: Stage
    place: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Visit:
    stage: Stage
    entered_at: datetime
    exited_at: datetime | None
    days: int
    amount: Money
    override: str


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who takes part. is_open: the reader may open the person's page."""

    id: UUID
    name: str
    name_ar: str
    title: str
    role: str
    role_name: Any
    is_open: bool


@dataclass(frozen=True, slots=True)
class LineCard:
    """part: what the line brings in the first year; the parts add up to the sum below them."""

    name: str
    quantity: Decimal
    price: Money
    discount_bp: int
    recurs: str
    part: Money


@dataclass(frozen=True, slots=True)
class Share:
    member: Named
    share_bp: int
    sort: str
    part: Money


@dataclass(frozen=True, slots=True)
class CustomValue:
    """value: as shown (looks tells how), None for nothing. written: as an input holds it. choices: (code, name)."""

    field: FieldCard
    value: Any
    looks: str
    written: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def edits_in_place(self) -> bool:
        """What one line or one list can hold; the rest has its place on the edit page."""
        return not self.field.archived and self.field.type in ("text", "number", "date", "choice", "link")


@dataclass(frozen=True, slots=True)
class DealPage:
    deal: Deal
    card: DealCard
    steps: tuple[Step, ...]
    finals: tuple[Stage, ...]
    visits: tuple[Visit, ...]
    people: tuple[Taker, ...]
    roles: tuple[tuple[str, Any], ...]
    missing: tuple[Any, ...]
    lines: tuple[LineCard, ...]
    lines_sum: Money
    lines_agree: bool
    shares: tuple[Share, ...]
    asks: tuple[criteria.Checked, ...]
    asks_met: int
    custom: tuple[CustomValue, ...]
    newer_version: int
    today: date


def deal_page(actor: Actor, deal: Deal, kept: Books, playbook: Kept | None = None) -> DealPage:
    """All but the timeline of a deal the actor has fetched. playbook: what is kept for it, if at hand.

    9 queries, whatever its size; 8 for who sees everything.
    """
    stages = _stages(deal)
    people = _people(actor, deal)
    lines = list(DealLine.objects.filter(deal=deal).order_by("position", "id"))
    fields = parties.custom_fields()
    asks = _asks(actor, deal, stages, people, lines, fields, playbook)
    playbook = kept_for(deal) if playbook is None else playbook
    visits = _visits(playbook.visits, stages, actor.now)
    parts = [_line(line, deal.currency) for line in lines]
    total = sum(part.part.minor for part in parts)
    seen = parties.openable_company(actor, deal)
    return DealPage(
        deal=deal,
        card=card(actor, deal, kept, seen),
        steps=tuple(_steps(deal, stages, visits)),
        finals=tuple(stage for stage in stages if stage.type != rules.OPEN),
        visits=tuple(reversed(visits)),
        people=tuple(people),
        roles=tuple(ROLES.items()),
        missing=tuple(ROLES[role] for role in rules.missing_roles(taker.role for taker in people)),
        lines=tuple(parts),
        lines_sum=Money(total, deal.currency),
        lines_agree=not lines or total == deal.amount_minor,
        shares=tuple(_shares(deal)),
        asks=tuple(asks),
        asks_met=sum(ask.is_met for ask in asks),
        custom=tuple(_custom(actor, deal, fields)),
        newer_version=_newer(deal, stages),
        today=kept.day_of(actor.now),
    )


def _asks(
    actor: Actor,
    deal: Deal,
    stages: Sequence[Stage],
    people: Sequence[Taker],
    lines: Sequence[DealLine],
    fields: Sequence[FieldCard],
    playbook: Kept | None,
) -> list[criteria.Checked]:
    """What this stage asks before the deal moves on, and the custom fields it requires."""
    if deal.state != rules.OPEN:
        return []
    of_stage, ticked = criteria.asks_of_its_stage(deal)
    asks = of_stage + criteria.required_in(deal.stage, stages, fields)
    if not asks:
        return []
    roles = [taker.role for taker in people]
    has = criteria.shown(deal, asks, actor.now, roles=roles, has_lines=bool(lines), ticked=ticked, playbook=playbook)
    return criteria.as_checked(asks, has)


def _people(actor: Actor, deal: Deal) -> list[Taker]:
    """Those who decide first. 1 query."""
    rows = DealPerson.objects.filter(deal=deal).annotate(is_open=parties.may_open_person(actor, "person_id"))
    names = rows.order_by("id").values_list(
        "person_id", "person__name", "person__name_ar", "person__title", "role", "is_open"
    )
    takers = [
        Taker(key, name, name_ar, title if is_open else "", role, ROLES.get(role, ""), bool(is_open))
        for key, name, name_ar, title, role, is_open in names
    ]
    order = {role: place for place, role in enumerate(("economic_buyer", "signatory", "champion"))}
    return sorted(takers, key=lambda taker: order.get(taker.role, 9))


def _visits(found: Sequence[Went], stages: Sequence[Stage], now: datetime) -> list[Visit]:
    """Oldest first. No query, 1 if the deal has come from another version of its pipeline."""
    known = {stage.pk: stage for stage in stages}
    others = {row[0] for row in found} - set(known)
    if others:
        known |= Stage.objects.in_bulk(others)
    return [
        Visit(
            stage=known[stage_id],
            entered_at=entered_at,
            exited_at=exited_at,
            days=((exited_at or now) - entered_at).days,
            amount=Money(amount, currency),
            override=override or "",
        )
        for stage_id, entered_at, exited_at, amount, currency, override in found
    ]


def _steps(deal: Deal, stages: Sequence[Stage], visits: Sequence[Visit]) -> list[Step]:
    spent: dict[str, int] = {}
    for visit in visits:
        spent[visit.stage.code] = spent.get(visit.stage.code, 0) + visit.days
    is_won = deal.state == rules.WON
    last_open = max((v.stage.position for v in visits if v.stage.type == rules.OPEN), default=-1)
    here = deal.stage.position if deal.state == rules.OPEN else last_open + 1
    return [
        Step(
            stage,
            "now" if stage.pk == deal.stage_id else "done" if is_won or stage.position < here else "",
            spent.get(stage.code),
        )
        for stage in stages
        if stage.type == rules.OPEN
    ]


def _line(row: DealLine, currency: str) -> LineCard:
    line = rules.Line(Decimal(row.quantity), row.price_minor, row.discount_bp, row.recurs)
    part = Money(rules.in_first_year(line), currency)
    return LineCard(row.name, line.quantity, Money(row.price_minor, currency), row.discount_bp, row.recurs, part)


def _shares(deal: Deal) -> list[Share]:
    amount = Money(deal.amount_minor, deal.currency)
    rows = DealSplit.objects.filter(deal=deal).order_by("-sort", "-share_bp", "id")
    return [
        Share(Named(member, name, name_ar, True), share_bp, sort, amount.share(share_bp))
        for member, name, name_ar, share_bp, sort in rows.values_list(
            "member_id", "member__name", "member__name_ar", "share_bp", "sort"
        )
    ]


def _custom(actor: Actor, deal: Deal, fields: Sequence[FieldCard]) -> list[CustomValue]:
    """Values as words; 1 query if a field holds a person."""
    spoken = (get_language() or "en")[:2]
    people = {deal.custom[f.key] for f in fields if f.type == "person" and deal.custom.get(f.key)}
    names = parties.person_names(actor, {UUID(key) for key in people})
    values = []
    for field in fields:
        value = deal.custom.get(field.key)
        if value is None and field.archived:
            continue
        is_person = field.type == "person"
        shown = names.get(str(value)) if is_person else custom.shown(field, value, spoken)
        is_choice = field.type == "choice"
        written = str(value or "") if is_choice else as_text(field, value)
        choices = (("", "—"), *custom.options_of(field, spoken)) if is_choice else ()
        values.append(CustomValue(field, shown, "text" if is_person else custom.LOOKS[field.type], written, choices))
    return values


def _stages(deal: Deal) -> list[Stage]:
    """The stages of the deal's version in order, each with `newest`: the number of the newest version. 1 query."""
    numbers = PipelineVersion.objects.filter(pipeline_id=deal.stage.version.pipeline_id, published_at__isnull=False)
    newest = Subquery(numbers.order_by("-number").values("number")[:1])
    rows = Stage.objects.filter(version_id=deal.stage.version_id).annotate(newest=newest)
    return list(rows.order_by("position", "id"))


def _newer(deal: Deal, stages: Sequence[Any]) -> int:
    """The number of a newer published version of the pipeline, 0 if an open deal is in the newest."""
    newest = stages[0].newest or 0
    return newest if newest > deal.stage.version.number and deal.state == rules.OPEN else 0
