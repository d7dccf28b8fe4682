"""The rows of a list, written out directly: five hundred cells as template nodes cost more than all queries.

{% load list_rows %}{% list_rows list %} takes a ListPage, and may_select and request from the page around it.
"""

from collections.abc import Callable
from html import escape as escape_text
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dawra.customers.listing_page import AT_THE_END, Column, Link, ListPage, Row
from dawra.figures.words import named

register = template.Library()

_FILTERS = ("day", "money", "number", "ago", "moment")


@register.tag
def list_rows(parser: Any, token: Any) -> template.Node:
    _tag, rows = token.split_contents()
    return _Rows(parser.compile_filter(rows), {name: parser.find_filter(name) for name in _FILTERS})


class _Rows(template.Node):
    def __init__(self, rows: Any, filters: dict[str, Callable[..., Any]]) -> None:
        self.rows, self.filters = rows, filters

    def render(self, context: Any) -> SafeString:
        shown: ListPage = self.rows.resolve(context)
        written = _Writer(self.filters, context["request"].now, bool(context.get("may_select")))
        return SafeString("\n".join(written.row(row) for row in shown.rows))


class _Writer:
    """One page's rows: what every row says is looked up once."""

    def __init__(self, filters: dict[str, Callable[..., Any]], now: Any, may_select: bool) -> None:
        self.filters, self.now, self.may_select = filters, now, may_select
        self.language = get_language() or "en"
        self.select, self.yes, self.no = escape(_("Select")), escape(_("Yes")), escape(_("No"))

    def row(self, row: Row) -> str:
        select = (
            f'<td><input type="checkbox" name="id" value="{row.id}" data-row aria-label="{self.select} {escape(row.name)}"></td>'
            if self.may_select
            else ""
        )
        cells = "".join([self.cell(column, value) for column, value in row.cells[1:]])
        return f'<tr id="r{row.id}">{select}{self.head(row.cells[0][1])}{cells}</tr>'

    def head(self, link: Link) -> str:
        """The first cell: the record itself."""
        more = f' <bdi class="xs muted">{escape(link.more)}</bdi>' if link.more else ""
        return (
            f'<th scope="row"><a class="strong" href="{escape(link.url)}"><bdi>{escape(link.text)}</bdi></a>{more}</th>'
        )

    def cell(self, column: Column, value: Any) -> str:
        cls = ("n " if column.looks in AT_THE_END else "") + ("full" if column.phone else "hm")
        inner = "" if value is None or value == "" else self.inner(column.looks, value)
        return f'<td class="{cls}">{inner}</td>'

    def inner(self, looks: str, value: Any) -> str:
        if looks == "text":
            return f"<bdi>{escape(value)}</bdi>"
        if looks == "badge":
            return f'<span class="badge {escape(value.tone)}">{escape(value.text)}</span>'
        if looks == "record":
            return f'<a href="{escape(value.url)}"><bdi>{escape(value.text)}</bdi></a>'
        if looks == "member":
            return f'<bdi class="sm">{escape(named(value.name, value.name_ar, self.language))}</bdi>'
        if looks in ("email", "link"):
            return f'<bdi dir="ltr">{escape(value)}</bdi>'
        if looks == "phone":
            return f'<a class="nowrap" href="tel:{escape(value)}"><bdi dir="ltr">{escape(value)}</bdi></a>'
        if looks == "words":
            return " ".join(f'<span class="badge"><bdi>{escape(word)}</bdi></span>' for word in value)
        return self.formatted(looks, value)

    def formatted(self, looks: str, value: Any) -> str:
        """What takes the reader's digits, calendar or clock; the filters answer with markup."""
        if looks == "flag":
            return self.yes if value else self.no
        if looks == "ago":
            return f'<span class="muted nowrap">{self.filters["ago"](value, self.now)}</span>'
        return str(self.filters[looks](value))


def escape(value: Any) -> str:
    """Django's own also carries lazy and safe texts, at several times the cost; a cell's value is plain."""
    return escape_text(str(value))
