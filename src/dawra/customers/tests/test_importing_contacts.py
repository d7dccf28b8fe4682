"""E-mails, phones and addresses as files write them: one or several in a cell, in either script."""

# ruff: noqa: E501 - a table of cells reads best in rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.customers.importing import values
from dawra.customers.importing.values import Cell, Wrong


def read(reader, written, country="SA", **options):
    return reader(written, Cell("x", country=country, options=options))


def normals(reader, written, country="SA"):
    return [point.normal for point in read(reader, written, country)]


def refused(reader, written, country="SA", **options):
    with pytest.raises(Wrong) as wrong:
        read(reader, written, country, **options)
    return wrong.value.code


@pytest.mark.parametrize(("written", "found"), [
    ("Rania@Zaytun.example", ["rania@zaytun.example"]), ("mailto:a@b.example", ["a@b.example"]), ("a@b.example;", ["a@b.example"]),
    ("a@b.example; c@d.example", ["a@b.example", "c@d.example"]), ("a@b.example,c@d.example", ["a@b.example", "c@d.example"]),
    ("a@b.example c@d.example", ["a@b.example", "c@d.example"]), ("a@b.example|c@d.example", ["a@b.example", "c@d.example"]),
    ("a@b.example\nc@d.example", ["a@b.example", "c@d.example"]), ("a@b.example، c@d.example", ["a@b.example", "c@d.example"]),
    ("Rania Aziz <a@b.example>", ["a@b.example"]), ('"Aziz, Rania" <a@b.example>; c@d.example', ["a@b.example", "c@d.example"]),
    ("Nasr, Karim <k@z.example>, e@f.example (at work)", ["k@z.example", "e@f.example"]), ("رانيا عزيز <a@b.example>", ["a@b.example"]),
    ("a@b.example A@B.example", ["a@b.example"]), ("\u202aa@b.example\u202c", ["a@b.example"]), ("first.last+tag@b.example", ["first.last+tag@b.example"]),
])  # fmt: skip
def test_every_address_in_a_cell_is_found_the_main_one_first(written, found):
    assert normals(values.email, written) == found


@pytest.mark.parametrize(("written", "code"), [
    ("rania@zaytun,com", "email_comma"), ("foo", "not_email"), ("a@b", "not_email"), ("<>", "not_email"), ("a@b.example; foo", "not_email"),
    ("Rania <foo>", "not_email"), ("@b.example", "not_email"), ("a@@b.example", "not_email"), ("x" * 300 + "@b.example", "not_email"),
])  # fmt: skip
def test_what_is_no_address_is_refused_even_beside_one(written, code):
    assert refused(values.email, written) == code


@pytest.mark.parametrize(("written", "found"), [
    ("0551234567", ["+966551234567"]), ("551234567", ["+966551234567"]), ("+966 55 123 4567", ["+966551234567"]),
    ("00966551234567", ["+966551234567"]), ("966551234567.0", ["+966551234567"]), ("٠٥٥١٢٣٤٥٦٧", ["+966551234567"]),
    ("Tel: 0551234567", ["+966551234567"]), ("جوال: ٠٥٥١٢٣٤٥٦٧", ["+966551234567"]), ("0551234567 (Mobile)", ["+966551234567"]),
    ("055 123 4567 / 011 234 5678", ["+966551234567", "+966112345678"]), ("0551234567/0112345678", ["+966551234567", "+966112345678"]),
    ("055-123-4567, 011-234-5678", ["+966551234567", "+966112345678"]), ("0551234567; +20 2 2735 1234", ["+966551234567", "+20227351234"]),
    ("0551234567\n0112345678", ["+966551234567", "+966112345678"]), ("0551234567 او 0112345678", ["+966551234567", "+966112345678"]),
    ("+1 (415) 555-2671", ["+14155552671"]), ("\u202a+966551234567\u202c", ["+966551234567"]),
])  # fmt: skip
def test_every_number_in_a_cell_becomes_international(written, found):
    assert normals(values.phone, written) == found


def test_an_extension_is_kept():
    for written in ("+966112345678 ext. 12", "0112345678 x12", "0112345678 تحويلة ١٢", "0112345678 extension 12"):
        (point,) = read(values.phone, written)
        assert (point.value, point.normal) == ("+966 11 234 5678 ext. 12", "+966112345678"), written


def test_a_number_that_cannot_be_dialled_says_why():
    assert refused(values.phone, "0551234567", country="") == "phone_country"
    assert refused(values.phone, "9.66551E+11") == "phone_shortened"
    assert refused(values.phone, "call me") == refused(values.phone, "055") == "not_phone"
    assert refused(values.phone, "0551234567; ask Rania") == "not_phone", "one bad part is not dropped silently"


def test_several_in_one_cell_are_said():
    cell = Cell("x", country="SA")
    values.phone("0551234567; 0112345678", cell)
    values.email("a@b.example; c@d.example", cell)
    assert [said.code for said in cell.said] == ["several_phones", "several_emails"]


def test_links_languages_and_time_zones():
    assert read(values.link(), "zaytun.example/about") == "https://zaytun.example/about"
    assert refused(values.link(), "javascript:alert(1)") == "not_site"
    assert [read(values.language, w) for w in ("en_US", "Arabic", "العربية", "French (France)", "Français", "ar-SA")] == [
        "en", "ar", "ar", "fr", "fr", "ar",
    ]  # fmt: skip
    assert refused(values.language, "Klingonese") == "not_language"
    zones = ("Asia/Riyadh", "(GMT+03:00) Arabia Standard Time (Asia/Riyadh)", "Arab Standard Time", "riyadh")
    assert {read(values.time_zone, written) for written in zones} == {"Asia/Riyadh"}
    assert refused(values.time_zone, "Moon") == "not_time_zone"
    assert [read(values.currency, w) for w in ("usd", "$", "ر.س", "Saudi Riyal", "د.إ", "SAR - Saudi Riyal", "Egyptian pounds")] == [
        "USD", "USD", "SAR", "SAR", "AED", "SAR", "EGP",
    ]  # fmt: skip
    assert refused(values.currency, "foo") == "not_currency"


@given(
    st.text(max_size=40), st.sampled_from([values.email, values.phone, values.site, values.country, values.currency])
)
def test_no_text_makes_a_reader_stumble(written, reader):
    try:
        read(reader, written.strip() or "x")
    except Wrong as wrong:
        assert wrong.code
