"""What one unit of a currency is worth in the base currency, from a day on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.deals import money, rules
from dawra.deals.models import Deal, Rate
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue.deals import RateSet
from dawra.journal.models import Entry

BATCH = 500
PRICED = ("rate", "rate_on", "base_minor", "weighted_minor")


@transaction.atomic
def set_rate(actor: Actor, *, currency: str, valid_from_on: date, rate: str, cause: Entry | None = None) -> Rate:
    """Say what one unit of a currency is worth; open deals in it are valued anew in the background.

    rate:    an exact decimal as written: 3.75
    Writes:  deals.rate_set.1
    Raises:  Refused, Invalid
    """
    actor.must("deals.pipelines")
    kept = money.books()
    code = currency.strip().upper()
    exact = rules.rate_of(rate)
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise Invalid(_("A currency is written as its code of three letters, like USD."), field="currency")
    if code == kept.base_currency:
        raise Invalid(_("This is the base currency; it needs no rate."), field="currency")
    if exact is None:
        raise Invalid(_("A rate is a number above zero, like 3.75."), field="rate")
    if not 1990 <= valid_from_on.year <= 2200:
        raise Invalid(_("This is not a day between 1990 and 2200."), field="valid_from_on")
    written = format(exact, "f")
    before = Rate.objects.filter(currency=code, valid_from_on=valid_from_on).values_list("rate", flat=True).first()
    row, _made = Rate.objects.update_or_create(currency=code, valid_from_on=valid_from_on, defaults={"rate": written})
    told = RateSet(code, written, valid_from_on.isoformat(), str(before or ""))
    journal.write(actor, told, about=[], cause=cause)
    jobs.enqueue("deals.reprice", currency=code, after="")
    return row


@transaction.atomic
def remove_rate(actor: Actor, *, rate_id: int, cause: Entry | None = None) -> None:
    """A rate written by mistake goes, unless it is the only one of its currency.

    Writes:  deals.rate_set.1 with an empty rate
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("deals.pipelines")
    row = Rate.objects.filter(pk=rate_id).first()
    if row is None:
        raise NotFound()
    if not Rate.objects.filter(currency=row.currency).exclude(pk=rate_id).exists():
        raise Conflict(_("This is the only rate of its currency; correct it instead."))
    row.delete()
    told = RateSet(row.currency, "", row.valid_from_on.isoformat(), str(row.rate))
    journal.write(actor, told, about=[], cause=cause)
    jobs.enqueue("deals.reprice", currency=row.currency, after="")


@jobs.job("deals.reprice")
@transaction.atomic
def reprice_batch(now: datetime, *, currency: str, after: str) -> None:
    """Value a batch of open deals of one currency at the newest rate, and owe the next batch with it.

    The version stays: whoever is editing a deal has not been overtaken by a person.
    """
    kept = money.books()
    rows = Deal.objects.visible_to(Actor.system("rates", now)).filter(state=rules.OPEN, currency=currency)
    if after:
        rows = rows.filter(pk__gt=UUID(after))
    batch = list(rows.select_for_update(of=("self",)).select_related("stage").order_by("id")[:BATCH])
    for deal in batch:
        for name, value in money.in_step(deal, {}, now, kept).items():
            setattr(deal, name, value)
    Deal._base_manager.bulk_update(batch, PRICED, batch_size=100)
    if len(batch) == BATCH:
        jobs.enqueue("deals.reprice", currency=currency, after=str(batch[-1].pk))


@jobs.job("deals.reprice_today", every_minutes=360)
@transaction.atomic
def reprice_today(now: datetime) -> None:
    """A rate set for a later day comes into force when that day comes."""
    today = money.books().day_of(now)
    for currency in Rate.objects.filter(valid_from_on=today).values_list("currency", flat=True):
        jobs.enqueue("deals.reprice", currency=currency, after="")
