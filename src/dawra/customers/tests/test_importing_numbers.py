"""Numbers and amounts in every style: exact, with their own currency, and nothing multiplied by a thousand unasked."""

# ruff: noqa: E501 - a table of cells reads best in rows

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.customers.importing import values
from dawra.customers.importing.values import Cell, Wrong
from dawra.figures.money import Money

ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


def read(reader, written, currency="SAR", **options):
    return reader(written, Cell("x", currency=currency, options=options))


def refused(reader, written, currency="SAR", **options):
    with pytest.raises(Wrong) as wrong:
        read(reader, written, currency, **options)
    return wrong.value.code


@pytest.mark.parametrize(("written", "amount"), [
    ("1234.56", "1234.56"), ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1 234,56", "1234.56"), ("1\u00a0234,56", "1234.56"),
    ("1\u202f234,56", "1234.56"), ("1'234.56", "1234.56"), ("1’234.56", "1234.56"), ("١٬٢٣٤٫٥٦", "1234.56"), ("۱۲۳۴٫۵۶", "1234.56"),
    ("1,23,456.78", "123456.78"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1,234", "1234"), ("12,5", "12.5"),
    ("12,50", "12.5"), ("(1,200)", "-1200"), ("-1,200", "-1200"), ("−5", "-5"), ("1200-", "-1200"), ("+7", "7"), ("0", "0"),
    (".5", "0.5"), ("1.200,-", "1200"), ("1.2k", "1200"), ("3 million", "3000000"), ("٥ ملايين", "5000000"), ("1.2E+06", "1200000"),
])  # fmt: skip
def test_an_amount_is_read_in_the_style_it_is_written_in(written, amount):
    assert read(values.amount(), written) == Money.of(Decimal(amount), "SAR")


@pytest.mark.parametrize(("written", "minor", "currency"), [
    ("SAR 1,200.50", 120050, "SAR"), ("1,200.50 sar", 120050, "SAR"), ("$1,200", 120000, "USD"), ("US$ 10", 1000, "USD"),
    ("€1.200,50", 120050, "EUR"), ("1.200,50 €", 120050, "EUR"), ("1200 ر.س", 120000, "SAR"), ("١٢٠٠ ر.س.", 120000, "SAR"),
    ("د.إ 500", 50000, "AED"), ("500 د.أ", 500000, "JOD"), ("ج.م 1,000", 100000, "EGP"), ("1,000 جنيه مصري", 100000, "EGP"),
    ("5 ريال", 500, "SAR"), ("-$5", -500, "USD"), ("$-5", -500, "USD"), ("($1,200.00)", -120000, "USD"), ("1.500 KWD", 1500, "KWD"),
    ("1.5 million USD", 150_000_000, "USD"), ("1200 US dollars", 120000, "USD"), ("¥500", 500, "JPY"), ("12 د.ك", 12000, "KWD"),
])  # fmt: skip
def test_an_amount_keeps_the_currency_beside_it(written, minor, currency):
    assert read(values.amount(), written) == Money(minor, currency)


def test_a_shared_sign_is_the_columns_own_currency_if_that_uses_it():
    assert read(values.amount(), "$5", currency="CAD").currency == "CAD"
    assert read(values.amount(), "£5", currency="EGP").currency == "EGP"
    assert read(values.amount(), "5 ريال", currency="QAR").currency == "QAR"


@pytest.mark.parametrize("written", [
    "1e309", "1e99", "NaN", "inf", "-inf", "12abc", "3,5,7", "12.34.56", "SAR", "100 SAR 5", "SAR 5 USD", "1,2345,678", "--5", "5%",
    "0x10", "1_000", "9" * 41, "99999999999999", "½", "1/2", "٣أ", "=1+1", "$",
])  # fmt: skip
def test_what_is_no_amount_is_refused(written):
    assert refused(values.amount(), written) == "not_amount"


def test_a_point_before_three_digits_is_asked_about_where_it_would_lose_a_thousandfold():
    assert refused(values.amount(), "1.234") == "ambiguous_number"
    assert refused(values.whole(), "1.234") == "ambiguous_number"
    assert read(values.amount(), "1.234", decimal=",") == Money(123400, "SAR")
    assert read(values.amount(), "1.234", decimal=".") == Money(123, "SAR")
    assert read(values.amount(), "1,234", decimal=",") == Money(123, "SAR")
    assert read(values.amount(), "1.234", currency="KWD") == Money(1234, "KWD")
    assert refused(values.number(), "1.234,5", decimal=".") == "not_number"
    assert refused(values.amount(), "5", currency="") == "no_currency"


def test_whole_numbers_are_whole_and_within_bounds():
    assert [read(values.whole(), written) for written in ("12", "1,200", "12.0", "١٢")] == [12, 1200, 12, 12]
    assert refused(values.whole(), "1.5") == "not_whole"
    assert refused(values.whole(), "-1") == "out_of_range"
    assert refused(values.whole(), "11-50") == "not_number"


def test_percentages_are_basis_points():
    percent = values.percent()
    assert [read(percent, written) for written in ("45%", "45", "45,5 %", "٤٥٪", "0.45", "100")] == [
        4500, 4500, 4550, 4500, 45, 10_000,
    ]  # fmt: skip
    assert read(percent, "0.45", percent="share") == 4500 == read(percent, "45%", percent="share")
    assert refused(percent, "101") == refused(percent, "much") == "not_percent"


AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=2, allow_nan=False)


@given(
    AMOUNTS, st.sampled_from(["us", "de", "fr", "ch", "ar", "plain"]), st.sampled_from(["", "SAR {}", "{} €", "{} ر.س"])
)
def test_every_amount_comes_back_in_every_style(amount, style, around):
    us = f"{amount:,.2f}"
    written = {
        "us": us, "de": us.translate(str.maketrans(",.", ".,")), "fr": us.translate(str.maketrans(",.", "\u202f,")),
        "ch": us.replace(",", "'"), "ar": us.translate(ARABIC), "plain": f"{amount:.2f}",
    }[style]  # fmt: skip
    found = read(values.amount(), around.format(written) if around else written)
    assert found.amount == amount
    assert found.currency == ("EUR" if "€" in around else "SAR")


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_stumble(written):
    try:
        read(values.amount(), written.strip() or "x")
    except Wrong as wrong:
        assert wrong.code in ("not_amount", "ambiguous_number")


def test_no_cell_however_odd_takes_long():
    from time import process_time

    began = process_time()
    for unit in ("(", "+", "-", "$", "1 ", "1,", "9", ".", "a", "١", "1e", "() ", "ريال 1"):
        for length in (40, 78, 30_000):
            for reader in (
                values.amount(),
                values.whole(),
                values.percent(),
                values.currency,
                values.country,
                values.phone,
                values.day(),
            ):
                with pytest.raises(Wrong):
                    read(reader, (unit * length)[:length] + "?")
    assert process_time() - began < 3
