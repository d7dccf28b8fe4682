"""One deal: its page, its fields, its way through the stages."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.picking import Picker
from dawra.customers.queries.timeline import timeline_of
from dawra.customers.rules import as_text
from dawra.deals import money, rules
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.bin import delete_deal, restore_deal
from dawra.deals.actions.closing import Close, lose_deal, reopen_deal, win_deal
from dawra.deals.actions.editing import edit_deal, touch_next_step
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.actions.versions import change_version
from dawra.deals.forms import reading
from dawra.deals.forms.deal import DealForm, language
from dawra.deals.forms.moving import MoveForm
from dawra.deals.models import Deal, Stage
from dawra.deals.queries import (
    close_plans,
    criteria,
    deals,
    demos,
    objections,
    parties,
    pipelines,
    playbook,
    qualification,
    quotes,
)
from dawra.deals.queries.deal_page import deal_page
from dawra.deals.queries.health import health_of
from dawra.deals.words import CATEGORIES
from dawra.figures.money import Money
from dawra.figures.words import isolated, named
from dawra.journal.models import Entry
from dawra.journal.telling import tell
from dawra.team.colleagues import colleagues

TIMELINE = 20


@require_safe
@opens("deals.read", record="deal")
def deal(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    found = deals.deal(request.actor, deal_id)
    kept = money.Books(request.workspace.base_currency, request.workspace.time_zone)
    book = playbook.kept_for(found)
    page = deal_page(request.actor, found, kept, book)
    takes = {
        "page": page,
        "playbook": playbook.panel(found, book, page.visits, page.steps),
        "qualification": qualification.on_deal(found),
        "plan": close_plans.plan_of(found, kept, request.now),
        "health": health_of(found, kept, request.now),
        "objections": objections.on_deal(request.actor, found),
        "demos": demos.on_deal(request.actor, found),
        "quotes": quotes.on_deal(request.actor, found, kept.day_of(request.now)),
        "record": found,
        "timeline": timeline_of(request.actor, found, limit=TIMELINE),
        "address": reverse("deals:deal", args=[deal_id]),
        "may_work": request.actor.may("deals.work"),
        "may_delete": request.actor.may("deals.delete"),
        "may_write": request.actor.may("deals.pipelines"),
        "may_research": request.actor.may("prospecting.read"),
        "choices": _choices() if request.actor.may("deals.work") else {},
    }
    return render(request, "deals/deal.html", takes)


def _choices() -> dict[str, Any]:
    """What the inline selects offer. 1 query."""
    return {
        "owners": [("", _("Nobody")), *((str(c.id), named(c.name, c.name_ar, language())) for c in colleagues())],
        "categories": list(CATEGORIES.items()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work")
def add(request: SignedRequest) -> HttpResponse:
    """A new deal with all its fields; ?company= begins with a company."""
    kept = money.books()
    fields = [field for field in parties.custom_fields() if not field.archived]
    start = {
        "currency": kept.base_currency,
        "owner": str(request.actor.member_id),
        "stage": request.GET.get("stage", ""),
    }
    form = DealForm(
        request.POST or None, initial=start, base_currency=kept.base_currency, actor=request.actor, fields=fields, adding=True
    )  # fmt: skip
    picker = _company_picker(request, reading.id_of("company", request.GET.get("company", "")))
    if request.method == "POST" and form.is_valid() and not picker.error:
        try:
            values = form.values()
            values.pop("forecast_category", None)
            stage_id = reading.id_of("stage", form.cleaned_data["stage"])
            competitors = tuple(values.pop("competitors"))
            new = NewDeal(**values, competitors=competitors, company_id=picker.record_id, stage_id=stage_id)
            made = add_deal(request.actor, new=new)
        except (Invalid, money.RateMissing) as answer:
            form.refuse(answer)
        else:
            return tell(request, redirect("deals:deal", made.pk), _("Deal added."))
    takes = {"form": form, "picker": picker, "deal": None, "action": request.get_full_path()}
    return render(request, "deals/deal_form.html", takes, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def edit(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """All fields at once, for whoever has no scripts or much to change."""
    found = deals.deal(request.actor, deal_id)
    kept = money.books()
    fields = [field for field in parties.custom_fields() if not field.archived]
    form = DealForm(
        request.POST or None, initial=_stands(found, fields), base_currency=kept.base_currency, actor=request.actor,
        fields=fields,
    )  # fmt: skip
    picker = _company_picker(request, None, found)
    if request.method == "POST" and form.is_valid() and not picker.error:
        try:
            values = form.values()
            if form.cleaned_data["probability"] == _stands(found, fields)["probability"]:
                values.pop("probability_bp")
            if "company" in request.POST or "company_words" in request.POST:
                values["company_id"] = picker.record_id
            entry = edit_deal(request.actor, deal_id=deal_id, values=values, version=reading.version_of(request.POST))
        except (Invalid, money.RateMissing) as answer:
            form.refuse(answer)
        else:
            return tell(request, redirect("deals:deal", deal_id), _("Saved."), undo=entry)
    takes = {"form": form, "picker": picker, "deal": found, "action": request.get_full_path()}
    return render(request, "deals/deal_form.html", takes, status=422 if request.method == "POST" else 200)


def _company_picker(request: SignedRequest, company_id: UUID | None, found: Deal | None = None) -> Picker:
    asked: dict[str, Any] = {"label": _("Company"), "kinds": ("company",)}
    hidden = found is not None and found.company_id and not parties.visible_companies(request.actor, {found.company_id})
    if request.method == "POST":
        kept_hidden = hidden and request.POST.get("company") == f"company:{found.company_id}"  # type: ignore[union-attr]
        if kept_hidden:
            return Picker.empty("company", about=found.company, **asked)  # type: ignore[union-attr]
        return Picker.read(request.POST, "company", actor=request.actor, **asked)
    about: Any = found.company if found else None
    if company_id is not None:
        about = parties.company_of(request.actor, company_id)
        about = _Chosen(about.id, about.name)
    return Picker.empty("company", about=about, **asked)


class _Chosen:
    kind = "company"

    def __init__(self, pk: UUID, name: str) -> None:
        self.pk, self.name = pk, name


def _stands(found: Deal, fields: Iterable[Any]) -> dict[str, Any]:
    """The deal as its form shows it."""
    amounts = {"amount": Money(found.amount_minor, found.currency).amount}
    amounts["recurring"] = Money(found.recurring_minor, found.currency).amount
    stands: dict[str, Any] = {name: format(value, "f") for name, value in amounts.items()}
    for name in ("name", "currency", "forecast_category", "next_step", "source", "campaign", "about"):
        stands[name] = getattr(found, name)
    for name in ("expected_close_on", "next_step_on"):
        day = getattr(found, name)
        stands[name] = day.isoformat() if day else ""
    said = found.probability_source == "person"
    stands["probability"] = format((Decimal(found.probability_bp) / 100).normalize(), "f") if said else ""
    stands |= {"owner": str(found.owner_id or ""), "competitors": ", ".join(found.competitors)}
    for field in fields:
        value = found.custom.get(field.key)
        plain = value if field.type in ("choice", "choices") else as_text(field, value)
        stands[field.input_name] = plain or ""
    return stands


@require_POST
@opens("deals.work", record="deal")
def field(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """One field edited in its place."""
    found = deals.deal(request.actor, deal_id)
    values = reading.values_of(request.POST.get("field", ""), request.POST.get("value", ""), found.currency)
    entry = edit_deal(request.actor, deal_id=deal_id, values=values, version=reading.version_of(request.POST))
    return done(request, deal_id, _("Saved."), entry)


@require_POST
@opens("deals.work", record="deal")
def next_step(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Done, or put off to another day; with the step that follows, if one was written."""
    values: dict[str, Any] = {}
    if request.POST.get("next_step"):
        values["next_step"] = request.POST["next_step"]
    if request.POST.get("next_step_on"):
        values["next_step_on"] = reading.day_of("next_step_on", request.POST["next_step_on"])
    is_done = request.POST.get("act") == "done"
    version = reading.version_of(request.POST)
    entry = touch_next_step(request.actor, deal_id=deal_id, done=is_done, values=values, version=version)
    return done(request, deal_id, _("Next step done.") if is_done else _("Next step saved."), entry)


# Its way through the stages


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def stage(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """To another stage, won or lost; what is unmet and the reason are asked where they are needed."""
    found = deals.deal(request.actor, deal_id)
    stages = pipelines.stages_of(found.stage.version_id)
    asked = request.POST if request.method == "POST" else request.GET
    to = next((one for one in stages if one.code == asked.get("stage")), None)
    if to is None:
        raise Invalid(_("This stage is not part of the deal's pipeline."), field="stage")
    form = MoveForm(request.POST, outcome="" if to.type == rules.OPEN else to.type)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, found, MoveForm(outcome="" if to.type == rules.OPEN else to.type), to, stages)
    said = form.cleaned_data
    if to.type != rules.OPEN and not said["reason"]:
        return _ask(request, found, MoveForm(initial=said, outcome=to.type), to, stages)
    try:
        entry = _go(request, found, to, said)
    except CriteriaUnmet:
        return _ask(request, found, form, to, stages)
    words = {rules.WON: _("Won."), rules.LOST: _("Lost.")}
    told = words.get(to.type) or _("Moved to %(stage)s.") % {"stage": named(to.name, to.name_ar, language())}
    return done(request, deal_id, told, entry)


def _go(request: SignedRequest, found: Deal, to: Stage, said: dict[str, Any]) -> Entry | None:
    actor, override, version = request.actor, said["override"], said["version"]
    if to.type == rules.OPEN and found.state != rules.OPEN:
        return reopen_deal(actor, deal_id=found.pk, to=to.pk, version=version)
    if to.type == rules.OPEN:
        return move_deal(actor, deal_id=found.pk, move=Move(to.pk, version, override))
    close = Close(said["reason"], said["words"], version, override, to=to.pk)
    return (win_deal if to.type == rules.WON else lose_deal)(actor, deal_id=found.pk, close=close)


def _ask(request: SignedRequest, found: Deal, form: MoveForm, to: Stage, stages: list[Stage]) -> HttpResponse:
    title = _("Move %(deal)s to %(stage)s")
    takes = {
        "frame": "site/dialog.html" if request.htmx else "site/dialog_page.html",
        "dialog_title": title % {"deal": isolated(found.name), "stage": named(to.name, to.name_ar, language())},
        "deal": found,
        "stages": stages,
        "form": form,
        "to": to,
        "unmet": criteria.unmet_for(found, to, stages, request.now) if found.state == rules.OPEN else [],
        "action": reverse("deals:stage", args=[found.pk]),
        "back": reverse("deals:deal", args=[found.pk]),
    }
    return render(request, "deals/board_move.html", takes, status=422 if request.method == "POST" else 200)


@require_POST
@opens("deals.work", record="deal")
def reopen(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    entry = reopen_deal(request.actor, deal_id=deal_id, version=reading.version_of(request.POST))
    return done(request, deal_id, _("Reopened."), entry)


@require_POST
@opens("deals.work", record="deal")
def newer_version(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Into the current drawing of its pipeline."""
    change_version(request.actor, deal_id=deal_id, version=reading.version_of(request.POST))
    return done(request, deal_id, _("The deal is in the current version of its pipeline."), None)


@require_POST
@opens("deals.delete", record="deal")
def delete(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    entry = delete_deal(request.actor, deal_id=deal_id, version=reading.version_of(request.POST))
    response: HttpResponse = redirect("deals:board")
    return tell(request, response, _("Moved to the bin."), undo=entry)


@require_POST
@opens("deals.delete")
def restore(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    restore_deal(request.actor, deal_id=deal_id)
    return done(request, deal_id, _("Brought back from the bin."), None)


def done(request: SignedRequest, deal_id: UUID, text: str, entry: Entry | None) -> HttpResponse:
    """With scripts nothing but the toast and the new version: the page draws itself anew; without, the page again."""
    if not request.htmx:
        return tell(request, redirect("deals:deal", deal_id), text, undo=entry)
    response = tell(request, HttpResponse(status=204), text, undo=entry)
    response.headers["X-Version"] = str(deals.version_of(request.actor, deal_id))
    return response
