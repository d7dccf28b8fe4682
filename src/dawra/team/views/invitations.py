"""Inviting somebody, and their coming in."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access import queries as access
from dawra.access.actor import Actor
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import letters, queries
from dawra.team.actions import inviting
from dawra.team.forms.people import Invite, Join

log = logging.getLogger(__name__)
KEPT_KEY = "dawra_invitation"


@opens("team.manage")
@require_http_methods(["GET", "POST"])
def invite(request: SignedRequest) -> HttpResponse:
    """The link is shown once, here and now, so that inviting works without a mail server too."""
    actor = request.actor
    form = Invite(request.POST or None, roles=access.roles(actor), teams=queries.teams(actor))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                invited = inviting.invite(actor, **form.said())
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return _shown(request, invited)
    return render(request, "team/invite.html", {"form": form}, status=status)


@opens("team.manage")
@require_POST
def withdraw(request: SignedRequest, invitation_id: UUID) -> HttpResponse:
    inviting.withdraw_invitation(request.actor, invitation_id=invitation_id)
    return tell(request, redirect("team:members"), _("Invitation withdrawn."))


@opens(anyone=True, why="whoever holds the link of an invitation has no account yet")
@never_cache
def open_link(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps the key out of every further address, and uses nothing up: mail scanners open links too."""
    request.session[KEPT_KEY] = inviting.hash_of(key)
    return redirect("team:join")


@opens(anyone=True, why="whoever holds the link of an invitation has no account yet")
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    signer = Actor.system("invitation", request.now)  # type: ignore[attr-defined]
    kept = request.session.get(KEPT_KEY, "")
    if not kept:
        raise NotFound(_("Open the link of your invitation again."))
    invitation = inviting.live(signer, key_hash=kept)
    form = Join(request.POST or None, initial={"name": invitation.name})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.said(request.reader.language)  # type: ignore[attr-defined]
            try:
                member = inviting.accept_invitation(signer, key_hash=kept, newcomer=said)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                del request.session[KEPT_KEY]
                login(request, member)
                return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "team/join.html", {"form": form, "invitation": invitation}, status=status)


def _shown(request: SignedRequest, invited: inviting.Invited) -> HttpResponse:
    link = settings.BASE_URL + reverse("team:join_link", args=[invited.key])
    try:
        letters.send_invitation(invited.invitation, link, queries.workspace())
        sent = True
    except (OSError, SMTPException) as failure:
        log.error("invitation %s could not be mailed: %s", invited.invitation.pk, type(failure).__name__)  # noqa: TRY400
        sent = False
    takes = {"invitation": invited.invitation, "link": link, "sent": sent}
    response = render(request, "team/invited.html", takes)
    response.headers["Cache-Control"] = "private, no-store"
    return response
