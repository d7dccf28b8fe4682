"""Taking back what was done with quotes. What a buyer answered has no way back; a sent one is withdrawn."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.deals.actions import quote_sending, quoting
from dawra.deals.actions.quote_rules import RulesSaid, save_quote_rules
from dawra.deals.models import Quote, QuoteRules
from dawra.deals.models.quote import APPROVED, DRAFT, WAITING
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("deals.quote_drafted.1")
def take_draft_away(actor: Actor, entry: Entry) -> None:
    quoting.remove_draft(actor, quote_id=UUID(entry.facts["quote_id"]), cause=entry)


@reverses("deals.quote_removed.1")
def bring_draft_back(actor: Actor, entry: Entry) -> None:
    actor.must("deals.work")
    deal = quoting.open_deal(actor, UUID(entry.facts["deal_id"]))
    before = entry.facts["before"]
    number, revision = before["number"], before["revision"]
    if Quote.objects.filter(number=number, revision__gte=revision).exists():
        raise Conflict(_("Another quote has this number meanwhile."))
    revises = Quote.objects.filter(number=number).order_by("-revision").first()
    quoting.add_draft(actor, deal, quoting.content_of(deal, said_in(before)), revises=revises, numbered=number)


@reverses("deals.quote_changed.1")
def put_quote_back(actor: Actor, entry: Entry) -> None:
    quote = quoting.fetch(actor, UUID(entry.facts["quote_id"]))
    if quote.state not in (DRAFT, WAITING, APPROVED) or quoting.content(quote) != entry.facts["after"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    quoting.edit_quote(actor, quote_id=quote.pk, said=said_in(entry.facts["before"]), cause=entry)


@reverses("deals.quote_sent.1")
def call_quote_back(actor: Actor, entry: Entry) -> None:
    quote_sending.withdraw_quote(actor, quote_id=UUID(entry.facts["quote_id"]), cause=entry)


@reverses("deals.quote_rules_saved.1")
def put_rules_back(actor: Actor, entry: Entry) -> None:
    kept = QuoteRules.objects.filter(pk=1).first()
    after = entry.facts["after"]
    if kept is None or any(getattr(kept, name) != value for name, value in after.items()):
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    save_quote_rules(actor, said=RulesSaid(**entry.facts["before"]), cause=entry)


def said_in(plain: Mapping[str, Any]) -> quoting.QuoteSaid:
    """A quote's content from what the journal told of it."""
    lines = [
        quoting.LineSaid(
            name=line["name"],
            quantity=Decimal(line["quantity"]),
            price_minor=line["price_minor"],
            discount_bp=line["discount_bp"],
            recurs=line["recurs"],
            product_id=UUID(line["product_id"]) if line["product_id"] else None,
        )
        for line in plain["lines"]
    ]
    values = {name: plain[name] for name in quoting.COLUMNS}
    return quoting.QuoteSaid(
        **values | {
            "lines": lines,
            "person_id": UUID(plain["person_id"]) if plain["person_id"] else None,
            "valid_until_on": date.fromisoformat(plain["valid_until_on"]),
        }
    )  # fmt: skip
