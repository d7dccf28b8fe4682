"""Settings of calls and meetings: how they end, and what is asked of whoever logs one."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import outcomes as actions
from dawra.customers.forms.outcomes import WHATS, OutcomeForm, TalkRulesForm
from dawra.customers.queries.outcomes import OutcomeCard, TalkRulesCard, outcomes, talk_rules
from dawra.journal.telling import tell

_SHOWN = ("name", "name_ar", "reached", "is_answer")


@require_http_methods(["GET", "HEAD", "POST"])
@opens("customers.fields")
def talk_outcomes(request: SignedRequest, outcome_id: UUID | None = None) -> HttpResponse:
    shown = outcomes(with_archived=True)
    editing = next((one for one in shown if one.id == outcome_id), None)
    if outcome_id and editing is None:
        raise NotFound()
    form, status = _form(request, editing), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = actions.save_outcome(request.actor, said=form.said(), outcome_id=outcome_id)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("customers:talk_outcomes"), _("Outcome saved."), undo=saved.entry)
    takes = {
        "groups": [{"title": title, "cards": _places(shown, what)} for what, title in WHATS],
        "form": form,
        "editing": editing,
        "action": request.path,
        "rules": TalkRulesForm(initial=asdict(talk_rules())),
    }
    return render(request, "customers/talk_outcomes.html", takes, status=status)


@require_POST
@opens("customers.fields")
def move_talk_outcome(request: SignedRequest, outcome_id: UUID) -> HttpResponse:
    entry = actions.move_outcome(request.actor, outcome_id=outcome_id, up=request.POST.get("to") == "up")
    return tell(request, redirect("customers:talk_outcomes"), _("Order saved."), undo=entry)


@require_POST
@opens("customers.fields")
def change_talk_rules(request: SignedRequest) -> HttpResponse:
    form = TalkRulesForm(request.POST)
    said = TalkRulesCard(**form.cleaned_data) if form.is_valid() else talk_rules()
    entry = actions.change_talk_rules(request.actor, said=said)
    return tell(request, redirect("customers:talk_outcomes"), _("Saved."), undo=entry)


def _form(request: SignedRequest, editing: OutcomeCard | None) -> OutcomeForm:
    initial: dict[str, Any] = {"reached": True}
    if editing:
        initial = {name: getattr(editing, name) for name in _SHOWN} | {"archived": editing.archived_at is not None}
    data = request.POST if request.method == "POST" else None
    return OutcomeForm(data, initial=initial, what=editing.what if editing else "")


def _places(cards: list[OutcomeCard], what: str) -> list[dict[str, Any]]:
    """Those that are offered first, each with whether it can be moved up or down."""
    offered = [one for one in cards if one.what == what and one.archived_at is None]
    last = len(offered) - 1
    return [
        *({"card": one, "up": place > 0, "down": place < last} for place, one in enumerate(offered)),
        *({"card": one} for one in cards if one.what == what and one.archived_at is not None),
    ]
