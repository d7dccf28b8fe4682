"""The planner: what is typed, what the history says, and what is said of too little."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Invalid, Refused
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, Stage
from dawra.journal.undo import undo
from dawra.prospecting.actions.planning import PlanSaid, set_plan
from dawra.prospecting.models import Plan
from dawra.prospecting.queries.planner import planned
from tests.cast import NOW

QUARTER = {"from_on": date(2026, 10, 1), "until_on": date(2027, 1, 1)}


@pytest.fixture
def sold(cast: Any, system: Any) -> None:
    """Forty deals, sixteen won at 50,000.00 riyals within 20 days; those were won long before the quarter."""
    start_with_defaults(system)
    stages = {stage.code: stage for stage in Stage.objects.all()}
    deals = []
    for k in range(40):
        stage = stages["won" if k % 5 < 2 else "lost"]
        closed = NOW - timedelta(days=90)
        deal = Deal.signed_by(
            system, name=f"Deal {k}", folded=f"deal {k}", stage=stage, stage_since=closed, state=stage.type, owner=cast.sana,
            closed_at=closed, currency="SAR", amount_minor=50_000_00, base_minor=50_000_00,
        )  # fmt: skip
        deal.created_at = closed - timedelta(days=20)
        deals.append(deal)
    Deal._base_manager.bulk_create(deals)


def test_the_history_fills_what_nobody_typed_and_says_of_how_many(sold, admin, actor) -> None:
    set_plan(actor(admin), said=PlanSaid(1_000_000_00, **QUARTER, reps=2))
    plan = planned(actor(admin))
    by_name = {one.name: one for one in plan.inputs}
    assert (by_name["deal_minor"].value, by_name["win_bp"].value, by_name["cycle_days"].value) == (50_000_00, 4000, 20)
    assert by_name["win_bp"].n == 40 and by_name["lead_to_deal_bp"].value is None
    assert plan.needed.missing == ("lead_to_deal_bp",) and plan.needed.deals == 50 and plan.week is None
    set_plan(actor(admin), said=PlanSaid(1_000_000_00, **QUARTER, reps=2, typed={"lead_to_deal_bp": 5000}))
    plan = planned(actor(admin))
    assert plan.needed.leads == 100 and plan.needed.last_day == date(2026, 12, 12) and plan.needed.a_week == 34
    assert plan.week is not None and plan.week.come == 0 and plan.week.short == plan.week.needed > 0


def test_a_plan_is_told_taken_back_and_refused(cast, admin, sana, actor, client_of) -> None:
    first = set_plan(actor(admin), said=PlanSaid(5_00, **QUARTER))
    second = set_plan(actor(admin), said=PlanSaid(9_00, **QUARTER))
    assert first and second
    undo(actor(admin), key=second.key)
    assert Plan.objects.get().target_minor == 5_00
    undo(actor(admin), key=first.key)
    assert not Plan.objects.exists()
    with pytest.raises(Refused):
        set_plan(actor(sana), said=PlanSaid(1, **QUARTER))
    with pytest.raises(Invalid):
        set_plan(actor(admin), said=PlanSaid(1, from_on=date(2027, 1, 1), until_on=date(2026, 1, 1)))


def test_the_planner_page_reads_what_is_typed_in_either_digits(sold, admin, sana, client_of, actor) -> None:
    client = client_of(admin)
    assert "Write a target below" in client.get("/planner/").content.decode()
    typed = {
        "target": "١٬٠٠٠٬٠٠٠",
        "from_on": "2026-10-01",
        "last_on": "2026-12-31",
        "reps": "2",
        "lead_to_deal_bp": "50",
    }
    assert client.post("/planner/", typed).status_code == 302
    plan = Plan.objects.get()
    assert (plan.target_minor, plan.until_on, plan.typed) == (1_000_000_00, date(2027, 1, 1), {"lead_to_deal_bp": 5000})
    assert "typed by" in client.get("/planner/").content.decode()
    assert client.post("/planner/", typed | {"win_bp": "٢٠٠"}).status_code == 422
    assert client_of(sana).post("/planner/", typed).status_code == 403
    assert client_of(sana).get("/planner/").status_code == 200
    made = make_token(actor(sana), name="script", scopes=["prospecting.read", "deals.read"], expires_at=None)
    told = Client(headers={"Authorization": f"Bearer {made.secret}"}).get("/api/v1/prospecting-plan").json()
    assert told["needed"]["missing"] == [] and {one["name"] for one in told["inputs"] if one["typed"]} == {
        "lead_to_deal_bp"
    }
