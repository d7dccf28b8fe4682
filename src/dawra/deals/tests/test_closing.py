"""Winning and losing ask for the reason; reopening is an act of its own."""

from datetime import date, timedelta

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.deals.actions.closing import Close, lose_deal, reopen_deal, win_deal
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import CriteriaUnmet, DealClosed, Move, move_deal
from dawra.deals.models import Deal, Rate, StageVisit
from dawra.journal.models import Entry
from tests.cast import NOW


def test_a_won_deal_keeps_its_reason_day_and_worth(deal, sana, pipeline, actor):
    Rate.objects.create(currency="USD", valid_from_on=date(2026, 1, 1), rate="3.70")
    Rate.objects.create(currency="USD", valid_from_on=NOW.date(), rate="3.80")
    made = deal(sana, amount_minor=1000_00, currency="USD", at=NOW - timedelta(days=9))
    close = Close("fit", words="They liked Karim", override="Signed at the fair", at=NOW - timedelta(days=2))
    win_deal(actor(sana), deal_id=made.pk, close=close)
    won = Deal._base_manager.get(pk=made.pk)
    assert (won.state, won.stage, won.closed_at) == ("won", pipeline["won"], NOW - timedelta(days=2))
    assert (won.reason.code, won.reason_words, won.base_minor) == ("fit", "They liked Karim", 3700_00)
    assert (won.probability_bp, won.forecast_category, won.stalls_on) == (10_000, "closed", None)
    assert Entry.objects.get(kind="deals.deal_won.1").happened_at == NOW - timedelta(days=2)


def test_winning_asks_what_the_stages_left_behind_ask(deal, sana, pipeline, actor):
    made = deal(sana, stage_id=pipeline["objections"].pk)
    with pytest.raises(CriteriaUnmet) as asked:
        win_deal(actor(sana), deal_id=made.pk, close=Close("fit"))
    assert len(asked.value.facts["unmet"]) == 4


def test_losing_asks_only_for_the_reason(deal, sana, pipeline, actor):
    made = deal(sana)
    with pytest.raises(Invalid) as asked:
        lose_deal(actor(sana), deal_id=made.pk, close=Close("fit"))  # a reason for winning
    assert asked.value.field == "reason"
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))
    lost = Deal._base_manager.get(pk=made.pk)
    assert (lost.state, lost.stage.code, lost.weighted_minor, lost.closed_at) == ("lost", "lost", 0, NOW)


def test_probability_and_outcome_are_independent(deal, sana, actor):
    made = deal(sana, amount_minor=1000, probability_bp=6000)
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))
    assert Deal._base_manager.get(pk=made.pk).probability_bp == 6000


def test_a_closed_deal_neither_moves_nor_closes_again(deal, sana, pipeline, actor):
    made = deal(sana)
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))
    with pytest.raises(DealClosed):
        move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["demo"].pk))
    with pytest.raises(DealClosed):
        lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))


def test_reopening_goes_back_to_the_stage_it_left(deal, sana, pipeline, actor):
    made = deal(sana, stage_id=pipeline["demo"].pk)
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price", words="Too dear"))
    reopen_deal(actor(sana, NOW + timedelta(days=1)), deal_id=made.pk)
    again = Deal._base_manager.get(pk=made.pk)
    assert (again.state, again.stage.code, again.closed_at, again.reason, again.reason_words) == (
        "open",
        "demo",
        None,
        None,
        "",
    )
    assert StageVisit.objects.filter(deal=made).count() == 3
    with pytest.raises(Conflict):
        reopen_deal(actor(sana), deal_id=made.pk)


def test_an_amount_corrected_after_closing_keeps_the_rate_of_the_closing_day(deal, sana, actor):
    Rate.objects.create(currency="USD", valid_from_on=date(2026, 1, 1), rate="3.70")
    made = deal(sana, amount_minor=1000_00, currency="USD", at=NOW - timedelta(days=9))
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))
    Rate.objects.create(currency="USD", valid_from_on=NOW.date() + timedelta(days=1), rate="4")
    edit_deal(actor(sana, NOW + timedelta(days=3)), deal_id=made.pk, values={"amount_minor": 2000_00})
    assert Deal._base_manager.get(pk=made.pk).base_minor == 7400_00


def test_a_stale_closing_is_told_what_happened(deal, sana, omar, pipeline, actor):
    made = deal(sana)
    move_deal(actor(omar), deal_id=made.pk, move=Move(pipeline["research"].pk, override="Known"))
    with pytest.raises(Stale):
        lose_deal(actor(sana), deal_id=made.pk, close=Close("price", version=1))


def test_a_stranger_closes_and_reopens_nothing(deal, sana, zayn, actor):
    made = deal(sana)
    for act in (win_deal, lose_deal):
        with pytest.raises(NotFound):
            act(actor(zayn), deal_id=made.pk, close=Close("price"))
    lose_deal(actor(sana), deal_id=made.pk, close=Close("price"))
    with pytest.raises(NotFound):
        reopen_deal(actor(zayn), deal_id=made.pk)
