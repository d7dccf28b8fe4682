"""Weights against the published formulas, and what a score says."""

import json
from math import log2

import pytest

from dawra.figures.matching import (
    PEOPLE,
    Field,
    Fields,
    Model,
    Score,
    UnknownKind,
    candidates,
    fit,
    score,
    unfitted,
)
from dawra.figures.matching.weights import Frequencies

TOWN = Fields((Field("town", "text"), Field("year", "code")), (("town.whole",),))


def hand_made(frequencies: Frequencies | None = None) -> Model:
    """m and u by hand: same town 0.9 / 0.05, same year 0.8 / 0.1; one pair in ten is one person."""
    same = ((0.9, 0.04, 0.01, 0.05), (0.8, 0.05, 0.05, 0.1))
    differ = ((0.05, 0.01, 0.04, 0.9), (0.1, 0.05, 0.05, 0.8))
    return Model(TOWN, 0.1, 0.0, same, differ, differ, (frequencies, None), 100)


def test_a_score_is_the_sum_of_log2_m_over_u_of_fellegi_and_sunter() -> None:
    found = score(hand_made(), {"town": "Riyadh", "year": "1980"}, {"town": "riyadh", "year": "2021"})
    assert (
        [part.weight for part in found.parts] == [round(log2(0.9 / 0.05), 2), round(log2(0.1 / 0.8), 2)] == [4.17, -3.0]
    )
    odds = (0.9 / 0.05) * (0.1 / 0.8) * (0.1 / 0.9)  # 18 × 1/8 × 1/9 = 1/4
    assert found.probability == pytest.approx(odds / (1 + odds)) == pytest.approx(0.2)


def test_agreeing_on_a_rare_value_says_log2_m_over_its_share() -> None:
    shares = Frequencies({"riyadh": 0.3, "petra": 0.001}, (0.01, 1), (0.01, 1), (0.05, 1), (0.05, 1), 100)
    common, rare = (
        score(hand_made(shares), {"town": town}, {"town": town}).parts[0].weight for town in ("Riyadh", "Petra")
    )
    assert common == round(log2(0.9 / 0.3), 2) == 1.58
    assert rare == round(log2(0.9 / 0.001), 2) == 9.81


def test_what_is_missing_speaks_neither_for_nor_against() -> None:
    found = score(hand_made(), {"town": "Riyadh", "year": ""}, {"town": "Riyadh"})
    assert (found.parts[1].level, found.parts[1].weight) == ("missing", 0.0)


def test_what_colleagues_share_is_taken_off() -> None:
    fields = Fields(TOWN.fields, TOWN.passes, shared=("town",))
    alone, many = (
        Model(fields, 0.01, together,
              same=hand_made().same, differ=hand_made().differ, related=hand_made().same, frequencies=(None, None), records=9)
        for together in (0.0, 0.5)
    )  # fmt: skip
    here, there = {"town": "Riyadh", "year": "1980"}, {"town": "Riyadh", "year": "1981"}
    assert score(alone, here, there).shared == 0
    together = 0.5 / 0.49 * (0.9 / 0.05)
    assert score(many, here, there).shared == pytest.approx(log2(1 + together), abs=0.01)


def test_a_model_survives_being_kept_as_json() -> None:
    fitted = fit(
        PEOPLE, [{"name": f"Person{n % 150} Family{n % 70}", "phone": f"05012{n % 190:05d}"} for n in range(400)]
    )
    assert fitted.records == 400
    assert Model.from_json(json.loads(json.dumps(fitted.as_json()))) == fitted


def test_too_few_records_teach_nothing() -> None:
    assert fit(PEOPLE, [{"name": "Sana Haddad"}]).records == 0
    assert fit(PEOPLE, []) == unfitted(PEOPLE, records=0)


SANA = {"name": "Sana Haddad", "email": "sana@example.com", "phone": "+966501234567", "company": "Nile Foods LLC"}


def level(found: Score, field: str) -> str:
    return next(part.level for part in found.parts if part.field == field)


def test_a_score_says_what_agrees_and_how_much() -> None:
    found = score(
        unfitted(PEOPLE), SANA, SANA | {"name": "سناء حداد", "email": "sanna@example.com", "phone": "0501234567"}
    )
    levels = [(part.field, part.level) for part in found.parts]
    assert levels == [
        ("name", "near"),
        ("email", "near"),
        ("phone", "same"),
        ("company", "same"),
        ("city", "missing"),
    ] or (levels[0] == ("name", "sound"))
    assert 0.8 < found.parts[0].similarity <= 1
    assert found.probability > 0.99


def test_any_of_several_values_may_agree() -> None:
    many = SANA | {"name": ["S. Haddad", "سناء حداد", "Haddad, Sana"], "phone": ["+97150000000", "00966501234567"]}
    found = score(unfitted(PEOPLE), SANA, many)
    assert (level(found, "name"), level(found, "phone")) == ("same", "same")


def test_the_year_of_an_address_tells_namesakes_apart() -> None:
    found = score(unfitted(PEOPLE), {"email": "ahmed7@example.com"}, {"email": "ahmed8@example.com"})
    assert level(found, "email") == "other"


def test_day_and_month_may_be_exchanged() -> None:
    birth = Fields((Field("born", "date"),), (("born.whole",),))
    assert level(score(unfitted(birth), {"born": "1980-03-04"}, {"born": "1980-04-03"}), "born") == "swapped"
    assert level(score(unfitted(birth), {"born": "1980-03-04"}, {"born": "٤ مارس"}), "born") == "missing"


def test_given_and_family_name_may_be_exchanged() -> None:
    fields = Fields((Field("given", "word", swaps="family"), Field("family", "word")), (("given|family.sound",),))
    found = score(unfitted(fields), {"given": "Omar", "family": "Mansour"}, {"given": "Mansor", "family": "Omar"})
    assert (level(found, "given"), level(found, "family")) == ("swapped", "missing")
    assert found.weight > 0


def test_the_likeliest_candidate_comes_first() -> None:
    others = [{"name": "Omar Saleh"}, {"name": "Sana Haddad"}, SANA | {"name": "Sanaa Hadad"}]
    found = candidates(unfitted(PEOPLE), SANA, others, at_least=0.01)
    assert [place for place, _ in found][:1] == [2]
    assert all(one.probability >= 0.01 for _, one in found)


@pytest.mark.parametrize("wrong", [("town.tail",), ("city.whole",)])
def test_a_pass_over_what_does_not_exist_is_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises(UnknownKind):
        Fields(TOWN.fields, (wrong,))
