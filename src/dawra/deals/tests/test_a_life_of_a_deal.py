"""Whatever happens to a deal in whatever order: no gap in its history, no figure out of step, no undo that lies."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dawra.access.actor import Actor
from dawra.access.errors import Stale
from dawra.customers.models import SearchRow
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.bin import delete_deal, restore_deal
from dawra.deals.actions.closing import Close, lose_deal, reopen_deal, win_deal
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import Move, change_pipeline, move_deal
from dawra.deals.actions.pipelines import add_pipeline, publish_version
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, Stage, StageVisit
from dawra.figures.money import share_of
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.team.models import Workspace

SEEN = (
    *("name", "amount_minor", "currency", "base_minor", "weighted_minor", "stage_id", "stage_since", "state"),
    *("closed_at", "probability_bp", "probability_source", "forecast_category", "stalls_on", "board_on", "reason_id"),
    *("reason_words", "deleted_at"),
)


class Life(RuleBasedStateMachine):
    """now: moves on with every act. acts: (entry, the row before it) of what can be taken back, newest last."""

    @initialize()
    def begin(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        Workspace.objects.create(name="Masar", base_currency="SAR", created_at=self.now)
        start_with_defaults(self.actor)
        self.ways = [self.stages_of(name) for name in ("", "Renewals")]
        self.deal_id = add_deal(self.actor, new=NewDeal("Fleet", amount_minor=12_345)).pk
        self.acts: list[tuple[Entry, dict[str, Any]]] = []

    def stages_of(self, name: str) -> list[Stage]:
        """Of the default pipeline, or of another one drawn now."""
        if name:
            version = add_pipeline(self.actor, name=name)
            publish_version(self.actor, version_id=version.pk)
            return list(Stage.objects.filter(version=version).order_by("position"))
        return list(Stage.objects.order_by("position"))

    @property
    def stages(self) -> list[Stage]:
        """Of the pipeline the deal is in."""
        return next(way for way in self.ways if self.row.stage_id in {stage.pk for stage in way})

    @property
    def actor(self) -> Actor:
        return Actor.system("a life", self.now)

    @property
    def row(self) -> Deal:
        row: Deal = Deal._base_manager.get(pk=self.deal_id)
        return row

    def does(self, act: Any) -> None:
        self.now += timedelta(hours=7)
        before = {name: getattr(self.row, name) for name in SEEN}
        entry = act()
        if entry is not None:
            self.acts.append((entry, before))

    is_open = precondition(lambda self: self.row.state == "open" and not self.row.deleted_at)
    is_closed = precondition(lambda self: self.row.state != "open" and not self.row.deleted_at)
    is_live = precondition(lambda self: not self.row.deleted_at)

    @is_open
    @rule(place=st.integers(0, 5), late=st.booleans())
    def move(self, place: int, late: bool) -> None:
        at = self.row.stage_since + timedelta(minutes=1) if late else None
        move = Move(self.stages[place].pk, override="because", at=at)
        self.does(lambda: move_deal(self.actor, deal_id=self.deal_id, move=move))

    @is_open
    @rule(place=st.integers(0, 5))
    def change_pipeline(self, place: int) -> None:
        [other] = [way for way in self.ways if way != self.stages]
        move = Move(other[place].pk, version=self.row.version)
        self.does(lambda: change_pipeline(self.actor, deal_id=self.deal_id, move=move))

    @is_live
    @rule(amount=st.integers(0, 10**9), said=st.sampled_from([None, 0, 3333, 10_000]))
    def edit(self, amount: int, said: int | None) -> None:
        values = {"amount_minor": amount, "probability_bp": said}
        self.does(lambda: edit_deal(self.actor, deal_id=self.deal_id, values=values))

    @is_live
    @rule()
    def edit_what_is_stale(self) -> None:
        before = {name: getattr(self.row, name) for name in SEEN}
        with pytest.raises(Stale):
            edit_deal(self.actor, deal_id=self.deal_id, values={"name": "Lost"}, version=self.row.version - 1)
        assert {name: getattr(self.row, name) for name in SEEN} == before

    @is_open
    @rule()
    def win(self) -> None:
        self.does(lambda: win_deal(self.actor, deal_id=self.deal_id, close=Close("fit", "w", override="because")))

    @is_open
    @rule()
    def lose(self) -> None:
        self.does(lambda: lose_deal(self.actor, deal_id=self.deal_id, close=Close("price", "l")))

    @is_closed
    @rule()
    def reopen(self) -> None:
        self.does(lambda: reopen_deal(self.actor, deal_id=self.deal_id))

    @is_live
    @rule()
    def delete(self) -> None:
        self.does(lambda: delete_deal(self.actor, deal_id=self.deal_id))

    @precondition(lambda self: self.row.deleted_at)
    @rule()
    def restore(self) -> None:
        self.now += timedelta(hours=7)
        restore_deal(self.actor, deal_id=self.deal_id)
        self.acts.pop()  # restoring by hand and taking the deletion back are the same

    @precondition(lambda self: self.acts)
    @rule()
    def take_back(self) -> None:
        entry, before = self.acts.pop()
        self.now += timedelta(hours=7)
        undo(self.actor, key=entry.key)
        assert {name: getattr(self.row, name) for name in SEEN} == before

    @invariant()
    def visits_touch_and_one_is_open(self) -> None:
        visits = list(StageVisit.objects.filter(deal_id=self.deal_id).order_by("entered_at", "id"))
        assert all(a.exited_at == b.entered_at for a, b in pairwise(visits))
        assert [v.exited_at is None for v in visits] == [False] * (len(visits) - 1) + [True]
        assert (visits[-1].stage_id, visits[-1].entered_at) == (self.row.stage_id, self.row.stage_since)

    @invariant()
    def figures_are_in_step(self) -> None:
        row = self.row
        assert row.weighted_minor == share_of(row.base_minor, row.probability_bp)
        assert row.base_minor == row.amount_minor
        assert (row.closed_at is None) == (row.state == "open") == (row.stage.type == "open")
        assert (row.reason_id is None) == (row.state == "open")
        assert SearchRow.objects.filter(record_id=row.pk).exists() == (row.deleted_at is None)


class TestLife(TestCase):
    """Each life in a transaction of its own."""

    def test_every_life_of_a_deal_adds_up(self) -> None:
        from hypothesis.stateful import run_state_machine_as_test

        slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
        run_state_machine_as_test(
            _Isolated,
            settings=settings(
                max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=slow, derandomize=True
            ),
        )


class _Isolated(Life):
    def __init__(self) -> None:
        super().__init__()
        from django.db import transaction

        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
