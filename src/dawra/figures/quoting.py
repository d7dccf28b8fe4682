"""What a quote comes to: lines, a discount on the whole, tax; what is paid once, every month and every year apart.

Every amount is whole minor units of one currency. A line is rounded once; the discount on the whole and the tax are
taken from each part's sum and rounded once, half away from zero, so the shown numbers add up to the shown total.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dawra.figures.money import BASIS_POINTS, line_total, share_of

ONCE, MONTH, YEAR = "", "month", "year"
TIMES_A_YEAR = {ONCE: 1, MONTH: 12, YEAR: 1}


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """quantity: exact. price_minor: of one. discount_bp: of this line. recurs: "", month or year."""

    quantity: Decimal
    price_minor: int
    discount_bp: int = 0
    recurs: str = ONCE

    @property
    def list_minor(self) -> int:
        """Before any discount."""
        return line_total(self.quantity, self.price_minor, 0)

    @property
    def total_minor(self) -> int:
        return line_total(self.quantity, self.price_minor, self.discount_bp)


@dataclass(frozen=True, slots=True)
class Part:
    """What is paid at one rhythm: lines_minor less discount_minor is net_minor, and tax_minor upon it total_minor."""

    recurs: str
    lines_minor: int
    discount_minor: int
    net_minor: int
    tax_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class QuoteTotal:
    """parts: once, every month, every year; only those that have lines.

    first_year_minor, first_year_net_minor: what the first twelve months bring, with and without tax
    given_bp: how far the net lies below the list, 0 to 10000; what approval is asked by
    """

    parts: tuple[Part, ...]
    first_year_minor: int
    first_year_net_minor: int
    given_bp: int


def total_of(lines: Iterable[QuotedLine], *, discount_bp: int = 0, tax_bp: int = 0) -> QuoteTotal:
    """What the lines come to; a month counts twelve times in the first year.

    discount_bp: on the whole, after the discounts of lines, 0..10000.  tax_bp: on what is left, 0..10000.
    Raises:  ValueError (a share outside its bounds)
    """
    if not 0 <= discount_bp <= BASIS_POINTS or not 0 <= tax_bp <= BASIS_POINTS:
        raise ValueError("discount and tax lie between 0 and 100 percent")
    kept = list(lines)
    parts = []
    for rhythm in TIMES_A_YEAR:
        of_it = [line.total_minor for line in kept if line.recurs == rhythm]
        if of_it:
            parts.append(_part(rhythm, sum(of_it), discount_bp, tax_bp))
    listed = sum(line.list_minor * TIMES_A_YEAR[line.recurs] for line in kept)
    net = sum(part.net_minor * TIMES_A_YEAR[part.recurs] for part in parts)
    return QuoteTotal(
        parts=tuple(parts),
        first_year_minor=sum(part.total_minor * TIMES_A_YEAR[part.recurs] for part in parts),
        first_year_net_minor=net,
        given_bp=_given(listed, net),
    )


def _part(rhythm: str, lines_minor: int, discount_bp: int, tax_bp: int) -> Part:
    discount = share_of(lines_minor, discount_bp)
    net = lines_minor - discount
    tax = share_of(net, tax_bp)
    return Part(rhythm, lines_minor, discount, net, tax, net + tax)


def _given(listed: int, net: int) -> int:
    """How far below the list, rounded up: a limit of 10 % is passed by 10.001 %."""
    if listed <= 0 or net >= listed:
        return 0
    return min(BASIS_POINTS, -((net - listed) * BASIS_POINTS // listed))
