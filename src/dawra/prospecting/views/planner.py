"""The prospecting planner."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.figures.money import Money, NotMoney
from dawra.figures.words import western_digits
from dawra.journal.telling import tell
from dawra.prospecting.actions.planning import PlanSaid, set_plan
from dawra.prospecting.queries import planner

NAMES = {
    "deal_minor": gettext_lazy("Average won deal"),
    "win_bp": gettext_lazy("Win rate of deals"),
    "lead_to_deal_bp": gettext_lazy("Leads that become a deal"),
    "cycle_days": gettext_lazy("Days from opening to winning"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.read")
def plan(request: SignedRequest) -> HttpResponse:
    """Reading is for all of sales, telling it a target for who manages prospecting."""
    request.actor.must("deals.read")
    error, status = "", 200
    if request.method == "POST":
        request.actor.must("prospecting.manage")
        try:
            entry = set_plan(request.actor, said=_said(request))
        except Invalid as answer:
            error, status = str(answer), answer.status
        else:
            return tell(request, redirect("prospecting:planner"), _("Saved"), undo=entry)
    shown = planner.planned(request.actor)
    post = request.POST
    takes = {
        "plan": shown,
        "inputs": [
            {"input": one, "name": NAMES[one.name], "typed": post.get(one.name, _as_typed(one))} for one in shown.inputs
        ],
        "missing": [NAMES[name] for name in shown.needed.missing],
        "target": post.get("target", format(shown.target.amount, "f") if shown.is_set else ""),
        "from_on": post.get("from_on", shown.from_on.isoformat()),
        "last_on": post.get("last_on", shown.last_on.isoformat()),
        "reps": post.get("reps", shown.reps),
        "error": error,
        "may_manage": request.actor.may("prospecting.manage"),
    }
    return render(request, "prospecting/planner.html", takes, status=status)


def _as_typed(one: planner.Input) -> str:
    if not one.typed or one.value is None:
        return ""
    if one.money is not None:
        return format(one.money.amount, "f")
    return format(Decimal(one.value) / 100, "f") if one.name.endswith("_bp") else str(one.value)


def _said(request: Any) -> PlanSaid:
    """Raises Invalid."""
    post, currency = request.POST, request.reader.base_currency
    typed = {}
    for name in planner.INPUTS:
        text = post.get(name, "").strip()
        if text:
            typed[name] = _minor(text, name, currency) if name == "deal_minor" else _number(text, name)
    return PlanSaid(
        target_minor=_minor(post.get("target", ""), "target", currency),
        from_on=_day(post.get("from_on", ""), "from_on"),
        until_on=_day(post.get("last_on", ""), "last_on") + timedelta(days=1),
        reps=_number(post.get("reps", ""), "reps"),
        typed=typed,
    )


def _minor(text: str, field: str, currency: str) -> int:
    try:
        return Money.parse(text, currency).minor
    except NotMoney:
        raise Invalid(_("Write an amount, zero or more."), field=field) from None


def _number(text: str, field: str) -> int:
    """A whole number; of a share, percent as basis points."""
    try:
        number = Decimal(western_digits(text).replace("\u066b", ".").replace("%", "").strip())
        exact = number * 100 if field.endswith("_bp") else number
        return int(exact) if abs(exact) < 10**12 else -1
    except (InvalidOperation, ValueError, OverflowError):
        raise Invalid(_("Write a number."), field=field) from None


def _day(text: str, field: str) -> date:
    try:
        day = date.fromisoformat(western_digits(text).strip())
    except ValueError:
        raise Invalid(_("Write the day as year-month-day: 2026-11-23."), field=field) from None
    if not 1990 <= day.year <= 2200:
        raise Invalid(_("This is not a day between 1990 and 2200."), field=field)
    return day
