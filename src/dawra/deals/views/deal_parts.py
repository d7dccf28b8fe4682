"""What belongs to one deal: people, products, credit, criteria, and the pipeline it is in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.picking import Picker
from dawra.deals.actions import criteria, lines, people, splits
from dawra.deals.actions.moving import Move, change_pipeline
from dawra.deals.forms import reading
from dawra.deals.forms.deal import language
from dawra.deals.forms.parts import LINE_ROWS, LinesForm, SplitsForm
from dawra.deals.queries import deals, pipelines, settings
from dawra.deals.views.deal import done
from dawra.deals.words import ROLES
from dawra.team.colleagues import colleagues


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def add_person(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Somebody joins the deal in a role; chosen by typing the name."""
    found = deals.deal(request.actor, deal_id)
    asked: dict[str, Any] = {"label": _("Person"), "kinds": ("person",), "required": True}
    picker, status = Picker.empty("person", **asked), 200
    if request.method == "POST":
        picker, status = Picker.read(request.POST, "person", actor=request.actor, **asked), 422
        if picker.record_id:
            role = request.POST.get("role", "")
            entry = people.set_person(request.actor, deal_id=deal_id, person_id=picker.record_id, role=role)
            return done(request, deal_id, _("Added to the deal."), entry)
    takes = {
        "deal": found,
        "picker": picker,
        "roles": list(ROLES.items()),
        "dialog_title": _("Add a person"),
        "asked": request.POST.get("role", request.GET.get("role", "")),
    }
    return render(request, "deals/deal_person.html", takes, status=status)


@require_POST
@opens("deals.work", record="deal")
def set_role(request: SignedRequest, deal_id: UUID, person_id: UUID) -> HttpResponse:
    if request.POST.get("act") == "remove":
        entry = people.remove_person(request.actor, deal_id=deal_id, person_id=person_id)
        return done(request, deal_id, _("Removed from the deal."), entry)
    role = request.POST.get("role", "")
    set_to = people.set_person(request.actor, deal_id=deal_id, person_id=person_id, role=role)
    return done(request, deal_id, _("Role saved."), set_to)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def edit_lines(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """The products of a deal in one form; an emptied row goes, the rows below are for new ones."""
    found = deals.deal(request.actor, deal_id)
    products = settings.products(request.actor)
    standing = lines.stand(deal_id)
    form = LinesForm(request.POST or None, currency=found.currency, products=products, standing=standing)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            follow = request.POST.get("follow") == "yes"
            version = reading.version_of(request.POST)
            entry = lines.set_lines(request.actor, deal_id=deal_id, lines=form.said(), follow=follow, version=version)
        except Invalid as answer:
            status = put_into(form, answer)
        else:
            return done(request, deal_id, _("Products saved."), entry)
    takes = {"deal": found, "form": form, "rows": form.rows(), "most": LINE_ROWS, "dialog_title": _("Products")}
    return render(request, "deals/deal_lines.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def edit_splits(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Who shares the credit: the revenue adds up to 100 percent, overlay credit is beside it."""
    found = deals.deal(request.actor, deal_id)
    form = SplitsForm(request.POST or None, members=colleagues(), standing=splits.stand(deal_id), spoken=language())
    status = 200
    if request.method == "POST":
        try:
            version = reading.version_of(request.POST)
            entry = splits.set_splits(request.actor, deal_id=deal_id, shares=form.said(), version=version)
        except Invalid as answer:
            status = put_into(form, answer)
        else:
            return done(request, deal_id, _("Credit saved."), entry)
    takes = {"deal": found, "form": form, "rows": form.rows(), "dialog_title": _("Who shares the credit")}
    return render(request, "deals/deal_splits.html", takes, status=status)


@require_POST
@opens("deals.work", record="deal")
def tick(request: SignedRequest, deal_id: UUID, criterion_id: UUID) -> HttpResponse:
    ticked = request.POST.get("ticked") == "yes"
    entry = criteria.tick(request.actor, deal_id=deal_id, criterion_id=criterion_id, ticked=ticked)
    return done(request, deal_id, _("Ticked.") if ticked else _("No longer ticked."), entry)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def other_pipeline(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """On in another pipeline, in a stage chosen from it."""
    found = deals.deal(request.actor, deal_id)
    if request.method == "POST":
        stage_id = reading.id_of("stage", request.POST.get("stage", ""))
        if stage_id is None:
            raise Invalid(_("Choose the stage the deal enters."), field="stage")
        move = Move(stage_id, reading.version_of(request.POST))
        entry = change_pipeline(request.actor, deal_id=deal_id, move=move)
        return done(request, deal_id, _("Moved to the other pipeline."), entry)
    others = pipelines.other_pipelines(request.actor, found.stage.version.pipeline_id)
    takes = {"deal": found, "others": others, "dialog_title": _("Move to another pipeline")}
    return render(request, "deals/deal_pipeline.html", takes)
