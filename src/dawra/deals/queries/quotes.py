"""Reading quotes: of a deal, one, and what a buyer's link opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import BuyerLink, Deal, Quote, QuoteRules
from dawra.deals.models.quote import ACCEPTED, APPROVED, DRAFT, SENT, WAITING
from dawra.figures.money import Money
from dawra.figures.quoting import TIMES_A_YEAR, QuotedLine, total_of

MOST_SHOWN = 20
STATES = {
    "draft": (_("Draft"), ""),
    "waiting": (_("Waiting for approval"), "warn"),
    "approved": (_("Approved"), "info"),
    "sent": (_("Sent"), "brand"),
    "seen": (_("Opened by the buyer"), "info"),
    "expired": (_("Expired"), "warn"),
    "accepted": (_("Accepted"), "good"),
    "declined": (_("Declined"), "bad"),
    "withdrawn": (_("Withdrawn"), ""),
}
ROW = ("id", "number", "revision", "state", "title", "currency", "net_minor", "total_minor", "given_bp",
       "valid_until_on", "sent_at", "seen_at", "answered_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineCard:
    name: str
    quantity: Decimal
    price: Money
    discount_bp: int
    recurs: str
    total: Money


@dataclass(frozen=True, slots=True)
class PartCard:
    """What is paid once, every month or every year."""

    recurs: str
    lines: Money
    discount: Money
    net: Money
    tax: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Sheet:
    """A quote's sums. first_year: with tax, of the first twelve months; worth showing if something recurs."""

    lines: tuple[LineCard, ...]
    parts: tuple[PartCard, ...]
    net: Money
    first_year: Money

    @property
    def recurs(self) -> bool:
        return any(part.recurs for part in self.parts)


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote in a list. shown: its state as a reader meets it, with its tone."""

    id: UUID
    code: str
    state: str
    shown: Any
    tone: str
    title: str
    net: Money
    total: Money
    valid_until_on: date
    sent_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OnDeal:
    """newest: with its lines, for the deal page. accepted: the newest one a buyer accepted."""

    newest: QuoteCard | None
    sheet: Sheet | None
    others: tuple[QuoteCard, ...]
    accepted: QuoteCard | None


def on_deal(actor: Actor, deal: Deal, today: date) -> OnDeal:
    """The quotes of a deal the actor has fetched, newest first. 1 query."""
    rows = list(Quote.objects.filter(deal=deal).order_by("-made_at", "-id")[:MOST_SHOWN])
    cards = [card(row, today) for row in rows]
    accepted = next((one for one in cards if one.state == ACCEPTED), None)
    sheet = sheet_of(rows[0]) if rows else None
    return OnDeal(cards[0] if cards else None, sheet, tuple(cards[1:]), accepted)


def quote(actor: Actor, quote_id: UUID, deal_id: UUID | None = None) -> Quote:
    """One quote of a deal the actor sees, with the deal, its company and people. 2 queries. Raises NotFound."""
    actor.must("deals.read")
    rows = Quote.objects.select_related("person", "made_by", "decided_by")
    found = (rows.filter(deal_id=deal_id) if deal_id else rows).filter(pk=quote_id).first()
    if found is None:
        raise NotFound()
    found.deal = Deal.fetch(actor, found.deal_id, "stage__version__pipeline", "company", "owner", "reason")
    return found


def by_link(key_hash: str, now: datetime) -> Quote:
    """What a buyer's link opens, while it does. Needs no actor: the link is the right. 1 query. Raises NotFound."""
    live = BuyerLink.objects.filter(key_hash=key_hash, revoked_at__isnull=True, ends_at__gt=now)
    found = (
        Quote.objects.filter(links__in=live, deal__deleted_at__isnull=True)
        .exclude(state__in=(DRAFT, WAITING, APPROVED))
        .select_related("deal__company", "person", "deal__owner")
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def quote_rules(actor: Actor) -> QuoteRules:
    """1 query."""
    actor.must("deals.read")
    return QuoteRules.objects.filter(pk=1).first() or QuoteRules()


def state_of(row: Quote, today: date) -> str:
    """The state as a reader meets it: sent ones may have been seen, or have expired."""
    if row.state != SENT:
        return row.state
    if row.valid_until_on < today:
        return "expired"
    return "seen" if row.seen_at else SENT


def card(row: Quote, today: date) -> QuoteCard:
    state = state_of(row, today)
    shown, tone = STATES[state]
    return QuoteCard(
        row.pk, row.code, state, shown, tone, row.title, Money(row.net_minor, row.currency),
        Money(row.total_minor, row.currency), row.valid_until_on, row.sent_at, row.answered_at,
    )  # fmt: skip


def sheet_of(row: Quote) -> Sheet:
    """Computed anew from the lines, so that what is shown adds up whoever asks."""

    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    quoted = [
        QuotedLine(Decimal(line["quantity"]), line["price_minor"], line["discount_bp"], line["recurs"])
        for line in row.lines
    ]
    total = total_of(quoted, discount_bp=row.discount_bp, tax_bp=row.tax_bp)
    lines = tuple(
        LineCard(
            told["name"], line.quantity, money(line.price_minor), line.discount_bp, line.recurs,
            money(line.total_minor),
        )
        for told, line in zip(row.lines, quoted, strict=True)
    )  # fmt: skip
    parts = tuple(
        PartCard(
            part.recurs, money(part.lines_minor), money(-part.discount_minor), money(part.net_minor),
            money(part.tax_minor), money(part.total_minor),
        )
        for part in total.parts
    )  # fmt: skip
    return Sheet(lines, parts, money(total.first_year_net_minor), money(total.first_year_minor))


def per_month(row: Quote) -> int:
    """What a month of the quote's recurring part brings, without tax, in minor units."""
    return sum(part.net.minor * TIMES_A_YEAR[part.recurs] // 12 for part in sheet_of(row).parts if part.recurs)


def plain(row: Quote, today: date) -> dict[str, Any]:
    """A quote as the API says it."""
    said: Mapping[str, Any] = {name: getattr(row, name) for name in ROW}
    more = (
        "version", "deal_id", "person_id", "language", "opening", "terms", "lines", "discount_bp", "tax_name", "tax_bp",
        "asked_at", "decided_at", "decided_by_id", "decided_words", "sent_to", "digest", "answer_name", "answer_title",
        "answer_words",
    )  # fmt: skip
    return {
        **said,
        "code": row.code,
        "shown_state": state_of(row, today),
        **{name: getattr(row, name) for name in more},
    }


def plain_of_deal(actor: Actor, deal_id: UUID, today: date) -> list[dict[str, Any]]:
    """2 queries. Raises NotFound."""
    actor.must("deals.read")
    deal = Deal.fetch(actor, deal_id)
    return [plain(row, today) for row in Quote.objects.filter(deal=deal).order_by("-made_at", "-id")]
