"""The prospecting planner: what a target needs, and what it rests on."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.figures.planner import Shortfall
from dawra.prospecting.actions import planning
from dawra.prospecting.queries import planner

router = Router(tags=["prospecting planner"])


class PlanBody(Body):
    """until_on: the first day that no longer belongs to the period. typed: deal_minor, win_bp, lead_to_deal_bp, cycle_days"""

    target_minor: int = Field(ge=0, le=planning.MOST_MINOR)
    from_on: date
    until_on: date
    reps: int = Field(default=1, ge=1, le=planning.MOST_REPS)
    typed: dict[str, int] = {}


@router.get(
    "/prospecting-plan",
    operation_id="prospecting_plan",
    summary="Leads a target needs",
    openapi_extra=described(permission="prospecting.read"),
)
@opens("prospecting.read")
def plan(request: SignedRequest) -> HttpResponse:
    """A number nobody knows is null; `missing` names what nothing could follow from."""
    return as_json(_plain(planner.planned(request.actor)))


@router.put(
    "/prospecting-plan",
    operation_id="set_prospecting_plan",
    summary="Say the target and numbers",
    openapi_extra=described(permission="prospecting.manage"),
)
@opens("prospecting.manage")
def set_plan(request: SignedRequest, body: PlanBody) -> HttpResponse:
    planning.set_plan(request.actor, said=planning.PlanSaid(**body.model_dump()))
    return as_json(_plain(planner.planned(request.actor)))


def _plain(found: planner.Planned) -> dict[str, Any]:
    needed = found.needed
    names = ("remaining_minor", "wins", "deals", "leads", "weeks", "a_week", "a_rep", "last_day", "too_late")
    return {
        "target_minor": found.target.minor, "won_minor": found.won.minor, "currency": found.target.currency,
        "from_on": found.from_on, "until_on": found.until_on, "reps": found.reps, "is_set": found.is_set,
        "history": {"since": found.since, "until": found.until},
        "inputs": [
            {"name": one.name, "value": one.value, "history": one.own, "n": one.n, "typed": one.typed} for one in found.inputs
        ],
        "needed": {name: getattr(needed, name) for name in names} | {"missing": list(needed.missing)},
        "week": _short(found.week), "month": _short(found.month),
    }  # fmt: skip


def _short(one: Shortfall | None) -> dict[str, int] | None:
    return {"needed": one.needed, "come": one.come, "short": one.short} if one else None
