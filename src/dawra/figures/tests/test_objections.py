"""Ranking of answers, likeness of texts, health of a deal: worked examples and published numbers."""

from datetime import date, timedelta

from dawra.figures.deal_health import START, Signs, health
from dawra.figures.objections import Tally, rank, share_of_n
from dawra.figures.similar import closest, idf, norm, packed, terms, unpacked, worth_reading


def test_a_lucky_single_win_does_not_outrank_a_proven_answer():
    lucky, proven, new, failed = (
        Tally("lucky", 1, 1, 1, 1), Tally("proven", 14, 18, 6, 9), Tally("new", 0, 0, 0, 0), Tally("failed", 0, 9, 0, 4),
    )  # fmt: skip
    assert [score.key for score in rank([failed, lucky, new, proven])] == ["proven", "lucky", "new", "failed"]
    assert [score.key for score in rank([lucky, proven, new], by="won")] == ["proven", "lucky", "new"]


def test_the_interval_is_the_published_one():
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        share = share_of_n(hits, n)
        assert (round(share.low, 4), round(share.high, 4)) == (low, high)
    assert share_of_n(0, 0).share is None


def test_the_weight_of_a_term_is_the_published_one():
    """Manning, Raghavan and Schütze 2008, example 6.8: Reuters-RCV1, 806,791 documents."""
    for df, weight in ((18_165, 1.65), (6_723, 2.08), (19_241, 1.62), (25_235, 1.5)):
        assert abs(idf(df, 806_791) - weight) < 0.01
    assert idf(7, 7) == 0


def test_texts_meet_in_words_and_in_runs_of_letters():
    assert terms("") == frozenset() and terms("the of من في") == frozenset()
    assert terms("Price!") == terms("price")
    assert len(terms("expensive") & terms("expensiveness")) > len(terms("expensive")) / 2
    assert terms("السِّعر") == terms("السعر")
    assert len(terms("سعركم") & terms("السعر")) >= 5


def test_the_closest_text_is_the_one_that_shares_the_rarest():
    texts = {1: "your price is too high", 2: "the price of the other is lower", 3: "no time before march"}
    found = {key: terms(text) for key, text in texts.items()}
    asked = terms("price too high")
    df = {term: sum(term in one for one in found.values()) for term in asked}
    occurs = {term: [packed(key for key in texts if term in found[key])] for term in worth_reading(df, 4)}
    best = closest(occurs, df, 4, 5)
    assert best[0][0] == 1 and 3 not in dict(best)
    assert norm(asked, df, 4) > 0
    assert list(unpacked(packed([1, 70_000]))) == [1, 70_000]


def test_the_parts_of_health_add_up_and_never_leave_the_scale():
    day = date(2026, 11, 23)
    worst = health(Signs(day, day, "", None, day - timedelta(1), 3, None, day - timedelta(1), 9_000, 39))
    best = health(Signs(day, None, "Call", day, day, 0, day))
    for one in (worst, best):
        assert one.score == START + sum(points for points, _code in one.parts)
    assert (worst.score, worst.level, best.score, best.level) == (0, "bad", 100, "good")
    calm = Signs(day, None, "Call", day, day, 0, None)
    objected = Signs(day, None, "Call", day, day, 1, None)
    assert health(calm).score - health(objected).score == 15


def test_hope_without_qualification_and_a_late_plan_cost_health_but_silence_does_not():
    day = date(2026, 11, 23)

    def parts(due_on, probability_bp, qualification):
        signs = Signs(day, None, "Call", day, day, 0, None, due_on, probability_bp, qualification)
        return {code for _points, code in health(signs).parts}

    assert parts(day - timedelta(1), 5_000, 39) == {"next_step_set", "plan_late", "little_qualified"}
    assert parts(day, 5_000, 40) == parts(None, 4_999, 0) == parts(None, 10_000, None) == {"next_step_set"}
