"""The sample company: the same for the same seed, believable, and gone without a trace but what is needed."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from dawra.access.errors import Conflict, Refused
from dawra.customers.models import Activity, ActivityLink, Company, ContactPoint, Person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, Stage
from dawra.journal.models import Delivery, Entry
from dawra.prospecting.actions.settings import start_with_defaults as start_prospecting
from dawra.site import sample
from dawra.site.operation.invariants import INVARIANTS
from dawra.site.sample import jobs, running
from dawra.site.sample.plan import plan
from dawra.site.sample.things import Setting
from dawra.team.actions.learning import read_lesson
from dawra.team.models import Member
from dawra.team.queries import role_plays, training
from tests.cast import NOW

SETTING = Setting(20, NOW, "SAR", frozenset({5, 6}), "Asia/Riyadh")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A fiftieth of it: 40 companies, 120 people, 80 deals."""
    monkeypatch.setattr(running, "plan", lambda setting: plan(setting, share=0.02))
    running._planned.cache_clear()
    yield
    running._planned.cache_clear()


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def counts():
    rooms = ("access", "journal", "team", "customers", "deals", "site")
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_the_same_seed_and_day_give_the_same_company():
    one, other = plan(SETTING, share=0.02), plan(SETTING, share=0.02)
    assert one == other and plan(replace(SETTING, seed=21), share=0.02) != one


def test_two_years_look_like_selling():
    whole = plan(SETTING)
    assert (len(whole.companies), len(whole.people), len(whole.deals)) == (2000, 6000, 4000)
    states = Counter(deal.state for deal in whole.deals)
    assert 0.1 < states["won"] / (states["won"] + states["lost"]) < 0.3 and states["open"] > 200
    assert all(a[2] == b[1] for deal in whole.deals for a, b in zip(deal.visits, deal.visits[1:], strict=False))
    assert all(deal.visits[0][1] >= NOW - timedelta(days=740) for deal in whole.deals)
    assert all(visit[1] <= NOW for deal in whole.deals for visit in deal.visits)
    assert not any(visit[1].isoweekday() in SETTING.weekend for deal in whole.deals for visit in deal.visits[1:])
    tasks = [activity for activity in whole.activities if activity.due_at]
    assert any(task.due_at < NOW for task in tasks) and any(task.due_at > NOW for task in tasks)
    assert any(task.owner == -1 for task in tasks), "whoever loads it has something to do"
    assert any(not deal.next_step for deal in whole.deals if deal.state == "open")
    ids = [thing.id for thing in (*whole.companies, *whole.people, *whole.deals, *whole.activities)]
    assert len(ids) == len(set(ids))


def test_no_address_of_the_sample_reaches_anybody():
    whole = plan(SETTING, share=0.2)
    assert all(person.email.endswith(".example") for person in whole.people)
    phones = [person.phone for person in whole.people if person.phone]
    assert all(phone.startswith("+447700900") or "55501" in phone for phone in phones)


@pytest.mark.django_db
def test_it_comes_and_goes_without_a_trace(boss):
    start_with_defaults(boss)
    start_prospecting(boss)
    before = counts()
    sample.add(boss)
    assert Company.objects.visible_to(boss).filter(is_sample=True).count() == 40
    assert not Member.objects.filter(is_sample=True, is_active=True).exists()
    assert not Delivery.objects.exists(), "history is no news"
    assert Entry.objects.filter(kind="deals.deal_added.1", happened_at__lt=NOW - timedelta(days=300)).exists()
    states = {one.progress.state for path in training.paths(boss) for one in training.learners(boss, path.id)}
    assert states >= {"begun", "certified", "ending", "open"}
    assert [one.side for one in role_plays.to_score(boss)] == ["manager"]
    with connection.cursor() as cursor:
        for invariant in INVARIANTS:
            cursor.execute(invariant.text(connection.vendor))
            assert not cursor.fetchall(), invariant.sentence
    report = sample.remove(boss)
    assert report.counts["deal"] == 80 and not report.kept
    assert counts() == before


@pytest.mark.django_db
def test_what_the_users_own_records_need_becomes_theirs(boss, sana):
    sample.add(boss)
    theirs = Company.objects.visible_to(boss).order_by("id").first()
    stage = Stage.objects.get(code="prospecting")
    own = Deal.signed_by(
        boss, name="Mine", folded="mine", company=theirs, stage=stage, stage_since=NOW, currency="SAR", owner=sana
    )
    own.save(force_insert=True)
    person = Person.objects.visible_to(boss).order_by("id").last()
    call = Activity.signed_by(boss, what="call", title="Mine too", happened_at=NOW, owner=sana)
    call.save(force_insert=True)
    ActivityLink.objects.create(activity=call, record_kind="person", record_id=person.pk)
    taken = training.paths(boss)[0]
    read_lesson(replace(boss, member_id=sana.pk), path_id=taken.id, lesson=taken.said.content.lessons[0].key)
    assert sample.foreseen(boss) == {"company": 1, "person": 1}
    report = sample.remove(boss)
    assert report.kept == {"company": 1, "person": 1}
    kept = Company.objects.visible_to(boss).get()
    assert kept.pk == theirs.pk and not kept.is_sample and kept.owner_id == boss.member_id
    assert Person.objects.visible_to(boss).get().pk == person.pk and ContactPoint.objects.filter(person=person).exists()
    assert Deal.objects.visible_to(boss).get().name == "Mine"
    assert [path.id for path in training.paths(boss)] == [taken.id]
    begun = [one.name for one in training.learners(boss, taken.id) if one.progress.enrolment_id]
    assert begun == [sana.name], "of the sample's people nobody is left"


@pytest.mark.django_db
def test_a_killed_load_goes_on_without_doubling(boss):
    class Killed(BaseException):
        pass

    def die(_title, done, _total):
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        sample.add(boss, die)
    sample.add(boss)
    assert Deal.objects.visible_to(boss).count() == 80 and Person.objects.visible_to(boss).count() == 120
    with pytest.raises(Conflict):
        sample.add(boss)


@pytest.mark.django_db
def test_only_who_operates_the_house_loads_it(sana, zayn, actor, client_of):
    for member in (sana, zayn):
        with pytest.raises(Refused):
            sample.add(actor(member))
        assert client_of(member).post("/settings/sample/").status_code == 403
    assert sample.state_of() is None


@pytest.mark.django_db
def test_the_page_loads_and_removes_it_through_jobs(admin, client_of):
    client = client_of(admin)
    assert client.get("/settings/sample/").status_code == 200
    assert client.post("/settings/sample/").status_code == 302
    assert b"hx-get" in client.get("/settings/sample/").content
    jobs.sample(NOW, member_id=str(admin.pk))
    assert b"remove" in client.get("/settings/sample/").content
    client.post("/settings/sample/remove")
    jobs.sample(NOW, member_id=str(admin.pk))
    assert sample.state_of() is None and not Company._base_manager.exists()
