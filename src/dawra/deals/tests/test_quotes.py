"""Quotes: drafted from the deal, approved above the limit, sent, answered by the buyer; never changed once sent."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.access.holdings import FORGETS
from dawra.deals.actions import quote_answering, quote_sending, quoting
from dawra.deals.actions.lines import NewLine, set_lines
from dawra.deals.actions.people import set_person
from dawra.deals.actions.quote_answering import Signed, accept_quote, decline_quote
from dawra.deals.actions.quote_rules import RulesSaid, save_quote_rules
from dawra.deals.actions.quote_sending import hash_of, revise_quote, send_quote, withdraw_quote
from dawra.deals.models import Deal, DealLine, Quote
from dawra.deals.printing.quotes import pdf_of
from dawra.journal.listeners import deliver_due
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.team.models import Notification
from tests.cast import NOW

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def sold(deal, sana, actor):
    """Sana's deal, which sells 180 seats a month and a fitting."""
    made = deal(sana)
    lines = [NewLine(Decimal(180), 2_200, name="Routing", recurs="month"), NewLine(Decimal(1), 543_200, name="Fitting")]
    set_lines(actor(sana), deal_id=made.pk, lines=lines)
    return made


def drafted(signed, made, **changes):
    """A draft, changed at once if asked."""
    quote = quoting.draft_quote(signed, deal_id=made.pk)
    if changes:
        said = {name: getattr(quote, name) for name in ("title", "language", "valid_until_on", "opening", "terms")}
        lines = [
            quoting.LineSaid(line["name"], Decimal(line["quantity"]), line["price_minor"], 0, line["recurs"])
            for line in quote.lines
        ]
        quoting.edit_quote(signed, quote_id=quote.pk, said=quoting.QuoteSaid(**said | {"lines": lines} | changes))
    return Quote.objects.get(pk=quote.pk)


def test_a_draft_begins_with_what_the_deal_sells_and_only_who_sees_the_deal_finds_it(sold, sana, lina, actor):
    quote = drafted(actor(sana), sold)
    assert [line["name"] for line in quote.lines] == ["Routing", "Fitting"]
    assert quote.net_minor == 12 * 396_000 + 543_200 == Deal._base_manager.get(pk=sold.pk).amount_minor
    for act in (quoting.draft_quote, lambda who, deal_id: quoting.fetch(who, quote.pk)):
        with pytest.raises(NotFound):
            act(actor(lina), deal_id=sold.pk)
    entry = Entry.objects.get(kind="deals.quote_drafted.1")
    undo(actor(sana, LATER), key=entry.key)
    assert not Quote.objects.exists()


def test_more_than_the_free_discount_waits_for_somebody_who_may_approve(sold, sana, omar, actor):
    signed = actor(sana, LATER)
    quote = drafted(signed, sold, discount_bp=1_500)
    with pytest.raises(Conflict, match="approval"):
        send_quote(signed, quote_id=quote.pk)
    quoting.ask_approval(signed, quote_id=quote.pk)
    with pytest.raises(Refused):
        quoting.decide_quote(signed, quote_id=quote.pk, approved=True)
    with pytest.raises(Invalid, match="what should change"):
        quoting.decide_quote(actor(omar, LATER), quote_id=quote.pk, approved=False)
    quoting.decide_quote(actor(omar, LATER), quote_id=quote.pk, approved=True)
    assert send_quote(signed, quote_id=quote.pk).quote.state == "sent"


def test_changing_an_approved_draft_asks_for_approval_again(sold, sana, omar, actor):
    signed = actor(sana, LATER)
    quote = drafted(signed, sold, discount_bp=1_500)
    quoting.ask_approval(signed, quote_id=quote.pk)
    quoting.decide_quote(actor(omar, LATER), quote_id=quote.pk, approved=True)
    said = quoting.QuoteSaid(
        "More", "en", quote.valid_until_on, [quoting.LineSaid("Seats", Decimal(1), 100)], discount_bp=5_000
    )
    quoting.edit_quote(signed, quote_id=quote.pk, said=said)
    with pytest.raises(Conflict, match="approval"):
        send_quote(signed, quote_id=quote.pk)


def test_what_was_sent_never_changes_and_a_revision_replaces_it_once_it_is_sent(sold, sana, actor):
    signed = actor(sana, LATER)
    first = send_quote(signed, quote_id=drafted(signed, sold).pk)
    with pytest.raises(Conflict):
        quoting.edit_quote(
            signed, quote_id=first.quote.pk, said=quoting.QuoteSaid("x", "en", first.quote.valid_until_on)
        )
    second = revise_quote(signed, quote_id=first.quote.pk)
    assert second.code == f"{first.quote.code}-2"
    assert Quote.objects.get(pk=first.quote.pk).state == "sent", "the old one stands until the new one is out"
    send_quote(signed, quote_id=second.pk)
    assert Quote.objects.get(pk=first.quote.pk).state == "withdrawn"
    with pytest.raises(Conflict):
        accept_quote(
            quote_answering.buyer(LATER), key_hash=hash_of(first.key), digest=first.quote.digest, said=Signed("Huda")
        )


def test_the_buyer_accepts_what_was_shown_and_the_deal_is_worth_it(sold, sana, actor):
    signed, buyer = actor(sana, LATER), quote_answering.buyer(LATER)
    sent = send_quote(signed, quote_id=drafted(signed, sold, discount_bp=1_000, tax_bp=1_400).pk)
    key_hash = hash_of(sent.key)
    with pytest.raises(Conflict, match="older than the quote"):
        accept_quote(buyer, key_hash=key_hash, digest="0" * 64, said=Signed("Huda Amin"))
    with pytest.raises(Invalid, match="your name"):
        accept_quote(buyer, key_hash=key_hash, digest=sent.quote.digest, said=Signed("  "))
    said = Signed("Huda Amin", "CFO", "198.51.100.7")
    accept_quote(buyer, key_hash=key_hash, digest=sent.quote.digest, said=said)
    quote, now = Quote.objects.get(pk=sent.quote.pk), Deal._base_manager.get(pk=sold.pk)
    assert (quote.state, quote.answer_name, quote.answer_address) == ("accepted", "Huda Amin", "198.51.100.7")
    assert (now.amount_minor, now.recurring_minor) == (quote.net_minor, 356_400)
    assert DealLine.objects.filter(deal=sold).count() == 2
    with pytest.raises(Conflict):
        decline_quote(buyer, key_hash=key_hash, words="after all")


def test_an_expired_quote_is_not_accepted(sold, sana, actor):
    signed = actor(sana, LATER)
    sent = send_quote(signed, quote_id=drafted(signed, sold).pk)
    late = quote_answering.buyer(LATER + timedelta(days=31))
    with pytest.raises(Conflict, match="expired"):
        accept_quote(late, key_hash=hash_of(sent.key), digest=sent.quote.digest, said=Signed("Huda"))


def test_a_stranger_guessing_links_finds_nothing_and_a_new_link_ends_the_old(sold, sana, actor):
    signed = actor(sana, LATER)
    sent = send_quote(signed, quote_id=drafted(signed, sold).pk)
    again = quote_sending.make_link(signed, quote_id=sent.quote.pk)
    stranger = Client()
    for key in ("x", sent.key, again.key[:-1], "0" * 43):
        for page in ("deals:buyer", "deals:buyer_pdf"):
            assert stranger.get(reverse(page, args=[key])).status_code == 404
    assert stranger.get(reverse("deals:buyer", args=[again.key])).status_code == 200


def test_a_buyer_reads_and_accepts_without_scripts_or_an_account(sold, sana, actor, client_of, person):
    signed, page = actor(sana, LATER), client_of(sana)
    huda = person(sana)
    set_person(signed, deal_id=sold.pk, person_id=huda.pk, role="signatory")
    page.post(reverse("deals:draft_quote", args=[sold.pk]))
    quote = Quote.objects.get()
    shown = page.post(
        reverse("deals:send_quote", args=[sold.pk, quote.pk]), {"to": "huda@nile.example", "version": quote.version}
    )
    key = re.search(r"/q/([\w-]{40,})/", shown.content.decode()).group(1)
    [letter] = mail.outbox
    assert key in letter.body and letter.attachments[0][0] == f"{quote.code}.pdf"
    buyer = Client(HTTP_SEC_FETCH_MODE="navigate")
    there = reverse("deals:buyer", args=[key])
    assert "Fitting" in buyer.get(there).content.decode()
    assert Quote.objects.get().seen_at is not None
    said = {"act": "accept", "name": "Huda Amin", "digest": Quote.objects.get().digest}
    assert buyer.post(there, said).status_code == 422, "the box was not ticked"
    assert buyer.post(there, said | {"agreed": "on"}).status_code == 302
    assert Quote.objects.get().state == "accepted"
    assert b"%PDF" in buyer.get(reverse("deals:buyer_pdf", args=[key])).content[:8]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_paper_is_set_in_both_languages_whatever_the_texts_hold(sold, sana, actor, language):
    signed = actor(sana, LATER)
    words = "عرض #let x = 1 [*] $y$ \u202e RouteOne -$4,752.00"
    quote = drafted(
        signed, sold, language=language, title=words, opening=words, terms="#panic()", tax_name="ضريبة", tax_bp=1_500
    )
    assert pdf_of(quoting.fetch(signed, quote.pk), "Masarat #sys").startswith(b"%PDF")


def test_two_people_editing_one_quote_do_not_overwrite_each_other(sold, sana, actor):
    signed = actor(sana, LATER)
    quote = drafted(signed, sold)
    seen = quote.version
    said = quoting.QuoteSaid("Mine", "en", quote.valid_until_on)
    entry = quoting.edit_quote(signed, quote_id=quote.pk, said=said, version=seen)
    with pytest.raises(Stale):
        quoting.edit_quote(
            signed, quote_id=quote.pk, said=quoting.QuoteSaid("Yours", "en", quote.valid_until_on), version=seen
        )
    undo(actor(sana, LATER), key=entry.key)
    assert Quote.objects.get().title == quote.title


def test_bad_quotes_are_refused_with_a_reason(sold, sana, actor):
    signed = actor(sana, LATER)
    quote = drafted(signed, sold)
    line = quoting.LineSaid("Seat", Decimal(1), 100)
    for wrong in (
        {"discount_bp": 10_001},
        {"tax_bp": -1},
        {"title": " "},
        {"lines": [line] * (quoting.MOST_LINES + 1)},
        {"lines": [quoting.LineSaid("Seat", Decimal("NaN"), 100)]},
        {"lines": [quoting.LineSaid("Seat", Decimal(10**8), 10**15)]},
    ):
        said = {"title": "T", "language": "en", "valid_until_on": quote.valid_until_on} | wrong
        with pytest.raises(Invalid):
            quoting.edit_quote(signed, quote_id=quote.pk, said=quoting.QuoteSaid(**said))


def test_a_quote_called_back_is_withdrawn_and_rules_go_back_as_they_were(sold, sana, admin, actor):
    signed = actor(sana, LATER)
    sent = send_quote(signed, quote_id=drafted(signed, sold).pk)
    undo(signed, key=sent.entry.key)
    assert Quote.objects.get().state == "withdrawn"
    with pytest.raises(Conflict):
        withdraw_quote(signed, quote_id=sent.quote.pk)
    entry = save_quote_rules(actor(admin, LATER), said=RulesSaid(500, 14, terms="Net 30"))
    undo(actor(admin, LATER), key=entry.key)
    assert quoting.quote_rules().valid_days == 30


def test_forgetting_a_person_blanks_to_whom_it_went_and_keeps_what_was_offered(sold, sana, actor, person):
    signed = actor(sana, LATER)
    huda = person(sana)
    set_person(signed, deal_id=sold.pk, person_id=huda.pk, role="signatory")
    sent = send_quote(signed, quote_id=drafted(signed, sold).pk, to="huda@nile.example")
    FORGETS[Quote](huda.pk, LATER)
    quote = Quote.objects.get(pk=sent.quote.pk)
    assert (quote.person_id, quote.sent_to) == (None, "") and quote.total_minor


def test_who_may_approve_and_whose_quote_is_answered_hear_of_it(sold, sana, omar, lina, actor):
    signed = actor(sana, LATER)
    quote = drafted(signed, sold, discount_bp=1_500)
    quoting.ask_approval(signed, quote_id=quote.pk)
    quoting.decide_quote(actor(omar, LATER), quote_id=quote.pk, approved=True)
    deliver_due(LATER)
    told = Notification.objects.filter(reason__in=("asked", "answered")).values_list("member_id", "reason")
    assert set(told) == {(omar.pk, "asked"), (sana.pk, "answered")}
