"""Columns are recognised by header, by likeness and by what stands in them; what the values do not prove is asked."""

# ruff: noqa: E501 - a table of cells reads best in rows

import time

import pytest

from dawra.customers.importing import guessing, values
from dawra.customers.importing.own_format import COMPANIES, PEOPLE
from dawra.customers.importing.recognising import Column

STAGE = Column(
    "lifecycle", values.one_of({"lead": ("Lead", "عميل محتمل"), "customer": "Customer"}), ("lifecycle stage",)
)
BORN = Column("custom.born", values.day(), ("Date of birth", "تاريخ الميلاد"), "Date of birth")
WORTH = Column("custom.worth", values.amount(), ("deal worth",))
CHANCE = Column("custom.chance", values.percent(), ("chance",))
COLUMNS = (*PEOPLE.columns, STAGE, BORN, WORTH, CHANCE)

NAMES = ["Rania Aziz", "Karim Nasr", "Huda Saleh", "John Smith"]
EMAILS = ["rania@zaytun.example", "k.nasr@nile.example", "", "john@acme.example"]
PHONES = ["+966 55 123 4567", "0551234568", "(415) 555-2671", "+20 2 2735 1234"]
FIRMS = ["Zaytun Trading Co", "Nile Foods Ltd", "Acme Inc.", "شركة الواحة"]

CRMS = {
    "salesforce": {"FirstName": "given_name", "LastName": "family_name", "Title": "title", "Email": "email", "Phone": "phone",
                   "MobilePhone": "mobile", "LeadSource": "source", "Description": "about", "Contact Owner": "owner"},
    "hubspot": {"First Name": "given_name", "Last Name": "family_name", "Email": "email", "Phone Number": "phone", "Job Title": "title",
                "Company Name": "company", "Contact owner": "owner", "Lifecycle Stage": "lifecycle", "Country/Region": "country"},
    "pipedrive": {"Person - Name": "name", "Person - Email": "email", "Person - Phone": "phone", "Organization name": "company",
                  "Person - Owner": "owner", "Person - Label": ""},
    "zoho": {"First Name": "given_name", "Last Name": "family_name", "Account Name": "company", "Email": "email", "Mobile": "mobile",
             "Phone": "phone", "Contact Owner": "owner", "Email Opt Out": ""},
    "odoo": {"Contact Name": "name", "Company Name": "company", "email_from": "email", "phone": "phone", "mobile": "mobile",
             "Job Position": "title", "Tags": "tags", "City": "city", "Salesperson": "owner"},
}  # fmt: skip
CELLS = {"email": EMAILS, "phone": PHONES, "mobile": PHONES, "name": NAMES, "company": FIRMS, "lifecycle": ["Lead", "Customer", "Lead", ""],
         "country": ["Egypt", "SA", "مصر", ""], "": ["x", "y", "z", "x"]}  # fmt: skip


def settled(columns, headers, fill=None, required=()):
    guesses = [guessing.profile(header, cells, columns) for header, cells in headers.items()]
    return dict(zip(headers, guessing.settle(guesses, required), strict=True)) if fill is None else guesses


def fields(columns, headers, **more):
    return {header: guess.field if guess else "" for header, guess in settled(columns, headers, **more).items()}


@pytest.mark.parametrize("system", CRMS)
def test_the_headers_of_five_systems_are_understood_without_knowing_the_system(system):
    wanted = CRMS[system]
    headers = {header: CELLS.get(field, ["Word one", "Another", "", "More"]) for header, field in wanted.items()}
    if "Email Opt Out" in headers:
        headers["Email Opt Out"] = ["yes", "no", "no", "yes"]
    assert fields(COLUMNS, headers) == wanted


def test_arabic_headers_with_slips_of_the_pen():
    headers = {
        "الأسم": NAMES,
        "البريد الالكتروني": EMAILS,
        "رقم الهاتف": PHONES,
        "إسم الشركة": FIRMS,
        "الدوله": ["مصر", "السعودية"],
    }
    assert list(fields(COLUMNS, headers).values()) == ["name", "email", "phone", "company", "country"]


def test_nameless_columns_are_known_by_their_values():
    headers = {
        "Column1": NAMES,
        "Column2": EMAILS,
        "Column3": PHONES,
        "": FIRMS,
        "x": ["Egypt", "Saudi Arabia", "SA", "مصر"],
    }
    assert list(fields(COLUMNS, headers).values()) == ["name", "email", "phone", "company", "country"]
    assert {guess.why for guess in settled(COLUMNS, headers).values()} == {
        "guessed_person", "guessed_email", "guessed_phone", "guessed_firm", "guessed_country",
    }  # fmt: skip


def test_garbage_is_left_alone():
    headers = {
        "asdf": ["1", "2", "3"],
        "qwer": ["foo", "bar", "baz"],
        "": ["", "", ""],
        "💥": ["\x00", "�", "?"],
        "=cmd|": ["a", "b", "c"],
    }
    assert set(fields(COLUMNS, headers).values()) == {""}
    assert all(guess.confidence < guessing.LEAST for column in settled(COLUMNS, headers, fill=True) for guess in column)


def test_a_header_that_its_values_deny_is_believed_less():
    sure, *_ = guessing.profile("Email", EMAILS, COLUMNS)
    doubted, *_ = guessing.profile("Email", ["yes", "no", "no", "yes"], COLUMNS)
    assert sure.field == doubted.field == "email" and sure.confidence > 0.9 > 0.5 > doubted.confidence
    assert sure.why == "guessed_header"
    like, *_ = guessing.profile("Work E-mail adress", EMAILS, COLUMNS)
    assert like.field == "email" and like.why == "guessed_like_header" and like.like


def test_one_field_is_filled_by_one_column_and_the_surest_wins():
    found = fields(COLUMNS, {"Other e-mail": EMAILS, "Email": EMAILS, "mail 3": EMAILS})
    assert found == {"Other e-mail": "", "Email": "email", "mail 3": ""}


def test_a_required_field_is_found_even_when_only_likely():
    company = tuple(column for column in COMPANIES.columns if column.field in ("name", "industry", "city"))
    headers = {"c1": ["Zaytun Trading Co", "Wahat", "Nile", "Acme Inc."], "City": ["Cairo", "Giza", "Jeddah", "Riyadh"]}
    assert fields(company, headers)["c1"] == ""
    assert fields(company, {"c1": FIRMS, "City": ["Cairo", "Giza"]}, required=("name",))["c1"] == "name"


# What values prove


@pytest.mark.parametrize(("cells", "options", "asked"), [
    (["01/02/2026", "31/03/2026", "05/06/2026"], {"order": "dmy"}, ()), (["01/02/2026", "3/31/2026"], {"order": "mdy"}, ()),
    (["01/02/2026", "03/04/2026"], {}, ("order",)), (["13/01/2026", "01/13/2026", "1/2/2026"], {}, ("order",)),
    (["2026-01-02", "2026-03-04"], {}, ()), (["2026-31-03", "2026-01-02"], {"order": "ydm"}, ()), (["٣١/٠٣/٢٠٢٦", "٠١/٠٢/٢٠٢٦"], {"order": "dmy"}, ()),
    (["31.03.26", "01.02.26", "28.12.99"], {"order": "dmy"}, ()), (["31 March 2026", "Apr 5, 2026"], {}, ()), (["31/03/26", "01/02/26"], {}, ("order",)),
    (["1447-09-01", "1447/10/12"], {"calendar": "hijri"}, ()), (["45631", "45700", "2026-01-01"], {"calendar": "excel"}, ()),
    ([*["13/01/2026"] * 1, *[f"{d}/{m}/2026" for d in range(13, 29) for m in range(1, 5)], "01/13/2026"], {"order": "dmy"}, ()),
    (["01/02/2026 10:00 PM", "12/25/2026 1:00 AM"], {"order": "mdy"}, ()),
])  # fmt: skip
def test_an_order_of_dates_is_proved_by_the_whole_column_or_asked(cells, options, asked):
    proof = guessing.answered(BORN, cells)
    assert (proof.options, proof.open) == (options, asked)
    if not asked:
        cell = values.Cell("x", options=proof.options)
        for written in cells[:-1]:
            assert BORN.read(written, cell)


@pytest.mark.parametrize(("cells", "options", "asked"), [
    (["1.234,56", "12"], {"decimal": ","}, ()), (["1,234.56"], {"decimal": "."}, ()), (["12,50", "1.234"], {"decimal": ","}, ()),
    (["1.234", "5.678"], {}, ("decimal",)), (["1,234", "12"], {}, ()), (["12,50 €", "SAR 1.234"], {"decimal": ","}, ()),
    (["12,50", "12.50", "1.234"], {}, ("decimal",)), (["١٢٫٥", "٣"], {}, ()),
])  # fmt: skip
def test_a_decimal_sign_is_proved_or_asked(cells, options, asked):
    proof = guessing.answered(WORTH, cells)
    assert (proof.options, proof.open) == (options, asked)


def test_shares_between_0_and_1_are_told_from_percent():
    assert guessing.answered(CHANCE, ["0.1", "0.75", "1"]).options["percent"] == "share"
    assert "percent" not in guessing.answered(CHANCE, ["10", "75", "0.5"]).options
    assert "percent" not in guessing.answered(CHANCE, ["0.5%", "1%"]).options


def test_labels_nobody_knows_are_listed_with_how_often():
    found, *_ = guessing.profile("Lifecycle stage", ["Lead", "hot", "Hot ", "عميل محتمل", "cold", "Hot"], COLUMNS)
    assert found.field == "lifecycle" and found.open == ("labels",)
    assert dict(found.unknown) == {"Hot": 2, "hot": 1, "cold": 1}
    known, *_ = guessing.profile("zzz", ["Lead", "Customer", "Lead"], COLUMNS)
    assert (known.field, known.why, known.open) == ("lifecycle", "guessed_labels", ())
    country = next(column for column in COLUMNS if column.field == "country")
    assert guessing.answered(country, ["Egypt", "Atlantis"]).open == ("labels",)


# A column nobody knows


@pytest.mark.parametrize(("header", "cells", "kind"), [
    ("VAT no", ["300012345600003"] * 3, "text"), ("Postal code", ["01234", "12345"], "text"), ("Score", ["1.5", "2"], "number"),
    ("Fleet_size", ["12", "7"], "number"), ("Budget", ["1,200", "3,400"], "money"), ("قيمة العقد", ["١٬٢٠٠ ر.س", "٥٠٠ ر.س"], "money"),
    ("Renewal date", ["45631", "45700"], "date"), ("Start", ["13/4/2026", "4/5/2026"], "date"), ("VIP", ["نعم", "لا", "نعم"], "yes_no"),
    ("Profile", ["https://x.example/a", "www.y.example/z"], "link"), ("Notes", ["<p>a</p>", "b"], "long_text"),
    ("Size", ["S", "M", "L", "S", "M", "L", "S", "M"], "choice"), ("Colours", ["red;blue", "blue", "red;green", "red", "blue;red", "green"], "choices"),
    ("StockCode", [*map(str, range(71053, 71253)), "85123A"], "text"), ("CustomerID", ["17850.0", "13047.0"], "text"),
    ("Nickname", ["Abu Ali", "Umm Omar", "Zizi", "Lulu"], "text"), ("", ["", ""], "text"),
])  # fmt: skip
def test_a_new_field_has_the_type_that_holds_its_values(header, cells, kind):
    assert guessing.new_field(header, cells).type == kind


def test_a_new_field_brings_its_choices_and_its_open_questions():
    assert guessing.new_field("Size", ["S", "M", "M", "L", "M", "S", "M", "L"]).choices == ("M", "S", "L")
    many = [f"option {number}" for number in range(31)] * 3
    assert guessing.new_field("Kind", many).type == "text", "more than thirty are no options"
    date = guessing.new_field("Visited_on", ["01/02/2026", "03/04/2026"])
    assert (date.name, date.type, date.open) == ("Visited on", "date", ("order",))


def test_guessing_two_hundred_columns_takes_less_than_a_few_seconds():
    cells = [f"{word} {number}" for number in range(100) for word in ("Alpha", "Beta")]
    began = time.process_time()
    for number in range(200):
        guessing.profile(f"Some header {number}", cells, COLUMNS)
    assert time.process_time() - began < 6
