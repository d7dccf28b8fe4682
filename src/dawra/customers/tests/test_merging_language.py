"""The merge language: what it reads, what it refuses and why, how values look, and that nothing makes it stumble."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from dawra.customers.merging import saying
from dawra.customers.merging.faults import Faulty
from dawra.customers.merging.fields import Offered, read
from dawra.customers.merging.filters import FILTERS, Audience, shower
from dawra.customers.merging.language import LONGEST, LONGEST_RESULT, fill, holes_in, one_line, parse
from dawra.customers.merging.names import first_name
from dawra.figures.money import Money

KNOWN = {
    one.path: one
    for one in (
        Offered("person.first_name", "text"),
        Offered("person.name", "text"),
        Offered("deal.amount", "money"),
        Offered("deal.close_on", "date"),
        Offered("deal.products", "list"),
        Offered("deal.meets_at", "moment"),
        Offered("deal.seats", "number"),
        Offered("deal.discount", "share"),
        Offered("company.site", "link"),
    )
}
VALUES = {
    "person.first_name": "Huda",
    "person.name": "  huda   o'brien SALEM ",
    "deal.amount": Money(4_820_050, "SAR"),
    "deal.close_on": date(2026, 11, 23),
    "deal.products": ("Routing", "Fuel", "App"),
    "deal.meets_at": datetime(2026, 11, 23, 22, 30, tzinfo=UTC),
    "deal.seats": Decimal("1234567.5"),
    "deal.discount": 1250,
    "company.site": "https://nile.example/a",
}
ENGLISH, ARABIC = Audience(zone="Asia/Riyadh"), Audience("ar", "Asia/Riyadh")


def said(text, values=VALUES, audience=ENGLISH):
    return fill(read(text, KNOWN), values, shower(audience)).text


def faults(text):
    with pytest.raises(Faulty) as caught:
        read(text, KNOWN)
    return [(one.code, one.line, one.column, one.sentence % one.facts) for one in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        ("{deal.amount}", "SAR\u00a048,200.50", "48,200.50\u00a0ر.س"),
        ("{deal.amount|money:whole}", "SAR\u00a048,201", "48,201\u00a0ر.س"),
        ("{ deal.close_on | date }", "23 November 2026", "23 نوفمبر 2026"),
        ("{deal.close_on|date:weekday}", "Monday, 23 November 2026", "الاثنين، 23 نوفمبر 2026"),
        ("{deal.close_on|date:hijri}", "13 Jumada II 1448 AH", "13 جمادى الآخرة 1448 هـ"),
        ("{deal.meets_at|date:short} {deal.meets_at|time}", "24 November 01:30", "24 نوفمبر 01:30"),
        ("{deal.products}", "Routing, Fuel and App", "Routing، Fuel وApp"),
        ('{deal.products|list:"/"}', "Routing/Fuel/App", "Routing/Fuel/App"),
        ("{deal.seats|number:0}", "1,234,568", "1,234,568"),
        ("{deal.discount|percent:1}", "12.5%", "12.5%"),
        ("{deal.seats|digits:arab}", "١٬٢٣٤٬٥٦٧٫٥", "١٬٢٣٤٬٥٦٧٫٥"),
        ("{person.first_name|upper|or:x}", "HUDA", "HUDA"),
        ("{person.first_name|title}", "Huda", "Huda"),
        ("{person.name|short:12}", "  huda…", "  huda…"),
        ("{company.site|link:“our site”}", "our site: https://nile.example/a", "our site: https://nile.example/a"),
        (r"\{person.first_name\} \\ } C:\x", r"{person.first_name} \ } C:\x", r"{person.first_name} \ } C:\x"),
    ],
)
def test_a_value_looks_as_its_reader_writes_it(text, english, arabic):
    assert (said(text), said(text, audience=ARABIC)) == (english, arabic)


def test_every_mistake_says_where_it_is_and_how_it_is_written():
    assert faults("Hello\n {persn.name}") == [
        ("field_near", 2, 2, "{persn.name}: there is no field persn; did you mean person?")
    ]
    assert faults("{person.nam}")[0][3] == "{person.nam}: there is no field nam; did you mean person.name?"
    assert [code for code, *_rest in faults("{{ x }} {% if a %} {zzzz.q} {person.name|uper} {person.name|money}")] == [
        "braces",
        "logic",
    ], "what cannot be read is told first"
    for text, code in {
        "{{person.name}}": "braces",
        "{# note #}": "logic",
        "{person.name": "open",
        "{}": "empty",
        "{1+1}": "name",
        "{person name}": "name",
        "{zzzz.q}": "field",
        "{person}": "group",
        "{person.name|uper}": "filter_near",
        "{person.name|qqqq}": "filter",
        "{person.name|}": "no_filter",
        "{person.name|money}": "unfit",
        "{deal.amount|money|money}": "unfit",
        "{deal.close_on|date:soon}": "argument",
        "{person.name|short:x}": "argument",
        "{person.name|upper:3}": "no_argument",
        "{person.name|or}": "needs_argument",
        '{person.name|or:"x}': "quote",
        "{person.name|upper x}": "after",
        "{person.name" + "|upper" * 9 + "}": "many_filters",
        "{person.name}" * 201: "many",
        "x" * (LONGEST + 1): "long",
    }.items():
        found = faults(text)
        assert found[0][0] == code, (text[:40], found[0])
        assert "%(" not in found[0][3]
    with pytest.raises(Faulty):
        read("Two\nlines", KNOWN, is_line=True)


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        ("{{ name }}", "Line 1, character 1: One brace is enough", "السطر 1، الحرف 1: يكفي قوس واحد"),
        ("a\n{% if x %}", "Line 2, character 1: There are no conditions", "السطر 2، الحرف 1: لا توجد هنا شروط"),
        ("{person.nam}", "did you mean person.name?", "أتقصد person.name؟"),
        ("{person.name|money}", "does not fit a text", "لا يناسب نصًا"),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_whoever_wrote_it(text, english, arabic):
    with pytest.raises(Faulty) as caught:
        read(text, KNOWN)
    for language, expected in (("en", english), ("ar", arabic)):
        with override(language):
            assert expected in saying.sentence(caught.value.faults[0])


def test_a_missing_value_is_told_and_leaves_a_mark_nobody_overlooks():
    filled = fill(read("Dear {person.first_name}, {person.name|upper}.", KNOWN), {"person.name": " "}, shower(ENGLISH))
    assert filled.missing == ("person.first_name", "person.name")
    assert filled.text == "Dear ⟦person.first_name⟧, ⟦person.name⟧."
    assert holes_in(filled.text) == filled.missing
    assert said('Dear {person.first_name|upper|or:"there"}{person.name|or:""}', {}) == "Dear there"


def test_a_value_is_text_and_never_read_again_nor_a_header_of_its_own():
    evil = {
        "person.name": "{deal.amount} {{7*7}} ⟦x⟧ \u202e\0",
        "person.first_name": "Huda\r\nBcc: all@x.example\u2028Z",
    }
    text = said("{person.name}", evil)
    assert text == "{deal.amount} {{7*7}} [x] " and not holes_in(text)
    assert one_line(said("Hi {person.first_name}", evil)) == "Hi Huda Bcc: all@x.exampleZ"
    assert said('{company.site|link:"us"}', {"company.site": "javascript:alert(1)"}) == "us"
    with pytest.raises(Faulty):
        said("{person.name}" * 100, {"person.name": "x" * LONGEST_RESULT})


def test_people_are_called_by_their_first_name_in_either_script():
    for name, first in {
        "Dr. Huda Salem": "Huda",
        "عبد الله الحربي": "عبد الله",
        "د. سناء خوري": "سناء",
        "Abdul Rahman Nasser": "Abdul Rahman",
        "Mr": "Mr",
        "  ": "",
        "Huda": "Huda",
    }.items():
        assert first_name(name) == first


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["{", "}", "\\", "|", ":", '"', "“", ".", "\n", "{{", "{%", "{person.name|or:", "⟦", "⟧", *KNOWN, *FILTERS]
        ),
        st.text(max_size=6),
    ),
    max_size=30,
).map("".join)
ANY_VALUE = st.one_of(
    st.text(max_size=40),
    st.none(),
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    st.builds(Money, st.integers(-(10**15), 10**15), st.sampled_from(["SAR", "KWD", "JPY", "XXX"])),
    st.lists(st.text(max_size=5), max_size=4).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_no_text_makes_it_stumble(text):
    try:
        parsed = parse(text)
    except Faulty as wrong:
        assert all(one.sentence % one.facts and one.line >= 1 and one.column >= 1 for one in wrong.faults)
    else:
        fill(parsed, {}, shower(ENGLISH))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_a_text_with_its_signs_escaped_comes_out_as_it_was(text):
    escaped = "".join("\\" + sign if sign in "{}\\" else sign for sign in text)
    assert fill(parse(escaped), {}, shower(ENGLISH)).text == text.replace("\r\n", "\n").replace("\r", "\n").replace(
        "\0", ""
    )


@settings(max_examples=100, deadline=None)
@given(ANY_VALUE, st.sampled_from([ENGLISH, ARABIC, Audience("ar", "No/Where", "arab", "hijri", "levant")]))
def test_no_value_makes_it_stumble(value, audience):
    sorts = {int: "number", Decimal: "number", Money: "money", tuple: "list", datetime: "moment", date: "date"}
    sort = sorts.get(type(value), "text")
    known = {"a.b": Offered("a.b", sort)}
    for name, one in FILTERS.items():
        if one.takes and sort not in one.takes:
            continue
        behind = {"text": ':"x"', "number": ":3"}.get(one.wants, "")
        if one.known and one.wants == "text":
            behind = f":{one.known[0]}"
        filled = fill(read(f"{{a.b|{name}{behind}}}", known), {"a.b": value}, shower(audience))
        assert not set(filled.text) & {"\0", "\r", "\u2028", "\u202e"}
