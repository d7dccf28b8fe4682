"""What is offered for deals, and what buyers answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind("deals.quote_drafted.1", _("{actor} drafted the quote {quote} for {deal}"), icon="file-text")
@dataclass(frozen=True, slots=True)
class QuoteDrafted:
    """revises_id: the quote this one is another revision of"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    revises_id: UUID | None = None


@kind("deals.quote_changed.1", _("{actor} changed the quote {quote} for {deal}"), icon="file-text")
@dataclass(frozen=True, slots=True)
class QuoteChanged:
    """before, after: its columns as plain values"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    before: dict[str, Any] = personal_facts()
    after: dict[str, Any] = personal_facts()


@kind("deals.quote_removed.1", _("{actor} removed the draft {quote} of {deal}"), icon="trash")
@dataclass(frozen=True, slots=True)
class QuoteRemoved:
    """before: the draft as it was"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    before: dict[str, Any] = personal_facts()


@kind(
    "deals.quote_approval_asked.1",
    _("{actor} asked to approve the quote {quote} for {deal}"),
    icon="hourglass",
    tone="warn",
)
@dataclass(frozen=True, slots=True)
class QuoteApprovalAsked:
    """given_bp: how far below the list"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    given_bp: int


@kind("deals.quote_approved.1", _("{actor} approved the quote {quote} for {deal}"), icon="check", tone="good")
@dataclass(frozen=True, slots=True)
class QuoteApproved:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    given_bp: int
    words: str = personal()


@kind("deals.quote_sent_back.1", _("{actor} sent the quote {quote} for {deal} back"), icon="arrow-back-up", tone="warn")
@dataclass(frozen=True, slots=True)
class QuoteSentBack:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    words: str = personal()


@kind("deals.quote_sent.1", _("{actor} sent the quote {quote} for {deal}"), icon="send", tone="brand", theme="email")
@dataclass(frozen=True, slots=True)
class QuoteSent:
    """total_minor: the first twelve months with tax. digest: SHA-256 of what was sent"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    total_minor: int
    currency: str
    digest: str
    sent_to: str = personal()


@kind("deals.quote_seen.1", _("The buyer opened the quote {quote} for {deal}"), icon="eye", tone="info")
@dataclass(frozen=True, slots=True)
class QuoteSeen:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str


@kind("deals.quote_accepted.1", _("The buyer accepted the quote {quote} for {deal}"), icon="checks", tone="good")
@dataclass(frozen=True, slots=True)
class QuoteAccepted:
    """digest: of what was accepted; name, address: who accepted, and from which network address"""

    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    total_minor: int
    currency: str
    digest: str
    name: str = personal()
    address: str = personal()


@kind("deals.quote_declined.1", _("The buyer declined the quote {quote} for {deal}"), icon="circle-x", tone="bad")
@dataclass(frozen=True, slots=True)
class QuoteDeclined:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str
    words: str = personal()


@kind("deals.quote_withdrawn.1", _("{actor} withdrew the quote {quote} for {deal}"), icon="ban", tone="warn")
@dataclass(frozen=True, slots=True)
class QuoteWithdrawn:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str


@kind("deals.quote_link_made.1", _("{actor} made a new link to the quote {quote} for {deal}"), icon="link")
@dataclass(frozen=True, slots=True)
class QuoteLinkMade:
    deal_id: UUID
    deal: str
    quote_id: UUID
    quote: str


@kind("deals.quote_rules_saved.1", _("{actor} changed how quotes are made"), icon="settings")
@dataclass(frozen=True, slots=True)
class QuoteRulesSaved:
    """before, after: the rules as plain values"""

    before: dict[str, Any]
    after: dict[str, Any]
