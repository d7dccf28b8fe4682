"""Quotes of the sample company: what was offered where a deal that sells something went to closing.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals.actions import quote_sending, quoting
from dawra.deals.models import Deal, DealLine, DealPerson, Quote
from dawra.deals.models.quote import ACCEPTED, DECLINED, SENT
from dawra.journal.catalogue.quotes import QuoteAccepted, QuoteDeclined, QuoteSent

STAGE = "closing"
VALID = timedelta(days=30)
TAX = {"en": "VAT", "ar": "ضريبة القيمة المضافة"}
TERMS = {"en": "Payment within 30 days of the invoice.", "ar": "الدفع خلال 30 يومًا من الفاتورة."}
ANSWERS = {"won": ACCEPTED, "lost": DECLINED}


class QuoteWriter:
    """Numbers go on from the last one."""

    def __init__(self) -> None:
        self._number = quoting.next_number() - 1

    def write(
        self,
        deals: Sequence[tuple[Deal, Actor, Sequence[tuple[str, datetime, datetime | None]]]],
        lines: Sequence[DealLine],
        people: Sequence[DealPerson],
    ) -> dict[UUID, list[Any]]:
        """Of deals just written; the journal's lines by deal: (fact, about, at). Part of the same transaction."""
        sold: dict[UUID, list[DealLine]] = {}
        for line in lines:
            sold.setdefault(line.deal_id, []).append(line)
        buyers = {taker.deal_id: taker.person_id for taker in reversed(people)}
        quotes, told = [], {}
        for deal, signed, visits in deals:
            entered = next((at for code, at, _exited in visits if code == STAGE), None)
            if entered and sold.get(deal.pk):
                quote = self._quote(deal, signed, entered, sold[deal.pk], buyers.get(deal.pk))
                quotes.append(quote)
                told[deal.pk] = _told(deal, quote)
        Quote.objects.bulk_create(quotes, batch_size=100)
        return told

    def _quote(
        self, deal: Deal, signed: Actor, entered: datetime, lines: Sequence[DealLine], person_id: UUID | None
    ) -> Quote:
        language = "ar" if deal.pk.int % 2 else "en"
        kept = [
            {
                "product_id": str(line.product_id) if line.product_id else None, "name": line.name,
                "quantity": line.quantity, "price_minor": line.price_minor, "discount_bp": line.discount_bp,
                "recurs": line.recurs,
            }
            for line in lines
        ]  # fmt: skip
        total = quoting.total_in(kept, 0, 1_500)
        self._number += 1
        sent_at = min(entered + timedelta(hours=5), deal.closed_at or signed.now)
        quote = Quote(
            deal=deal, number=self._number, state=ANSWERS.get(deal.state, SENT), person_id=person_id, language=language,
            currency=deal.currency, title=deal.name, terms=TERMS[language], valid_until_on=(sent_at + VALID).date(),
            lines=kept, tax_name=TAX[language], tax_bp=1_500, net_minor=total.first_year_net_minor,
            total_minor=total.first_year_minor, given_bp=total.given_bp, made_at=entered, made_by_id=signed.member_id,
            sent_at=sent_at, answered_at=deal.closed_at, is_sample=True,
        )  # fmt: skip
        quote.digest = quote_sending.digest_of(quote)
        return quote


def _told(deal: Deal, quote: Quote) -> list[Any]:
    where = (deal.pk, deal.name, quote.pk, quote.code)
    sent = QuoteSent(*where, quote.total_minor, quote.currency, quote.digest)
    lines: list[Any] = [(sent, [deal], quote.sent_at)]
    if quote.state == ACCEPTED:
        accepted = QuoteAccepted(*where, quote.total_minor, quote.currency, quote.digest)
        lines.append((accepted, [deal], quote.answered_at))
    elif quote.state == DECLINED:
        lines.append((QuoteDeclined(*where), [deal], quote.answered_at))
    return lines
