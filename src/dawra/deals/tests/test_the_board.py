"""The board: what stands in each lane, and a card that moves."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dawra.access.errors import Invalid
from dawra.access.models import Share
from dawra.deals.models import Criterion, Deal, PipelineVersion, Stage, StageVisit
from dawra.deals.queries import board, lanes
from dawra.deals.queries.lane_cards import CARDS, Looking
from tests.cast import NOW

TODAY = date(2026, 11, 23)
LOOK = Looking(TODAY, "SAR")
HTMX = {"HX-Request": "true"}


def lane_of(found, code):
    return next(lane for lane in found.lanes if lane.stage.code == code)


def seen_by(actor):
    return board.board(actor, lanes.drawing(actor), LOOK)


def many(sana, stage, count):
    Deal._base_manager.bulk_create(
        Deal(
            name=f"Deal {n}", folded=f"deal {n}", stage=stage, stage_since=NOW, currency="SAR", amount_minor=100, base_minor=100,
            weighted_minor=50, owner=sana, created_at=NOW, updated_at=NOW, board_on=TODAY + timedelta(days=n % 7),
        )
        for n in range(count)
    )  # fmt: skip


def test_a_lane_adds_up_what_stands_in_it(deal, sana, pipeline, actor):
    deal(sana, amount_minor=100_00)
    deal(sana, amount_minor=250_50)
    lane = lane_of(seen_by(actor(sana)), "prospecting")
    stage = pipeline["prospecting"]
    assert (lane.count, lane.total.minor, lane.total.currency) == (2, 350_50, "SAR")
    assert lane.weighted.minor == sum(d.weighted_minor for d in Deal._base_manager.filter(stage=stage))
    assert [card.name for card in lane.cards] == ["Fleet routing", "Fleet routing"]


def test_a_lane_that_mixes_currencies_says_so(deal, sana, pipeline, actor):
    deal(sana, amount_minor=100_00)
    Deal._base_manager.filter(pk=deal(sana, amount_minor=100_00).pk).update(currency="USD", base_minor=375_00)
    lane = lane_of(seen_by(actor(sana)), "prospecting")
    assert lane.mixed and lane.converted and lane.total.minor == 475_00


def test_the_board_shows_nobody_elses_deals(deal, sana, omar, lina, zayn, admin, pipeline, actor):
    made = deal(sana, amount_minor=100_00)
    counts = {member.name: seen_by(actor(member)).count for member in (sana, omar, admin, lina, zayn)}
    assert list(counts.values()) == [1, 1, 1, 0, 0]
    Share.objects.create(
        record_kind="deal",
        record_id=made.pk,
        with_kind="member",
        with_id=lina.pk,
        reason="Covers",
        shared_at=NOW,
        shared_by=sana,
    )
    assert seen_by(actor(lina)).count == 1


def test_stages_of_older_versions_stand_beside_their_namesakes(deal, sana, pipeline, actor):
    old, odd = deal(sana), deal(sana, stage_id=pipeline["demo"].pk)
    version = PipelineVersion.objects.create(pipeline=pipeline["demo"].version.pipeline, number=2, published_at=NOW)
    for stage in pipeline.values():
        if stage.code != "demo":
            Stage.objects.create(
                version=version, code=stage.code, name=stage.name, type=stage.type, position=stage.position
            )
    found = seen_by(actor(sana))
    assert [card.id for card in lane_of(found, "prospecting").cards] == [old.pk]
    assert [card.id for card in lane_of(found, lanes.EARLIER).cards] == [odd.pk]
    assert "demo" not in [lane.stage.code for lane in found.lanes]


def test_every_card_of_a_long_lane_is_reached_once(sana, pipeline, actor):
    many(sana, pipeline["demo"], 3 * CARDS + 7)
    drawn, seen, after = lanes.drawing(actor(sana)), [], ""
    while True:
        lane = board.lane(actor(sana), drawn, "demo", Looking(TODAY, "SAR", lane="demo", after=after))
        seen += [card.id for card in lane.cards]
        after = lane.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 3 * CARDS + 7


def test_a_forged_mark_is_refused(sana, pipeline, actor):
    many(sana, pipeline["demo"], 1)
    with pytest.raises(Invalid):
        board.lane(
            actor(sana), lanes.drawing(actor(sana)), "demo", Looking(TODAY, "SAR", lane="demo", after="x' OR 1=1")
        )


def test_the_board_costs_the_same_queries_at_any_size(client_of, sana, pipeline):
    browser = client_of(sana)
    many(sana, pipeline["demo"], 2)
    browser.get("/deals/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/deals/")
    many(sana, pipeline["research"], 120)
    with CaptureQueriesContext(connection) as lots:
        assert browser.get("/deals/").status_code == 200
    assert len(few) == len(lots) <= 12


def test_filters_narrow_lanes_and_their_sums(client_of, sana, omar, deal, pipeline):
    deal(sana, amount_minor=100_00, name="Small one")
    deal(omar, amount_minor=900_000_00, name="Large one")
    page = client_of(omar).get("/deals/?amount__gte=5000").content.decode()
    assert "Large one" in page and "Small one" not in page
    page = client_of(omar).get("/deals/?owner=me").content.decode()
    assert "Large one" in page and "Small one" not in page
    assert client_of(omar).get("/deals/?password=x").status_code == 422


def test_a_card_moves_and_only_what_changed_is_drawn_again(client_of, sana, deal, pipeline):
    Criterion.objects.all().delete()
    made = deal(sana)
    answer = client_of(sana).post(f"/deals/{made.pk}/move/", {"stage": "demo", "version": 1}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200 and "toast" in answer.headers["HX-Trigger"]
    assert f'id="d-{made.pk}"' in page and 'id="h-prospecting"' in page and 'id="h-demo"' in page
    assert 'id="h-research"' not in page
    assert Deal._base_manager.get(pk=made.pk).stage_id == pipeline["demo"].pk


def test_unmet_criteria_are_asked_about_and_the_reason_moves_the_card(client_of, sana, deal, pipeline):
    made, browser = deal(sana), client_of(sana)
    asked = browser.post(f"/deals/{made.pk}/move/", {"stage": "research", "version": 1}, headers=HTMX)
    assert asked.status_code == 422 and 'name="override"' in asked.content.decode()
    done = browser.post(
        f"/deals/{made.pk}/move/", {"stage": "research", "version": 1, "override": "They insist"}, headers=HTMX
    )
    assert done.status_code == 200
    assert StageVisit.objects.filter(deal=made).count() == 2


def test_losing_asks_for_the_reason_first(client_of, sana, deal, pipeline):
    made, browser = deal(sana), client_of(sana)
    asked = browser.post(f"/deals/{made.pk}/move/", {"stage": "lost"}, headers=HTMX)
    assert asked.status_code == 422 and 'name="reason"' in asked.content.decode()
    done = browser.post(
        f"/deals/{made.pk}/move/", {"stage": "lost", "reason": "price", "words": "Too dear"}, headers=HTMX
    )
    assert done.status_code == 200 and 'id="e-lost"' in done.content.decode()
    assert Deal._base_manager.get(pk=made.pk).state == "lost"


def test_moving_works_without_scripts(client_of, sana, deal, pipeline):
    Criterion.objects.all().delete()
    made, browser = deal(sana), client_of(sana)
    page = browser.get(f"/deals/{made.pk}/move/").content.decode()
    assert "<html" in page and 'value="demo"' in page
    answer = browser.post(f"/deals/{made.pk}/move/", {"stage": "demo", "version": 1})
    assert answer.status_code == 302 and answer.url == "/deals/"


def test_a_stranger_cannot_move_what_is_not_there_for_her(client_of, zayn, sana, deal):
    made = deal(sana)
    for deal_id in (made.pk, uuid4()):
        assert client_of(zayn).post(f"/deals/{deal_id}/move/", {"stage": "demo"}).status_code == 404
        assert client_of(zayn).get(f"/deals/{deal_id}/move/").status_code == 404


def test_the_second_of_two_who_drag_one_card_is_told(client_of, sana, omar, deal, pipeline):
    Criterion.objects.all().delete()
    made = deal(sana)
    client_of(omar).post(f"/deals/{made.pk}/move/", {"stage": "research", "version": 1}, headers=HTMX)
    assert (
        client_of(sana).post(f"/deals/{made.pk}/move/", {"stage": "demo", "version": 1}, headers=HTMX).status_code
        == 409
    )


def test_what_people_write_never_becomes_markup(client_of, sana, deal):
    deal(sana, name='"><script>x</script>', next_step="<b>call</b>")
    page = client_of(sana).get("/deals/").content.decode()
    assert "<script>x" not in page and "<b>call" not in page and "&lt;b&gt;call" in page
