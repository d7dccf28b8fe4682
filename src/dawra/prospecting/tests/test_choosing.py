"""Rules in order say who gets a lead."""

from datetime import UTC, date, datetime
from uuid import UUID

from dawra.prospecting.rules import Asked, Candidate, RuleCard, choose


def member(n: int, name: str, **more: object) -> Candidate:
    standing: dict[str, object] = {"takes_leads": True, "is_at_work": True, "team_id": None} | more
    return Candidate(UUID(int=n), name, "", **standing)  # type: ignore[arg-type]


def rule(n: int, strategy: str = "round_robin", **more: object) -> RuleCard:
    return RuleCard(UUID(int=n), f"Rule {n}", "", strategy, **more)  # type: ignore[arg-type]


SANA, LINA, OMAR = member(1, "Sana"), member(2, "Lina"), member(3, "Omar")


def test_the_first_rule_that_finds_somebody_decides() -> None:
    gulf = rule(10, countries=("SA", "AE"), members=frozenset({SANA.id}))
    rest = rule(11)
    assert choose(Asked(country="SA"), [gulf, rest], [SANA, LINA], {}).who is SANA
    assert choose(Asked(country="EG"), [gulf, rest], [LINA], {}).who is LINA
    away = member(1, "Sana", away_until=date(2026, 11, 30))
    passed_on = choose(Asked(country="SA"), [gulf, rest], [away, LINA], {})
    assert (passed_on.who, passed_on.rule) == (LINA, rest)


def test_turns_go_round_and_whoever_never_had_one_is_next() -> None:
    turns: dict[tuple[UUID, UUID], datetime] = {}
    got = []
    for hour in range(6):
        who = choose(Asked(), [rule(10)], [OMAR, SANA, LINA], turns).who
        assert who
        got.append(who.name)
        turns[(UUID(int=10), who.id)] = datetime(2026, 11, 23, hour, tzinfo=UTC)
    assert got == ["Lina", "Omar", "Sana", "Lina", "Omar", "Sana"]


def test_the_one_with_fewest_open_leads_gets_it_and_nobody_beyond_the_limit() -> None:
    busy, free = member(1, "Sana", open_leads=7), member(2, "Lina", open_leads=2)
    assert choose(Asked(), [rule(10, "least_load")], [busy, free], {}).who is free
    full = member(2, "Lina", open_leads=2, most_open=2)
    choice = choose(Asked(), [rule(10, "least_load")], [busy, full], {})
    assert choice.who is busy
    assert [(one.who.name, one.because) for one in choice.passed] == [("Lina", "full")]


def test_whoever_looks_after_the_customer_gets_its_next_inquiry_unless_on_leave() -> None:
    owner = rule(10, "owner")
    assert choose(Asked(owners=(LINA.id,)), [owner, rule(11)], [SANA, LINA], {}).who is LINA
    away = member(2, "Lina", away_until=date(2026, 11, 30))
    assert choose(Asked(owners=(LINA.id,)), [owner, rule(11)], [SANA, away], {}).who is SANA


def test_country_language_skill_and_hours_of_the_seller_count() -> None:
    asked = Asked(country="SA", language="ar")
    pool = [
        member(1, "A", countries=frozenset({"EG"})),
        member(2, "B", languages=frozenset({"en"})),
        member(3, "C", is_at_work=False),
        member(4, "D", skills=frozenset({"fleet"})),
        member(5, "E"),
    ]
    strict = rule(10, match_country=True, match_language=True, at_work=True, skill="fleet")
    choice = choose(asked, [strict], pool, {})
    assert choice.who and choice.who.name == "D"
    assert {one.who.name: one.because for one in choice.passed} == {
        "A": "country", "B": "language", "C": "hours", "E": "skill",
    }  # fmt: skip


def test_nobody_is_an_answer_that_says_why() -> None:
    choice = choose(Asked(), [rule(10)], [member(1, "Sana", away_until=date(2026, 11, 30))], {})
    assert choice.who is None and choice.rule
    assert [one.because for one in choice.passed] == ["leave"]
    assert choose(Asked(), [], [SANA], {}).rule is None
