"""Money is exact, and rounds in one place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.figures.money import MixedCurrencies, Money, NotMoney, decimals_of, line_total, share_of, total

CURRENCIES = st.sampled_from(["SAR", "USD", "JPY", "KWD"])
MINOR = st.integers(-(10**15), 10**15)


def test_minor_units_follow_the_currency() -> None:
    assert [decimals_of(code) for code in ("JPY", "USD", "KWD")] == [0, 2, 3]
    assert Money(1234, "KWD").amount == Decimal("1.234")


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1,234.50", 123450),
        ("١٬٢٣٤٫٥", 123450),
        ("۱۲۳", 12300),
        ("1 234", 123400),
        ("-0.005", -1),
        ("0.004", 0),
    ],
)
def test_what_people_type_is_read(typed: str, minor: int) -> None:
    assert Money.parse(typed, "SAR").minor == minor


@pytest.mark.parametrize("typed", ["", "abc", "NaN", "Infinity", "1e400", "12.3.4", "9" * 20])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotMoney):
        Money.parse(typed, "SAR")


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(MixedCurrencies):
        total([Money(1, "SAR"), Money(1, "USD")], "SAR")


@given(MINOR, st.integers(0, 10_000))
def test_a_share_and_the_rest_are_never_more_than_a_unit_off(minor: int, share: int) -> None:
    assert abs(share_of(minor, share) + share_of(minor, 10_000 - share) - minor) <= 1


@given(MINOR, st.integers(0, 10_000))
def test_a_share_agrees_with_exact_decimals(minor: int, share: int) -> None:
    exact = Decimal(minor) * share / 10_000
    assert abs(share_of(minor, share) - exact) <= Decimal("0.5")
    assert share_of(-minor, share) == -share_of(minor, share)


@given(MINOR, CURRENCIES)
def test_major_units_and_back_lose_nothing(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money


def test_halves_go_away_from_zero() -> None:
    assert [Money.of(Decimal(text), "USD").minor for text in ("0.125", "-0.125", "0.135")] == [13, -13, 14]


def test_a_line_rounds_once_at_its_end() -> None:
    # 3 × 0.33 less 10 % = 0.891: rounding each piece first would give 0.90.
    assert line_total(Decimal(3), 33, 1000) == 89
    assert line_total(Decimal("1.5"), 101, 0) == 152


def test_conversion_goes_through_major_units() -> None:
    assert Money(10_000, "USD").converted(Decimal("3.75"), "SAR") == Money(37_500, "SAR")
    assert Money(10_000, "USD").converted(Decimal("0.3072"), "KWD") == Money(30_720, "KWD")
    assert Money(1_000, "JPY").converted(Decimal("0.025"), "SAR") == Money(2_500, "SAR")
