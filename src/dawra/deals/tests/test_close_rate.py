"""The close rate of what one may see: by the furthest stage, beside the period before, on the page and for programs."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import NotFound
from dawra.deals.actions.closing import Close, lose_deal, win_deal
from dawra.deals.actions.moving import Move, move_deal
from dawra.deals.queries.close_rate import rate_of
from tests.cast import NOW


@pytest.fixture
def closed(deal, sana, pipeline, actor):
    """closed(stage, won, days_ago): a deal of Sana's that got as far as this stage."""

    def made(stage: str, won: bool, days_ago: int):
        then = NOW - timedelta(days=days_ago)
        one = deal(sana, at=then - timedelta(days=2))
        signer = actor(sana, then - timedelta(days=1))
        if stage != "prospecting":
            move_deal(signer, deal_id=one.pk, move=Move(pipeline[stage].pk, override="They know us"))
        act = win_deal if won else lose_deal
        return act(actor(sana, then), deal_id=one.pk, close=Close("fit" if won else "price", override="Said so"))

    return made


def test_each_closed_deal_counts_once_up_to_the_furthest_stage_it_reached(closed, deal, sana, zayn, actor):
    closed("demo", True, 10), closed("demo", False, 20), closed("prospecting", False, 30), closed("demo", True, 500)
    deal(sana)  # open: not counted
    card = rate_of(actor(sana))
    assert (card.rate.hits, card.rate.n, card.rate.share_bp, card.is_little) == (1, 3, 3333, True)
    reached = {one.stage.code: (one.share.hits, one.share.n) for one in card.passages}
    assert reached["prospecting"] == (2, 3) and reached["demo"] == (1, 2) and reached["closing"] == (1, 1)
    assert rate_of(actor(sana), days=1825).rate.n == 4
    assert rate_of(actor(zayn)).rate.n == 0


def test_the_rate_costs_the_same_for_few_and_for_many(closed, actor, sana, django_assert_num_queries):
    closed("demo", True, 10)
    with django_assert_num_queries(7):
        rate_of(actor(sana))
    for days in range(1, 8):
        closed("demo", False, days)
    with django_assert_num_queries(7):
        rate_of(actor(sana))


def test_page_tile_and_api_say_the_same(closed, client_of, sana, zayn, actor):
    closed("demo", True, 10)
    page = client_of(sana).get("/deals/close-rate/")
    assert page.status_code == 200 and b"Not enough history" in page.content
    tile = client_of(sana).get("/deals/close-rate/", headers={"HX-Request": "true"})
    assert b'id="close-rate"' in tile.content and b"<html" not in tile.content
    token = make_token(actor(sana), name="x", scopes=["deals.read"], expires_at=None)
    program = Client(headers={"Authorization": f"Bearer {token.secret}"})
    told = program.get("/api/v1/close-rate").json()
    assert (told["hits"], told["n"], told["field_bp"], told["lever"]) == (1, 1, [1500, 3000], None)
    unknown = "01900000-0000-7000-8000-000000000000"
    assert program.get(f"/api/v1/close-rate?pipeline={unknown}").status_code == 404
    with pytest.raises(NotFound):
        rate_of(actor(zayn), UUID(unknown))
