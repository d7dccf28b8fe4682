"""Templates of close plans: listed, written, taken from a deal's plan, put away; and the choice a plan begins with."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, Stale
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import close_plans
from dawra.deals.actions import plan_templates as acts
from dawra.deals.close_plan_seeds import USUAL
from dawra.deals.forms import reading
from dawra.deals.forms.close_plans import SIDE
from dawra.deals.forms.deal import language
from dawra.deals.forms.plan_templates import ANCHOR, BeginForm, TemplateForm
from dawra.deals.queries import deals, pipelines, plan_templates
from dawra.deals.views.deal import done
from dawra.figures.words import named
from dawra.journal.telling import tell


@require_safe
@opens("deals.pipelines")
def index(request: SignedRequest) -> HttpResponse:
    takes = {"templates": plan_templates.templates(request.actor), "usual": USUAL}
    return render(request, "deals/plan_templates.html", takes)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def write(request: SignedRequest, plan_template_id: UUID | None = None) -> HttpResponse:
    """A template, or one said anew. ?deal=: a new one is filled with the plan of that deal."""
    card = plan_templates.template(request.actor, plan_template_id) if plan_template_id else None
    standing, of = (card.steps, card.pipeline.id if card.pipeline else None) if card else ((), None)
    deal_id = reading.id_of("deal", request.GET.get("deal", ""))
    if card is None and deal_id:
        taken = plan_templates.taken_from(request.actor, deal_id)
        standing, of = taken.steps, taken.pipeline_id
    names = {"name": card.name, "name_ar": card.name_ar} if card else {}
    choices = [(str(one.id), named(one.name, one.name_ar, language())) for one in pipelines.pipelines(request.actor)]
    form = TemplateForm(request.POST or None, initial={**names, "pipeline_id": str(of or "")}, pipelines=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                kept = acts.write_template(
                    request.actor, said=form.said(), template_id=plan_template_id, version=version
                )
                return tell(request, redirect("deals:plan_templates"), _("Template saved."), undo=kept.entry)
            except (Invalid, Conflict, Stale) as answer:
                status = put_into(form, answer)
    takes = {
        "form": form, "rows": form.rows(standing), "card": card, "sides": SIDE, "anchors": ANCHOR,
        "action": request.get_full_path(), "cancel": reverse("deals:plan_templates"),
    }  # fmt: skip
    return render(request, "deals/plan_template_form.html", takes, status=status)


@require_POST
@opens("deals.pipelines")
def retire(request: SignedRequest, plan_template_id: UUID) -> HttpResponse:
    retired = request.POST.get("act") != "use"
    kept = acts.retire_template(request.actor, template_id=plan_template_id, retired=retired)
    text = _("Put away.") if retired else _("In use again.")
    return tell(request, redirect("deals:plan_templates"), text, undo=kept.entry)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def begin(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """What the plan of a deal begins with: a template of the company, or the usual steps."""
    found = deals.deal(request.actor, deal_id)
    cards = plan_templates.for_deal(found)
    choices = [(str(one.id), named(one.name, one.name_ar, language())) for one in cards]
    form, status = BeginForm(request.POST if request.method == "POST" else None, templates=choices), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entry = close_plans.begin_plan(
                    request.actor, deal_id=deal_id, language=language(), template_id=form.chosen()
                )
                return done(request, deal_id, _("The plan has begun."), entry)
            except Invalid as answer:
                status = put_into(form, answer)
    takes = {"form": form, "deal": found, "action": request.path, "dialog_title": _("Begin a close plan")}
    return render(request, "deals/plan_begin.html", takes, status=status)
