"""What foreign money was worth on the day of each deal: the kept rates, read once a run."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.deals.models import Rate
from dawra.deals.money import Books, RateUsed, books
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import RateSet


def missing(currency: str, since: date) -> tuple[str, ...]:
    """The currency, if it is foreign and no rate is kept from that day on."""
    known = (
        currency == books().base_currency or Rate.objects.filter(currency=currency, valid_from_on__lte=since).exists()
    )
    return () if known else (currency,)


def must_be_known(actor: Actor, currency: str, since: date, options: Mapping[str, Any]) -> None:
    """Before an import with money in `currency`: a rate is kept from `since` on, or was told with the import.

    Writes:  deals.rate_set.1 if the told one is kept
    Raises:  Invalid, with what to tell
    """
    if not missing(currency, since):
        return
    base = books().base_currency
    told = str(options.get("rates", {}).get(currency, ""))
    if not told:
        raise Invalid(
            _(
                "The amounts are in %(currency)s and the company's currency is %(base)s. Tell what one %(currency)s is"
                " worth in %(base)s: --rate %(currency)s=… on the command line, or in the field on the page."
            ),
            field="rate", currency=currency, base=base,
        )  # fmt: skip
    try:
        rate = Decimal(told)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not Decimal("1e-9") < rate < Decimal("1e9") or len(told) > 24:
        raise Invalid(_("“%(rate)s” is not a rate. Write it such as 3.75."), field="rate", rate=told[:40])
    actor.must("deals.pipelines")
    Rate.objects.create(currency=currency, valid_from_on=since, rate=format(rate, "f"))
    journal.write(actor, RateSet(currency, format(rate, "f"), since.isoformat()), about=[])


class Rates:
    """The rates of one currency. Cost: 1 query, none for the base currency."""

    def __init__(self, currency: str, kept: Books) -> None:
        self._is_base = currency == kept.base_currency
        rows = [] if self._is_base else Rate.objects.filter(currency=currency).order_by("valid_from_on")
        self._rates = [(row.valid_from_on, row.rate) for row in rows]

    def on(self, day: date) -> RateUsed | None:
        """The newest rate not after that day; None if there is none."""
        if self._is_base:
            return RateUsed("1", None)
        place = bisect_right(self._rates, day, key=lambda pair: pair[0])
        return RateUsed(self._rates[place - 1][1], self._rates[place - 1][0]) if place else None
