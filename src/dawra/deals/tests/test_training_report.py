"""Training against winning: by the day the deal closed, by rep, only what the reader sees, down to the deals."""

from datetime import timedelta

import pytest

from dawra.access.errors import NotFound
from dawra.deals.models import Deal
from dawra.deals.queries import training_report
from dawra.site.tests.calling import Caller
from dawra.team.actions import learning, training
from dawra.team.actions.training import PathSaid
from dawra.team.learning import Content, Lesson
from dawra.team.models import Certificate, TrainingPath
from dawra.team.queries import training as team_queries
from tests.cast import NOW

DAY = timedelta(days=1)


@pytest.fixture
def path(admin, sana, actor):
    """Sana holds it from thirty days ago until ten days ago."""
    content = Content((Lesson("", "One"),))
    made = training.add_path(actor(admin), said=PathSaid(name="Discovery", name_ar="الاكتشاف", content=content))
    [lesson] = team_queries.path(actor(sana), made.pk).said.content.lessons
    learning.read_lesson(actor(sana), path_id=made.pk, lesson=lesson.key)
    Certificate.objects.update(issued_on=(NOW - 30 * DAY).date(), expires_on=(NOW - 10 * DAY).date())
    return made


def closed(made, *, days, won):
    state = "won" if won else "lost"
    Deal._base_manager.filter(pk=made.pk).update(state=state, closed_at=NOW - days * DAY)


def test_the_certificate_counts_on_the_day_the_deal_closed(
    pipeline, path, deal, sana, omar, zayn, actor, client_of, django_assert_max_num_queries
):
    for n in range(12):
        closed(deal(sana, f"With {n}"), days=20, won=n < 9)
        closed(deal(sana, f"Before {n}"), days=40, won=n < 3)
    closed(deal(sana, "After it ended"), days=5, won=True)
    closed(deal(omar, "Never had it"), days=20, won=False)
    deal(sana, "Open")
    reader = actor(omar)
    with django_assert_max_num_queries(3):
        found = training_report.report(reader)
    assert [(one.side, one.share.hits, one.share.n, one.reps) for one in found.sides] == [
        ("certified", 9, 12, 1), ("without", 4, 14, 2),
    ]  # fmt: skip
    assert (found.within.n, found.within.reps, found.within.points) == (25, 1, round(100 * (9 / 12 - 4 / 13)))
    assert found.between.points == round(100 * (9 / 12 - 4 / 14))
    page = client_of(omar).get("/deals/training/").content.decode()
    assert "does not prove" in page and "Discovery" in page and "side=certified" in page
    listed = client_of(omar).get(f"/deals/training/deals/?path={path.pk}&side=certified").content.decode()
    assert "With 3" in listed and "Before 3" not in listed and "Never" not in listed
    assert training_report.report(actor(zayn)).sides[0].share.n == 0
    assert "With 3" not in client_of(zayn).get(f"/deals/training/deals/?path={path.pk}&side=certified").content.decode()
    told = Caller(omar)("get", f"/training/win-rate?path={path.pk}").json()
    assert told["sides"][0]["share"]["n"] == 12 and told["within"]["reps"] == 1
    assert Caller(omar)("get", "/training/win-rate?days=7").status_code == 422
    short = training_report.report(actor(omar), days=90)
    assert short.sides[0].share.n == 12


def test_too_little_says_so_in_both_languages(pipeline, path, deal, sana, client_of):
    closed(deal(sana, "One"), days=20, won=True)
    assert "Too little history" in client_of(sana).get("/deals/training/").content.decode()
    sana.language = "ar"
    sana.save()
    page = client_of(sana).get("/deals/training/").content.decode()
    assert "الاكتشاف" in page and "لا يكفي التاريخ" in page


def test_without_any_training_it_says_what_is_missing(pipeline, sana, actor, client_of):
    TrainingPath.objects.all().delete()
    assert "No training yet" in client_of(sana).get("/deals/training/").content.decode()
    with pytest.raises(NotFound):
        training_report.report(actor(sana), path_id=pipeline["demo"].pk)
    assert client_of(sana).get("/deals/training/deals/").status_code == 404
