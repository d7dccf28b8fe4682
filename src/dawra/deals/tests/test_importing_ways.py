"""A deal's way out of what is told: little or much, in any order, it has no gap and ends where the deal stands."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from dawra.deals.importing.ways import Step, Told, way

BEGIN = datetime(2024, 1, 1, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    return BEGIN + timedelta(days=number)


def drawn(told: Told[str], *heard: tuple[str, int]) -> list[tuple[str, int]]:
    return [(step.stage, (step.at - BEGIN).days) for step in way(told, [Step(stage, day(at)) for stage, at in heard])]


def test_an_open_deal_of_which_nothing_is_told_has_been_where_it_stands():
    assert drawn(Told("demo", "new", BEGIN)) == [("demo", 0)]
    assert drawn(Told("demo", "new", BEGIN, since=day(5))) == [("new", 0), ("demo", 5)]


def test_a_closed_deal_was_worked_before_it_was_closed():
    assert drawn(Told("won", "new", BEGIN, closed_at=day(9))) == [("new", 0), ("won", 9)]
    assert drawn(Told("won", "new", day(9), closed_at=day(3))) == [("new", 3), ("won", 3)], "created after its close"


def test_history_in_any_order_is_the_same_way():
    heard = [("new", 0), ("demo", 3), ("demo", 4), ("price", 6)]
    for order in permutations(heard):
        assert drawn(Told("won", "new", BEGIN, closed_at=day(9)), *order) == [
            ("new", 0), ("demo", 3), ("price", 6), ("won", 9),
        ]  # fmt: skip


def test_the_close_counts_for_the_day_it_is_dated_and_nothing_comes_after():
    told = Told("won", "new", BEGIN, closed_at=day(9))
    assert drawn(told, ("new", 0), ("won", 8)) == [("new", 0), ("won", 8)]
    assert drawn(told, ("new", 0), ("demo", 30)) == [("new", 0), ("won", 9)]


def test_before_the_first_stage_that_is_told_it_was_at_the_beginning():
    assert drawn(Told("price", "new", BEGIN), ("demo", 3), ("price", 5)) == [("new", 0), ("demo", 3), ("price", 5)]
    assert drawn(Told("price", "demo", BEGIN), ("demo", 3), ("price", 5)) == [("demo", 0), ("price", 5)]


def test_a_deal_that_stands_elsewhere_than_its_history_ends_went_there_last():
    assert drawn(Told("closing", "new", BEGIN, since=day(8)), ("new", 0), ("demo", 3)) == [
        ("new", 0), ("demo", 3), ("closing", 8),
    ]  # fmt: skip
    assert drawn(Told("closing", "new", BEGIN), ("new", 0), ("demo", 3))[-1] == ("closing", 3)
