"""Whole populations: each pair once, and doubles found without being told one."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.persons import records
from dawra.figures.matching import KINDS, PEOPLE, Field, Fields, Gathered, blocking_keys, candidates, fit, pairs, score

TWO = Fields((Field("a", "code"), Field("b", "code")), (("a.whole",), ("b.whole",)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "x1", "y2", "z3"]), st.sampled_from(["", "p4", "q5"])), max_size=25))
def test_every_two_that_share_a_key_are_brought_together_once(rows: list[tuple[str, str]]) -> None:
    people = [{"a": a, "b": b} for a, b in rows]
    keys = [set(blocking_keys(TWO, one)) for one in people]
    found = list(Gathered(TWO, people).candidates())
    assert sorted(found) == [(a, b) for a, b in combinations(range(len(people)), 2) if keys[a] & keys[b]]


def test_two_that_share_several_keys_of_one_pass_meet_once() -> None:
    either = Fields((Field("given", "word"), Field("family", "word")), (("given|family.sound",),))
    assert list(Gathered(either, [{"given": "Omar", "family": "Saleh"}] * 2).candidates()) == [(0, 1)]


def test_what_everybody_shares_brings_nobody_together_but_identical_neighbours() -> None:
    crowd = [{"a": "info", "b": str(100 + number)} for number in range(500)]
    assert list(Gathered(TWO, crowd).candidates()) == []
    same = Gathered(TWO, [{"a": "info", "b": "7"}] * 500)
    assert len(list(same.candidates())) == 499


@pytest.fixture(scope="module")
def population() -> tuple[list[int], list[dict[str, str]]]:
    rows = list(records(12_000, seed=41))
    return [true for true, _ in rows], [row for _, row in rows]


def test_doubles_in_two_scripts_are_found_without_being_told_one(
    population: tuple[list[int], list[dict[str, str]]],
) -> None:
    true, rows = population
    gathered = Gathered(PEOPLE, rows)
    model = fit(PEOPLE, gathered)
    found = list(pairs(model, gathered, at_least=0.5))
    right = sum(true[pair.a] == true[pair.b] for pair in found)
    doubles = sum(n * (n - 1) // 2 for n in Counter(true).values())
    assert right / len(found) >= 0.96
    assert right / doubles >= 0.9
    expected = model.chance * len(rows) * (len(rows) - 1) / 2
    assert expected == pytest.approx(doubles, rel=0.15), "the model knows how many there are"
    strangers = model.differ[0][KINDS["name"].levels.index("near")]
    assert strangers == pytest.approx(3e-5, rel=0.6), "as counted over 400,000 pairs taken at random"
    assert all(pair.a < pair.b for pair in found)
    assert len({(pair.a, pair.b) for pair in found}) == len(found)

    pair = found[0]
    assert score(model, rows[pair.a], rows[pair.b]) == pair.score, "one at a time says the same"
    assert score(model, rows[pair.b], rows[pair.a]).weight == pytest.approx(pair.score.weight, abs=0.02)
    best = candidates(model, rows[pair.b], [rows[5], rows[pair.a], rows[9]])
    assert best[0][0] == 1


def test_the_same_records_teach_the_same_model() -> None:
    rows = [row for _, row in records(1500, seed=3)]
    assert fit(PEOPLE, rows) == fit(PEOPLE, iter(rows))


def test_order_does_not_matter_to_who_is_found() -> None:
    rows = [row for _, row in records(3000, seed=8)]
    one, other = (
        {frozenset((id(some[p.a]), id(some[p.b]))) for p in pairs(fit(PEOPLE, rows), some, at_least=0.9)}
        for some in (rows, rows[::-1])
    )
    assert one == other
