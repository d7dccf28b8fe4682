"""How values look to a reader, in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dawra.figures.money import Money
from dawra.site import formats
from dawra.site.reader import Reader, reader_of_visitor

ENGLISH = Reader()
ARABIC = Reader(language="ar")
EASTERN = Reader(language="ar", digits="arab")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(4820000, "USD"), "$48,200.00"),
        (Money(-4820000, "USD"), "\u2212$48,200.00"),
        (Money(123450, "SAR"), "SAR\u00a01,234.50"),
        (Money(1234567, "KWD"), "KWD\u00a01,234.567"),
        (Money(1500, "JPY"), "¥1,500"),
        (Money(0, "EUR"), "€0.00"),
    ],
)
def test_money_shows_as_many_decimals_as_its_currency_has(money: Money, shown: str) -> None:
    assert formats.money(money, ENGLISH) == shown


def test_an_arabic_reader_sees_the_riyal_by_its_arabic_name_and_the_minus_before_the_number() -> None:
    assert formats.money(Money(-123450, "SAR"), ARABIC) == "\u2066\u22121,234.50\u2069\u00a0ر.س"
    assert formats.money(Money(123450, "USD"), ARABIC) == "$1,234.50"


def test_tidy_money_drops_only_decimals_that_are_all_zero() -> None:
    assert formats.money(Money(4820000, "USD"), ENGLISH, "tidy") == "$48,200"
    assert formats.money(Money(4820050, "USD"), ENGLISH, "tidy") == "$48,200.50"
    assert formats.money(Money(4820050, "USD"), ENGLISH, "whole") == "$48,201"


@pytest.mark.parametrize(
    ("minor", "shown"),
    [
        (118_000_000, "$1.18M"),
        (4_440_000, "$44.4K"),
        (4_400_000, "$44K"),
        (95_000, "$950"),
        (99_994_999, "$999.9K"),
        (99_999_999, "$1.00M"),
        (-4_440_000, "\u2212$44.4K"),
        (250_000_000_000, "$2.50B"),
    ],
)
def test_short_money_never_shows_a_thousand_thousands(minor: int, shown: str) -> None:
    assert formats.money_short(Money(minor, "USD"), ENGLISH) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (4500, "45%"),
        (4550, "45.5%"),
        (4555, "45.55%"),
        (0, "0%"),
        (-150, "\u22121.5%"),
        (Decimal("0.4549"), "45%"),
        (Decimal(1), "100%"),
    ],
)
def test_a_whole_number_counts_basis_points_and_a_decimal_is_a_share_of_one(share: int | Decimal, shown: str) -> None:
    assert formats.share(share, ENGLISH) == shown


def test_a_negative_share_too_small_to_show_has_no_sign() -> None:
    assert formats.share(Decimal("-0.001"), ENGLISH) == "0%"


def test_arabic_indic_digits_come_with_their_own_separators() -> None:
    assert formats.number(Decimal("1234567.5"), EASTERN) == "١٬٢٣٤٬٥٦٧٫٥"
    assert formats.share(4550, EASTERN) == "٤٥٫٥٪"
    assert formats.money(Money(4820000, "USD"), EASTERN) == "$٤٨٬٢٠٠٫٠٠"
    assert formats.digits("Room 12", EASTERN) == "Room ١٢"


@given(st.text(), st.sampled_from(["latn", "arab"]))
def test_changing_digits_changes_nothing_else(text: str, digits: str) -> None:
    shown = formats.digits(text, Reader(digits=digits))
    assert formats.western_digits(shown) == formats.western_digits(text)


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(["USD", "SAR", "KWD", "JPY"]))
def test_no_cent_is_lost_on_the_way_to_the_page(minor: int, currency: str) -> None:
    shown = formats.money(Money(minor, currency), ENGLISH)
    digits = "".join(char for char in shown if char.isdigit())
    assert int(digits) == abs(minor)
    assert (formats.MINUS in shown) == (minor < 0)


def test_a_day_is_named_as_in_the_readers_country() -> None:
    day = date(2026, 11, 23)
    assert formats.day(day, ENGLISH) == "23 Nov 2026"
    assert formats.day(day, ARABIC) == "23 نوفمبر 2026"
    assert formats.day(day, Reader(language="ar", month_names="levant")) == "23 تشرين الثاني 2026"
    assert formats.day(day, EASTERN) == "٢٣ نوفمبر ٢٠٢٦"
    assert formats.day(day, ENGLISH, "weekday") == "Mon, 23 Nov 2026"
    assert formats.day(day, ENGLISH, "short") == "23 Nov"


def test_the_hijri_day_is_that_of_umm_al_qura_and_absent_where_it_ends() -> None:
    """First of Ramadan 1447, as published by Umm al-Qura: 18 February 2026."""
    assert formats.hijri_day(date(2026, 2, 18), ENGLISH) == "1 Ramadan 1447 AH"
    assert formats.hijri_day(date(2026, 2, 18), ARABIC) == "1 رمضان 1447 هـ"
    assert formats.hijri_day(date(1900, 1, 1), ENGLISH) == ""


def test_a_moment_is_told_on_the_readers_clock_even_across_midnight() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    riyadh = Reader(time_zone="Asia/Riyadh")
    assert formats.moment(late, riyadh) == "24 Nov 2026, 01:30"
    assert formats.day(late, riyadh) == "24 Nov 2026"
    assert formats.clock(late, ENGLISH) == "22:30"


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (NOW - timedelta(seconds=20), "just now"),
        (NOW - timedelta(minutes=1), "1 minute ago"),
        (NOW - timedelta(minutes=5), "5 minutes ago"),
        (NOW - timedelta(hours=2), "2 hours ago"),
        (NOW + timedelta(hours=3), "in 3 hours"),
        (NOW - timedelta(hours=20), "yesterday"),
        (NOW - timedelta(days=3), "3 days ago"),
        (NOW + timedelta(days=11), "in 11 days"),
        (NOW - timedelta(days=60), "24 Sep 2026"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 22), "yesterday"),
    ],
)
def test_time_gone_by_is_told_in_words(when: date | datetime, shown: str) -> None:
    assert formats.ago(when, NOW, ENGLISH) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (10, "10 أيام"),
        (11, "11 يومًا"),
        (99, "99 يومًا"),
        (100, "100 يوم"),
        (103, "103 أيام"),
    ],
)
def test_arabic_days_take_their_six_forms(count: int, shown: str) -> None:
    with translation.override("ar"):
        assert formats.days(count, ARABIC) == shown


def test_initials_of_arabic_names_stay_apart() -> None:
    assert formats.initials("Layla Mansour Ali") == "LM"
    assert formats.initials("ليلى منصور") == "ل\u200c\u00a0م"
    assert formats.initials("") == ""


@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [
        ("ar", "en", "ar"),
        ("", "ar-SA,ar;q=0.9,en;q=0.8", "ar"),
        ("", "fr;q=1,en;q=0.5,ar;q=0.4", "en"),
        ("xx", "fr", "en"),
        ("", "en;q=0,ar;q=0.1", "ar"),
        ("", "q=;;;,ar;q=x", "en"),
    ],
)
def test_a_visitor_reads_by_cookie_then_browser_then_english(cookie: str, accepts: str, language: str) -> None:
    assert reader_of_visitor(cookie=cookie, accepts=accepts).language == language
