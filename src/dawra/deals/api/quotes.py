"""Quotes of a deal, for programs: the same actions as the pages."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals import money
from dawra.deals.actions import quote_sending, quoting
from dawra.deals.money import LARGEST_MINOR
from dawra.deals.queries import quotes

router = Router(tags=["quotes"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
TAGGED = described(permission="deals.work", tagged=True)


class QuoteLineBody(Body):
    """price_minor: of one, in minor units of the deal's currency; discount_bp: ten-thousandths."""

    name: str = Field(max_length=160)
    quantity: Decimal = Field(default=Decimal(1), gt=0, lt=10**9, max_digits=20, decimal_places=8)
    price_minor: int = Field(ge=-LARGEST_MINOR, le=LARGEST_MINOR)
    discount_bp: int = Field(default=0, ge=0, le=10_000)
    recurs: Literal["", "month", "year"] = ""
    product_id: UUID | None = None


class QuoteBody(Body):
    """valid_until_on: the last day it can be accepted; discount_bp and tax_bp: on the whole."""

    title: str = Field(max_length=200)
    language: Literal["en", "ar"]
    valid_until_on: date
    lines: list[QuoteLineBody] = Field(default_factory=list, max_length=quoting.MOST_LINES)
    person_id: UUID | None = None
    opening: str = Field(default="", max_length=quoting.LONGEST_TEXT)
    terms: str = Field(default="", max_length=quoting.LONGEST_TEXT)
    discount_bp: int = Field(default=0, ge=0, le=10_000)
    tax_name: str = Field(default="", max_length=60)
    tax_bp: int = Field(default=0, ge=0, le=10_000)


class DecideBody(Body):
    approved: bool
    words: str = Field(default="", max_length=quoting.LONGEST_TEXT)


def _said(request: SignedRequest, quote_id: UUID, status: int = 200) -> HttpResponse:
    row = quotes.quote(request.actor, quote_id)
    return record_json(quotes.plain(row, money.books().day_of(request.now)), status=status)


@router.get("/deals/{deal_id}/quotes", operation_id="list_quotes", summary="Quotes of a deal", openapi_extra=READ)
@opens("deals.read", record="deal")
def list_quotes(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return list_json(quotes.plain_of_deal(request.actor, deal_id, money.books().day_of(request.now)), "")


@router.post(
    "/deals/{deal_id}/quotes", operation_id="draft_quote", summary="Draft a quote from the deal's products",
    openapi_extra=WORK,
)  # fmt: skip
@opens("deals.work", record="deal")
def draft_quote(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return _said(request, quoting.draft_quote(request.actor, deal_id=deal_id).pk, 201)


@router.get("/deals/{deal_id}/quotes/{quote_id}", operation_id="quote", summary="One quote", openapi_extra=READ)
@opens("deals.read", record="deal")
def quote(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    return _said(request, quote_id)


@router.put(
    "/deals/{deal_id}/quotes/{quote_id}", operation_id="edit_quote", summary="Say anew what a draft offers",
    openapi_extra=TAGGED,
)  # fmt: skip
@opens("deals.work", record="deal")
def edit_quote(request: SignedRequest, deal_id: UUID, quote_id: UUID, body: QuoteBody) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    plain = body.model_dump()
    plain["lines"] = [quoting.LineSaid(**line) for line in plain["lines"]]
    said = quoting.QuoteSaid(**plain)
    quoting.edit_quote(request.actor, quote_id=quote_id, said=said, version=version_wanted(request))
    return _said(request, quote_id)


@router.delete(
    "/deals/{deal_id}/quotes/{quote_id}", operation_id="remove_quote", summary="Remove a draft", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def remove_quote(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    quoting.remove_draft(request.actor, quote_id=quote_id)
    return no_content()


@router.post(
    "/deals/{deal_id}/quotes/{quote_id}/approval", operation_id="ask_quote_approval", summary="Ask for approval",
    openapi_extra=TAGGED,
)  # fmt: skip
@opens("deals.work", record="deal")
def ask(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    quoting.ask_approval(request.actor, quote_id=quote_id, version=version_wanted(request))
    return _said(request, quote_id)


@router.put(
    "/deals/{deal_id}/quotes/{quote_id}/approval", operation_id="decide_quote", summary="Approve, or send back",
    openapi_extra=described(permission="deals.approve", tagged=True),
)  # fmt: skip
@opens("deals.approve", record="deal")
def decide(request: SignedRequest, deal_id: UUID, quote_id: UUID, body: DecideBody) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    wanted = version_wanted(request)
    quoting.decide_quote(request.actor, quote_id=quote_id, approved=body.approved, words=body.words, version=wanted)
    return _said(request, quote_id)


@router.post(
    "/deals/{deal_id}/quotes/{quote_id}/send", operation_id="send_quote",
    summary="Give the quote its final form; answers with the buyer's link, shown once", openapi_extra=TAGGED,
)  # fmt: skip
@opens("deals.work", record="deal")
def send(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    sent = quote_sending.send_quote(request.actor, quote_id=quote_id, version=version_wanted(request))
    link = settings.BASE_URL + reverse("deals:buyer", args=[sent.key])
    return as_json(quotes.plain(sent.quote, money.books().day_of(request.now)) | {"link": link})


@router.post(
    "/deals/{deal_id}/quotes/{quote_id}/withdraw", operation_id="withdraw_quote",
    summary="The offer stands no longer", openapi_extra=TAGGED,
)  # fmt: skip
@opens("deals.work", record="deal")
def withdraw(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    quote_sending.withdraw_quote(request.actor, quote_id=quote_id, version=version_wanted(request))
    return _said(request, quote_id)


@router.post(
    "/deals/{deal_id}/quotes/{quote_id}/revise", operation_id="revise_quote",
    summary="Draw a sent quote anew under its number", openapi_extra=WORK,
)  # fmt: skip
@opens("deals.work", record="deal")
def revise(request: SignedRequest, deal_id: UUID, quote_id: UUID) -> HttpResponse:
    quotes.quote(request.actor, quote_id, deal_id)
    return _said(request, quote_sending.revise_quote(request.actor, quote_id=quote_id).pk, 201)
