"""The ideal customer, learnt from closed deals."""

from math import exp, log
from time import process_time

import pytest

from dawra.figures import icp
from dawra.figures.logistic import between_variance, weights_of

# Trials of the BCG vaccine: cases and not, vaccinated and not (Colditz et al. 1994, JAMA 271, 698-702).
BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip


def cases(counts: dict[tuple[tuple[str, str], ...], tuple[int, int]]) -> list[icp.Case]:
    """pattern of (dimension, value) → (won, lost), won and lost taking turns as far as they go."""
    found = []
    for pattern, (won, lost) in counts.items():
        values = {dimension: (value,) for dimension, value in pattern}
        found += [icp.Case(k % (won + lost) < won, values) for k in range(won + lost)]
    return sorted(found, key=hash_of)


def hash_of(case: icp.Case) -> tuple[object, ...]:
    return (sorted(case.values.items()), case.won)


def test_groups_lie_apart_as_published_for_the_bcg_trials() -> None:
    estimates = [log(a / (a + b)) - log(c / (c + d)) for a, b, c, d in BCG]
    spreads = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    assert between_variance(estimates, spreads) == pytest.approx(0.3088, abs=5e-5)
    assert between_variance([0.1, 0.1], [1.0, 1.0]) == 0 and between_variance([0.1], [1.0]) is None


def test_without_shrinkage_the_weights_differ_by_the_published_odds_ratio() -> None:
    """Heart attacks under placebo and aspirin, 189 of 11,034 and 104 of 11,037: odds ratio 1.83 (Agresti 2002, 3.1.2)."""
    patterns = {(0, 1): (11034, 189), (0, 2): (11037, 104)}
    _level, placebo, aspirin = weights_of(patterns, [1e6, 1e6])
    assert exp(placebo - aspirin) == pytest.approx(1.83, abs=5e-3)
    _level, placebo, aspirin = weights_of(patterns, [0.01, 0.01])
    assert 1 < exp(placebo - aspirin) < 1.5


def test_a_weight_is_where_the_deals_pull_as_hard_as_the_prior() -> None:
    """By hand: 100 deals each, 60 and 40 won. Level 0; w = v·(60 - 100·p(w)), at v = 0.1: w ≈ 0.2873."""
    level, good, bad = weights_of({(0, 1): (100, 60), (0, 2): (100, 40)}, [0.1, 0.1])
    assert level == pytest.approx(0, abs=1e-6) and good == pytest.approx(-bad)
    assert good == pytest.approx(0.1 * (60 - 100 / (1 + exp(-good))), abs=1e-6)
    assert good == pytest.approx(0.2873, abs=5e-4)


def test_too_little_history_is_a_result_and_still_shows_what_happened() -> None:
    profile = icp.fit(cases({(("industry", "dairy"),): (29, 40)}))
    assert profile.state == "too_little_history" and (profile.n, profile.won) == (69, 29)
    assert profile.lifts[0].weight is None and profile.lifts[0].share == pytest.approx(29 / 69)
    assert icp.scored(profile, {"industry": ("dairy",)}).score == icp.MIDDLE


def test_values_that_differ_by_chance_only_get_no_weight() -> None:
    profile = icp.fit(cases({(("source", "fair"),): (40, 60), (("source", "web"),): (42, 58)}))
    assert profile.state == "nothing_tells" and profile.telling == {"source": 0.0}


def learnt() -> icp.Profile:
    return icp.fit(
        cases(
            {
                (("industry", "dairy"), ("country", "EG")): (80, 40),
                (("industry", "dairy"), ("country", "SA")): (82, 38),
                (("industry", "retail"), ("country", "EG")): (30, 90),
                (("industry", "retail"), ("country", "SA")): (28, 92),
                (("industry", "rare"), ("country", "SA")): (3, 0),
            }
        )
    )


def test_what_tells_won_from_lost_counts_and_what_does_not_does_not() -> None:
    profile = learnt()
    by_value = {(one.dimension, one.value): one for one in profile.lifts}
    assert profile.state == "fitted"
    dairy, retail = by_value["industry", "dairy"], by_value["industry", "retail"]
    assert dairy.points > 10 and retail.points < -10 and dairy.lift and dairy.lift_low and dairy.lift_low > 1
    assert abs(by_value["country", "EG"].points) <= 1
    assert by_value["industry", "rare"].weight is None, "three deals are luck"
    assert profile.auc and profile.auc > 0.65
    assert sum(band.n for band in profile.bands) == profile.n


def test_the_shown_parts_of_a_score_add_up() -> None:
    profile = learnt()
    for values in ({"industry": ("dairy",), "country": ("EG",)}, {"industry": ("retail",)}, {"industry": ("new",)}, {}):
        found = icp.scored(profile, values)
        assert found.score == found.base + sum(reason.points for reason in found.reasons)
        assert 0 <= found.score <= 100
    assert icp.scored(profile, {}).score == profile.base
    assert icp.scored(profile, {"industry": ("dairy",)}).top[0].points > 0


def test_the_same_deals_give_the_same_profile() -> None:
    assert learnt() == learnt()


def test_points_set_by_hand_stay_within_0_and_100() -> None:
    by_hand = {("tag", "a"): 40, ("tag", "b"): 30}
    assert icp.scored_by(50, by_hand, {"tag": ("a", "b")}).score == 100
    assert icp.scored_by(50, {("tag", "a"): -80}, {"tag": ("a",)}).score == 0


def test_numbers_fall_into_bands_of_size_or_of_equal_count() -> None:
    assert [icp.band_of(n, icp.SIZE_CUTS)[0] for n in (0, 9, 10, 49, 50, 250, 5000)] == [
        "<10", "<10", "10-49", "10-49", "50-249", "250-999", "5000+",
    ]  # fmt: skip
    assert icp.band_of(None, icp.SIZE_CUTS) == ()
    assert icp.quantile_cuts(range(1, 101)) == (25, 50, 75)
    assert icp.quantile_cuts([1, 1, 1, 1]) == () and icp.quantile_cuts([]) == ()


def test_the_chance_that_a_won_deal_scored_above_a_lost_one() -> None:
    """By hand: won 9 and 5, lost 5 and 1: pairs 1 + 1 + 0.5 + 1 of 4."""
    assert icp.auc_of([(9, True), (5, True), (5, False), (1, False)]) == pytest.approx(3.5 / 4)
    assert icp.auc_of([(9, True)]) is None


def test_fifty_thousand_closed_deals_are_learnt_from_in_seconds() -> None:
    values = [
        {"industry": (f"i{k % 17}",), "size": (f"s{k // 3 % 6}",), "country": (f"c{k // 7 % 12}",),
         "source": (f"o{k // 11 % 9}",), "title": (f"t{k // 5 % 5}",), "tag": (f"g{k % 23}", f"g{k % 19}")}
        for k in range(10_000)
    ]  # fmt: skip
    many = [icp.Case((k * 7919 + k % 17 * 31) % 100 < 30 + k % 17, values[k]) for k in range(10_000)]
    before = process_time()
    icp.fit(many)
    assert process_time() - before < 3, "a fifth of the goal's deals, at three times its price: the bench measures it"
