"""What is found out about a deal, criterion by criterion."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.queries import files
from dawra.customers.queries.happened import happened_lately
from dawra.deals.actions import qualifying
from dawra.deals.forms import reading
from dawra.deals.forms.deal import language
from dawra.deals.forms.qualification import FindingForm
from dawra.deals.models import Deal
from dawra.deals.queries import deals, parties, qualification, qualification_report
from dawra.deals.views.deal import done
from dawra.deals.words import DONE
from dawra.figures.words import named


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def note(request: SignedRequest, deal_id: UUID, code: str) -> HttpResponse:
    """What is known of one criterion, how sure that is, and what it rests on."""
    found = deals.deal(request.actor, deal_id)
    _panel, card = qualification.criterion_on(found, code)
    people = [(str(key), named(name, name_ar, language())) for key, name, name_ar in parties.takers(deal_id)]
    form = FindingForm(
        request.POST or None, initial=FindingForm.standing(card.finding), people=people, proofs=_proofs(found)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                kept = qualifying.note_finding(
                    request.actor, deal_id=deal_id, code=code, said=form.said(), version=version
                )
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Noted."), kept.entry if kept else None)
    takes = {
        "form": form,
        "card": card,
        "deal": found,
        "action": request.path,
        "version": card.finding.version if card.finding else 0,
        "remove": reverse("deals:remove_finding", args=[deal_id, code]),
    }
    return render(request, "deals/finding_form.html", takes, status=status)


def _proofs(found: Deal) -> list[tuple[str, Any]]:
    """What a finding may rest on: what happened in the deal lately, and its files. 2 queries."""
    happened = happened_lately(found.pk)
    return [
        *((f"activity:{one.id}", f"{one.title or DONE[one.what]} · {_day(one.at)}") for one in happened),
        *((f"file:{one.pk}", one.name) for one in files.files_of(found)),
    ]


def _day(at: datetime | None) -> str:
    return date_format(localtime(at), "SHORT_DATE_FORMAT") if at else ""


@require_safe
@opens("deals.read")
def report(request: SignedRequest) -> HttpResponse:
    """How often deals were won, by the score they were closed with."""
    return render(request, "deals/qualification.html", {"report": qualification_report.report(request.actor)})


@require_POST
@opens("deals.work", record="deal")
def remove(request: SignedRequest, deal_id: UUID, code: str) -> HttpResponse:
    """What was noted is taken away."""
    _panel, card = qualification.criterion_on(deals.deal(request.actor, deal_id), code)
    if card.finding is None:
        raise NotFound()
    version = reading.version_of(request.POST)
    kept = qualifying.remove_finding(request.actor, finding_id=card.finding.id, version=version)
    return done(request, deal_id, _("Removed."), kept.entry)
