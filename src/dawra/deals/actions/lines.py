"""What a deal sells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.deals import keeping, rules
from dawra.deals.models import Deal, DealLine, Product
from dawra.deals.money import LARGEST_MINOR
from dawra.figures.money import BASIS_POINTS
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealLinesChanged
from dawra.journal.models import Entry

MOST_LINES = 100
LARGEST_QUANTITY = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class NewLine:
    """quantity: exact. price_minor: of one, in the deal's currency. name: empty = the product's. recurs: "", month, year."""

    quantity: Decimal
    price_minor: int
    product_id: UUID | None = None
    name: str = ""
    discount_bp: int = 0
    recurs: str = ""


@transaction.atomic
def set_lines(
    actor: Actor, *, deal_id: UUID, lines: Sequence[NewLine], follow: bool = True, version: int | None = None
) -> Entry | None:
    """Say anew what the deal sells. None if nothing differs.

    follow:  the amount becomes what the first year brings, the recurring amount what a month brings
    Writes:  deals.deal_lines_changed.1
    Raises:  Refused, NotFound, Stale, Invalid
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, {"lines": len(lines)})
    return _put(actor, deal, _checked(lines), follow)


def put_lines_back(actor: Actor, *, deal_id: UUID, entry: Entry) -> Entry | None:
    """Part of taking back: the lines and the amounts as they stood. Raises Conflict if they changed since."""
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    before, after = entry.facts["before"], entry.facts["after"]
    if _told(deal, stand(deal.pk)) != after:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field="lines")
    rows = [_row_of(line) for line in before if "quantity" in line]
    amounts: dict[str, Any] = next((line for line in before if "amount_minor" in line), {})
    return _put(actor, deal, rows, follow=False, amounts=amounts, cause=entry)


def stand(deal_id: UUID) -> list[DealLine]:
    """The lines as they are, in order. 1 query."""
    return list(DealLine.objects.filter(deal_id=deal_id).order_by("position", "id"))


def told_of(deal: Deal) -> list[dict[str, Any]]:
    """The lines and amounts as the journal tells them. 1 query."""
    return _told(deal, stand(deal.pk))


def _put(
    actor: Actor,
    deal: Deal,
    rows: list[DealLine],
    follow: bool,
    amounts: dict[str, int] | None = None,
    cause: Entry | None = None,
) -> Entry | None:
    before = _told(deal, stand(deal.pk))
    values: dict[str, int] = dict(amounts or {})
    if follow and rows:
        total = rules.sum_of(line_of(row) for row in rows)
        values = {"amount_minor": total.first_year_minor, "recurring_minor": total.monthly_minor}
    if any(not 0 <= value <= LARGEST_MINOR for value in values.values()):
        raise Invalid(_("The lines add up to an amount that a deal cannot have."), field="lines")
    DealLine.objects.filter(deal=deal).delete()
    for position, row in enumerate(rows):
        row.deal, row.position, row.total_minor = deal, position, line_of(row).total_minor
    DealLine.objects.bulk_create(rows)
    after_values = {name: values.get(name, getattr(deal, name)) for name in ("amount_minor", "recurring_minor")}
    after = [*(_line_told(row) for row in rows), after_values]
    if before == after:
        return None
    keeping.keep(actor, deal, values)
    return journal.write(actor, DealLinesChanged(deal.pk, deal.name, before, after), about=[deal], cause=cause)


def line_of(row: DealLine) -> rules.Line:
    return rules.Line(Decimal(row.quantity), row.price_minor, row.discount_bp, row.recurs)


def _checked(lines: Sequence[NewLine]) -> list[DealLine]:
    if len(lines) > MOST_LINES:
        raise Invalid(_("A deal holds at most %(most)s lines."), field="lines", most=MOST_LINES)
    wanted = {line.product_id for line in lines if line.product_id}
    products = {product.pk: product for product in Product.objects.filter(pk__in=wanted)}
    return [_checked_line(line, products) for line in lines]


def _checked_line(line: NewLine, products: dict[UUID, Product]) -> DealLine:
    product = products.get(line.product_id) if line.product_id else None
    if line.product_id and product is None:
        raise Invalid(_("This product is not on the list."), field="product_id")
    name = (line.name.strip() or (product.name if product else ""))[:160]
    if not name:
        raise Invalid(_("A line needs a product or a name."), field="name")
    if not line.quantity.is_finite() or not 0 < line.quantity < LARGEST_QUANTITY or len(str(line.quantity)) > 24:
        raise Invalid(_("A quantity is a number above zero."), field="quantity")
    if not 0 <= line.discount_bp <= BASIS_POINTS:
        raise Invalid(_("A discount lies between 0 and 100 percent."), field="discount")
    if abs(line.price_minor) > LARGEST_MINOR or line.recurs not in ("", "month", "year"):
        raise Invalid(_("This price cannot be used."), field="price")
    return DealLine(
        product=product,
        name=name,
        quantity=format(line.quantity, "f"),
        price_minor=line.price_minor,
        discount_bp=line.discount_bp,
        recurs=line.recurs,
    )


def _told(deal: Deal, rows: Sequence[DealLine]) -> list[dict[str, Any]]:
    """The lines, and last the amounts beside them: what taking back needs."""
    amounts = {"amount_minor": deal.amount_minor, "recurring_minor": deal.recurring_minor}
    return [*(_line_told(row) for row in rows), amounts]


def _line_told(row: DealLine) -> dict[str, Any]:
    return {
        "product_id": str(row.product_id) if row.product_id else None,
        "name": row.name,
        "quantity": row.quantity,
        "price_minor": row.price_minor,
        "discount_bp": row.discount_bp,
        "recurs": row.recurs,
    }


def _row_of(told: dict[str, Any]) -> DealLine:
    product_id = told["product_id"]
    return DealLine(**told | {"product_id": UUID(product_id) if product_id else None})
