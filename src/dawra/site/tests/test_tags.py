"""What the template tags draw."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from dawra.figures.money import Money
from dawra.journal.catalogue import KINDS
from dawra.journal.queries import Line
from dawra.site.advice import ADVICE
from dawra.site.reader import Reader, read_as

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def draw(template: str, reader: Reader | None = None, **takes: Any) -> str:
    reader = reader or Reader()
    request = RequestFactory().get("/list/?sort=name&after=abc")
    with read_as(reader), translation.override(reader.language):
        return str(engines["django"].from_string(template).render(takes, request))


def test_money_keeps_its_direction_inside_arabic_text() -> None:
    assert draw("{{ m|money }}", m=Money(4820000, "USD")) == '<bdi class="num" dir="ltr">$48,200.00</bdi>'
    arabic = draw("{{ m|money }}", Reader(language="ar"), m=Money(-123450, "SAR"))
    assert arabic == '<bdi class="num" dir="rtl">\u2066\u22121,234.50\u2069\u00a0ر.س</bdi>'


@pytest.mark.parametrize(
    "tag", ["x|money", "x|money_short", "x|share", "x|number", "x|day", "x|moment", "x|time", "x|ago:now"]
)
def test_nothing_shows_as_a_dash_and_never_as_none(tag: str) -> None:
    assert "None" not in draw("{{ " + tag + " }}", x=None, now=NOW)


def test_the_hijri_day_stands_below_for_who_chose_it() -> None:
    day = date(2026, 2, 18)
    assert "Ramadan" not in draw("{{ d|day }}", d=day)
    assert '<span class="hijri">1 Ramadan 1447 AH</span>' in draw("{{ d|day }}", Reader(calendar="hijri"), d=day)


def test_an_unknown_icon_is_found_out_before_anyone_sees_the_page() -> None:
    with pytest.raises(KeyError, match="no icon"):
        draw('{% icon "no-such-drawing" %}')


def test_a_directed_icon_is_mirrored_and_a_phone_is_not() -> None:
    assert "flip" in draw('{% icon "arrow-right" "s" %}')
    assert "flip" not in draw('{% icon "phone" %}')
    assert 'aria-label="a &quot;b&quot;"' in draw('{% icon "phone" "s" label %}', label='a "b"')


class Contact(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    email = forms.EmailField(label="Email")
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "<A>")])
    agreed = forms.BooleanField(label="Agreed", required=False)


def test_a_field_with_an_error_points_at_its_hint_and_its_error() -> None:
    page = draw("{% field f.name %}", f=Contact({"email": "x"}))
    assert 'aria-describedby="id_name_hint id_name_err"' in page and 'aria-invalid="true"' in page
    assert 'id="id_name_hint"' in page and 'id="id_name_err"' in page and '<label for="id_name">' in page


def test_an_address_is_written_from_the_left_and_free_text_as_it_comes() -> None:
    assert 'dir="ltr"' in draw("{% field f.email %}", f=Contact())
    assert 'dir="auto"' in draw("{% field f.name %}", f=Contact())


def test_choices_stand_in_a_group_with_a_legend_and_are_escaped() -> None:
    page = draw("{% field f.kind %}", f=Contact())
    assert "<legend>Kind</legend>" in page and "&lt;A&gt;" in page


def test_other_options_of_a_field_become_attributes_of_its_input() -> None:
    assert 'hx-get="/x/"' in draw('{% field f.name hx_get="/x/" label="Other" %}', f=Contact())


def test_markdown_brings_no_script_no_picture_and_no_referrer() -> None:
    page = draw(
        "{{ t|markdown }}",
        t="**b** <script>x</script> ![p](http://e.vil/p.png) [l](javascript:x) [k](https://k.example)",
    )
    assert "<strong>b</strong>" in page and 'rel="noopener nofollow"' in page
    assert "<script" not in page and "<img" not in page and 'href="javascript' not in page


def line(code: str, **facts: Any) -> Line:
    return Line(uuid4(), KINDS[code], NOW, NOW, "<b>Sana</b>", uuid4(), "ui", facts, 1)


def test_a_line_of_the_journal_escapes_what_people_wrote() -> None:
    page = draw("{% line_sentence l %}", l=line("customers.call_logged.1", title="<script>"))
    assert page == "<bdi>&lt;b&gt;Sana&lt;/b&gt;</bdi> logged a call: <bdi>&lt;script&gt;</bdi>"


def test_an_edit_names_its_fields_and_shows_before_and_after_in_words() -> None:
    edit = line(
        "deals.deal_edited.1",
        deal="Nile",
        currency="USD",
        changes={"amount_minor": [100, 4820000], "status": ["open", "won"]},
    )
    assert "amount, status" in draw("{% line_sentence l %}", l=edit)
    page = draw("{% line_changes l %}", l=edit)
    assert "$1.00" in page and "$48,200.00" in page and "Open" in page and "Won" in page


def test_an_edit_shows_nobody_an_id() -> None:
    """Of a finding, a step of a close plan, a demo: who was chosen is said to be so, and how many."""
    ids = [str(uuid4()), str(uuid4())]
    changes = {"person_id": ["", ids[0]], "member_id": ids, "file_id": [ids[0], None], "people": [[], ids],
               "type": ["online", "on_site"], "side": ["ours", "theirs"]}  # fmt: skip
    page = draw(
        "{% line_sentence l %}{% line_changes l %}", l=line("deals.demo_edited.1", deal="Nile", changes=changes)
    )
    assert not any(one in page for one in ids)
    assert "chosen" in page and "another" in page and "<bdi>2</bdi>" in page
    assert "On site" in page and "The buyer does it" in page and "who does it" in page


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_of_entry_can_be_told_even_of_facts_that_were_forgotten(code: str) -> None:
    for language in ("en", "ar"):
        page = draw("{% line_sentence l %}{% line_changes l %}", Reader(language=language), l=line(code))
        assert "Sana" in page or "{actor}" not in KINDS[code].sentence
        assert "{" not in page


def test_the_query_of_a_page_changes_only_where_asked() -> None:
    assert draw('{% query_with sort="-name" after=None %}') == "?sort=-name"


@dataclass
class Stage:
    name: str
    name_ar: str


def test_a_name_is_shown_in_the_readers_language_and_never_empty() -> None:
    assert draw("{{ s|named }}", Reader(language="ar"), s=Stage("Closing", "الإغلاق")) == "الإغلاق"
    assert draw("{{ s|named }}", Reader(language="ar"), s=Stage("Closing", "")) == "Closing"
    assert draw("{{ s|named }}", s=None) == ""


@pytest.mark.parametrize("status", sorted(ADVICE))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_error_page_says_what_is_safe_and_what_to_do(status: int, language: str) -> None:
    takes = {"status": status, "code": "x", "sentence": "", "facts": {}, "stale": False}
    with translation.override(language):
        said = [str(ADVICE[status].title), str(ADVICE[status].safe), str(ADVICE[status].do)]
    for template in ("site/error.html", "site/answer.html"):
        page = draw("{% include t %}", Reader(language=language), t=template, **takes)
        assert all(text.split(":")[0] in page for text in said)


def test_both_versions_of_a_conflict_are_shown_and_mine_is_sent_on_top_of_theirs() -> None:
    request = RequestFactory().post("/deals/1/", {"name": "Mine <b>", "version": "1"})
    facts = {"version": 2, "theirs": {"name": "Theirs"}, "yours": {"name": "Mine <b>"}}
    with read_as(Reader()):
        page = engines["django"].get_template("site/conflict.html").render({"facts": facts}, request)
    assert "Theirs" in page and "Mine &lt;b&gt;" in page
    assert 'name="version" value="2"' in page and 'name="version" value="1"' not in page
