"""Demos of a deal, their agenda, and what goes with winning."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import demoing
from dawra.deals.forms import reading
from dawra.deals.forms.deal import language
from dawra.deals.forms.demos import DemoForm, HeldForm, WhenForm
from dawra.deals.queries import deals, demos, parties
from dawra.deals.views.deal import done
from dawra.figures.words import named


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def plan(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """A new demo: when, for whom, what to show."""
    found = deals.deal(request.actor, deal_id)
    form = DemoForm(request.POST or None, people=_people(deal_id))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            at = form.cleaned_data["starts_at"]
            try:
                kept = demoing.plan_demo(request.actor, deal_id=deal_id, starts_at=at, said=form.said())
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Demo planned."), kept.entry)
    takes = {"form": form, "action": request.path, "deal": found, "dialog_title": _("Plan a demo")}
    return render(request, "deals/demo_form.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def demo(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    """What is planned, said anew."""
    page = demos.demo(request.actor, demo_id, deal_id)
    start = {
        "type": page.card.type,
        "minutes": page.card.minutes,
        "pains": "\n".join(page.pains),
        "features": "\n".join(item.name for item in page.items),
        "people": [str(one.id) for one in page.people],
    }
    form = DemoForm(request.POST or None, initial=start, people=_people(deal_id), timed=False)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                kept = demoing.edit_demo(request.actor, demo_id=demo_id, said=form.said(), version=version)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Saved."), kept.entry if kept else None)
    found = deals.deal(request.actor, deal_id)
    takes = {
        "form": form,
        "action": request.path,
        "deal": found,
        "version": page.card.version,
        "dialog_title": _("Demo"),
    }
    return render(request, "deals/demo_form.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def held(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    """How it went."""
    page = demos.demo(request.actor, demo_id, deal_id)
    start = {"gaps": "\n".join(page.gaps), "next_step": page.card.next_step, "next_step_on": page.card.next_step_on}
    form, status = HeldForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                kept = demoing.hold_demo(request.actor, demo_id=demo_id, said=form.told(page), version=version)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Demo noted."), kept.entry)
    takes = {
        "form": form,
        "rows": list(enumerate(form.rows(page))),
        "page": page,
        "deal": deals.deal(request.actor, deal_id),
    }
    return render(request, "deals/demo_held.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def reschedule(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    page = demos.demo(request.actor, demo_id, deal_id)
    form, status = WhenForm(request.POST or None, initial={"starts_at": page.card.starts_at}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            at = form.cleaned_data["starts_at"]
            try:
                kept = demoing.reschedule_demo(request.actor, demo_id=demo_id, starts_at=at)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Put to another time."), kept.entry)
    found = deals.deal(request.actor, deal_id)
    takes = {"form": form, "action": request.path, "deal": found, "dialog_title": _("Put the demo to another time")}
    return render(request, "deals/demo_form.html", takes, status=status)


@require_POST
@opens("deals.work", record="deal")
def missed(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    """Nobody came."""
    demos.demo(request.actor, demo_id, deal_id)
    kept = demoing.miss_demo(request.actor, demo_id=demo_id)
    return done(request, deal_id, _("Noted: nobody came."), kept.entry)


@require_POST
@opens("deals.work", record="deal")
def cancel(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    demos.demo(request.actor, demo_id, deal_id)
    kept = demoing.cancel_demo(request.actor, demo_id=demo_id)
    return done(request, deal_id, _("Demo called off."), kept.entry)


@require_safe
@opens("deals.read", record="deal")
def agenda(request: SignedRequest, deal_id: UUID, demo_id: UUID) -> HttpResponse:
    """One page for those who come: to print, or to send from one's own mail program."""
    page, found = demos.demo(request.actor, demo_id, deal_id), deals.deal(request.actor, deal_id)
    takes = {"page": page, "deal": found, "mail": _mail(page, found)}
    return render(request, "deals/demo_agenda.html", takes)


def _mail(page: demos.DemoPage, deal: Any) -> str:
    """The agenda as the text of a message, addressed to nobody yet."""
    lines = [date_format(localtime(page.card.starts_at), "DATETIME_FORMAT"), ""]
    for heading, texts in ((_("What you want solved"), page.pains), (_("What we show"), [i.name for i in page.items])):
        lines += [heading, *(f"- {text}" for text in texts), ""] if texts else []
    title = _("Agenda: %(deal)s") % {"deal": deal.name}
    return "mailto:?" + urlencode({"subject": title, "body": "\r\n".join(lines)}).replace("+", "%20")


@require_safe
@opens("deals.read")
def report(request: SignedRequest) -> HttpResponse:
    """Demos to come, and what goes with winning."""
    takes = {
        "coming": demos.coming(request.actor),
        "report": demos.report(request.actor),
        "may_work": request.actor.may("deals.work"),
        "board": reverse("deals:board"),
    }
    return render(request, "deals/demos.html", takes)


def _people(deal_id: UUID) -> list[tuple[str, str]]:
    return [(str(key), named(name, name_ar, language())) for key, name, name_ar in parties.takers(deal_id)]
