"""Rows of products and of shares: plain inputs with a number behind their names, so that they work without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.deals.actions.lines import NewLine
from dawra.deals.actions.splits import Split
from dawra.deals.forms import reading
from dawra.deals.models import DealLine
from dawra.deals.queries.settings import ProductCard
from dawra.figures.money import Money
from dawra.figures.words import named

LINE_ROWS, EMPTY_ROWS = 40, 3


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: dict[str, Any]


class LinesForm(forms.Form):
    """Reads product_0, name_0, quantity_0, price_0, discount_0, recurs_0 and so on."""

    def __init__(
        self, data: Any, *, currency: str, products: Sequence[ProductCard], standing: Sequence[DealLine]
    ) -> None:
        super().__init__(data)
        self.currency, self.products, self.standing = currency, products, standing

    def rows(self) -> list[Row]:
        """What was sent, else what stands, and some empty rows."""
        names = ("product", "name", "quantity", "price", "discount", "recurs")
        if self.is_bound:
            count = min(sum(1 for key in self.data if key.startswith("quantity_")), LINE_ROWS)
            return [Row(n, {name: self.data.get(f"{name}_{n}", "") for name in names}) for n in range(count)]
        kept = [Row(n, self._cells(line)) for n, line in enumerate(self.standing)]
        return kept + [Row(len(kept) + n, dict.fromkeys(names, "")) for n in range(EMPTY_ROWS)]

    def said(self) -> list[NewLine]:
        """Rows with a product or a name. Raises Invalid."""
        by_id = {str(product.id): product for product in self.products}
        lines = []
        for row in self.rows():
            cells = {name: str(text).strip() for name, text in row.cells.items()}
            product = by_id.get(cells["product"])
            if not (cells["product"] or cells["name"]):
                continue
            price = cells["price"]
            if not price and product and product.price.currency == self.currency:
                minor, recurs = product.price.minor, cells["recurs"] or product.recurs
            elif not price:
                raise Invalid(
                    _("Write the price of “%(name)s” in %(currency)s."),
                    name=cells["name"] or "—",
                    currency=self.currency,
                )
            else:
                minor, recurs = reading.minor_of("price", price, self.currency), cells["recurs"]
            discount = reading.share_of("discount", cells["discount"]) or 0
            quantity = reading.quantity_of("quantity", cells["quantity"])
            product_id = reading.id_of("product", cells["product"])
            lines.append(NewLine(quantity, minor, product_id, cells["name"], discount, recurs))
        return lines

    def _cells(self, line: DealLine) -> dict[str, Any]:
        price = format(Money(line.price_minor, self.currency).amount, "f")
        discount = format((Decimal(line.discount_bp) / 100).normalize(), "f") if line.discount_bp else ""
        return {
            "product": str(line.product_id or ""),
            "name": line.name,
            "quantity": line.quantity,
            "price": price,
            "discount": discount,
            "recurs": line.recurs,
        }


class SplitsForm(forms.Form):
    """Reads member_0, share_0, sort_0 and so on."""

    def __init__(self, data: Any, *, members: Sequence[Any], standing: Sequence[Split], spoken: str) -> None:
        super().__init__(data)
        self.members = [(str(one.id), named(one.name, one.name_ar, spoken)) for one in members]
        self.standing = standing

    def rows(self) -> list[Row]:
        if self.is_bound:
            count = min(sum(1 for key in self.data if key.startswith("member_")), 12)
            names = ("member", "share", "sort")
            return [Row(n, {name: self.data.get(f"{name}_{n}", "") for name in names}) for n in range(count)]
        kept = [
            {
                "member": str(one.member_id),
                "share": format((Decimal(one.share_bp) / 100).normalize(), "f"),
                "sort": one.sort,
            }
            for one in self.standing
        ]
        empty = [{"member": "", "share": "", "sort": "revenue"} for _n in range(EMPTY_ROWS)]
        return [Row(n, cells) for n, cells in enumerate(kept + empty)]

    def said(self) -> list[Split]:
        """Rows with a member. Raises Invalid."""
        shares = []
        for row in self.rows():
            member_id = reading.id_of("member", row.cells["member"])
            if member_id:
                share_bp = reading.share_of("share", row.cells["share"]) or 0
                shares.append(Split(member_id, share_bp, row.cells["sort"] or "revenue"))
        return shares
