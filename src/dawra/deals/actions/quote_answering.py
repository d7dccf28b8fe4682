"""What a buyer does with a quote, through its link. The link is the right; whoever holds it signs as the buyer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.deals import keeping, money, rules
from dawra.deals.actions import lines as selling
from dawra.deals.actions import quoting
from dawra.deals.models import Deal, DealLine, Quote
from dawra.deals.models.quote import ACCEPTED, DECLINED, SENT
from dawra.deals.queries import quotes
from dawra.journal import actions as journal
from dawra.journal.catalogue import quotes as told
from dawra.journal.catalogue.deals import DealLinesChanged
from dawra.journal.models import Entry

LONGEST_NAME, LONGEST_WORDS = 160, 2_000


@dataclass(frozen=True, slots=True)
class Signed:
    """Who accepts. address: the network address the answer came from."""

    name: str
    title: str = ""
    address: str = ""


def buyer(now: datetime) -> Actor:
    return Actor.system("the buyer", now, via="ui")


@transaction.atomic
def see_quote(actor: Actor, *, key_hash: str) -> Quote:
    """The link was opened; the first time is noted.

    Writes:  deals.quote_seen.1, once
    Raises:  NotFound
    """
    actor.must("deals.work")
    quote = quotes.by_link(key_hash, actor.now)
    first = Quote.objects.filter(pk=quote.pk, seen_at__isnull=True, state=SENT).update(seen_at=actor.now)
    if first:
        fact = told.QuoteSeen(quote.deal_id, quote.deal.name, quote.pk, quote.code)
        journal.write(actor, fact, about=[quote.deal])
    return quote


@transaction.atomic
def accept_quote(actor: Actor, *, key_hash: str, digest: str, said: Signed) -> Entry:
    """The buyer takes the offer as it was sent; an open deal is worth what was accepted.

    digest:  of what the buyer was shown; another one means that it has changed under their eyes
    Writes:  deals.quote_accepted.1, deals.deal_lines_changed.1 if the deal said otherwise
    Raises:  NotFound, Conflict (answered, withdrawn or expired), Invalid (no name)
    """
    actor.must("deals.work")
    quote = _open(actor, key_hash)
    if digest != quote.digest:
        raise Conflict(_("This page is older than the quote. Load it again and read what it says now."))
    name = said.name.strip()[:LONGEST_NAME]
    if not name:
        raise Invalid(_("Write your name: it stands under what you accept."), field="name")
    quoting.change(
        quote,
        {
            "state": ACCEPTED,
            "answered_at": actor.now,
            "answer_name": name,
            "answer_title": said.title.strip()[:LONGEST_NAME],
            "answer_address": said.address[:45],
        },
    )
    deal = keeping.fetch(actor, quote.deal_id)
    fact = told.QuoteAccepted(
        deal.pk, deal.name, quote.pk, quote.code, quote.total_minor, quote.currency, quote.digest, name=name,
        address=quote.answer_address,
    )  # fmt: skip
    entry = journal.write(actor, fact, about=[deal])
    if deal.state == rules.OPEN and deal.currency == quote.currency:
        _follow(actor, deal, quote, entry)
    return entry


@transaction.atomic
def decline_quote(actor: Actor, *, key_hash: str, words: str) -> Entry:
    """The buyer does not take the offer, and may say why.

    Writes:  deals.quote_declined.1
    Raises:  NotFound, Conflict (answered, withdrawn or expired)
    """
    actor.must("deals.work")
    quote = _open(actor, key_hash)
    words = words.strip()[:LONGEST_WORDS]
    quoting.change(quote, {"state": DECLINED, "answered_at": actor.now, "answer_words": words})
    fact = told.QuoteDeclined(quote.deal_id, quote.deal.name, quote.pk, quote.code, words=words)
    return journal.write(actor, fact, about=[quote.deal])


def _open(actor: Actor, key_hash: str) -> Quote:
    quote = quotes.by_link(key_hash, actor.now)
    quoting.must_be(quote, SENT)
    if quote.valid_until_on < money.books().day_of(actor.now):
        raise Conflict(_("This quote has expired. Ask for a new one."))
    return quote


def _follow(actor: Actor, deal: Deal, quote: Quote, cause: Entry) -> None:
    """The deal sells what was accepted, at the price that was accepted."""
    before = selling.told_of(deal)
    rows = [_row(line) for line in quote.lines]
    for position, row in enumerate(rows):
        row.deal, row.position, row.total_minor = deal, position, selling.line_of(row).total_minor
    DealLine.objects.filter(deal=deal).delete()
    DealLine.objects.bulk_create(rows)
    keeping.keep(actor, deal, {"amount_minor": quote.net_minor, "recurring_minor": quotes.per_month(quote)})
    after = selling.told_of(deal)
    if before != after:
        journal.write(actor, DealLinesChanged(deal.pk, deal.name, before, after), about=[deal], cause=cause)


def _row(line: dict[str, Any]) -> DealLine:
    names = ("product_id", "name", "quantity", "price_minor", "discount_bp", "recurs")
    return DealLine(**{name: line[name] for name in names})
