"""Labels become options or are asked about; custom fields of all ten types; yes and no in both languages."""

# ruff: noqa: E501 - a table of cells reads best in rows

from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.customers.importing import values
from dawra.customers.importing.saying import SENTENCES, sentence
from dawra.customers.importing.values import Cell, Wrong
from dawra.customers.rules import FieldCard, Option

STAGES = {"qualified": ("Qualified", "مؤهَّل"), "won": ("Closed Won", "رابحة")}


def read(reader, written, currency="SAR", **options):
    return reader(written, Cell("x", currency=currency, country="SA", options=options))


def refused(reader, written, **options):
    with pytest.raises(Wrong) as wrong:
        read(reader, written, **options)
    return wrong.value


def test_a_label_is_its_option_in_either_language_and_any_case():
    stage = values.one_of(STAGES, {"closed - won!": "won"})
    for written in ("Qualified", "QUALIFIED ", "مؤهل", "qualified"):
        assert read(stage, written) == "qualified"
    assert read(stage, "closed_won") == read(stage, "Closed-Won") == read(stage, "رابحه") == "won"


def test_an_unknown_label_is_asked_about_never_cast():
    stage = values.one_of(STAGES)
    wrong = refused(stage, "Hot")
    assert (wrong.code, wrong.facts) == ("unknown_label", {"value": "Hot", "known": "Qualified, Closed Won"})
    assert refused(stage, "0").code == "unknown_label"
    answers = {values.label("Hot"): "qualified", values.label("Old"): ""}
    assert read(stage, "HOT", labels=answers) == "qualified"
    assert read(stage, "old", labels=answers) is None, "left empty because somebody said so"
    assert read(stage, "in-between", labels={"in-between": "won"}) == "won", "answers kept with their hyphens count too"
    assert refused(stage, "Warm", labels=answers).code == "unknown_label"


def test_several_labels_in_a_cell_each_count_once():
    tags = values.several_of({"a": "Alpha, Inc", "b": "Beta", "c": "جيم"})
    assert read(tags, "Beta; جيم;Beta") == ["b", "c"]
    assert read(tags, "Alpha, Inc") == ["a"], "a label with a comma is one label"
    assert read(tags, "Beta|Old", labels={"old": ""}) == ["b"]
    assert refused(tags, "Beta; Gamma").facts["value"] == "Gamma"


def test_yes_and_no_in_both_languages():
    for written in ("yes", "TRUE", "1", "نعم", "صح", "✓", "x", "Oui"):
        assert read(values.yes_no, written) is True, written
    for written in ("no", "False", "0", "لا", "خطأ", "non"):
        assert read(values.yes_no, written) is False, written
    assert refused(values.yes_no, "maybe").code == "not_yes_no"
    assert read(values.yes_no, "maybe", labels={"maybe": "no"}) is False
    assert read(values.yes_no, "maybe", labels={"maybe": ""}) is None


def test_an_unknown_country_can_be_answered_too():
    assert read(values.country, "Saudi Arabai") == "SA"
    assert refused(values.country, "Atlantis").code == "not_country"
    assert read(values.country, "Atlantis", labels={"atlantis": "GR"}) == "GR"


def field(kind, **more):
    return values.custom(FieldCard(uuid4(), "person", "k", kind, "Name", **more))


@pytest.mark.parametrize(("kind", "written", "kept"), [
    ("text", " a  b ", "a b"), ("long_text", "<p>Hi <b>you</b></p>", "Hi **you**"), ("long_text", "a\nb", "a\nb"),
    ("number", "1.234,5", 1234.5), ("number", "١٢", 12), ("number", "(3)", -3), ("date", "31 آذار 2026", "2026-03-31"),
    ("money", "1.200,50 €", {"minor": 120050, "currency": "EUR"}), ("money", "5", {"minor": 500, "currency": "SAR"}),
    ("yes_no", "نعم", True), ("link", "zaytun.example", "https://zaytun.example"), ("choice", "Big", "big"), ("choice", "كبير", "big"),
    ("choices", "Big; small", ["big", "small"]), ("person", "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111111"),
    ("person", "Rania <R@z.example>", values.Sought("r@z.example")),
])  # fmt: skip
def test_custom_fields_of_every_type(kind, written, kept):
    options = (Option("big", "Big", "كبير"), Option("small", "Small", "صغير"), Option("old", "Old", archived=True))
    found = read(field(kind, options=options if kind.startswith("choice") else ()), written)
    assert found == kept and type(found) is type(kept)


def test_custom_fields_refuse_what_is_none_of_their_values():
    choice = field("choice", options=(Option("big", "Big"), Option("old", "Old", archived=True)))
    assert refused(choice, "huge").code == refused(choice, "Old").code == "unknown_label"
    assert read(choice, "huge", labels={"huge": "big"}) == "big"
    assert read(choice, "huge", labels={"huge": ""}) is None
    assert refused(field("date"), "03/04/2026").code == "ambiguous_date"
    assert read(field("date"), "03/04/2026", order="mdy") == "2026-03-04"
    assert refused(field("number"), "many").code == "not_number"
    assert refused(field("money"), "1.234").code == "ambiguous_number"
    assert refused(field("person"), "Rania").code == "not_email"
    assert refused(field("text"), "x" * 501).code == "rule"


def test_every_reason_has_a_sentence_with_its_facts_in_both_languages():
    from django.utils.translation import override

    facts = dict.fromkeys(
        ("value", "read", "known", "form", "first", "second", "small", "large", "least", "most", "fix", "like"), "§"
    )
    codes = [
        "ambiguous_date", "other_order", "year_out", "ambiguous_number", "no_currency", "not_percent", "phone_country",
        "phone_shortened", "not_language", "not_time_zone", "not_yes_no", "unknown_label", "unknown_person", "several_phones",
        "excel_date", "unix_date", "hijri_date", "zero_date", "markup", *(code for code in SENTENCES if code.startswith(("guessed_", "ask_"))),
    ]  # fmt: skip
    for code in codes:
        said = {}
        for language in ("en", "ar"):
            with override(language):
                said[language] = sentence({"code": code, **facts})
        assert said["en"] != said["ar"] and "%(" not in said["en"] + said["ar"], code


@given(st.decimals(-(10**9), 10**9, places=3))
def test_numbers_of_custom_fields_come_back(number):
    stored = read(field("number"), format(number, "f") + "0")
    assert Decimal(repr(stored)) == number
