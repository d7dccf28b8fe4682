"""HTML notes as Markdown that shows the same words: lists, links, emphasis, headings, tables; no scripts, styles or pictures."""

import html
import re
from collections.abc import Iterator

import nh3

from dawra.customers.importing.values.cell import INVISIBLE

_TAGS = {
    "p", "br", "hr", "b", "strong", "i", "em", "s", "del", "strike", "code", "pre", "blockquote", "ul", "ol", "li", "a", "div",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "th", "td", "dl", "dt", "dd", "section", "article", "figure",
}  # fmt: skip
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|s|ul|ol|li|a|h[1-6]|table|tbody|tr|td|th|blockquote|pre|code|html|body|font|img|hr|"
    r"script|style|meta|o:p|center|label|section)(?:\s[^<>]*)?/?>|<!--|<!doctype",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|nbsp|apos|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:\s+[a-z-]+=\"[^\"]*\")*)\s*/?>|([^<]+)")
_HREF = re.compile(r'href="([^"]*)"')
_STYLES = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_BLOCKS = frozenset("p div section article figure dl dt dd table blockquote h1 h2 h3 h4 h5 h6 pre".split())  # noqa: SIM905
_SPECIAL = re.compile(r"([\\`*_\[\]<]|~~|&(?=#?\w{1,31};))")
_AT_START = re.compile(r"^(\s*)(>|#{1,6}(?=\s|$)|[+\-](?=\s|$)|=|-(?=-)|:(?=-)|\|(?=[-: ])|~(?=~)|\d{1,9}[.)](?=\s|$))")
_MARK = re.compile("\0(\\*\\*|\\*|~~)\1|\2(\\*\\*|\\*|~~)\3")
_BLANK_INSIDE = re.compile("(\0[*~]+\1)(\\s+)")
_BLANK_BEFORE_END = re.compile("(\\s+)(\2[*~]+\3)")
_OUTSIDE = ("", *" ()[].,;:!?\"'\n،؛؟")
_DEEPEST = 8


def is_markup(text: str) -> bool:
    return ("<" in text and bool(_MARKUP.search(text))) or ("&" in text and bool(_ENTITY.search(text)))


def markdown_of(text: str) -> str:
    """Markdown of an HTML text. Plain text with entities only keeps its lines and gets its characters back."""
    text = INVISIBLE.sub("", text).replace("\0", "")
    if not _MARKUP.search(text):
        return html.unescape(text).replace("\u00a0", " ").strip()
    clean = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags={"script", "style", "head", "title"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return _Writer().write(clean)


class _Writer:
    """Goes through clean HTML once. Text is gathered into a line; blocks end it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._lists: list[int | None] = []
        self._styles: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._quotes = 0
        self._raw = False
        self._mark = ""
        self._cells = 0

    def write(self, clean: str) -> str:
        for closing, tag, attributes, words in _tokens(clean):
            if words:
                self._text(html.unescape(words))
            elif closing:
                self._close(tag)
            else:
                self._open(tag, attributes)
        self._end()
        text = "\n".join(self._lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n").rstrip()

    def _text(self, words: str) -> None:
        if self._raw:
            self._line += words
            return
        words = re.sub(r"\s+", " ", words)
        if not self._line.strip() or self._line.endswith((" ", "\n")):
            words = words.lstrip(" ")
        self._line += _SPECIAL.sub(r"\\\1", words)

    def _open(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self._line = self._line.rstrip(" ") + ("\n" if self._raw or self._line.strip() else "")
        elif tag == "hr":
            self._end(gap=True)
            self._lines += ["---", ""]
        elif tag in ("ul", "ol"):
            self._end(gap=not self._lists)
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._end()
            self._mark = self._next_mark()
        elif tag == "pre":
            self._end(gap=True)
            self._raw = True
        elif tag == "blockquote":
            self._end(gap=True)
            self._quotes = min(self._quotes + 1, _DEEPEST)
        elif tag == "tr":
            self._end()
            self._cells = 0
        elif tag in ("td", "th"):
            self._line += " | " if self._cells else ""
            self._cells += 1
        elif tag in _BLOCKS:
            self._end(gap=not self._mark)
            self._mark = self._mark or ("#" * int(tag[1]) + " " if tag[0] == "h" and tag[1:].isdigit() else "")
        else:
            self._inline(tag, attributes)

    def _inline(self, tag: str, attributes: str) -> None:
        if tag == "a":
            found = _HREF.search(attributes)
            self._links.append((html.unescape(found[1]) if found else "", len(self._line)))
        elif tag in _STYLES and not self._raw:
            style = _STYLES[tag]
            self._line += "" if style in self._styles else f"\0{style}\1"  # bold in bold is bold, however deep
            self._styles.append(style)
        elif tag == "code" and not self._raw:
            self._styles.append("")

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._end(gap=len(self._lists) <= 1)
            if self._lists:
                self._lists.pop()
        elif tag == "pre":
            self._end(gap=True)
            self._raw = False
        elif tag == "blockquote":
            self._end(gap=True)
            self._quotes = max(self._quotes - 1, 0)
        elif tag in _BLOCKS:
            self._end(gap=not self._lists)
        elif tag in ("li", "tr"):
            self._end()
        elif tag == "a" and self._links:
            self._link(*self._links.pop())
        elif tag in _STYLES and _STYLES[tag] in self._styles and not self._raw:
            style = _STYLES[tag]
            self._styles.remove(style)
            self._line += "" if style in self._styles else f"\2{style}\3"

    def _link(self, address: str, start: int) -> None:
        shown = self._line[start:] if start <= len(self._line) else ""
        if not address or self._raw:
            return
        if not shown.strip():
            return
        plain = re.sub(r"\\(.)", r"\1", shown).strip()
        if plain in (address, address.removeprefix("mailto:"), address.removeprefix("tel:")) and " " not in plain:
            self._line = f"{self._line[:start]}<{plain if '@' in plain else address}>"
        else:
            target = re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match[0][0]):02X}", address)
            self._line = f"{self._line[:start]}[{shown.strip()}]({target})"

    def _next_mark(self) -> str:
        depth = min(len(self._lists), _DEEPEST)
        indent = "    " * max(depth - 1, 0)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _end(self, *, gap: bool = False) -> None:
        """The gathered line is done. gap: an empty one follows, if none does yet."""
        line = self._line if self._raw else _emphasised(self._line).strip(" ")
        self._line, mark = "", self._mark
        line = line.rstrip()
        if line:
            self._mark = ""
            quote = "> " * self._quotes
            if self._raw:
                rows = [f"    {row}" for row in line.split("\n")]
            else:
                rows = [_AT_START.sub(_escaped, row.strip(" ")) for row in line.split("\n")]
                rows = [(mark if not place else " " * len(mark)) + row for place, row in enumerate(rows)]
            self._lines += [f"{quote}{row}" for row in rows]
        if gap and self._lines and self._lines[-1] not in ("", ">"):
            self._lines.append("")


def _tokens(clean: str) -> Iterator[tuple[str, str, str, str]]:
    for match in _TOKEN.finditer(clean):
        yield match[1] or "", match[2] or "", match[3] or "", match[4] or ""


def _escaped(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}"


def _emphasised(line: str) -> str:
    """Marks of emphasis stand close around their words; a pair that Markdown would show as stars is left out."""
    before = ""
    while line != before:
        before = line
        for mark in ("**", "*", "~~"):
            opening, closing = f"\0{mark}\1", f"\2{mark}\3"
            line = line.replace(opening + closing, "").replace(closing + opening, "")
        line = _BLANK_INSIDE.sub(r"\2\1", line)
        line = _BLANK_BEFORE_END.sub(r"\2\1", line)
    marks = list(_MARK.finditer(line))
    kept, open_marks = set(), []
    for place, match in enumerate(marks):
        if match[1]:
            open_marks.append(place)
        elif open_marks and marks[open_marks[-1]][1] == match[2]:
            start = open_marks.pop()
            if _may_stand(line, marks[start].start(), marks[start].end(), match.start(), match.end()):
                kept |= {start, place}
    places = iter(range(len(marks)))
    return _MARK.sub(lambda match: (match[1] or match[2]) if next(places) in kept else "", line)


def _may_stand(line: str, start: int, inner: int, end: int, after: int) -> bool:
    """Whether Markdown takes the pair for emphasis: blanks or common punctuation outside, none of the first inside."""
    left = _MARK.sub("", line[:start])[-1:]
    right = _MARK.sub("", line[after:])[:1]
    inside = _MARK.sub("", line[inner:end])
    return (
        bool(inside) and not inside[0].isspace() and not inside[-1].isspace() and left in _OUTSIDE and right in _OUTSIDE
    )
