"""My day: what stands there, why, in which order, and what clears it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dawra.customers.actions import activities
from dawra.customers.actions.activities import Plan
from dawra.customers.actions.notes import write_note
from dawra.customers.tests.acts import a_person
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal
from dawra.deals.money import Books
from dawra.journal.listeners import deliver_due
from dawra.site.day import day_of
from dawra.team.actions import learning, role_playing, training
from dawra.team.learning import Content, Lesson, Point
from dawra.team.models import Certificate, Notification, Snooze
from dawra.team.queries import training as training_queries

BOOKS = Books("SAR", "Asia/Riyadh")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def me(actor, sana, now):
    return actor(sana, now=now)


@pytest.fixture
def pipeline(system):
    return start_with_defaults(system)


def a_deal(actor, name="Fleet", amount=100_00, **facts):
    return add_deal(actor, new=NewDeal(name=name, amount_minor=amount, currency="SAR", **facts))


def test_a_new_member_is_led_on_instead_of_met_with_nothing(client_of, sana):
    page = client_of(sana).get("/").content.decode()
    assert "/quick/deal/" in page
    assert "Sana" in page


def test_what_is_worth_most_today_comes_first(me, pipeline, now):
    """Value × urgency: 4.50 × 90 %, 2.50 × 137 % two days after the day, 0.50 × 90 %."""
    today = BOOKS.day_of(now)
    small = a_deal(me, "Small", 10_00)
    large = a_deal(me, "Large", 90_00)
    overdue = a_deal(me, "Overdue", 50_00, next_step="Call", next_step_on=today - timedelta(days=2))
    a_deal(me, "Quiet", 99_00, next_step="Call", next_step_on=today + timedelta(days=5))
    day = day_of(me, BOOKS)
    assert [item.record_id for item in day.next.actions] == [large.pk, overdue.pk, small.pk]
    assert [item.condition for item in day.next.actions] == ["no_next_step", "next_step", "no_next_step"]
    assert (day.next.actions[1].days, day.overdue, day.things) == (2, 1, 3)


def test_a_stalled_deal_says_so(me, pipeline, now):
    deal = a_deal(me, next_step="Call", next_step_on=BOOKS.day_of(now) + timedelta(days=9))
    Deal._base_manager.filter(pk=deal.pk).update(stalls_on=BOOKS.day_of(now) - timedelta(days=3))
    (item,) = day_of(me, BOOKS).next.actions
    assert (item.condition, item.days) == ("stalled", 3)


def test_the_day_is_ones_own(me, actor, omar, zayn, pipeline, system, sana, now):
    a_deal(me)
    activities.plan_activity(me, records=[], plan=Plan("Send prices", now))
    for member in (omar, zayn):
        assert day_of(actor(member, now=now), BOOKS).is_empty


def test_setting_the_next_step_clears_the_deal(client_of, me, sana, pipeline):
    deal, client = a_deal(me), client_of(sana)
    at = f"/day/next-step/{deal.pk}/"
    assert "Fleet" in client.get(at, headers=HTMX).content.decode()
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    assert client.post(at, {"next_step": "Send offer", "next_step_on": tomorrow}, headers=HTMX).status_code == 204
    assert day_of(me, BOOKS).is_empty
    assert client.post(at, {"next_step": "", "next_step_on": tomorrow}).status_code == 422


def test_a_stranger_cannot_set_a_next_step(client_of, me, zayn, pipeline):
    deal = a_deal(me)
    assert client_of(zayn).get(f"/day/next-step/{deal.pk}/").status_code == 404
    assert client_of(zayn).post(f"/day/next-step/{deal.pk}/", {"next_step": "x"}).status_code == 404


def test_what_is_put_off_leaves_and_can_be_brought_back(client_of, me, sana, lina, pipeline):
    deal, client = a_deal(me), client_of(sana)
    sent = {"kind": "deal", "id": str(deal.pk), "reason": "no_next_step", "until": "tomorrow"}
    client_of(lina).post("/day/snooze/", sent)
    assert day_of(me, BOOKS).next.actions
    assert client.post("/day/snooze/", sent).status_code == 302
    assert (day_of(me, BOOKS).next.actions, day_of(me, BOOKS).put_off) == ((), 1)
    assert client.post("/day/wake/").status_code == 302
    assert day_of(me, BOOKS).next.actions
    assert client.post("/day/snooze/", sent | {"reason": "nothing"}).status_code == 422
    assert not Snooze.objects.filter(member=sana).exists()


def test_tasks_and_meetings_stand_by_time_and_a_tick_keeps_them_in_sight(client_of, me, sana, system, now):
    huda = a_person(system, sana)
    late = activities.plan_activity(me, records=[huda], plan=Plan("Late", now - timedelta(days=1)))
    activities.plan_activity(me, records=[], plan=Plan("Soon", now + timedelta(minutes=5)))
    activities.plan_activity(me, records=[], plan=Plan("Meet", now + timedelta(minutes=5), what="meeting"))
    activities.plan_activity(me, records=[], plan=Plan("Far", now + timedelta(days=30)))
    day = day_of(me, BOOKS)
    assert [(due.card.title, due.is_overdue) for due in day.tasks] == [("Late", True), ("Soon", False)]
    assert ([due.card.title for due in day.meetings], day.tasks[0].about) == (["Meet"], "Huda Amin")
    client_of(sana).post(f"/activities/{late.activity.pk}/finish/")
    day = day_of(me, BOOKS)
    assert ([due.card.title for due in day.tasks], [due.card.title for due in day.done]) == (["Soon"], ["Late"])


def test_a_mention_stands_there_until_it_is_seen(client_of, me, actor, sana, omar, system, now):
    huda = a_person(system, sana)
    write_note(actor(omar, now=now), records=[huda], body="@Sana please call")
    deliver_due(now + timedelta(minutes=1))
    (news,) = day_of(me, BOOKS).news
    assert (news.reason, news.about) == ("mention", "Huda Amin")
    assert client_of(omar).post(f"/day/seen/{news.id}/").status_code == 404
    assert client_of(sana).post(f"/day/seen/{news.id}/").status_code == 302
    assert day_of(me, BOOKS).news == ()
    assert Notification.objects.count() == 1


def test_the_page_costs_at_most_thirteen_queries_however_full_the_day(
    client_of, me, actor, sana, omar, system, pipeline, now, django_assert_max_num_queries
):
    client = client_of(sana)
    client.get("/")
    for number in range(5):
        person = a_person(system, sana, f"Person {number}")
        a_deal(me, f"Deal {number}")
        activities.plan_activity(me, records=[person], plan=Plan(f"Task {number}", now))
        write_note(actor(omar, now=now), records=[person], body="@Sana look")
    deliver_due(now + timedelta(minutes=1))
    with django_assert_max_num_queries(13):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_and_its_piece_render_in_both_languages(client_of, me, sana, system, pipeline, now, language):
    sana.language = language
    sana.calendar = "hijri"
    sana.save()
    a_deal(me)
    activities.plan_activity(me, records=[], plan=Plan("Task", now))
    client = client_of(sana)
    page = client.get("/").content.decode()
    assert ('<html lang="ar"' in page) == (language == "ar")
    assert ("سناء" in page) == (language == "ar")
    assert 'class="hijri"' in page
    assert client.get("/", headers=HTMX).content.decode().lstrip().startswith('<div id="day"')


def test_marks_one_is_asked_for_and_certificates_that_end_stand_there_by_name(client_of, sana, omar, lina, actor, now):
    scene = Content(scenario="A buyer calls", rubric=(Point("", "Listens", "ينصت"),))
    path = training.add_path(actor(omar), said=training.PathSaid(name="Calls", name_ar="المكالمات", content=scene))
    signer = actor(sana, now=now)
    play = role_playing.ask_role_play(signer, path_id=path.pk, said=role_playing.ScenePlayed(lina.pk, omar.pk))
    marks = client_of(lina).get("/").content.decode()
    assert f'href="/training/role-plays/{play.pk}/"' in marks and "Calls" in marks and "Score the role-play" in marks
    assert "ToScore(" not in client_of(lina).get("/training/").content.decode(), "a path is called by its name"
    assert "Score the role-play" not in client_of(sana).get("/").content.decode()
    path = training.add_path(actor(omar), said=training.PathSaid(name="Reading", content=Content((Lesson("", "One"),))))
    [lesson] = training_queries.path(signer, path.pk).said.content.lessons
    learning.read_lesson(signer, path_id=path.pk, lesson=lesson.key)
    assert "Reading" not in client_of(sana).get("/").content.decode(), "it holds for long"
    for days, words in ((10, "renew it in time"), (-3, "show it again")):
        ends = timezone.localtime(now).date() + timedelta(days=days)
        Certificate.objects.filter(member=sana).update(expires_on=ends, issued_on=ends - timedelta(days=300))
        page = client_of(sana).get("/").content.decode()
        assert words in page and f'href="/training/{path.pk}/"' in page
    assert "Reading" not in client_of(omar).get("/").content.decode()
