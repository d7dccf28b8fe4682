"""What to do next: all of it, what is thought of a proposal, and the rules behind them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.views.answering import done
from dawra.deals import money
from dawra.deals.actions import next_best as actions
from dawra.deals.actions.next_best import Dismissal, RuleSaid
from dawra.deals.forms import reading
from dawra.deals.forms.next_best import DismissForm, RuleForm
from dawra.deals.queries import next_best_rules as queries
from dawra.deals.queries.next_best import Asked, next_actions
from dawra.journal.queries import just_written
from dawra.journal.telling import tell
from dawra.team.colleagues import Colleague, colleagues

PAGE = 25


@require_safe
@opens("deals.read")
def index(request: SignedRequest) -> HttpResponse:
    """Everything proposed: one's own, a colleague's whose deals one sees, or everybody's."""
    actor, asked = request.actor, request.GET
    whose, rule_id = asked.get("owner") or "me", _uuid(asked.get("rule", ""))
    owner = actor.member_id if whose == "me" else None if whose == "all" else _uuid(whose)
    if owner is None and whose != "all":
        raise NotFound()
    start = int(asked["from"]) if asked.get("from", "").isdecimal() and len(asked["from"]) < 5 else 0
    kept = money.Books(request.workspace.base_currency, request.workspace.time_zone)
    ranked = next_actions(actor, Asked(owner, rule_id, start, PAGE), kept)
    after = start + len(ranked.actions)
    takes = {
        "ranked": ranked,
        "owners": _owners(request),
        "whose": whose,
        "rule": str(rule_id or ""),
        "rules": [card.row for card in queries.rules(actor) if card.row.is_active],
        "before": max(start - PAGE, 0) if start else None,
        "after": after if after < ranked.total else None,
        "filters": (whose != "me") + bool(rule_id),
    }
    return render(request, "deals/next_best.html", takes)


def _owners(request: SignedRequest) -> list[Colleague]:
    """Whose deals the actor may look at besides the own ones. 1 query, none for a rep."""
    sees = request.actor.sees
    if sees is not None and len(sees) < 2:
        return []
    return [one for one in colleagues(sees) if one.id != request.actor.member_id]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work")
def dismiss(request: SignedRequest) -> HttpResponse:
    """One click for the usual reasons; a form for one's own words."""
    sent = request.POST if request.method == "POST" else request.GET
    rule_id, record_id = _uuid(sent.get("rule", "")), _uuid(sent.get("id", ""))
    if rule_id is None or record_id is None:
        raise NotFound()
    form = DismissForm(request.POST if request.method == "POST" else None, initial={"reason": "other"})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = Dismissal(rule_id, sent.get("kind", ""), record_id, **form.cleaned_data)
            try:
                entry = actions.dismiss(request.actor, said=said)
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return done(request, _("Dismissed. It comes back when it newly arises."), back="/", undo=entry)
    takes = {
        "form": form,
        "rule": queries.rule(request.actor, rule_id),
        "kind": sent.get("kind", ""),
        "record_id": record_id,
        "dialog_title": _("Why not?"),
    }
    return render(request, "deals/next_best_dismiss.html", takes, status=status)


# The rules


@require_safe
@opens("deals.pipelines")
def rules(request: SignedRequest) -> HttpResponse:
    cards = queries.rules(request.actor)
    return render(request, "deals/next_best_rules.html", {"rules": cards, "missing": queries.are_missing(cards)})


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def rule(request: SignedRequest, next_rule_id: UUID | None = None) -> HttpResponse:
    row = queries.rule(request.actor, next_rule_id) if next_rule_id else None
    start = RuleForm.standing(row or RuleSaid("", "stalled", "call"))
    form, status = RuleForm(request.POST if request.method == "POST" else None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST) if row else None
            try:
                actions.save_rule(request.actor, said=form.said(), rule_id=next_rule_id, version=version)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "deals.next_best_rule_saved.1")
                return tell(request, redirect("deals:next_best_rules"), _("Rule saved."), undo=undo)
    takes = {"form": form, "rule": row, "action": request.path, "version": row.version if row else None}
    return render(request, "deals/next_best_rule.html", takes, status=status)


@require_POST
@opens("deals.pipelines")
def switch(request: SignedRequest, next_rule_id: UUID) -> HttpResponse:
    """On or off, from the list."""
    row = queries.rule(request.actor, next_rule_id)
    stands: dict[str, Any] = {name: getattr(row, name) for name in RuleSaid.__dataclass_fields__}
    said = RuleSaid(**stands | {"is_active": request.POST.get("to") == "on"})
    actions.save_rule(request.actor, said=said, rule_id=next_rule_id)
    undo = just_written(request.actor, "deals.next_best_rule_saved.1")
    return tell(request, redirect("deals:next_best_rules"), _("Rule saved."), undo=undo)


@require_POST
@opens("deals.pipelines")
def order(request: SignedRequest) -> HttpResponse:
    """One rule a step up or down."""
    found = [card.row.pk for card in queries.rules(request.actor)]
    moved = _uuid(request.POST.get("rule", ""))
    if moved not in found:
        raise Invalid(_("This rule is not there any more."), field="rule")
    place = found.index(moved)
    to = place + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(found):
        found[place], found[to] = found[to], found[place]
    entry = actions.order_rules(request.actor, rule_ids=found)
    return tell(request, redirect("deals:next_best_rules"), _("Rules reordered."), undo=entry)


@require_POST
@opens("deals.pipelines")
def starters(request: SignedRequest) -> HttpResponse:
    """The rules that come with the house, those that are missing."""
    actions.load_starter_rules(request.actor)
    return tell(request, redirect("deals:next_best_rules"), _("The starter rules are there."))
