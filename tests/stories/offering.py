"""Sentences of stories about quotes."""

from decimal import Decimal

import pytest

from dawra.access.errors import Conflict
from dawra.deals.actions import quote_answering, quote_sending, quoting
from dawra.deals.models import Quote
from dawra.figures.money import Money
from tests.stories.sentences import step
from tests.stories.teller import Teller


def _newest(teller: Teller, deal: str) -> Quote:
    found: Quote = Quote.objects.filter(deal=teller.deal(deal)).latest("made_at")
    return found


@step('{who} offers "{item}" for {currency} {amount} with "{deal}", less {percent} percent')
def _offers(teller: Teller, who: str, item: str, currency: str, amount: str, deal: str, percent: str) -> None:
    actor = teller.actor(who)
    draft = quoting.draft_quote(actor, deal_id=teller.deal(deal).pk)
    line = quoting.LineSaid(item, Decimal(1), Money.parse(amount, currency).minor)
    said = quoting.QuoteSaid(draft.title, draft.language, draft.valid_until_on, [line], discount_bp=int(percent) * 100)
    quoting.edit_quote(actor, quote_id=draft.pk, said=said)


@step('{who} cannot send the quote for "{deal}" yet')
def _held_back(teller: Teller, who: str, deal: str) -> None:
    with pytest.raises(Conflict):
        quote_sending.send_quote(teller.actor(who), quote_id=_newest(teller, deal).pk)


@step('{who} asks to approve the quote for "{deal}"')
def _asks(teller: Teller, who: str, deal: str) -> None:
    quoting.ask_approval(teller.actor(who), quote_id=_newest(teller, deal).pk)


@step('{who} approves the quote for "{deal}"')
def _approves(teller: Teller, who: str, deal: str) -> None:
    quoting.decide_quote(teller.actor(who), quote_id=_newest(teller, deal).pk, approved=True)


@step('{who} sends the quote for "{deal}", and the buyer accepts it as "{name}"')
def _accepted(teller: Teller, who: str, deal: str, name: str) -> None:
    sent = quote_sending.send_quote(teller.actor(who), quote_id=_newest(teller, deal).pk)
    buyer, key_hash = quote_answering.buyer(teller.now), quote_sending.hash_of(sent.key)
    said = quote_answering.Signed(name)
    quote_answering.accept_quote(buyer, key_hash=key_hash, digest=sent.quote.digest, said=said)
