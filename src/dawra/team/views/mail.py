"""Settings: the mail server letters leave through, and a letter to try it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import letters, queries
from dawra.team.actions import mail_server as actions
from dawra.team.forms.mail import MailServerForm, stands
from dawra.team.mailing import Told
from dawra.team.queries.mail import mail_server


@opens("workspace.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def server(request: SignedRequest) -> HttpResponse:
    kept = mail_server(request.actor)
    form, status = MailServerForm(request.POST or None, initial=stands(kept), kept=kept), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = request.POST.get("version", "")
            try:
                actions.set_mail_server(
                    request.actor, said=form.said(), version=int(version) if version.isdecimal() else None
                )
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:mail_server"), _("Saved."))
    return _page(request, form, status)


@opens("workspace.manage")
@require_POST
def remove(request: SignedRequest) -> HttpResponse:
    actions.remove_mail_server(request.actor)
    return tell(request, redirect("team:mail_server"), _("Mail server removed."))


@opens("workspace.manage")
@require_POST
def test(request: SignedRequest) -> HttpResponse:
    """A letter to whoever asks, and what the server answered to it."""
    kept = mail_server(request.actor)
    me = queries.myself(request.actor)
    told = letters.send_trial(me.email, me.language)
    return _page(request, MailServerForm(initial=stands(kept), kept=kept), 200, told=told, to=me.email)


def _page(
    request: SignedRequest, form: MailServerForm, status: int, *, told: Told | None = None, to: str = ""
) -> HttpResponse:
    kept = mail_server(request.actor)
    takes = {"form": form, "kept": kept, "version": kept.version if kept else "", "told": told, "to": to}
    response = render(request, "team/mail_server.html", takes, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
