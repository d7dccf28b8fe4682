"""Line items of deals, and what else waits for a deal, a company or a person to come in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers.importing.activities import TOUCHED
from dawra.customers.importing.lifecycles import companies_became
from dawra.customers.importing.linking import shown
from dawra.customers.importing.owners import FOUND_AGAIN
from dawra.customers.importing.pending import Arrival, References, Waiting, amend, joins, still_waiting
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    BINNED,
    CREATED,
    GONE,
    KEPT,
    REJECTED,
    UNCHANGED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.importing.unmaking import forget, made_here
from dawra.deals import keeping, money, rules
from dawra.deals.importing.products import squeezed
from dawra.deals.models import Deal, DealLine, DealPerson, Product
from dawra.figures.money import BASIS_POINTS
from dawra.journal.models import Entry


class LineTarget:
    code, permission = "deal_line", "deals.work"

    def open(self, work: Work) -> "LineKeeper":
        return LineKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_lines_back(actor, rows)


class LineKeeper:
    """A deal's amount stays as its own row says; lines only tell what it is made of."""

    def __init__(self, work: Work) -> None:
        self._work, self._known = work, References(work)
        self._made: dict[int, str] = {}
        products = list(Product.objects.all())
        self._products = {squeezed(product.name): product for product in products}
        self._products |= {squeezed(product.code): product for product in products}
        self._by_id = {product.pk: product for product in products}

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._ask(rows)
        lines: list[DealLine] = []
        waiting = Waiting(self._work)
        outcomes = [Outcome(outcome, "deal" if deal_id else "", deal_id)
                    for outcome, deal_id in self._all(rows, lines, waiting)]  # fmt: skip
        outcomes = [
            replace(one, made={"line": self._made[row.number]}) if row.number in self._made else one
            for row, one in zip(rows, outcomes, strict=True)
        ]
        place(lines)
        self._known.save()
        waiting.save()
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._ask(rows)
        found = self._all(rows, [], Waiting(self._work))
        return [Judged(outcome, "deal" if deal_id else "", deal_id) for outcome, deal_id in found]

    def _ask(self, rows: Sequence[Parsed]) -> None:
        self._known.ask(
            {
                "deal_line": [row.key for row in rows],
                "deal": [f"id:{row.values.get('deal_id', '')}" for row in rows],
                "product": [f"id:{row.values['product_id']}" for row in rows if "product_id" in row.values],
            }
        )
        deals = {found for row in rows if (found := self._known.of("deal", f"id:{row.values.get('deal_id', '')}"))}
        there = Deal.objects.visible_to(self._work.actor).filter(pk__in=deals)
        self._deals = {deal.pk: deal for deal in there.select_related("stage")}

    def _all(self, rows: Sequence[Parsed], lines: list[DealLine], waiting: Waiting) -> list[tuple[str, UUID | None]]:
        found: list[tuple[str, UUID | None]] = []
        for row in rows:
            try:
                found.append(self._one(row, lines, waiting))
            except Reject as reject:
                row.said.append(reject.said)
                found.append((REJECTED, None))
        return found

    def _one(self, row: Parsed, lines: list[DealLine], waiting: Waiting) -> tuple[str, UUID | None]:
        key = f"id:{row.values.get('deal_id', '')}"
        deal = self._deals.get(self._known.of("deal", key) or UUID(int=0))
        known = self._known.row("deal_line", row.key)
        if known is not None:
            if row.digest not in known.digest.split():
                row.said.append(Said("not_overwritten"))
            return UNCHANGED, deal.pk if deal else None
        if "deal_id" not in row.values:
            raise Reject("missing", "deal_id")
        line = self._line(row)
        product_key = f"id:{row.values['product_id']}" if "product_id" in row.values else ""
        if line.product_id is None and product_key:
            waiting.add("line.product", line.pk, ("product", product_key), _unnamed(row))
            row.said.append(Said("waits_for", "product_id", {"value": shown(product_key)}))
        if deal is None:
            waiting.add("deal.line", line.pk, ("deal", key), plain(line))
            row.said.append(Said("waits_for", "deal_id", {"value": shown(key)}))
        else:
            line.deal = deal
            lines.append(line)
        self._known.keep("deal_line", row.key, line.pk, row.digest, 1)
        self._made[row.number] = line.pk.hex
        return CREATED, deal.pk if deal else None

    def _line(self, row: Parsed) -> DealLine:
        values = row.values
        product_id = self._known.of("product", f"id:{values.get('product_id', '')}")
        product = self._by_id.get(product_id) if product_id else None
        product = product or self._products.get(squeezed(values.get("code", "") or values.get("name", "")))
        name = values.get("name") or (product.name if product else "") or values.get("code", "")
        if not name:
            raise Reject("missing", "name")
        quantity = values.get("quantity", Decimal(1))
        if quantity <= 0:
            raise Reject("out_of_range", "quantity", value=str(quantity), least=0, most=10**9)
        price = values.get("price_minor")
        if price is None:
            price = product.price_minor if product else 0
        discount = values.get("discount", 0)
        line = rules.Line(quantity, price, discount, product.recurs if product else "")
        return DealLine(
            id=new_id(), product=product, name=name[:160], quantity=format(quantity.normalize(), "f")[:24],
            price_minor=price, discount_bp=min(discount, BASIS_POINTS), total_minor=line.total_minor, recurs=line.recurs,
        )  # fmt: skip


def _unnamed(row: Parsed) -> dict[str, Any]:
    return {"code": row.values.get("code", ""), "unnamed": "name" not in row.values}


def plain(line: DealLine) -> dict[str, Any]:
    names = ("name", "quantity", "price_minor", "discount_bp", "total_minor", "recurs")
    return {name: getattr(line, name) for name in names} | {"product": str(line.product_id or "")}


def place(lines: Sequence[DealLine]) -> None:
    """Behind the lines that a deal has already. 2 queries or none."""
    if not lines:
        return
    last: dict[UUID, int] = {}
    rows = DealLine.objects.filter(deal_id__in={line.deal_id for line in lines})
    for deal_id, position in rows.values_list("deal_id", "position"):
        last[deal_id] = max(last.get(deal_id, -1), position)
    for line in lines:
        last[line.deal_id] = line.position = last.get(line.deal_id, -1) + 1
    DealLine.objects.bulk_create(lines, batch_size=100)


@joins("deal.line")
def put_lines(work: Work, arrivals: Sequence[Arrival]) -> None:
    made = []
    for one in arrivals:
        facts = dict(one.facts)
        product = facts.pop("product", "")
        made.append(
            DealLine(id=one.waiting, deal_id=one.arrived, product_id=UUID(product) if product else None, **facts)
        )
    place(made)


@joins("line.product")
def put_products(work: Work, arrivals: Sequence[Arrival]) -> None:
    """Lines that came before their product; named by its code for want of a name, they take its name. 2 queries, 1 a line."""
    names = dict(Product.objects.filter(pk__in={one.arrived for one in arrivals}).values_list("pk", "name"))
    for one in arrivals:
        DealLine.objects.filter(pk=one.waiting, name=one.facts.get("code", "")).update(name=names[one.arrived])
        DealLine.objects.filter(pk=one.waiting).update(product_id=one.arrived)
    # Those whose deal has not come either take it along.
    facts = {one.waiting: {"product": str(one.arrived)} for one in arrivals}
    unnamed = {one.waiting: {"name": names[one.arrived]} for one in arrivals if one.facts.get("unnamed")}
    amend(work, "deal.line", {key: said | unnamed.get(key, {}) for key, said in facts.items()})


@joins("deal.person")
def put_people(work: Work, arrivals: Sequence[Arrival]) -> None:
    there = set(Deal._base_manager.filter(pk__in={one.waiting for one in arrivals}).values_list("pk", flat=True))
    DealPerson.objects.bulk_create(
        (DealPerson(deal_id=one.waiting, person_id=one.arrived) for one in arrivals if one.waiting in there),
        ignore_conflicts=True,
        batch_size=100,
    )


@joins("deal.company")
def put_companies(work: Work, arrivals: Sequence[Arrival]) -> None:
    """Deals that came before their company. Their companies have been won or tried since then. 4 queries and 1 a deal."""
    company_of = {one.waiting: one.arrived for one in arrivals}
    deals = list(Deal._base_manager.filter(pk__in=company_of, company__isnull=True).select_related("company"))
    reached: dict[UUID, dict[str, datetime]] = {}
    for deal in deals:
        # Not an edit by a person: the version stays, so that the next import may still follow.
        Deal._base_manager.filter(pk=deal.pk).update(company_id=company_of[deal.pk])
        steps = reached.setdefault(company_of[deal.pk], {})
        steps["opportunity"] = min(steps.get("opportunity", deal.created_at), deal.created_at)
        if deal.state == rules.WON and deal.closed_at:
            steps["customer"] = min(steps.get("customer", deal.closed_at), deal.closed_at)
    again = Deal._base_manager.filter(pk__in=[deal.pk for deal in deals]).select_related("company")
    keeping.make_findable(again)
    companies_became(work.actor, reached)


def deals_touched(actor: Actor, last: Mapping[UUID, datetime]) -> None:
    """Somebody dealt with these deals then: from that day on they may count as stalled. 1 query a deal."""
    kept = money.books()
    for deal in Deal._base_manager.filter(pk__in=list(last)).select_related("stage"):
        at = last[deal.pk]
        if deal.last_activity_at is None or deal.last_activity_at < at:
            values = {"last_activity_at": at, "stalls_on": keeping.stalls_on(deal, at, kept)}
            Deal._base_manager.filter(pk=deal.pk).update(**values)


def take_lines_back(actor: Actor, rows: Sequence[Any]) -> list[str]:
    """Lines of deals that were here before go; those of deals that the same import added go with their deal. 6 queries."""
    here = made_here(rows, "deal")
    ours = {row.pk: UUID(row.made["line"]) for row in rows if row.made.get("line") and row.record_id not in here}
    seen = Deal.objects.visible_to(actor).filter(pk__in=[row.record_id for row in rows if row.pk in ours])
    lines = DealLine.objects.filter(pk__in=ours.values(), deal__in=seen.values("pk"))
    there = set(lines.values_list("pk", flat=True))
    lines.delete()
    waiting = still_waiting(ours.values())
    forget([UUID(row.made["line"]) for row in rows if row.made.get("line")])

    def code(row: Any) -> str:
        if row.pk not in ours:
            return BINNED if row.record_id in here else KEPT
        return BINNED if ours[row.pk] in there | waiting else GONE

    return [code(row) for row in rows]


def deals_found(ids: Sequence[UUID]) -> None:
    keeping.make_findable(Deal._base_manager.filter(pk__in=ids).select_related("company"))


TOUCHED["deal"] = deals_touched
FOUND_AGAIN["deal"] = deals_found
