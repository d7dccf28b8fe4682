"""Drafting what is offered: from the deal's products to a draft that may be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, Stale
from dawra.deals import keeping, money, rules
from dawra.deals.actions import lines as selling
from dawra.deals.actions.moving import DealClosed
from dawra.deals.models import Deal, DealPerson, Quote, QuoteRules
from dawra.deals.models.quote import APPROVED, DRAFT, WAITING
from dawra.deals.money import LARGEST_MINOR
from dawra.deals.queries import quotes
from dawra.figures.money import BASIS_POINTS
from dawra.figures.quoting import QuotedLine, QuoteTotal, total_of
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import quotes as told
from dawra.journal.models import Entry

MOST_QUOTES, MOST_LINES = 100, 200
LONGEST_TEXT, LONGEST_VALID = 8_000, timedelta(days=366)
COLUMNS = (
    "person_id", "language", "title", "opening", "terms", "valid_until_on", "lines", "discount_bp", "tax_name", "tax_bp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineSaid:
    """quantity: exact. price_minor: of one, in the deal's currency. recurs: "", month or year."""

    name: str
    quantity: Decimal
    price_minor: int
    discount_bp: int = 0
    recurs: str = ""
    product_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class QuoteSaid:
    """A quote's content. valid_until_on: the last day it can be accepted. discount_bp, tax_bp: on the whole."""

    title: str
    language: str
    valid_until_on: date
    lines: Sequence[LineSaid] = field(default_factory=tuple)
    person_id: UUID | None = None
    opening: str = ""
    terms: str = ""
    discount_bp: int = 0
    tax_name: str = ""
    tax_bp: int = 0


@transaction.atomic
def draft_quote(actor: Actor, *, deal_id: UUID) -> Quote:
    """Begin a quote with what the deal sells, the buyer's language and the company's terms.

    Writes:  deals.quote_drafted.1
    Raises:  Refused, NotFound, DealClosed, Conflict (too many)
    """
    actor.must("deals.work")
    deal = open_deal(actor, deal_id)
    if Quote.objects.filter(deal=deal).count() >= MOST_QUOTES:
        raise Conflict(_("A deal holds at most %(most)s quotes."), most=MOST_QUOTES)
    begins = quote_rules()
    buyer = _buyer(deal)
    language = (buyer.language if buyer else "") or (deal.company.language if deal.company else "") or "en"
    said = QuoteSaid(
        title=deal.name,
        language="ar" if language.startswith("ar") else "en",
        valid_until_on=money.books().day_of(actor.now) + timedelta(days=begins.valid_days),
        lines=[_line_sold(row) for row in selling.stand(deal.pk)],
        person_id=buyer.pk if buyer else None,
        terms=begins.terms_ar if language.startswith("ar") else begins.terms,
        tax_name=begins.tax_name_ar if language.startswith("ar") else begins.tax_name,
        tax_bp=begins.tax_bp,
    )
    return add_draft(actor, deal, content_of(deal, said))


@transaction.atomic
def edit_quote(
    actor: Actor, *, quote_id: UUID, said: QuoteSaid, version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Say anew what a draft offers; an approval it had is asked for again. None if nothing differs.

    Writes:  deals.quote_changed.1
    Raises:  Refused, NotFound, Stale, Conflict (sent already), Invalid
    """
    actor.must("deals.work")
    quote = fetch(actor, quote_id)
    guard(quote, version, {"title": said.title})
    must_be(quote, DRAFT, WAITING, APPROVED)
    before = content(quote)
    wanted = content_of(quote.deal, said)
    if before == as_plain({name: wanted[name] for name in COLUMNS}):
        return None
    change(quote, wanted | {"state": DRAFT, "asked_at": None, "decided_at": None, "decided_by": None})
    fact = told.QuoteChanged(quote.deal_id, quote.deal.name, quote.pk, quote.code, before, content(quote))
    return journal.write(actor, fact, about=[quote.deal], cause=cause)


@transaction.atomic
def remove_draft(actor: Actor, *, quote_id: UUID, cause: Entry | None = None) -> Entry:
    """A draft is not needed after all.

    Writes:  deals.quote_removed.1
    Raises:  Refused, NotFound, Conflict (sent already)
    """
    actor.must("deals.work")
    quote = fetch(actor, quote_id)
    must_be(quote, DRAFT, WAITING, APPROVED)
    as_it_was = content(quote) | {"number": quote.number, "revision": quote.revision}
    fact = told.QuoteRemoved(quote.deal_id, quote.deal.name, quote.pk, quote.code, as_it_was)
    quote.delete()
    return journal.write(actor, fact, about=[quote.deal], cause=cause)


# Approval


@transaction.atomic
def ask_approval(actor: Actor, *, quote_id: UUID, version: int | None = None) -> Entry:
    """The discount is above what may be given freely: somebody who may approve it is asked.

    Writes:  deals.quote_approval_asked.1
    Raises:  Refused, NotFound, Stale, Conflict (not a draft, or none needed), Invalid (nothing offered)
    """
    actor.must("deals.work")
    quote = fetch(actor, quote_id)
    guard(quote, version, {})
    must_be(quote, DRAFT)
    must_offer(quote)
    if not needs_approval(quote):
        raise Conflict(_("This discount needs no approval."))
    change(quote, {"state": WAITING, "asked_at": actor.now, "decided_words": ""})
    fact = told.QuoteApprovalAsked(quote.deal_id, quote.deal.name, quote.pk, quote.code, quote.given_bp)
    return journal.write(actor, fact, about=[quote.deal])


@transaction.atomic
def decide_quote(actor: Actor, *, quote_id: UUID, approved: bool, words: str = "", version: int | None = None) -> Entry:
    """Approve the discount, or send the quote back with words.

    Writes:  deals.quote_approved.1 or deals.quote_sent_back.1
    Raises:  Refused, NotFound, Stale, Conflict (nobody asks), Invalid (sent back without words)
    """
    actor.must("deals.approve")
    quote = fetch(actor, quote_id)
    guard(quote, version, {})
    must_be(quote, WAITING)
    words = words.strip()[:LONGEST_TEXT]
    if not approved and not words:
        raise Invalid(_("Say what should change."), field="words")
    change(
        quote,
        {
            "state": APPROVED if approved else DRAFT,
            "decided_at": actor.now,
            "decided_by_id": actor.member_id,
            "decided_words": words,
        },
    )
    where = (quote.deal_id, quote.deal.name, quote.pk, quote.code)
    fact: object = told.QuoteSentBack(*where, words=words)
    if approved:
        fact = told.QuoteApproved(*where, quote.given_bp, words=words)
    return journal.write(actor, fact, about=[quote.deal])


def needs_approval(quote: Quote) -> bool:
    """1 query."""
    return quote.given_bp > quote_rules().free_discount_bp


# What the other actions on quotes share


def fetch(actor: Actor, quote_id: UUID) -> Quote:
    """A quote of a deal the actor sees, with deal and company. Raises NotFound; 2 queries."""
    return quotes.quote(actor, quote_id)


def open_deal(actor: Actor, deal_id: UUID) -> Deal:
    deal = keeping.fetch(actor, deal_id)
    if deal.state != rules.OPEN:
        raise DealClosed(deal_id=deal.pk, state=deal.state)
    return deal


def guard(quote: Quote, version: int | None, yours: Mapping[str, Any]) -> None:
    if version is not None and version != quote.version:
        theirs = {name: getattr(quote, name) for name in yours}
        raise Stale(record="quote", id=quote.pk, version=quote.version, theirs=theirs, yours=dict(yours))


def must_be(quote: Quote, *states: str) -> None:
    if quote.state not in states:
        raise Conflict(_("The quote %(quote)s has moved on since: look at it again."), quote=quote.code)


def must_offer(quote: Quote) -> None:
    if not quote.lines:
        raise Invalid(_("A quote needs at least one line."), field="lines")


def change(quote: Quote, values: Mapping[str, Any]) -> None:
    """Keep new values if nobody was faster. Raises Stale."""
    for name, value in values.items():
        setattr(quote, name, value)
    columns = {name: getattr(quote, name) for name in values}
    kept = Quote.objects.filter(pk=quote.pk, version=quote.version).update(version=quote.version + 1, **columns)
    if not kept:
        raise Stale(record="quote", id=quote.pk, version=quote.version, theirs={}, yours={})
    quote.version += 1


def content(quote: Quote) -> dict[str, Any]:
    """What the quote says, as plain values."""
    plain: dict[str, Any] = as_plain({name: getattr(quote, name) for name in COLUMNS})
    return plain


def content_of(deal: Deal, said: QuoteSaid) -> dict[str, Any]:
    """Columns of a quote that says so, totals included. Raises Invalid."""
    title = said.title.strip()[:200]
    if not title:
        raise Invalid(_("A quote needs a title."), field="title")
    if said.language not in ("en", "ar"):
        raise Invalid(_("A quote is written in English or Arabic."), field="language")
    if not 0 <= said.discount_bp <= BASIS_POINTS:
        raise Invalid(_("A discount lies between 0 and 100 percent."), field="discount")
    if not 0 <= said.tax_bp <= BASIS_POINTS:
        raise Invalid(_("A tax lies between 0 and 100 percent."), field="tax")
    if said.person_id and not DealPerson.objects.filter(deal=deal, person_id=said.person_id).exists():
        raise Invalid(_("A quote goes to somebody who takes part in the deal."), field="person")
    lines = [_line_told(line) for line in said.lines]
    if len(lines) > MOST_LINES:
        raise Invalid(_("A quote holds at most %(most)s lines."), field="lines", most=MOST_LINES)
    total = total_in(lines, said.discount_bp, said.tax_bp)
    if abs(total.first_year_minor) > LARGEST_MINOR:
        raise Invalid(_("The lines add up to an amount that a deal cannot have."), field="lines")
    return {
        "person_id": said.person_id,
        "language": said.language,
        "title": title,
        "opening": said.opening.strip()[:LONGEST_TEXT],
        "terms": said.terms.strip()[:LONGEST_TEXT],
        "valid_until_on": said.valid_until_on,
        "lines": lines,
        "discount_bp": said.discount_bp,
        "tax_name": said.tax_name.strip()[:60],
        "tax_bp": said.tax_bp,
        "net_minor": total.first_year_net_minor,
        "total_minor": total.first_year_minor,
        "given_bp": total.given_bp,
    }


def total_in(lines: Sequence[Mapping[str, Any]], discount_bp: int, tax_bp: int) -> QuoteTotal:
    """lines: as a quote keeps them."""
    quoted = [
        QuotedLine(Decimal(line["quantity"]), line["price_minor"], line["discount_bp"], line["recurs"])
        for line in lines
    ]
    return total_of(quoted, discount_bp=discount_bp, tax_bp=tax_bp)


def add_draft(
    actor: Actor, deal: Deal, values: Mapping[str, Any], *, revises: Quote | None = None, numbered: int = 0
) -> Quote:
    """numbered: the number of a draft that comes back. Two drafts begun at once do not get one number."""
    number, revision = numbered, 1
    if revises is not None:
        number = revises.number
        revision = (Quote.objects.filter(number=number).aggregate(last=Max("revision"))["last"] or 0) + 1
    made = {"deal": deal, "currency": deal.currency, "made_at": actor.now, "made_by_id": actor.member_id}
    quote = Quote(**values, **made, number=number or next_number(), revision=revision)
    try:
        with transaction.atomic():
            quote.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Somebody began a quote at the same moment. Try again.")) from None
    fact = told.QuoteDrafted(deal.pk, deal.name, quote.pk, quote.code, revises.pk if revises else None)
    journal.write(actor, fact, about=[deal])
    return quote


def quote_rules() -> QuoteRules:
    """1 query."""
    return QuoteRules.objects.filter(pk=1).first() or QuoteRules()


def next_number() -> int:
    """1 query."""
    return max(1000, Quote.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _buyer(deal: Deal) -> Any:
    """Whoever signs or decides, else whoever takes part. 1 query."""
    people = list(DealPerson.objects.filter(deal=deal, person__deleted_at__isnull=True).select_related("person"))
    order = {role: place for place, role in enumerate(("signatory", "economic_buyer", "champion"))}
    people.sort(key=lambda taker: (order.get(taker.role, 9), taker.pk))
    return people[0].person if people else None


def _line_sold(row: Any) -> LineSaid:
    return LineSaid(row.name, Decimal(row.quantity), row.price_minor, row.discount_bp, row.recurs, row.product_id)


def _line_told(line: LineSaid) -> dict[str, Any]:
    name = line.name.strip()[:160]
    if not name:
        raise Invalid(_("A line needs a product or a name."), field="name")
    if (
        not line.quantity.is_finite()
        or not 0 < line.quantity < selling.LARGEST_QUANTITY
        or len(str(line.quantity)) > 24
    ):
        raise Invalid(_("A quantity is a number above zero."), field="quantity")
    if not 0 <= line.discount_bp <= BASIS_POINTS:
        raise Invalid(_("A discount lies between 0 and 100 percent."), field="discount")
    if abs(line.price_minor) > LARGEST_MINOR or line.recurs not in ("", "month", "year"):
        raise Invalid(_("This price cannot be used."), field="price")
    return {
        "product_id": str(line.product_id) if line.product_id else None,
        "name": name,
        "quantity": format(line.quantity, "f"),
        "price_minor": line.price_minor,
        "discount_bp": line.discount_bp,
        "recurs": line.recurs,
    }
