"""The close plan of a deal: added to, put off, ticked, shown to its buyer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, Refused
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import close_plans as acts
from dawra.deals.forms import reading
from dawra.deals.forms.close_plans import StepForm
from dawra.deals.forms.deal import language
from dawra.deals.queries import close_plans, deals, parties
from dawra.deals.queries.close_plans import StepCard
from dawra.deals.views.deal import done
from dawra.figures.words import named
from dawra.team.colleagues import colleagues


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def step(request: SignedRequest, deal_id: UUID, step_id: UUID | None = None) -> HttpResponse:
    """A new step, or one said anew."""
    found = deals.deal(request.actor, deal_id)
    card = close_plans.step(request.actor, deal_id, step_id) if step_id else None
    members = [(str(one.id), named(one.name, one.name_ar, language())) for one in colleagues()]
    people = [(str(key), named(name, name_ar, language())) for key, name, name_ar in parties.takers(deal_id)]
    form = StepForm(request.POST or None, initial=_standing(card), members=members, people=people)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if card is None:
                    kept = acts.add_step(request.actor, deal_id=deal_id, said=form.said())
                    return done(request, deal_id, _("Added."), kept.entry)
                version = reading.version_of(request.POST)
                changed = acts.change_step(request.actor, step_id=card.id, said=form.said(), version=version)
                return done(request, deal_id, _("Saved."), changed.entry if changed else None)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
    title = _("Step of the close plan") if card else _("New step of the close plan")
    takes = {"form": form, "card": card, "deal": found, "action": request.path, "dialog_title": title}
    return render(request, "deals/plan_step_form.html", takes, status=status)


def _standing(card: StepCard | None) -> dict[str, object]:
    if card is None:
        return {}
    return {
        "title": card.title, "due_on": card.due_on, "side": card.side, "note": card.note,
        "member_id": str(card.member_id or ""), "person_id": str(card.person_id or ""),
    }  # fmt: skip


@require_POST
@opens("deals.work", record="deal")
def tick(request: SignedRequest, deal_id: UUID, step_id: UUID) -> HttpResponse:
    """done=1 or done="" to open it again."""
    card = close_plans.step(request.actor, deal_id, step_id)
    is_done = bool(request.POST.get("done"))
    kept = acts.tick_step(request.actor, step_id=card.id, done=is_done)
    return done(request, deal_id, _("Done.") if is_done else _("Open again."), kept.entry if kept else None)


@require_POST
@opens("deals.work", record="deal")
def remove(request: SignedRequest, deal_id: UUID, step_id: UUID) -> HttpResponse:
    card = close_plans.step(request.actor, deal_id, step_id)
    return done(request, deal_id, _("Removed."), acts.remove_step(request.actor, step_id=card.id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.read", record="deal")
def share(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """The plan as its buyer sees it; a POST makes a link, shown this once, or ends it (act=end)."""
    found = deals.deal(request.actor, deal_id)
    if request.method == "POST" and request.POST.get("act") == "end":
        return done(
            request, deal_id, _("The link opens nothing any more."), acts.end_link(request.actor, deal_id=deal_id)
        )
    address = ""
    if request.method == "POST":
        if not request.actor.may("deals.work"):
            raise Refused()
        shared = acts.share_plan(request.actor, deal_id=deal_id)
        address = request.build_absolute_uri(reverse("deals:plan_of_buyer", args=[shared.key]))
    takes = {
        "deal": found,
        "plan": close_plans.plan(request.actor, deal_id),
        "address": address,
        "may_work": request.actor.may("deals.work") and found.state == "open",
        "may_write": request.actor.may("deals.pipelines"),
    }
    return render(request, "deals/plan_share.html", takes)
