"""What to do next: every number below was worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from dawra.figures.next_best import (
    Episode,
    Record,
    Rule,
    Sign,
    Subject,
    Urgency,
    common_of,
    fires,
    followed,
    rank,
    record_pc,
)

TODAY = date(2026, 11, 23)
ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))
RISING = Urgency(from_pc=80, to_pc=160, days=8)


def ago(days: int) -> Sign:
    return Sign(TODAY - timedelta(days=days))


def test_value_times_urgency_times_record_times_weight_gives_the_rank() -> None:
    """40,000 × 120 % × 110 % × 50 %: an objection open for 7 days, of which 3 were granted; 4 of 8 days up from 80 to 160."""
    rules = [
        # (33 + 20·66/200) / (100 + 20) = 33 %: everybody's own rate, so 100 %.
        Rule(ONE, "stalled", "call", record=Record(100, 33)),
        # (33 + 20·0.33) / (80 + 20 + 20) = 33 % too, for 20 dismissals count as proposals that moved nothing.
        Rule(TWO, "objection", "answer", days=3, urgency=RISING, weight_pc=50, record=Record(80, 33, 20)),
    ]
    [found] = rank([Subject(THREE, 40_000_00, {"objection": ago(7)})], rules, TODAY)
    assert (found.days, found.urgency_pc, found.record_pc) == (7, 120, 100)
    assert found.score == 24_000_00


def test_a_lucky_beginner_does_not_outrank_a_proven_rule() -> None:
    """Everybody: 100 of 300. 3 of 3 shrinks to (3 + 20/3) / 23 = 42 %, 126 % of a third; 60 of 100 to 55.6 %, 167 %."""
    common = Record(300, 100)
    assert record_pc(Record(3, 3), common) == 126
    assert record_pc(Record(100, 60), common) == 167
    assert record_pc(Record(), common) == record_pc(Record(9, 9), Record()) == 100
    assert record_pc(Record(1000, 0), common) == 50, "and what never moved anything still counts for half"
    assert common_of([Record(1, 1, 2), Record(4, 0, 1)]) == Record(5, 1, 3)


def test_urgency_grows_in_a_straight_line_and_then_stays() -> None:
    assert [RISING.after(day) for day in (-1, 0, 1, 4, 8, 99)] == [80, 80, 90, 120, 160, 160]
    assert Urgency(200, 50, 10).after(5) == 125, "or fades"


def test_a_rule_waits_its_days_and_looks_only_at_its_stages() -> None:
    rule = Rule(ONE, "objection", "call", days=3, from_bp=4000, to_bp=9000)
    late = {"objection": ago(3)}
    assert fires(rule, Subject(ONE, 1, late, 5000), TODAY) == 3
    assert fires(rule, Subject(ONE, 1, {"objection": ago(2)}, 5000), TODAY) is None
    assert fires(rule, Subject(ONE, 1, late, 2500), TODAY) is None
    assert fires(rule, Subject(ONE, 1, late, 9500), TODAY) is None
    near = Rule(ONE, "close_near", "call", days=7)
    assert [fires(near, Subject(ONE, 1, {"close_near": ago(-n)}), TODAY) for n in (0, 7, 8)] == [0, 7, None]
    few = Rule(ONE, "single_threaded", "person", least=2)
    assert fires(few, Subject(ONE, 1, {"single_threaded": Sign(TODAY, count=2)}), TODAY) is None
    assert fires(few, Subject(ONE, 1, {"single_threaded": Sign(TODAY, count=1)}), TODAY) == 0


def test_each_record_stands_once_and_equals_keep_the_rules_order() -> None:
    rules = [Rule(TWO, "stalled", "call", position=1), Rule(ONE, "no_next_step", "step", position=0)]
    both = {"stalled": ago(1), "no_next_step": ago(1)}
    found = rank([Subject(TWO, 5, both), Subject(THREE, 9, both), Subject(ONE, 5, {"stalled": ago(0)})], rules, TODAY)
    assert [(one.subject_id, one.rule.condition) for one in found] == [
        (THREE, "no_next_step"),
        (TWO, "no_next_step"),
        (ONE, "stalled"),
    ]
    assert rank([Subject(ONE, 0, both)], rules, TODAY)[0].score == 0, (
        "what is worth nothing yet comes last, but it comes"
    )


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 9, 1, hour, tzinfo=UTC) + timedelta(days=day)


def test_a_proposal_was_followed_when_the_act_was_done_while_it_stood() -> None:
    """Five times it stood: answered in time and moved, in time for nothing, too late, after it had gone, and too lately."""
    now, week, month = at(80), timedelta(days=7), timedelta(days=30)
    episodes = [Episode(at(0), at(5)), Episode(at(10)), Episode(at(20)), Episode(at(30), at(31)), Episode(at(60))]
    acts = [at(2), at(12), at(29), at(33), at(62)]
    moves = [at(6), at(62, 10)]
    assert followed(episodes, acts, moves, now, week, month) == Record(followed=2, moved=1)
    assert followed([Episode(at(0))], [at(1)], [at(1)], now, week, month) == Record(1, 0), "moved before, not after"


def test_a_short_record_says_that_it_is_short() -> None:
    assert Record(9, 9).is_little and not Record(290, 90).is_little
    share = Record(290, 90).share
    # Wilson 1927 for 90 of 290, by hand: (90 + 1.9208 ± 1.96 · sqrt(90 · 200 / 290 + 0.9604)) / 293.8415
    assert (round(share.low or 0, 3), round(share.high or 0, 3)) == (0.260, 0.366)
