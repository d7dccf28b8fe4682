"""Markdown that people write, made safe: no raw markup, no pictures from elsewhere, links that give nothing away."""

from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
LONGEST = 100_000
# A timeline shows the same few notes again and again: short ones, at most some 4 MB, are remembered as they look.
REMEMBERED = 2000


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def markdown(text: str) -> SafeString:
    if not text.strip():
        return SafeString("")
    return _short(text) if len(text) <= REMEMBERED else _safe(text)


def _safe(text: str) -> SafeString:
    clean = nh3.clean(
        _reader().render(text[:LONGEST]),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
    )
    return format_html('<div class="prose" dir="auto">{}</div>', mark_safe(clean))  # noqa: S308 - safe: nh3 cleaned it


@lru_cache(maxsize=1024)
def _short(text: str) -> SafeString:
    return _safe(text)
