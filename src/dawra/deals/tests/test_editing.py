"""Fields change together, nothing is silently lost, and every change can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.customers import search
from dawra.deals.actions.editing import edit_deal
from dawra.deals.models import Deal
from dawra.journal.undo import undo


def now_of(made: Deal) -> Deal:
    return Deal._base_manager.get(pk=made.pk)


def test_worth_follows_the_amount_and_the_probability(deal, sana, actor):
    made = deal(sana, amount_minor=1000)
    edit_deal(actor(sana), deal_id=made.pk, values={"amount_minor": 9000, "probability_bp": 5000})
    edited = now_of(made)
    assert (edited.base_minor, edited.weighted_minor, edited.probability_source) == (9000, 4500, "person")
    edit_deal(actor(sana), deal_id=made.pk, values={"probability_bp": None})
    edited = now_of(made)
    assert (edited.weighted_minor, edited.probability_source) == (450, "stage")


def test_the_journal_keeps_before_and_after(deal, sana, company, actor):
    made, nile = deal(sana), company(sana)
    values = {"company_id": nile.pk, "expected_close_on": date(2026, 12, 1)}
    entry = edit_deal(actor(sana), deal_id=made.pk, values=values)
    assert entry.facts["changes"] == {
        "company": [None, "Nile Transport"],
        "expected_close_on": [None, "2026-12-01"],
    }
    assert search.find(actor(sana), "nile", kinds=["deal"])


def test_nothing_different_leaves_no_entry(deal, sana, actor):
    made = deal(sana, amount_minor=5)
    assert edit_deal(actor(sana), deal_id=made.pk, values={"amount_minor": 5, "name": " Fleet routing "}) is None
    assert now_of(made).version == 1


def test_the_second_of_two_who_edit_sees_both(deal, sana, omar, actor):
    made = deal(sana, amount_minor=5)
    edit_deal(actor(omar), deal_id=made.pk, values={"amount_minor": 7}, version=1)
    with pytest.raises(Stale) as stale:
        edit_deal(actor(sana), deal_id=made.pk, values={"amount_minor": 6}, version=1)
    assert (stale.value.facts["theirs"], stale.value.facts["yours"]) == ({"amount_minor": 7}, {"amount_minor": 6})


def test_an_edit_taken_back_returns_every_field(deal, sana, omar, company, actor):
    made = deal(sana, amount_minor=5, competitors=("RouteIQ",))
    nile = company(sana)
    values = {
        "company_id": nile.pk,
        "amount_minor": 7,
        "competitors": [],
        "expected_close_on": date(2026, 12, 1),
        "probability_bp": 9000,
    }
    entry = edit_deal(actor(sana), deal_id=made.pk, values=values)
    undo(actor(sana), key=entry.key)
    back = now_of(made)
    for name in ("company_id", "amount_minor", "competitors", "expected_close_on", "probability_bp", "base_minor"):
        assert getattr(back, name) == getattr(made, name), name
    assert back.probability_source == "stage"


def test_what_was_edited_again_is_not_taken_back(deal, sana, actor):
    made = deal(sana, amount_minor=5)
    entry = edit_deal(actor(sana), deal_id=made.pk, values={"amount_minor": 7})
    edit_deal(actor(sana), deal_id=made.pk, values={"amount_minor": 8})
    with pytest.raises(Conflict):
        undo(actor(sana), key=entry.key)


def test_a_new_owner_is_told_and_a_gift_is_taken_back(deal, sana, omar, actor):
    made = deal(sana)
    given = edit_deal(actor(omar), deal_id=made.pk, values={"owner_id": omar.pk})
    assert (given.kind, given.facts["to_id"]) == ("customers.assigned.1", str(omar.pk))
    undo(actor(omar), key=given.key)
    assert now_of(made).owner == sana


def test_a_new_owner_beside_other_changes_is_taken_back_with_them(deal, sana, omar, actor):
    made = deal(sana, amount_minor=5)
    entry = edit_deal(actor(omar), deal_id=made.pk, values={"owner_id": omar.pk, "amount_minor": 7})
    undo(actor(omar), key=entry.key)
    assert (now_of(made).owner, now_of(made).amount_minor) == (sana, 5)


def test_what_is_anothers_is_not_given_away_without_the_permission(deal, sana, omar, lina, actor):
    made = deal(omar, owner_id=lina.pk)
    seeing = actor(sana)
    seeing = replace(seeing, sees=None)
    with pytest.raises(Refused):
        edit_deal(seeing, deal_id=made.pk, values={"owner_id": sana.pk})


def test_a_company_hidden_from_the_seller_cannot_be_named(deal, sana, lina, company, actor):
    made = deal(sana)
    with pytest.raises(NotFound):
        edit_deal(actor(sana), deal_id=made.pk, values={"company_id": company(lina).pk})


def test_a_deal_tells_the_name_of_a_hidden_company_but_opens_no_door(deal, omar, sana, lina, company, actor):
    from dawra.deals.queries.deals import deal_card

    nile = company(omar)
    made = deal(omar, company_id=nile.pk, owner_id=sana.pk)
    card = deal_card(actor(sana), made.pk)
    assert (card.company.name, card.company.is_open) == ("Nile Transport", False)
    assert deal_card(actor(omar), made.pk).company.is_open


def test_a_field_that_is_none_is_refused(deal, sana, actor):
    with pytest.raises(Invalid):
        edit_deal(actor(sana), deal_id=deal(sana).pk, values={"base_minor": 1})


def test_a_stranger_edits_nothing(deal, sana, zayn, lina, actor):
    made = deal(sana)
    for stranger in (zayn, lina):
        with pytest.raises(NotFound):
            edit_deal(actor(stranger), deal_id=made.pk, values={"amount_minor": 7})
