"""What to do next: what is proposed to whom, in which order, what dismissing does, and what the past says of a rule."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.customers.actions.activities import Happening, log_activity
from dawra.deals import next_best_history
from dawra.deals.actions import next_best as actions
from dawra.deals.actions.demoing import DemoSaid, DemoTold, hold_demo, plan_demo
from dawra.deals.actions.moving import Move, move_deal
from dawra.deals.actions.next_best import Dismissal, RuleSaid
from dawra.deals.actions.objecting import ObjectionSaid, log_objection
from dawra.deals.models import Deal, NextBestDismissal, NextBestRule, StageVisit
from dawra.deals.queries.next_best import Asked, next_actions
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

DAY = timedelta(days=1)


def proposals(signer, **asked):
    return [(one.title.name, one.condition) for one in next_actions(signer, Asked(signer.member_id, **asked)).actions]


def only(condition, **changes):
    """One rule alone, as data would have it."""
    NextBestRule.objects.all().update(is_active=False)
    NextBestRule.objects.filter(condition=condition).update(is_active=True, **changes)
    return NextBestRule.objects.get(condition=condition, is_active=True)


def test_every_condition_is_proposed_with_the_form_that_answers_it(sana, actor, deal, company, person, pipeline):
    """One deal each; the rules that wait some days are asked two weeks later."""
    mine, later = actor(sana), actor(sana, now=NOW + 15 * DAY)
    nile = company(sana)
    objected, shown, missed = (deal(sana, name, company_id=nile.pk) for name in ("Objected", "Shown", "Missed"))
    log_objection(mine, deal_id=objected.pk, said=ObjectionSaid("price", "Too dear"))
    held = plan_demo(mine, deal_id=shown.pk, starts_at=NOW - DAY, said=DemoSaid())
    hold_demo(mine, demo_id=held.demo.pk, said=DemoTold())
    plan_demo(mine, deal_id=missed.pk, starts_at=NOW, said=DemoSaid())
    Deal._base_manager.filter(pk=missed.pk).update(last_activity_at=NOW, probability_bp=5000)
    found = {}
    for condition in (
        "objection",
        "demo_no_step",
        "demo_waits",
        "brief",
        "no_buyer",
        "single_threaded",
        "no_next_step",
    ):
        only(condition)
        found[condition] = {one.title.name: one for one in next_actions(later, Asked(sana.pk)).actions}
    assert list(found["objection"]) == ["Objected"]
    assert f"/deals/{objected.pk}/objections/" in found["objection"]["Objected"].act_address
    assert list(found["demo_no_step"]) == ["Shown"]
    assert list(found["demo_waits"]) == ["Missed"]
    assert found["demo_waits"]["Missed"].act_address.endswith("/held/")
    assert "Missed" not in found["brief"] and found["brief"]["Objected"].act_address == f"/briefs/company/{nile.pk}/"
    assert list(found["no_buyer"]) == list(found["single_threaded"]) == ["Missed"], "the others are too early for them"
    assert set(found["no_next_step"]) == {"Objected", "Shown", "Missed"}
    assert found["objection"]["Objected"].reason == "The objection has been open for 15 days."


def test_a_stranger_is_proposed_nothing_and_a_manager_sees_the_team(sana, omar, lina, zayn, actor, deal, client_of):
    hers = deal(sana, "Hers")
    rule = only("no_next_step")
    assert proposals(actor(sana)) == [("Hers", "no_next_step")]
    assert proposals(actor(omar)) == [] == proposals(actor(zayn))
    assert [one.title.name for one in next_actions(actor(omar), Asked(sana.pk)).actions] == ["Hers"]
    for stranger in (lina, zayn):
        assert not next_actions(actor(stranger), Asked(sana.pk)).actions
        with pytest.raises(NotFound):
            actions.dismiss(actor(stranger), said=Dismissal(rule.pk, "deal", hers.pk, "done"))
        with pytest.raises(Refused):
            actions.save_rule(actor(stranger), said=RuleSaid("Mine", "stalled", "call"))
    page = client_of(omar).get(f"/next/?owner={sana.pk}").content.decode()
    assert "Hers" in page and "Hers" not in client_of(lina).get(f"/next/?owner={sana.pk}").content.decode()


def test_a_dismissed_proposal_stays_away_until_its_condition_newly_arises(sana, actor, deal):
    hers, mine = deal(sana, "Hers"), actor(sana)
    rule = only("close_passed")
    Deal._base_manager.filter(pk=hers.pk).update(expected_close_on=(NOW - 3 * DAY).date())
    said = Dismissal(rule.pk, "deal", hers.pk, "not_relevant", "They renew in spring")
    entry = actions.dismiss(mine, said=said)
    rule.refresh_from_db()
    assert (proposals(mine), rule.dismissed) == ([], 1)
    with pytest.raises(Invalid):
        actions.dismiss(mine, said=Dismissal(rule.pk, "deal", hers.pk, "other"))
    next_best_history.end_dismissals(NOW)
    assert proposals(mine) == [], "it still holds"
    Deal._base_manager.filter(pk=hers.pk).update(expected_close_on=(NOW - DAY).date())
    assert proposals(mine) == [("Hers", "close_passed")], "another close date has passed"
    next_best_history.end_dismissals(NOW)
    assert NextBestDismissal.objects.filter(ended_at__isnull=True).count() == 0
    Deal._base_manager.filter(pk=hers.pk).update(expected_close_on=None)
    with pytest.raises(Conflict):
        actions.dismiss(mine, said=said)
    undo(mine, key=entry.key)
    rule.refresh_from_db()
    assert rule.dismissed == 0 and not NextBestDismissal.objects.exists()


def test_what_is_set_up_can_be_weighed_switched_off_ordered_and_taken_back(admin, actor, deal, sana):
    signer, mine = actor(admin), actor(sana)
    deal(sana, "Small", amount_minor=10_00)
    large = deal(sana, "Large", amount_minor=90_00)
    Deal._base_manager.filter(pk=large.pk).update(next_step="Call", next_step_on=NOW.date())
    assert [name for name, _c in proposals(mine)] == ["Large", "Small"]
    rule = NextBestRule.objects.get(code="next_step_due")
    light = RuleSaid(**{name: getattr(rule, name) for name in RuleSaid.__dataclass_fields__} | {"weight_pc": 5})
    actions.save_rule(signer, said=light, rule_id=rule.pk, version=rule.version)
    assert [name for name, _c in proposals(mine)] == ["Small", "Large"]
    with pytest.raises(Conflict):
        actions.save_rule(signer, said=light, rule_id=rule.pk, version=rule.version)
    undo(signer, key=Entry.objects.filter(kind="deals.next_best_rule_saved.1").latest("id").key)
    assert [name for name, _c in proposals(mine)] == ["Large", "Small"]
    ids = list(NextBestRule.objects.order_by("position", "id").values_list("pk", flat=True))
    entry = actions.order_rules(signer, rule_ids=ids[::-1])
    undo(signer, key=entry.key)
    assert list(NextBestRule.objects.order_by("position", "id").values_list("pk", flat=True)) == ids
    for bad in (
        RuleSaid(" ", "stalled", "call"),
        RuleSaid("x", "lead_overdue", "quote"),
        RuleSaid("x", "import os", "call"),
    ):
        with pytest.raises(Invalid):
            actions.save_rule(signer, said=bad)


def test_what_such_acts_moved_is_counted_from_the_past(sana, actor, system, deal, pipeline):
    """Three deals stalled at 14 days in prospecting: one called on day 16 and moved, one called for nothing, one let lie."""
    rule = only("stalled", days=0)
    start, now = actor(sana, now=NOW - 90 * DAY), NOW
    for name in ("Moved", "Called", "Left"):
        deal(sana, name)
    Deal._base_manager.update(created_at=start.now, stage_since=start.now)
    StageVisit.objects.update(entered_at=start.now)
    for name in ("Moved", "Called"):
        record = Deal._base_manager.get(name=name)
        log_activity(
            actor(sana, now=start.now + 16 * DAY),
            records=[record],
            said=Happening("call", title="Again", at=start.now + 16 * DAY),
        )
    moved = Deal._base_manager.get(name="Moved")
    on = actor(sana, now=start.now + 20 * DAY)
    move_deal(on, deal_id=moved.pk, move=Move(to=pipeline["research"].pk, override="known"))
    next_best_history.count(now)
    next_best_history.count(now)
    rule.refresh_from_db()
    assert (rule.followed, rule.moved, rule.counted_at) == (2, 1, now)


def test_the_list_costs_the_same_for_many_deals(sana, actor, deal):
    """However many are open: the 200 largest are looked at, by the same statements."""
    mine, one = actor(sana), deal(sana, "One")
    values = {f.attname: getattr(one, f.attname) for f in Deal._meta.concrete_fields if f.attname != "id"}

    def more(n):
        Deal._base_manager.bulk_create([Deal(**values | {"name": f"Deal {at}"}) for at in range(n)], batch_size=500)

    more(99)
    with CaptureQueriesContext(connection) as few:
        assert next_actions(mine, Asked(sana.pk, limit=7)).total == 100
    more(1_500)
    with CaptureQueriesContext(connection) as many:
        ranked = next_actions(mine, Asked(sana.pk, limit=7))
    assert (len(few), ranked.total, ranked.is_bounded) == (len(many), 200, True)


def program(signer):
    made = make_token(signer, name="script", scopes=sorted(signer.permissions), expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_and_api_speak_of_the_same(sana, admin, actor, deal, client_of, language):
    deal(sana, "Hers")
    for member in (sana, admin):
        member.language = language
        member.save()
    her, boss, script, tool = client_of(sana), client_of(admin), program(actor(sana)), program(actor(admin))
    day = her.get("/").content.decode()
    assert "Hers" in day and ("تحديد خطوة تالية" if language == "ar" else "Set a next step") in day
    rule = NextBestRule.objects.get(code="no_next_step").pk
    [item] = script.get(f"/api/v1/next-actions?rule={rule}").json()["items"]
    sent = {"rule": item["rule_id"], "kind": "deal", "id": item["record_id"]}
    assert her.get("/next/dismiss/", sent).status_code == 200
    assert her.post("/next/dismiss/", sent | {"reason": "other"}).status_code == 422
    assert her.post("/next/dismiss/", sent | {"reason": "wrong_time"}).status_code == 302
    assert script.get(f"/api/v1/next-actions?rule={rule}").json()["items"] == []
    assert script.delete(f"/api/v1/next-actions/dismissals/{NextBestDismissal.objects.get().pk}").status_code == 204
    body = {"rule_id": item["rule_id"], "kind": "deal", "record_id": item["record_id"], "reason": "done"}
    to = "/api/v1/next-actions/dismissals"
    assert script.post(to, body, content_type="application/json").status_code == 201
    assert her.get("/settings/next/").status_code == 403
    assert "100%" in boss.get("/settings/next/").content.decode(), "of what was answered, all was dismissed"
    there = next(one for one in tool.get("/api/v1/next-actions/rules").json()["items"] if one["id"] == str(rule))
    page = f"/settings/next/{there['id']}/"
    assert boss.get(page).status_code == boss.get("/settings/next/new/").status_code == 200
    assert boss.post(f"{page}switch/", {"to": "off"}).status_code == 302
    assert tool.get(f"/api/v1/next-actions/rules/{there['id']}").json()["is_active"] is False
