"""A quote's way to the buyer: sent, withdrawn, drawn anew; and the link it is opened by."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.deals import money
from dawra.deals.actions import quoting
from dawra.deals.models import BuyerLink, Quote
from dawra.deals.models.quote import APPROVED, DECLINED, DRAFT, SENT, WITHDRAWN
from dawra.journal import actions as journal
from dawra.journal.catalogue import quotes as told
from dawra.journal.models import Entry

KEY_BYTES = 32
OPEN_AFTER = timedelta(days=30)  # a buyer may look at what ran out, and sees that it did


@dataclass(frozen=True, slots=True)
class Sent:
    """key: goes into the link, shown and mailed now and never again."""

    quote: Quote
    entry: Entry
    key: str = field(repr=False)


@transaction.atomic
def send_quote(actor: Actor, *, quote_id: UUID, to: str = "", version: int | None = None) -> Sent:
    """Give the quote its final form and the buyer a link to it; an earlier revision that is out is withdrawn.

    to:      the address the caller mails the link to; "" = the link is handed over otherwise
    Writes:  deals.quote_sent.1, deals.quote_withdrawn.1 for an earlier revision
    Raises:  Refused, NotFound, Stale, DealClosed, Conflict (approval missing, expired), Invalid
    """
    actor.must("deals.work")
    quote = quoting.fetch(actor, quote_id)
    quoting.guard(quote, version, {})
    quoting.must_be(quote, DRAFT, APPROVED)
    quoting.open_deal(actor, quote.deal_id)
    quoting.must_offer(quote)
    _must_be_allowed(actor, quote)
    to = to.strip()
    if to:
        try:
            validate_email(to)
        except ValidationError:
            raise Invalid(_("This is no e-mail address."), field="to") from None
    for older in Quote.objects.filter(number=quote.number, state=SENT).exclude(pk=quote.pk):
        older.deal = quote.deal
        _withdraw(actor, older)
    quoting.change(quote, {"state": SENT, "sent_at": actor.now, "sent_to": to, "digest": digest_of(quote)})
    key = _link(quote, actor.now)
    fact = told.QuoteSent(
        quote.deal_id,
        quote.deal.name,
        quote.pk,
        quote.code,
        quote.total_minor,
        quote.currency,
        quote.digest,
        sent_to=to,
    )
    return Sent(quote, journal.write(actor, fact, about=_about(quote)), key)


@transaction.atomic
def make_link(actor: Actor, *, quote_id: UUID) -> Sent:
    """Another link to a quote that is out; earlier ones end.

    Writes:  deals.quote_link_made.1
    Raises:  Refused, NotFound, Conflict (not out)
    """
    actor.must("deals.work")
    quote = quoting.fetch(actor, quote_id)
    quoting.must_be(quote, SENT)
    key = _link(quote, actor.now)
    fact = told.QuoteLinkMade(quote.deal_id, quote.deal.name, quote.pk, quote.code)
    return Sent(quote, journal.write(actor, fact, about=[quote.deal]), key)


@transaction.atomic
def withdraw_quote(actor: Actor, *, quote_id: UUID, version: int | None = None, cause: Entry | None = None) -> Entry:
    """The offer stands no longer; whoever opens its link is told so.

    Writes:  deals.quote_withdrawn.1
    Raises:  Refused, NotFound, Stale, Conflict (not out)
    """
    actor.must("deals.work")
    quote = quoting.fetch(actor, quote_id)
    quoting.guard(quote, version, {})
    quoting.must_be(quote, SENT)
    return _withdraw(actor, quote, cause)


@transaction.atomic
def revise_quote(actor: Actor, *, quote_id: UUID) -> Quote:
    """Draw a sent quote anew under the same number; the old one stands until the new one is sent.

    Writes:  deals.quote_drafted.1
    Raises:  Refused, NotFound, DealClosed, Conflict (never sent, or a revision is drafted already)
    """
    actor.must("deals.work")
    quote = quoting.fetch(actor, quote_id)
    quoting.must_be(quote, SENT, DECLINED, WITHDRAWN)
    deal = quoting.open_deal(actor, quote.deal_id)
    if Quote.objects.filter(number=quote.number, revision__gt=quote.revision).exists():
        raise Conflict(_("This quote has been revised already."))
    begins = quoting.quote_rules()
    today = money.books().day_of(actor.now)
    values: dict[str, Any] = {name: getattr(quote, name) for name in quoting.COLUMNS}
    values |= {name: getattr(quote, name) for name in ("net_minor", "total_minor", "given_bp")}
    values["valid_until_on"] = today + timedelta(days=begins.valid_days)
    return quoting.add_draft(actor, deal, values, revises=quote)


def digest_of(quote: Quote) -> str:
    """SHA-256 over everything the buyer reads, keys in order: the same words give the same digest."""
    said = quoting.content(quote) | {"code": quote.code, "currency": quote.currency, "total_minor": quote.total_minor}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _must_be_allowed(actor: Actor, quote: Quote) -> None:
    today = money.books().day_of(actor.now)
    if quote.valid_until_on < today:
        raise Invalid(_("The last day of the quote lies behind: choose another."), field="valid_until_on")
    if quote.state != APPROVED and not actor.may("deals.approve") and quoting.needs_approval(quote):
        raise Conflict(_("This discount is above what may be given freely: ask for approval first."))


def _link(quote: Quote, now: datetime) -> str:
    BuyerLink.objects.filter(quote=quote, revoked_at__isnull=True).update(revoked_at=now)
    key = secrets.token_urlsafe(KEY_BYTES)
    zone = ZoneInfo(money.books().time_zone)
    ends_at = datetime.combine(quote.valid_until_on + timedelta(days=1), time(), zone) + OPEN_AFTER
    BuyerLink.objects.create(quote=quote, key_hash=hash_of(key), made_at=now, ends_at=ends_at)
    return key


def _withdraw(actor: Actor, quote: Quote, cause: Entry | None = None) -> Entry:
    quoting.change(quote, {"state": WITHDRAWN})
    fact = told.QuoteWithdrawn(quote.deal_id, quote.deal.name, quote.pk, quote.code)
    return journal.write(actor, fact, about=[quote.deal], cause=cause)


def _about(quote: Quote) -> list[Any]:
    return [quote.deal, quote.person] if quote.person else [quote.deal]
