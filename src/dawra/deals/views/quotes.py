"""Quotes of a deal: drafted, approved, sent, withdrawn, drawn anew; and how quotes begin."""

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import let_choose, put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals import letters, money
from dawra.deals.actions import quote_sending, quoting
from dawra.deals.actions.quote_rules import save_quote_rules
from dawra.deals.forms import reading
from dawra.deals.forms.deal import language
from dawra.deals.forms.parts import LINE_ROWS
from dawra.deals.forms.quotes import QuoteForm, QuoteLinesForm, RulesForm, stands
from dawra.deals.models import Quote
from dawra.deals.printing.quotes import pdf_of
from dawra.deals.queries import parties, quotes
from dawra.deals.queries import settings as set_up
from dawra.figures.words import named
from dawra.journal.queries import just_written
from dawra.journal.telling import tell

log = logging.getLogger(__name__)


@require_POST
@opens("deals.work", record="deal")
def draft(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    made = quoting.draft_quote(request.actor, deal_id=deal_id)
    undo = just_written(request.actor, "deals.quote_drafted.1")
    return tell(request, redirect("deals:edit_quote", deal_id, made.pk), _("Quote drafted."), undo=undo)


@require_safe
@opens("deals.read", record="deal")
def quote(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    return _page(request, quotes.quote(request.actor, quote_id, deal_id))


def _page(request: SignedRequest, found: Quote, *, link: str = "", mailed: bool | None = None) -> HttpResponse:
    """link: to show once, after it was made. mailed: whether the letter left; None = none was asked for."""
    kept = money.Books(request.workspace.base_currency, request.workspace.time_zone)
    rules = quotes.quote_rules(request.actor)
    takes = {
        "quote": found,
        "deal": found.deal,
        "card": quotes.card(found, kept.day_of(request.now)),
        "sheet": quotes.sheet_of(found),
        "asks": found.given_bp > rules.free_discount_bp,
        "free_bp": rules.free_discount_bp,
        "may_work": request.actor.may("deals.work"),
        "may_approve": request.actor.may("deals.approve"),
        "to": _address(request, found),
        "link": link,
        "mailed": mailed,
    }
    response = render(request, "deals/quote.html", takes)
    if link:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _address(request: SignedRequest, found: Quote) -> str:
    """Where the quote may be mailed to: what the reader may know of the person it is for."""
    if found.person_id is None:
        return ""
    people = parties.people_of(request.actor, [found.person_id])
    return people[found.person_id].email if found.person_id in people else ""


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def edit(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    """Everything a draft says, lines included, in one form."""
    found = quotes.quote(request.actor, quote_id, deal_id)
    quoting.must_be(found, "draft", "waiting", "approved")
    form = QuoteForm(request.POST or None, initial=stands(found))
    people = parties.takers(deal_id)
    let_choose(
        form, "person", [("", "—"), *((str(key), named(name, name_ar, language())) for key, name, name_ar in people)]
    )
    lines = QuoteLinesForm(request.POST or None, quote=found, products=set_up.products(request.actor))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entry = quoting.edit_quote(
                    request.actor,
                    quote_id=quote_id,
                    said=form.said(lines.lines()),
                    version=reading.version_of(request.POST),
                )
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("deals:quote", deal_id, quote_id), _("Quote saved."), undo=entry)
    takes = {
        "form": form,
        "rows": lines.rows(),
        "products": lines.products,
        "quote": found,
        "deal": found.deal,
        "most": LINE_ROWS,
    }
    return render(request, "deals/quote_form.html", takes, status=status)


@require_safe
@opens("deals.read", record="deal")
def pdf(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    found = quotes.quote(request.actor, quote_id, deal_id)
    return as_pdf(found, request.workspace.name)


def as_pdf(found: Quote, company: str) -> HttpResponse:
    response = HttpResponse(pdf_of(found, company), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@opens("deals.work", record="deal")
def act(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    """Ask for approval, withdraw, draw anew or remove: what a quote's owner does with one click."""
    quotes.quote(request.actor, quote_id, deal_id)
    version, chosen = reading.version_of(request.POST), request.POST.get("act", "")
    here: HttpResponse = redirect("deals:quote", deal_id, quote_id)
    if chosen == "ask":
        quoting.ask_approval(request.actor, quote_id=quote_id, version=version)
        return tell(request, here, _("Approval asked for."))
    if chosen == "withdraw":
        quote_sending.withdraw_quote(request.actor, quote_id=quote_id, version=version)
        return tell(request, here, _("Quote withdrawn."))
    if chosen == "revise":
        made = quote_sending.revise_quote(request.actor, quote_id=quote_id)
        return tell(request, redirect("deals:edit_quote", deal_id, made.pk), _("Drawn anew."))
    if chosen == "remove":
        entry = quoting.remove_draft(request.actor, quote_id=quote_id)
        return tell(request, redirect("deals:deal", deal_id), _("Draft removed."), undo=entry)
    raise Invalid(_("Choose what to do with the quote."), field="act")


@require_POST
@opens("deals.approve", record="deal")
def decide(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    approved = request.POST.get("act") == "approve"
    words, version = request.POST.get("words", ""), reading.version_of(request.POST)
    quoting.decide_quote(request.actor, quote_id=quote_id, approved=approved, words=words, version=version)
    text = _("Quote approved.") if approved else _("Sent back.")
    return tell(request, redirect("deals:quote", deal_id, quote_id), text)


@require_POST
@opens("deals.work", record="deal")
def send(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    """To an address by mail, or as a link to hand over; the link is shown once."""
    quotes.quote(request.actor, quote_id, deal_id)
    if request.POST.get("act") == "link":
        sent = quote_sending.make_link(request.actor, quote_id=quote_id)
    else:
        to, version = request.POST.get("to", ""), reading.version_of(request.POST)
        sent = quote_sending.send_quote(request.actor, quote_id=quote_id, to=to, version=version)
    link = settings.BASE_URL + reverse("deals:buyer", args=[sent.key])
    mailed = _mail(request, sent.quote, link) if sent.quote.sent_to and request.POST.get("act") != "link" else None
    found = quotes.quote(request.actor, quote_id, deal_id)
    return tell(request, _page(request, found, link=link, mailed=mailed), _("Quote sent."))


def _mail(request: SignedRequest, sent: Quote, link: str) -> bool:
    company = request.workspace.name
    try:
        letters.send_quote(sent, link, company=company, sender=request.actor.name, pdf=pdf_of(sent, company))
    except (OSError, SMTPException) as failure:
        log.error("quote %s could not be mailed: %s", sent.pk, type(failure).__name__)  # noqa: TRY400 - no trace of a mail server
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def quote_rules(request: SignedRequest) -> HttpResponse:
    """How quotes begin, and how much may be given without asking."""
    kept = quotes.quote_rules(request.actor)
    form, status = RulesForm(request.POST or None, initial=RulesForm.stands(kept)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = reading.version_of(request.POST)
                entry = save_quote_rules(request.actor, said=form.said(), version=version)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("deals:quote_rules"), _("Saved."), undo=entry)
    takes: dict[str, Any] = {"form": form, "version": kept.version}
    return render(request, "deals/quote_settings.html", takes, status=status)
