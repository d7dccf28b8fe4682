"""What a quote shows adds up, and says how much was given."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.figures.quoting import TIMES_A_YEAR, QuotedLine, total_of

LINES = st.lists(
    st.builds(
        QuotedLine,
        quantity=st.integers(1, 10**7).map(lambda thousandths: Decimal(thousandths) / 1000),
        price_minor=st.integers(0, 10**8),
        discount_bp=st.integers(0, 10_000),
        recurs=st.sampled_from(sorted(TIMES_A_YEAR)),
    ),
    max_size=8,
)


def test_a_worked_quote_comes_to_the_sum_that_was_worked_by_hand() -> None:
    """180 vans at $22 a month less 10 %, and $5,432 once: 42,768 + 5,432 = 48,200 in the first year; 14 % tax upon each."""
    lines = [QuotedLine(Decimal(180), 2_200, 1_000, "month"), QuotedLine(Decimal(1), 543_200)]
    total = total_of(lines, tax_bp=1_400)
    assert total.first_year_net_minor == 4_820_000
    assert [(part.recurs, part.net_minor, part.tax_minor) for part in total.parts] == [
        ("", 543_200, 76_048),
        ("month", 356_400, 49_896),
    ]
    assert total.first_year_minor == 543_200 + 76_048 + 12 * (356_400 + 49_896)


def test_the_share_given_is_measured_against_the_list_and_never_rounded_in_favour_of_the_giver() -> None:
    assert total_of([QuotedLine(Decimal(1), 100_000)], discount_bp=1_000).given_bp == 1_000
    assert total_of([QuotedLine(Decimal(3), 33_333, 1_000)], discount_bp=1).given_bp == 1_001
    assert total_of([]).given_bp == 0


@given(LINES, st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_shown_parts_add_up_to_the_shown_total(lines: list[QuotedLine], discount_bp: int, tax_bp: int) -> None:
    total = total_of(lines, discount_bp=discount_bp, tax_bp=tax_bp)
    for part in total.parts:
        assert part.lines_minor - part.discount_minor == part.net_minor
        assert part.net_minor + part.tax_minor == part.total_minor
    assert total.first_year_minor == sum(part.total_minor * TIMES_A_YEAR[part.recurs] for part in total.parts)
    assert 0 <= total.given_bp <= 10_000


def test_a_discount_over_a_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        total_of([], discount_bp=10_001)
