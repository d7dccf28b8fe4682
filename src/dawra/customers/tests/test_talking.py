"""Calls and meetings end as the company's list says, leave a next step, and are asked for both as it wishes."""

from datetime import timedelta

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Invalid, NotFound, Refused
from dawra.customers import next_steps
from dawra.customers.actions import outcomes as settings
from dawra.customers.actions.activities import Happening, Plan
from dawra.customers.actions.talking import Talk, log_talk
from dawra.customers.models import Activity, TalkOutcome
from dawra.customers.queries.outcomes import TalkRulesCard, outcomes, talk_rules
from dawra.customers.queries.timeline import timeline_of
from dawra.customers.tests.acts import a_person
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

THEN = Plan(title="Send the offer", due_at=NOW + timedelta(days=2))


@pytest.fixture
def huda(system, sana):
    return a_person(system, sana)


def call(outcome: str = "agreed", **more) -> Talk:
    return Talk(Happening("call", NOW, "Prices", outcome=outcome), **more)


@pytest.fixture
def open_people(monkeypatch):
    """People stand in for deals, which carry a next step: what was written on them."""
    written = []
    steps = next_steps.Steps(lambda record: True, lambda actor, record, title, on, cause: written.append((title, on)))
    monkeypatch.setitem(next_steps.NEXT_STEPS, "person", steps)
    return written


def test_a_call_needs_an_outcome_of_the_list_until_the_company_asks_for_none(actor, sana, omar, admin, huda):
    me = actor(sana)
    for outcome in ("", "talked", "held"):
        with pytest.raises(Invalid) as told:
            log_talk(me, records=[huda], talk=call(outcome))
        assert told.value.field == "outcome"
    assert not Activity._base_manager.exists()
    log_talk(me, records=[huda], talk=Talk(Happening("email", NOW, "Hello")))
    with pytest.raises(Refused):
        settings.change_talk_rules(actor(omar), said=TalkRulesCard(outcome_required=False))
    entry = settings.change_talk_rules(actor(admin), said=TalkRulesCard(outcome_required=False))
    log_talk(me, records=[huda], talk=call(""))
    undo(actor(admin), key=entry.key)
    assert talk_rules().outcome_required


def test_what_comes_next_is_planned_with_the_call_and_taken_back_with_it(actor, sana, zayn, huda, open_people):
    me = actor(sana)
    with pytest.raises(Invalid) as told:
        log_talk(me, records=[huda], talk=call())
    assert told.value.field == "next_title"
    kept = log_talk(me, records=[huda], talk=call(then=THEN))
    task = Activity.objects.visible_to(me).get(what="task")
    assert (task.title, task.due_at, task.owner_id) == ("Send the offer", THEN.due_at, sana.pk)
    assert open_people == [("Send the offer", THEN.due_at.date())]
    with pytest.raises(NotFound):
        undo(actor(zayn), key=kept.entry.key)
    undo(me, key=kept.entry.key)
    assert not Activity.objects.visible_to(me).exists()


def test_nothing_next_is_a_reason_in_the_timeline(actor, sana, huda, open_people):
    log_talk(actor(sana), records=[huda], talk=call("not_interested", because="  They bought   elsewhere "))
    entry = Entry.objects.get(kind="customers.next_step_declined.1")
    assert entry.facts["because"] == "They bought elsewhere" and entry.cause.kind == "customers.call_logged.1"
    assert not Activity._base_manager.filter(what="task").exists()


def test_an_outcome_is_renamed_put_away_and_brought_back_and_what_was_logged_keeps_it(actor, sana, admin, huda):
    me, boss = actor(sana), actor(admin)
    log_talk(me, records=[huda], talk=call("reached"))
    row = TalkOutcome.objects.get(what="call", code="reached")
    said = settings.OutcomeSaid("call", "Spoke with them", "جرى الحديث معهم", archived=True)
    with pytest.raises(Refused):
        settings.save_outcome(me, said=said, outcome_id=row.pk)
    saved = settings.save_outcome(boss, said=said, outcome_id=row.pk)
    with pytest.raises(Invalid):
        log_talk(me, records=[huda], talk=call("reached"))
    shown = timeline_of(me, huda).days[0].lines[0].activity
    assert (shown.outcome.name, shown.outcome.name_ar) == ("Spoke with them", "جرى الحديث معهم")
    undo(boss, key=saved.entry.key)
    assert "reached" in {one.code for one in outcomes("call")}
    added = settings.save_outcome(boss, said=settings.OutcomeSaid("meeting", "Held", reached=True))
    assert added.outcome.code == "held_2"
    undo(boss, key=added.entry.key)
    assert "held_2" not in {one.code for one in outcomes("meeting")}
    first, second = outcomes("call")[:2]
    moved = settings.move_outcome(boss, outcome_id=second.id, up=True)
    assert [one.code for one in outcomes("call")[:2]] == [second.code, first.code]
    undo(boss, key=moved.key)
    assert [one.code for one in outcomes("call")[:2]] == [first.code, second.code]


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(client_of, sana, huda, open_people):
    client, address = client_of(sana), f"/records/person/{huda.pk}/add/call/"
    typed = {"title": "Prices", "outcome": "agreed"}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="Prices"' in shown and "why nothing does" in shown
    answer = client.post(address, typed | {"next_title": "Send it"})
    assert answer.status_code == 422 and "Say on which day." in answer.content.decode()
    answer = client.post(address, typed | {"next_title": "Send it", "next_on": "2026-12-01", "next_what": "call"})
    assert answer.status_code == 302
    assert open_people[0][0] == "Send it"
    quick = client.post("/quick/call/", typed | {"about": f"person:{huda.pk}", "about_id": f"person:{huda.pk}"})
    assert quick.status_code == 422


def caller(actor, member, *scopes):
    made = make_token(actor(member), name="t", scopes=[*scopes], expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_programs_log_a_call_with_what_comes_next_and_write_the_list(actor, admin, sana, huda):
    boss = caller(actor, admin, "customers.fields", "customers.read")
    rep = caller(actor, sana, "customers.work", "customers.read")
    said = {"what": "call", "name": "Gatekeeper", "reached": False}
    assert rep.post("/api/v1/talk-outcomes", said, "application/json").status_code == 403
    made = boss.post("/api/v1/talk-outcomes", said, "application/json")
    assert made.status_code == 201 and made.json()["code"] == "gatekeeper"
    changed = boss.put(
        f"/api/v1/talk-outcomes/{made.json()['id']}", {"name": "Front desk", "reached": False}, "application/json"
    )
    assert changed.json()["name"] == "Front desk" and changed.json()["code"] == "gatekeeper"
    assert len(rep.get("/api/v1/talk-outcomes").json()["items"]) == 12
    body = {
        "what": "call", "at": NOW.isoformat(), "title": "Prices", "outcome": "gatekeeper",
        "records": [{"kind": "person", "id": str(huda.pk)}],
        "then": {"title": "Call again", "what": "call", "due_at": (NOW + timedelta(days=900)).isoformat()},
    }  # fmt: skip
    assert rep.post("/api/v1/activities", body, "application/json").status_code == 201
    assert Activity._base_manager.filter(title="Call again", due_at__isnull=False).exists()
    assert rep.post("/api/v1/activities", body | {"outcome": ""}, "application/json").status_code == 422
