"""API tokens: one's own and the company's."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access import doors, queries
from dawra.access.actions import tokens as actions
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.forms import NewToken
from dawra.access.register import opens
from dawra.access.requests import SignedRequest


@opens("access.tokens")
@require_http_methods(["GET", "POST"])
def tokens(request: SignedRequest) -> HttpResponse:
    """The secret stands on the answer to making the token, and nowhere after that."""
    actor = request.actor
    form = NewToken(request.POST or None, actor=actor, initial={"lasts": "90"})
    made, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.make_token(actor, **form.said(request.now))
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                form, status = NewToken(actor=actor, initial={"lasts": "90"}), 201
    takes = {"form": form, "made": made, "tokens": queries.tokens(actor)}
    response = render(request, "access/tokens.html", takes, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@opens("access.tokens")
@require_POST
def revoke(request: SignedRequest, token_id: UUID) -> HttpResponse:
    actions.revoke_token(request.actor, token_id=token_id)
    return doors.tell(request, redirect("access:tokens"), _("Token revoked."))
