"""What moved this week."""

from datetime import date, timedelta

from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import Move, move_deal
from dawra.deals.models import Criterion
from dawra.deals.queries.by_date import day_in, spans
from dawra.deals.queries.moved import kind_of, moved
from tests.cast import NOW


def test_new_forward_back_lost_and_slipped_are_told_apart(deal, sana, zayn, pipeline, actor):
    Criterion.objects.all().delete()
    long_ago = NOW - timedelta(days=30)
    first, second, third = (
        deal(sana, name=name, amount_minor=100_00, expected_close_on=date(2026, 11, 30)) for name in "abc"
    )
    from dawra.deals.models import StageVisit

    StageVisit.objects.update(entered_at=long_ago)
    deal(sana, name="d", amount_minor=50_00)
    move_deal(actor(sana), deal_id=first.pk, move=Move(pipeline["demo"].pk))
    move_deal(actor(sana, NOW + timedelta(minutes=1)), deal_id=first.pk, move=Move(pipeline["research"].pk))
    lose_deal(actor(sana), deal_id=second.pk, close=Close("price"))
    edit_deal(actor(sana), deal_id=third.pk, values={"expected_close_on": date(2027, 1, 5)})
    found = {one.kind: (one.count, one.worth.minor) for one in moved(actor(sana), NOW - timedelta(days=7), "SAR")}
    assert found == {
        "new": (1, 50_00),
        "forward": (1, 100_00),
        "back": (1, 100_00),
        "won": (0, 0),
        "lost": (1, 100_00),
        "slipped": (1, 0),
    }
    assert all(one.count == 0 for one in moved(actor(zayn), NOW - timedelta(days=7), "SAR"))


def test_it_takes_two_queries(deal, sana, actor, django_assert_num_queries):
    deal(sana)
    signed = actor(sana)
    with django_assert_num_queries(2):
        moved(signed, NOW - timedelta(days=7), "SAR")


def test_reopening_is_no_step_forward():
    assert kind_of("open", 3, 6, "lost") == ""
    assert kind_of("open", 0, None, None) == "new"


def test_a_deal_keeps_its_day_in_another_month_as_far_as_there_is_one():
    today = date(2027, 1, 20)
    months = {span.code: span for span in spans(today)}
    assert day_in(months["2027-02"], date(2027, 1, 31)) == date(2027, 2, 28)
    assert day_in(months["2027-03"], date(2027, 1, 15)) == date(2027, 3, 15)
    assert day_in(months["2027-01"], date(2027, 2, 3)) == today
    assert day_in(months["2027-02"], None) == date(2027, 2, 28)
    assert [span.code for span in spans(today)][-3:] == ["2027-06", "later", "none"]


def test_the_page_and_the_strip_are_the_same_numbers(client_of, sana, deal):
    deal(sana)
    browser = client_of(sana)
    assert "<html" in browser.get("/deals/moved/").content.decode()
    strip = browser.get("/deals/moved/", headers={"HX-Request": "true"}).content.decode()
    assert strip.lstrip().startswith("<section") and 'id="moved"' in strip
