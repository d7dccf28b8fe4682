"""A close plan as its buyer sees it, through its link: read, printed, their own steps ticked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.deals.actions.close_plan_ticking import tick_theirs
from dawra.deals.actions.quote_answering import buyer
from dawra.deals.actions.quote_sending import hash_of
from dawra.deals.forms import reading
from dawra.deals.forms.close_plans import TickForm
from dawra.deals.money import books
from dawra.deals.queries import close_plans
from dawra.team.queries import workspace

WHY = (
    "a buyer has no account; whoever holds the unguessable link of a close plan may read it and tick the buyer's steps"
)


@opens(anyone=True, why=WHY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """A link that ended, was revoked or never was finds nothing, all alike."""
    now = request.now  # type: ignore[attr-defined]  # set by the middleware for everybody
    deal = close_plans.by_link(hash_of(key), now)
    form, status = TickForm(request.POST or None, initial={"name": request.session.get("buyer_name", "")}), 200
    if request.method == "POST":
        status = _tick(request, hash_of(key), form)
        if status == 200:
            return redirect("deals:plan_of_buyer", key)
    takes = {
        "deal": deal,
        "plan": close_plans.plan_of(deal, books(), now),
        "form": form,
        "key": key,
        "company": workspace(),
        "is_open": deal.state == "open",
    }
    response = render(request, "deals/plan_of_buyer.html", takes, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tick(request: HttpRequest, key_hash: str, form: TickForm) -> int:
    """200 once it is kept, else the status of what is wrong, which stands in the form."""
    step, _mark, word = request.POST.get("tick", "").partition(":")
    step_id: UUID | None = reading.id_of("tick", step)
    if step_id is None:
        return put_into(form, Invalid(_("Choose a step."), field="name"))
    if not form.is_valid():
        return 422
    try:
        name = form.cleaned_data["name"]
        signer = buyer(request.now)  # type: ignore[attr-defined]  # set by the middleware for everybody
        tick_theirs(signer, key_hash=key_hash, step_id=step_id, done=word == "done", name=name)
    except (Invalid, Conflict) as answer:
        return put_into(form, answer)
    return 200
