"""The close plan: steps of both sides, slips counted, ticked by the buyer through a link, everything taken back."""

from datetime import timedelta

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.deals.actions import close_plans as acts
from dawra.deals.actions.closing import Close, win_deal
from dawra.deals.actions.people import set_person
from dawra.deals.models import Deal, PlanStep
from dawra.deals.money import books
from dawra.deals.queries.close_plans import plan
from dawra.deals.queries.health import health_of
from dawra.deals.words import HEALTH
from dawra.journal.undo import undo
from tests.cast import NOW

TODAY = NOW.date()


def said(title="Confirm the budget", days=5, **more):
    return acts.StepSaid(title, TODAY + timedelta(days=days), **more)


def test_a_plan_begins_with_the_usual_steps_counted_back_from_the_close(deal, sana, zayn, actor):
    hers = deal(sana, expected_close_on=TODAY + timedelta(days=28))
    entry = acts.begin_plan(actor(sana), deal_id=hers.pk, language="ar")
    found = plan(actor(sana), hers.pk)
    assert [(one.due_on - TODAY).days for one in found.steps] == [0, 4, 10, 14, 21, 28, 28]
    assert found.steps[-1].title in ("التوقيع", "تحديد موعد الانطلاق") and found.pace.ends_on == TODAY + timedelta(
        days=28
    )
    with pytest.raises(Conflict):
        acts.begin_plan(actor(sana), deal_id=hers.pk, language="en")
    with pytest.raises(NotFound):
        acts.begin_plan(actor(zayn), deal_id=hers.pk, language="en")
    undo(actor(sana), key=entry.key)
    assert not PlanStep.objects.exists()


def test_a_later_day_is_a_slip_and_taking_it_back_is_none(deal, sana, zayn, person, actor):
    hers, huda = deal(sana), person(sana)
    added = acts.add_step(actor(sana), deal_id=hers.pk, said=said())
    later = acts.change_step(actor(sana), step_id=added.step.pk, said=said(days=12), version=1)
    assert (later.step.slips, later.step.slipped_days, later.step.planned_on) == (1, 7, TODAY + timedelta(days=5))
    sooner = acts.change_step(actor(sana), step_id=added.step.pk, said=said(days=9), version=2)
    assert (sooner.step.slips, sooner.step.slipped_days) == (1, 7)
    for kept in (sooner, later):
        undo(actor(sana), key=kept.entry.key)
    row = PlanStep.objects.get()
    assert (row.slips, row.slipped_days, row.due_on) == (0, 0, TODAY + timedelta(days=5))
    with pytest.raises(Invalid):
        acts.add_step(actor(sana), deal_id=hers.pk, said=said(person_id=huda.pk))
    set_person(actor(sana), deal_id=hers.pk, person_id=huda.pk, role="champion")
    acts.change_step(actor(sana), step_id=row.pk, said=said(side="theirs", person_id=huda.pk))
    gone = acts.remove_step(actor(sana), step_id=row.pk)
    undo(actor(sana), key=gone.key)
    back = PlanStep.objects.get()
    assert (back.pk, back.person_id, back.side, back.due_on) == (row.pk, huda.pk, "theirs", row.due_on)
    with pytest.raises(NotFound):
        acts.tick_step(actor(zayn), step_id=back.pk, done=True)


def test_a_buyer_ticks_their_own_steps_and_nothing_else(deal, sana, client_of, actor):
    hers = deal(sana)
    ours = acts.add_step(actor(sana), deal_id=hers.pk, said=said("Send the contract")).step
    theirs = acts.add_step(actor(sana), deal_id=hers.pk, said=said("Sign it", side="theirs")).step
    page = client_of(sana).post(f"/deals/{hers.pk}/plan/").content.decode()
    at = page.split('id="plan-link"')[1].split('value="')[1].split('"')[0].removeprefix("http://testserver")
    buyer = Client()
    assert "Send the contract" in buyer.get(at).content.decode()
    assert buyer.post(at, {"tick": f"{theirs.pk}:done", "name": ""}).status_code == 422
    assert buyer.post(at, {"tick": f"{ours.pk}:done", "name": "Huda"}).status_code == 404
    assert buyer.post(at, {"tick": f"{theirs.pk}:done", "name": "Huda Amin"}).status_code == 302
    theirs.refresh_from_db(), ours.refresh_from_db()
    assert (theirs.done_name, ours.done_at) == ("Huda Amin", None) and theirs.done_at
    assert "Huda Amin" in client_of(sana).get(f"/deals/{hers.pk}/").content.decode()
    assert buyer.get("/p/nothing-like-a-key/").status_code == 404
    win_deal(actor(sana), deal_id=hers.pk, close=Close("fit", override="Signed"))
    assert buyer.post(at, {"tick": f"{theirs.pk}:open", "name": "Huda"}).status_code == 409
    client_of(sana).post(f"/deals/{hers.pk}/plan/", {"act": "end"})
    assert buyer.get(at).status_code == 404


def test_the_page_and_programs_work_with_it(deal, sana, zayn, client_of, actor):
    hers, seller = deal(sana), client_of(sana)
    form = {"title": "Legal review", "due_on": str(TODAY + timedelta(days=3)), "side": "theirs"}
    assert seller.post(f"/deals/{hers.pk}/plan/new/", form | {"title": ""}).status_code == 422
    assert seller.post(f"/deals/{hers.pk}/plan/new/", form).status_code == 302
    row = PlanStep.objects.get()
    assert seller.post(f"/deals/{hers.pk}/plan/{row.pk}/tick/", {"done": "1"}).status_code == 302
    assert client_of(zayn).post(f"/deals/{hers.pk}/plan/{row.pk}/tick/", {"done": ""}).status_code == 404
    token = make_token(actor(sana), name="x", scopes=["deals.read", "deals.work"], expires_at=None)
    program, at = Client(headers={"Authorization": f"Bearer {token.secret}"}), f"/api/v1/deals/{hers.pk}/plan"
    assert program.get(at).json()["pace"]["done"] == 1
    made = program.post(at, {"title": "Sign", "due_on": "2026-12-24"}, content_type="application/json")
    assert made.status_code == 201
    step = f"{at}/{made.json()['id']}"
    body, stale = {"title": "Sign", "due_on": "2026-12-28"}, {"If-Match": '"7"'}
    late = program.put(step, body, content_type="application/json", headers=stale)
    assert late.status_code == 412
    assert program.post(f"{step}/done", {"done": True}, content_type="application/json").json()["done_at"]
    link = program.post(f"{at}-link", content_type="application/json").json()["address"]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert program.delete(step).status_code == 204


def test_the_first_day_a_plan_waits_for_stands_at_the_deal_and_costs_health_when_it_has_passed(deal, sana, actor):
    hers, mine = deal(sana), actor(sana)

    def waits():
        return Deal._base_manager.get(pk=hers.pk).plan_due_on

    late = acts.add_step(mine, deal_id=hers.pk, said=said(days=-1))
    acts.add_step(mine, deal_id=hers.pk, said=said("Read the contract", days=3))
    assert waits() == TODAY - timedelta(days=1)
    assert any(part.reason == HEALTH["plan_late"] for part in health_of(fresh(hers), books(), NOW).parts)
    ticked = acts.tick_step(mine, step_id=late.step.pk, done=True)
    assert waits() == TODAY + timedelta(days=3)
    assert all(part.reason != HEALTH["plan_late"] for part in health_of(fresh(hers), books(), NOW).parts)
    undo(mine, key=ticked.entry.key)
    assert waits() == TODAY - timedelta(days=1) and fresh(hers).version == hers.version
    moved = acts.change_step(mine, step_id=late.step.pk, said=said(days=9))
    assert waits() == TODAY + timedelta(days=3)
    acts.put_step_back(mine, entry=moved.entry)
    gone = acts.remove_step(mine, step_id=late.step.pk)
    assert waits() == TODAY + timedelta(days=3)
    acts.restore_step(mine, entry=gone)
    assert waits() == TODAY - timedelta(days=1)


def fresh(one):
    return Deal._base_manager.select_related("stage").get(pk=one.pk)
