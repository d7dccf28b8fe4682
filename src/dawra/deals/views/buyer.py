"""What a buyer's link opens. The link is the right: unguessable, ends, can be withdrawn; a wrong one finds nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.deals import money
from dawra.deals.actions import quote_answering
from dawra.deals.actions.quote_sending import hash_of
from dawra.deals.forms.quotes import AcceptForm, DeclineForm
from dawra.deals.queries import quotes
from dawra.deals.views.quotes import as_pdf
from dawra.team.queries import workspace

WHY = "a buyer has no account; whoever holds the unguessable link of a quote may read and answer it"


@opens(anyone=True, why=WHY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """In the reader's language; what the quote says stays as it was written.

    GET changes nothing but that it was opened by hand: mail scanners open links too.
    """
    now = request.now  # type: ignore[attr-defined]
    signer, key_hash = quote_answering.buyer(now), hash_of(key)
    opened_by_hand = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    found = quote_answering.see_quote(signer, key_hash=key_hash) if opened_by_hand else quotes.by_link(key_hash, now)
    accepting = AcceptForm(request.POST if request.POST.get("act") == "accept" else None)
    declining = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
    status = 200
    if request.method == "POST":
        status = _answer(request, key_hash, accepting, declining)
        if status == 200:
            return redirect("deals:buyer", key)
    takes: dict[str, Any] = {
        "quote": found,
        "card": quotes.card(found, money.books().day_of(now)),
        "sheet": quotes.sheet_of(found),
        "accepting": accepting,
        "declining": declining,
        "key": key,
        "company": workspace(),
    }
    response = render(request, "deals/buyer_quote.html", takes, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, key_hash: str, accepting: AcceptForm, declining: DeclineForm) -> int:
    """200 once the answer is kept, else the status of what is wrong, which stands in the form."""
    signer = quote_answering.buyer(request.now)  # type: ignore[attr-defined]
    form = accepting if accepting.is_bound else declining
    if not form.is_bound or not form.is_valid():
        return 422
    try:
        if form is accepting:
            said = quote_answering.Signed(
                form.cleaned_data["name"], form.cleaned_data["title"], request.META.get("REMOTE_ADDR", "")
            )
            digest = request.POST.get("digest", "")
            quote_answering.accept_quote(signer, key_hash=key_hash, digest=digest, said=said)
        else:
            quote_answering.decline_quote(signer, key_hash=key_hash, words=form.cleaned_data["words"])
    except (Invalid, Conflict) as answer:
        return put_into(form, answer)
    return 200


@opens(anyone=True, why=WHY)
@never_cache
@require_safe
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    found = quotes.by_link(hash_of(key), request.now)  # type: ignore[attr-defined]
    company = workspace()
    return as_pdf(found, company.name if company else "")
