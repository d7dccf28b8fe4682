"""Money: an exact number of minor units in one currency. No float anywhere; rounding happens here only.

Minor units per currency: ISO 4217 (2 decimals, but 0 for JPY and its like, 3 for KWD and its like).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from dawra.figures.words import western_digits

_NO_DECIMALS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905 - easier to read
)
_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
BASIS_POINTS = 10_000


class MixedCurrencies(ValueError):
    """Two currencies were added without a rate."""


class NotMoney(ValueError):
    """A text is no amount."""


def decimals_of(currency: str) -> int:
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


@dataclass(frozen=True, slots=True, order=False)
class Money:
    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """In major units, exact."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))

    @classmethod
    def of(cls, amount: Decimal | int, currency: str) -> "Money":
        """From major units, half rounded up, away from zero."""
        return cls(_whole(Decimal(amount).scaleb(decimals_of(currency))), currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """From what a person typed: 1,234.50, ١٬٢٣٤٫٥, 1 234. Raises NotMoney."""
        plain = (
            western_digits(text)
            .replace("\u066c", "")
            .replace("\u066b", ".")
            .replace("\u00a0", "")
            .replace(" ", "")
            .replace(",", "")
        )
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise NotMoney(text) from None
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** 13:
            raise NotMoney(text)
        return cls.of(amount, currency)

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise MixedCurrencies(f"{self.currency} + {other.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def share(self, basis_points: int) -> "Money":
        """That many ten-thousandths of it, half rounded away from zero."""
        return Money(share_of(self.minor, basis_points), self.currency)

    def converted(self, rate: Decimal, currency: str) -> "Money":
        """In another currency: one unit of this one is worth `rate` of that one."""
        return Money.of(self.amount * rate, currency)


def share_of(minor: int, basis_points: int) -> int:
    """minor × basis_points / 10000, half rounded away from zero, in whole numbers."""
    sign = -1 if minor < 0 else 1
    return sign * ((abs(minor) * basis_points + BASIS_POINTS // 2) // BASIS_POINTS)


def line_total(quantity: Decimal, price_minor: int, discount_bp: int) -> int:
    """A quote line: quantity × price less discount, rounded once at the end."""
    return _whole(quantity * price_minor * (BASIS_POINTS - discount_bp) / BASIS_POINTS)


def total(moneys: Iterable[Money], currency: str) -> Money:
    """The sum; Money(0, currency) of none. Raises MixedCurrencies."""
    result = Money(0, currency)
    for money in moneys:
        result = result + money
    return result


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
