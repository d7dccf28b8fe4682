"""A new lead: about somebody who is here, or about somebody new."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.kinds import open_record
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.picking import Picker
from dawra.journal.telling import tell
from dawra.prospecting.actions.adding import MaybeKnown, add_lead
from dawra.prospecting.forms.leads import LeadForm
from dawra.prospecting.models import Lead

KINDS = ("person", "company")


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.work")
def add(request: SignedRequest) -> HttpResponse:
    """?about=person:<id> begins with somebody."""
    form = LeadForm(request.POST or None, with_owner=request.actor.may("records.assign"))
    picker = _picker(request)
    takes: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not picker.error:
            try:
                return _add(request, form, picker)
            except MaybeKnown as known:
                takes = {"likely": known.found}
                form.add_error("anyway", str(known))
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
    takes |= {"form": form, "picker": picker, "action": request.get_full_path()}
    return render(request, "prospecting/lead_form.html", takes, status=status)


def _add(request: SignedRequest, form: LeadForm, picker: Picker) -> HttpResponse:
    person_id = picker.record_id if picker.kind == "person" else None
    company_id = picker.record_id if picker.kind == "company" else None
    added = add_lead(request.actor, new=form.said(person_id, company_id))
    mine = Lead.objects.visible_to(request.actor).filter(pk=added.lead.pk).exists()
    response: HttpResponse = redirect("prospecting:lead", added.lead.pk) if mine else redirect("prospecting:leads")
    return tell(request, response, _("Lead added."), undo=added.entry)


def _picker(request: SignedRequest) -> Picker:
    asked: dict[str, Any] = {"label": _("Who asked, if they are here already"), "kinds": KINDS}
    if request.method == "POST":
        return Picker.read(request.POST, "about", actor=request.actor, **asked)
    kind, _sep, text = request.GET.get("about", "").partition(":")
    about = None
    if kind in KINDS:
        try:
            about = open_record(request.actor, kind, UUID(text))
        except (ValueError, NotFound):
            about = None
    return Picker.empty("about", about=about, **asked)
