"""A deal goes from stage to stage, and leaves a history without gap."""

from datetime import timedelta
from itertools import pairwise

import pytest

from dawra.access.errors import Invalid, NotFound, Stale
from dawra.deals.actions.moving import CriteriaUnmet, Move, NeedsReason, move_deal
from dawra.deals.models import Criterion, Deal, StageOverride, StageVisit
from dawra.journal.models import Entry
from tests.cast import NOW


@pytest.fixture
def plain(pipeline):
    """The pipeline without criteria."""
    Criterion.objects.all().delete()
    return pipeline


def test_visits_touch_without_gap(deal, sana, plain, actor):
    made = deal(sana, amount_minor=1000)
    for day, code in enumerate(("research", "demo", "first_contact"), start=1):
        move_deal(actor(sana, NOW + timedelta(days=day)), deal_id=made.pk, move=Move(plain[code].pk))
    visits = list(StageVisit.objects.filter(deal=made).order_by("entered_at"))
    assert [v.stage.code for v in visits] == ["prospecting", "research", "demo", "first_contact"]
    assert all(a.exited_at == b.entered_at for a, b in pairwise(visits))
    assert visits[-1].exited_at is None


def test_probability_follows_the_stage_but_not_against_a_person(deal, sana, plain, actor):
    followed, told = deal(sana, amount_minor=1000), deal(sana, amount_minor=1000, probability_bp=7000)
    for made in (followed, told):
        move_deal(actor(sana), deal_id=made.pk, move=Move(plain["demo"].pk))
    now = {d.pk: (d.probability_bp, d.weighted_minor) for d in Deal._base_manager.all()}
    assert now == {followed.pk: (4500, 450), told.pk: (7000, 700)}


def test_unmet_criteria_ask_for_a_reason_and_it_is_kept(deal, sana, pipeline, actor):
    made = deal(sana)
    with pytest.raises(CriteriaUnmet) as asked:
        move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["first_contact"].pk))
    assert len(asked.value.facts["unmet"]) == 4
    move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["first_contact"].pk, override="They called us"))
    kept = StageOverride.objects.get(deal=made)
    assert (kept.reason, len(kept.unmet), kept.overridden_by) == ("They called us", 4, sana)
    assert Entry.objects.get(kind="deals.deal_moved.1").facts["override"] == "They called us"


def test_a_move_back_asks_for_nothing(deal, sana, pipeline, actor):
    made = deal(sana, stage_id=pipeline["demo"].pk)
    assert move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["research"].pk))


def test_the_second_of_two_who_move_one_deal_sees_both_versions(deal, sana, omar, plain, actor):
    made = deal(sana)
    move_deal(actor(omar), deal_id=made.pk, move=Move(plain["research"].pk, version=1))
    with pytest.raises(Stale) as stale:
        move_deal(actor(sana), deal_id=made.pk, move=Move(plain["demo"].pk, version=1))
    assert stale.value.facts["theirs"] == {"stage_id": plain["research"].pk}
    assert stale.value.facts["yours"] == {"stage_id": plain["demo"].pk}
    assert stale.value.facts["version"] == 2


def test_a_move_may_be_told_late_but_not_before_the_visit_it_ends(deal, sana, plain, actor):
    made = deal(sana, at=NOW - timedelta(days=5))
    with pytest.raises(Invalid):
        move_deal(actor(sana), deal_id=made.pk, move=Move(plain["demo"].pk, at=NOW - timedelta(days=6)))
    with pytest.raises(Invalid):
        move_deal(actor(sana), deal_id=made.pk, move=Move(plain["demo"].pk, at=NOW + timedelta(days=1)))
    move_deal(actor(sana), deal_id=made.pk, move=Move(plain["demo"].pk, at=NOW - timedelta(days=2)))
    assert StageVisit.objects.get(deal=made, exited_at__isnull=True).entered_at == NOW - timedelta(days=2)


def test_won_and_lost_are_not_reached_without_a_reason(deal, sana, plain, actor):
    made = deal(sana)
    for code in ("won", "lost"):
        with pytest.raises(NeedsReason):
            move_deal(actor(sana), deal_id=made.pk, move=Move(plain[code].pk))


def test_where_it_stands_already_nothing_happens(deal, sana, plain, actor):
    made = deal(sana)
    assert move_deal(actor(sana), deal_id=made.pk, move=Move(plain["prospecting"].pk)) is None
    assert StageVisit.objects.filter(deal=made).count() == 1


def test_a_stranger_moves_nothing(deal, sana, zayn, lina, plain, actor):
    made = deal(sana)
    for stranger in (zayn, lina):
        with pytest.raises(NotFound):
            move_deal(actor(stranger), deal_id=made.pk, move=Move(plain["demo"].pk))
