"""What a deal is worth in the base currency: the rate of the day, and the columns that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Answer, Invalid
from dawra.deals import rules
from dawra.deals.models import Deal, Rate
from dawra.figures.money import NotMoney
from dawra.team.queries import workspace

LARGEST_MINOR = 10**15


class RateMissing(Answer):
    """No rate is known for a currency on a day. facts: currency, day, where (the page that sets it)."""

    code = "rate_missing"
    sentence = _(
        "There is no rate from %(currency)s to %(base)s for %(day)s yet. It is set on the page of currency rates"
        " (%(where)s)."
    )


@dataclass(frozen=True, slots=True)
class Books:
    """How the company keeps its books: base currency, and whose midnight ends a day."""

    base_currency: str
    time_zone: str = "UTC"

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


@dataclass(frozen=True, slots=True)
class RateUsed:
    """rate: exact text. on: the day it is valid from; None for the base currency itself."""

    rate: str
    on: date | None


def books() -> Books:
    """1 query."""
    company = workspace()
    return Books(company.base_currency, company.time_zone) if company else Books("USD")


def rate_on(currency: str, day: date, kept: Books) -> RateUsed:
    """The newest rate not after that day. 1 query, none for the base currency. Raises RateMissing, Invalid."""
    if currency == kept.base_currency:
        return RateUsed("1", None)
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise Invalid(_("“%(currency)s” is not the code of a currency."), field="currency", currency=currency[:10])
    row = (
        Rate.objects.filter(currency=currency, valid_from_on__lte=day)
        .order_by("-valid_from_on")
        .values_list("rate", "valid_from_on")
        .first()
    )
    if row is None:
        raise RateMissing(currency=currency, base=kept.base_currency, day=day.isoformat(), where="/settings/rates/")
    return RateUsed(*row)


def in_step(deal: Deal, values: Mapping[str, Any], now: datetime, kept: Books | None = None) -> dict[str, Any]:
    """values, and every derived column that follows once they stand in the deal.

    An open deal is valued at the newest rate up to today, a closed one at the rate of the day it was closed.
    stage: the deal's stage, or the new one under "stage" in values.
    Cost: 1 query for the company's books, 1 more for a foreign currency
    """
    kept = kept or books()

    def after(name: str) -> Any:
        return values[name] if name in values else getattr(deal, name)

    closed_at = after("closed_at")
    used = rate_on(after("currency"), kept.day_of(closed_at or now), kept)
    active_at = max(filter(None, (after("stage_since"), after("last_activity_at"))))
    follows = worth_of(after, used, kept, kept.day_of(active_at))
    if abs(follows.base_minor) > LARGEST_MINOR:
        raise Invalid(_("This amount is too large."), field="amount")
    return dict(values) | {
        "rate": used.rate,
        "rate_on": used.on,
        "base_minor": follows.base_minor,
        "weighted_minor": follows.weighted_minor,
        "board_on": follows.board_on,
        "stalls_on": follows.stalls_on,
    }


def worth_of(after: Any, used: RateUsed, kept: Books, active_on: date) -> rules.Derived:
    stage = after("stage")
    return rules.derived(
        rules.Worth(
            amount_minor=after("amount_minor"),
            currency=after("currency"),
            base_currency=kept.base_currency,
            rate=Decimal(used.rate),
            probability_bp=after("probability_bp"),
            expected_close_on=after("expected_close_on"),
            state=after("state"),
            active_on=active_on,
            stalled_after_days=stage.stalled_after_days,
        )
    )


__all__ = ["LARGEST_MINOR", "Books", "NotMoney", "RateMissing", "RateUsed", "books", "in_step", "rate_on", "worth_of"]
