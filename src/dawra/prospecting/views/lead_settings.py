"""Settings of leads: rules in order, who takes what, the promise, holidays, reject reasons; and a dry run of the rules."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.figures.words import fold
from dawra.journal.queries import just_written
from dawra.journal.telling import tell
from dawra.prospecting.actions import settings
from dawra.prospecting.forms.lead_promise import HolidayForm, PromiseForm, ReasonForm, TryForm
from dawra.prospecting.forms.lead_settings import RuleForm, SellerForm
from dawra.prospecting.models import Holiday, Rule, Seller
from dawra.prospecting.queries import clocks, giving
from dawra.prospecting.queries import leads as queries
from dawra.prospecting.queries.simulating import simulate as would_get
from dawra.prospecting.rules import Asked
from dawra.team.queries.people import members_by_id

MANAGE = "prospecting.manage"


@require_safe
@opens(MANAGE)
def rules(request: SignedRequest) -> HttpResponse:
    """The rules in order; inactive ones stand among them until they are tried and switched on."""
    found = giving.rules(active=False)
    names = members_by_id({one for rule in found for one in rule.members})
    takes = {"rules": [(rule, [names[one] for one in rule.members if one in names]) for rule in found]}
    return render(request, "prospecting/lead_rules.html", takes)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(MANAGE)
def rule(request: SignedRequest, rule_id: UUID | None = None) -> HttpResponse:
    row = Rule.objects.filter(pk=rule_id).first() if rule_id else None
    if rule_id and row is None:
        raise NotFound()
    start = RuleForm.standing(row) if row else {"strategy": "round_robin"}
    form, status = RuleForm(request.POST or None, initial=start, actor=request.actor), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                settings.save_rule(request.actor, said=form.said(), rule_id=rule_id)
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "prospecting.rule_saved.1")
                return tell(request, redirect("prospecting:lead_rules"), _("Rule saved."), undo=undo)
    takes = {"form": form, "rule": row, "action": request.path}
    return render(request, "prospecting/lead_rule.html", takes, status=status)


@require_POST
@opens(MANAGE)
def order(request: SignedRequest) -> HttpResponse:
    """One rule a step up or down."""
    found = [one.id for one in giving.rules(active=False)]
    try:
        place = found.index(UUID(request.POST.get("rule", "")))
    except ValueError:
        raise Invalid(_("This rule is not there any more."), field="rule") from None
    to = place + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(found):
        found[place], found[to] = found[to], found[place]
    entry = settings.order_rules(request.actor, rule_ids=found)
    return tell(request, redirect("prospecting:lead_rules"), _("Rules reordered."), undo=entry)


@require_safe
@opens(MANAGE)
def simulate(request: SignedRequest) -> HttpResponse:
    """Who would get it and why: a lead that might come in, or the newest open ones."""
    form = TryForm(request.GET or None)
    asked = None
    if request.GET.get("one") and form.is_valid():
        said = form.cleaned_data
        asked = Asked(said["country"], said["language"], fold(said["source"]), fold(said["campaign"]))
    takes = {"form": form, "outcomes": would_get(request.actor, asked=asked), "one": asked is not None}
    return render(request, "prospecting/lead_simulation.html", takes)


@require_safe
@opens(MANAGE)
def sellers(request: SignedRequest) -> HttpResponse:
    """Whoever may work leads, with what they take and how many they have."""
    people = giving.candidates(clocks.promise(), request.now)
    return render(request, "prospecting/lead_sellers.html", {"sellers": people})


@require_http_methods(["GET", "HEAD", "POST"])
@opens(MANAGE)
def seller(request: SignedRequest, member_id: UUID) -> HttpResponse:
    card = members_by_id([member_id]).get(member_id)
    if card is None or not card.is_active:
        raise NotFound()
    start = SellerForm.standing(Seller.objects.filter(pk=member_id).first())
    form, status = SellerForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entry = settings.save_seller(request.actor, member_id=member_id, said=form.said())
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("prospecting:lead_sellers"), _("Saved."), undo=entry)
    takes = {"form": form, "member": card, "action": request.path}
    return render(request, "prospecting/lead_seller.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(MANAGE)
def promise(request: SignedRequest) -> HttpResponse:
    """The target, its hours, and the holidays."""
    kept = clocks.promise()
    is_holiday = "on" in request.POST
    sent = request.POST or None
    form = PromiseForm(None if is_holiday else sent, initial={"target_minutes": kept.target_minutes}, hours=kept.hours)
    holiday, status = HolidayForm(sent if is_holiday else None), 200
    if request.method == "POST":
        status = 422
        chosen = holiday if is_holiday else form
        if chosen.is_valid():
            try:
                if is_holiday:
                    entry = settings.set_holiday(request.actor, **holiday.cleaned_data)
                else:
                    minutes = form.cleaned_data["target_minutes"]
                    entry = settings.set_promise(request.actor, target_minutes=minutes, hours=form.hours())  # type: ignore[assignment]
            except Invalid as answer:
                status = put_into(chosen, answer)
            else:
                return tell(request, redirect("prospecting:lead_promise"), _("Saved."), undo=entry)
    takes = {
        "form": form,
        "holiday": holiday,
        "holidays": list(
            Holiday.objects.filter(on__gte=kept.day_of(request.now).replace(month=1, day=1)).order_by("on")
        ),
        "weekend": kept.weekend,
        "action": request.path,
    }
    return render(request, "prospecting/lead_promise.html", takes, status=status)


@require_POST
@opens(MANAGE)
def drop_holiday(request: SignedRequest, on: str) -> HttpResponse:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NotFound() from None
    entry = settings.remove_holiday(request.actor, on=day)
    return tell(request, redirect("prospecting:lead_promise"), _("Holiday removed."), undo=entry)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(MANAGE)
def reasons(request: SignedRequest, reason_id: UUID | None = None) -> HttpResponse:
    shown = queries.reasons(with_archived=True)
    editing = next((one for one in shown if one.pk == reason_id), None)
    if reason_id and editing is None:
        raise NotFound()
    start = {"name": editing.name, "name_ar": editing.name_ar, "archived": bool(editing.archived_at)} if editing else {}
    form, status = ReasonForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            settings.save_reason(request.actor, said=settings.ReasonSaid(**form.cleaned_data), reason_id=reason_id)
            undo = just_written(request.actor, "prospecting.reason_saved.1")
            return tell(request, redirect("prospecting:lead_reasons"), _("Reason saved."), undo=undo)
    takes = {"reasons": shown, "form": form, "editing": editing, "action": request.path}
    return render(request, "prospecting/lead_reasons.html", takes, status=status)
