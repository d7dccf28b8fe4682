"""HTML notes become Markdown that shows the same words, and nothing that runs."""

# ruff: noqa: E501 - a table of cells reads best in rows

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dawra.customers.importing import values
from dawra.customers.importing.values import Cell, Wrong
from dawra.customers.importing.values.markup import is_markup, markdown_of

SHOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize(("written", "markdown"), [
    ("<p>Hello <b>bold </b>and <i>it</i></p>", "Hello **bold** and *it*"), ("a<br>b<br/>c", "a\nb\nc"), ("<div>a</div><div>b</div>", "a\n\nb"),
    ("<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul>", "- one\n    - deep\n- two"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"), ("<h2>Head</h2><p>x</p>", "## Head\n\nx"), ("<pre>x\n y</pre>", "    x\n     y"),
    ('<a href="https://x.example/a?b=1&amp;c=2">site</a>', "[site](https://x.example/a?b=1&c=2)"),
    ('<a href="https://y.example">https://y.example</a>', "<https://y.example>"), ('<a href="mailto:a@b.example">a@b.example</a>', "<a@b.example>"),
    ("<blockquote><p>q</p></blockquote>", "> q"), ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"),
    ("<p>1. no list * star_under # x</p>", "1\\. no list \\* star\\_under # x"), ("<p>مرحبا <strong>بك</strong></p>", "مرحبا **بك**"),
    ("AT&amp;T &mdash; x", "AT&T — x"), ("<p>a</p><!-- c --><p></p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
])  # fmt: skip
def test_html_becomes_markdown(written, markdown):
    assert is_markup(written) and markdown_of(written) == markdown


@pytest.mark.parametrize("written", [
    "<script>alert(1)</script>x", "<style>p{}</style>x", '<a href="javascript:alert(1)">x</a>', '<img src="https://spy.example/p.gif">x',
    '<p onclick="alert(1)">x</p>', "<iframe src=//e.example></iframe>x<br>", '<a href="data:text/html,alert(1)">x</a>',
    "<svg><script>alert(1)</script></svg><p>x</p>", "<p>x</p><!--><script>alert(1)</script>-->",
])  # fmt: skip
def test_nothing_that_runs_or_spies_survives(written):
    markdown = markdown_of(written)
    assert "x" in markdown
    shown = SHOWN.render(markdown)
    assert not re.search(r"<(script|style|img|iframe|svg)|javascript:|data:|onclick=|spy\.example", shown)


def test_plain_notes_stay_as_they_are_and_the_change_is_said():
    cell = Cell("x")
    assert values.prose()("price < 5 & *good*\nline 2", cell) == "price < 5 & *good*\nline 2" and not cell.said
    assert values.prose()("<p>hi</p>", cell) == "hi" and [said.code for said in cell.said] == ["markup"]
    with pytest.raises(Wrong):
        values.prose(10)("<p>" + "word " * 5 + "</p>", cell)


def test_deep_and_broken_html_neither_hangs_nor_crashes():
    for written in (
        "<div>" * 6000 + "x",
        "<ul><li>" * 4000 + "x",
        "<b>" * 8000 + "x",
        "<a href='" * 3000,
        "<!--" * 8000,
        "<" * 32_000,
    ):
        values.prose(40_000)(written[:32_000], Cell("x"))


WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)


@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "li", "b", "i", "h3", "div", "blockquote"]), WORDS), min_size=1, max_size=6
    )
)
def test_the_reader_sees_every_word_of_the_note(parts):
    written = "".join(f"<{tag}>{html.escape(words)}</{tag}>" for tag, words in parts)
    shown = html.unescape(re.sub(r"<[^>]+>", " ", SHOWN.render(markdown_of(written))))
    want = "".join(words for _tag, words in parts)
    assert re.sub(r"\s+", "", shown) == re.sub(r"\s+", "", want)
