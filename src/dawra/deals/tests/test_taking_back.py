"""Whatever was done to a deal's people, products, credit, criteria and stages can be taken back; and who listens."""

from datetime import timedelta
from decimal import Decimal

import pytest

from dawra.access.errors import Conflict, NotFound
from dawra.customers.actions.activities import Happening, log_activity
from dawra.deals.actions.closing import Close, win_deal
from dawra.deals.actions.criteria import tick
from dawra.deals.actions.lines import NewLine, set_lines, stand
from dawra.deals.actions.moving import Move, move_deal
from dawra.deals.actions.people import remove_person, set_person
from dawra.deals.actions.splits import Split, set_splits
from dawra.deals.models import Criterion, CriterionTick, Deal, DealPerson, DealSplit, StageOverride, StageVisit
from dawra.journal.listeners import deliver_due
from dawra.journal.undo import undo
from tests.cast import NOW


def now_of(made: Deal) -> Deal:
    return Deal._base_manager.get(pk=made.pk)


def test_a_move_taken_back_was_never_a_step(deal, sana, pipeline, actor):
    made = deal(sana, amount_minor=1000, at=NOW - timedelta(days=3))
    moved = move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["demo"].pk, override="They know us"))
    undo(actor(sana, NOW + timedelta(minutes=1)), key=moved.key)
    back = now_of(made)
    assert (back.stage.code, back.stage_since, back.weighted_minor) == ("prospecting", NOW - timedelta(days=3), 50)
    assert [(v.stage.code, v.exited_at) for v in StageVisit.objects.filter(deal=made)] == [("prospecting", None)]
    assert not StageOverride.objects.exists()


def test_a_move_the_deal_has_left_behind_is_not_taken_back(deal, sana, pipeline, actor):
    made = deal(sana)
    first = move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["research"].pk, override="Known"))
    win_deal(actor(sana), deal_id=made.pk, close=Close("fit", override="Signed"))
    with pytest.raises(Conflict):
        undo(actor(sana), key=first.key)


def test_a_stranger_takes_nothing_back(deal, sana, zayn, pipeline, actor):
    made = deal(sana)
    moved = move_deal(actor(sana), deal_id=made.pk, move=Move(pipeline["research"].pk, override="Known"))
    with pytest.raises(NotFound):
        undo(actor(zayn), key=moved.key)


def test_people_join_change_roles_and_leave_and_each_is_taken_back(deal, sana, zayn, person, actor):
    made, huda = deal(sana), person(sana)
    asked = {"deal_id": made.pk, "person_id": huda.pk}
    joined = set_person(actor(sana), **asked, role="user")
    changed = set_person(actor(sana), **asked, role="champion")
    left = remove_person(actor(sana), **asked)
    for entry, role in ((left, "champion"), (changed, "user")):
        undo(actor(sana), key=entry.key)
        assert DealPerson.objects.get(deal=made).role == role
    undo(actor(sana), key=joined.key)
    assert not DealPerson.objects.exists()
    with pytest.raises(NotFound):
        set_person(actor(zayn), **asked, role="user")
    with pytest.raises(NotFound):
        set_person(actor(zayn), deal_id=deal(zayn).pk, person_id=huda.pk, role="user")


def test_lines_lead_the_amount_and_are_taken_back_with_it(deal, sana, zayn, actor):
    made = deal(sana, amount_minor=777)
    lines = [
        NewLine(Decimal(180), 2200, name="Routing", recurs="month"),
        NewLine(Decimal("1.5"), 100_00, name="Fitting", discount_bp=1000),
        NewLine(Decimal(1), 1200_00, name="Audit", recurs="year"),
    ]
    entry = set_lines(actor(sana), deal_id=made.pk, lines=lines)
    assert now_of(made).amount_minor == 180 * 2200 * 12 + 135_00 + 1200_00
    assert now_of(made).recurring_minor == 180 * 2200 + 100_00
    undo(actor(sana), key=entry.key)
    assert (now_of(made).amount_minor, now_of(made).recurring_minor, stand(made.pk)) == (777, 0, [])
    with pytest.raises(NotFound):
        set_lines(actor(zayn), deal_id=made.pk, lines=lines)


def test_credit_is_shared_whole_and_taken_back(deal, sana, omar, zayn, actor):
    made = deal(sana)
    first = set_splits(actor(sana), deal_id=made.pk, shares=[Split(sana.pk, 6000), Split(omar.pk, 4000)])
    set_splits(actor(sana), deal_id=made.pk, shares=[Split(sana.pk, 10_000), Split(omar.pk, 2000, "overlay")])
    with pytest.raises(Conflict):
        undo(actor(sana), key=first.key)
    assert DealSplit.objects.filter(deal=made).count() == 2
    with pytest.raises(NotFound):
        set_splits(actor(zayn), deal_id=made.pk, shares=[])


def test_a_tick_counts_and_is_taken_back(deal, sana, zayn, pipeline, actor):
    made = deal(sana)
    box = Criterion.objects.get(stage=pipeline["prospecting"], sort="box")
    entry = tick(actor(sana), deal_id=made.pk, criterion_id=box.pk, ticked=True)
    undo(actor(sana), key=entry.key)
    assert not CriterionTick.objects.exists()
    with pytest.raises(NotFound):
        tick(actor(zayn), deal_id=made.pk, criterion_id=box.pk, ticked=True)


def test_work_on_a_deal_keeps_it_from_counting_as_stalled(deal, sana, actor):
    made = deal(sana, at=NOW - timedelta(days=13))
    before = now_of(made)
    log_activity(actor(sana), records=[made], said=Happening("call", NOW, "Asked about vans"))
    deliver_due(NOW + timedelta(seconds=5))
    after = now_of(made)
    assert (after.last_activity_at, after.version) == (NOW, before.version)
    assert after.stalls_on - before.stalls_on == timedelta(days=13)
