"""My day, and the few clicks that clear something from it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.forms.activities import DayField
from dawra.customers.views.activities import snoozes, until_said
from dawra.customers.views.answering import done
from dawra.deals.actions.editing import touch_next_step
from dawra.deals.money import Books
from dawra.deals.queries.deals import deal as fetch_deal
from dawra.figures.next_best import OF_DEALS, OF_LEADS
from dawra.figures.words import named
from dawra.site.day import day_of
from dawra.team import snoozing
from dawra.team.actions.notifying import clear

# What can be put off, and for which reasons it stands in the day.
REASONS = {
    "deal": (*OF_DEALS, "mention", "assigned", "shared", "asked", "answered"),
    "lead": OF_LEADS,
    "person": ("mention", "assigned", "shared", "letter"),
    "company": ("mention", "assigned", "shared"),
    "activity": ("assigned",),
}


class NextStepForm(forms.Form):
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    next_step_on = DayField(label=gettext_lazy("Day"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("next_step_on") and not given.get("next_step"):
            self.add_error("next_step", _("Say what is to be done on that day."))
        return given


@opens()
@require_GET
def day(request: SignedRequest) -> HttpResponse:
    workspace = getattr(request, "workspace", None)
    kept = Books(workspace.base_currency, workspace.time_zone) if workspace else Books("USD")
    member: Any = request.user
    name = named(member.name, member.name_ar, request.reader.language)
    takes = {"day": day_of(request.actor, kept), "snoozes": snoozes(request.now), "name": name.partition(" ")[0]}
    return render(request, "site/day_body.html" if request.htmx else "site/day.html", takes)


@opens()
@require_POST
def snooze(request: SignedRequest) -> HttpResponse:
    """Keep one thing out of one's own day for a while."""
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
    if reason not in REASONS.get(kind, ()):
        raise Invalid(_("This cannot be put off."), field="reason")
    try:
        subject_id = UUID(request.POST.get("id", ""))
    except ValueError:
        raise Invalid(_("This cannot be put off."), field="id") from None
    until = until_said(request.POST.get("until", ""), request.now)
    snoozing.snooze(request.actor, subject_kind=kind, subject_id=subject_id, reason=reason, until=until)
    return done(request, _("Put off."), back="/")


@opens()
@require_POST
def wake(request: SignedRequest) -> HttpResponse:
    snoozing.wake_all(request.actor)
    return done(request, _("Everything is back."), back="/")


@opens()
@require_POST
def seen(request: SignedRequest, notification_id: int) -> HttpResponse:
    clear(request.actor, notification_id=notification_id)
    return done(request, _("Marked as seen."), back="/")


@opens("deals.work", record="deal")
@require_http_methods(["GET", "POST"])
def next_step(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """The step is done or was missing: what comes next, and when."""
    deal = fetch_deal(request.actor, deal_id)
    form = NextStepForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = int(request.POST.get("version") or deal.version)
            try:
                entry = touch_next_step(
                    request.actor, deal_id=deal_id, done=True, values=form.cleaned_data, version=version
                )
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return done(request, _("Next step set."), back="/", undo=entry)
    takes = {"deal": deal, "form": form}
    page = "site/day_next_step.html" if request.htmx else "site/day_next_step_page.html"
    return render(request, page, takes, status=status)
