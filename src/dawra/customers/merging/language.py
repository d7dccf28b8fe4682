"""Reading a text of the merge language, and filling it in.

text    = { anything | field }          \\{ \\} \\\\ are a brace, a brace, a backslash
field   = "{" path { "|" filter } "}"   path = name { "." name }
filter  = name [ ":" argument ]         argument = "in quotes" | a word or number
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dawra.customers.merging.faults import Fault, Faulty

LONGEST = 20_000
LONGEST_RESULT = 50_000
LONGEST_ARGUMENT = 200
MOST_FIELDS = 200
MOST_FILTERS = 8
MOST_FAULTS = 20

_PLAIN = re.compile(r"[^{\\]+")
_SPACE = re.compile(r"[ \t\u00a0]*")
_PATH = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_NAME = re.compile(r"[^\W\d]\w*")
_WORD = re.compile(r"[^\s\"{}|:\\]+")
_QUOTES = {'"': '"', "“": "”", "”": "”", "«": "»", "'": "'", "‘": "’", "’": "’", "„": "“"}
_REST = re.compile(r"[^{}\n]{0,40}")
# What no letter should hold: control characters but for tab and line feed, and marks that turn the writing of what follows.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), 8232, 8233)) | dict.fromkeys(
    (*range(8234, 8239), 65279)
)
HOLE, HOLE_END = "⟦", "⟧"
_HOLE = re.compile(f"{HOLE}[^{HOLE}{HOLE_END}\n]*{HOLE_END}")


@dataclass(frozen=True, slots=True)
class Use:
    """A filter as it was written. argument: None where nothing was said."""

    name: str
    argument: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A field where it stands."""

    path: str
    filters: tuple[Use, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Parsed:
    parts: tuple[str | Placed, ...]

    @property
    def fields(self) -> tuple[Placed, ...]:
        return tuple(part for part in self.parts if isinstance(part, Placed))


@dataclass(frozen=True, slots=True)
class Filled:
    """missing: paths without a value, in the order they stand; each left a mark in the text that nobody overlooks."""

    text: str
    missing: tuple[str, ...]


class _Wrong(Exception):
    def __init__(self, code: str, at: int, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.at, self.facts = code, at, facts


def parse(text: str) -> Parsed:
    """Raises Faulty with every fault of the text, the first MOST_FAULTS of them."""
    if len(text) > LONGEST:
        raise Faulty((Fault("long", 0, 0, {"most": LONGEST}),))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    parts: list[str | Placed] = []
    faults: list[Fault] = []
    at = 0
    while at < len(text) and len(faults) < MOST_FAULTS:
        if plain := _PLAIN.match(text, at):
            parts.append(plain.group())
            at = plain.end()
        elif text[at] == "\\":
            taken = text[at + 1 : at + 2]
            parts.append(taken if taken and taken in "{}\\" else "\\" + taken if taken not in ("", "{") else "\\")
            at += 2 if taken else 1
        else:
            try:
                placed, at = _field(text, at)
                parts.append(placed)
            except _Wrong as wrong:
                faults.append(Fault(wrong.code, *_place(text, wrong.at), wrong.facts))
                at = _beyond(text, at)
    count = sum(isinstance(part, Placed) for part in parts)
    if count > MOST_FIELDS:
        faults.append(Fault("many", 0, 0, {"most": MOST_FIELDS}))
    if faults:
        raise Faulty(tuple(faults))
    return Parsed(tuple(parts))


def fill(parsed: Parsed, values: Mapping[str, Any], show: Callable[[Any, tuple[Use, ...]], str | None]) -> Filled:
    """Put the values in. What has none is marked by its name between white brackets and told.

    show:   a value and what is to be done with it → text, None where nothing is there to show; filters.shower gives one
    Raises: Faulty (too long)
    """
    found: list[str] = []
    missing: list[str] = []
    length = 0
    for part in parsed.parts:
        if isinstance(part, str):
            said = part
        else:
            shown = show(values.get(part.path), part.filters)
            said = clean(shown) if shown is not None else ""
            if not said.strip():
                missing.append(part.path)
                said = f"{HOLE}{part.path}{HOLE_END}" if shown is None else ""
                if shown is not None:
                    missing.pop()  # somebody said |or:"", so nothing is meant to stand here
        length += len(said)
        if length > LONGEST_RESULT:
            raise Faulty((Fault("long_result", 0, 0, {"most": LONGEST_RESULT}),))
        found.append(said)
    return Filled("".join(found), tuple(dict.fromkeys(missing)))


def clean(value: str) -> str:
    """A value as text: without control characters, nor what would look like a hole."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return plain.replace(HOLE, "[").replace(HOLE_END, "]")


def one_line(text: str) -> str:
    """For a header: whatever would begin a new line is a space."""
    return " ".join(text.translate({9: " ", 10: " ", 11: " ", 12: " ", 13: " ", 0x2028: " ", 0x2029: " ", 0x85: " "})
                    .translate(_CONTROLS).split())  # fmt: skip


def holes_in(text: str) -> tuple[str, ...]:
    """What is still to be filled in: the paths whose marks stand in the text."""
    return tuple(dict.fromkeys(one[1:-1] for one in _HOLE.findall(text)))


def left_over(text: str, groups: Iterable[str]) -> str:
    """A field of these groups that stands in a finished letter as it was written in a template; "" if none does."""
    found = re.search(r"\{\s*(?:" + "|".join(re.escape(one) for one in groups) + r")\.[^{}\n]{0,80}\}", text)
    return found.group() if found else ""


def _field(text: str, start: int) -> tuple[Placed, int]:
    if text.startswith("{{", start):
        raise _Wrong("braces", start)
    if text.startswith(("{%", "{#"), start):
        raise _Wrong("logic", start)
    at = _skip(text, start + 1)
    if text.startswith("}", at):
        raise _Wrong("empty", start)
    named = _PATH.match(text, at)
    if named is None:
        if "}" not in text[at : at + LONGEST_ARGUMENT]:
            raise _Wrong("open", start)
        raise _Wrong("name", start, name=_rest(text, at))
    path = named.group()
    at = _skip(text, named.end())
    filters: list[Use] = []
    while text.startswith("|", at):
        use, at = _filter(text, _skip(text, at + 1), path, start)
        filters.append(use)
        if len(filters) > MOST_FILTERS:
            raise _Wrong("many_filters", start, path=path, most=MOST_FILTERS)
    if not text.startswith("}", at):
        if "}" not in text[at : at + LONGEST_ARGUMENT]:
            raise _Wrong("open", start)
        code, facts = (
            ("after", {"path": path, "said": _rest(text, at)})
            if filters
            else ("name", {"name": _rest(text, start + 1)})
        )
        raise _Wrong(code, start if not filters else at, **facts)
    return Placed(path, tuple(filters), *_place(text, start)), at + 1


def _filter(text: str, at: int, path: str, start: int) -> tuple[Use, int]:
    named = _NAME.match(text, at)
    if named is None:
        raise _Wrong("no_filter", at, path=path)
    name = named.group()
    at = _skip(text, named.end())
    if not text.startswith(":", at):
        return Use(name, None), at
    at = _skip(text, at + 1)
    closing = _QUOTES.get(text[at : at + 1])
    if closing is None:
        word = _WORD.match(text, at)
        if word is None:
            raise _Wrong("needs_argument", at, path=path, name=name, near=f'{name}:"…"')
        return Use(name, word.group()[:LONGEST_ARGUMENT]), _skip(text, word.end())
    return _quoted(text, at, name, path, start, closing)


def _quoted(text: str, at: int, name: str, path: str, start: int, closing: str) -> tuple[Use, int]:
    said: list[str] = []
    here = at + 1
    while here < len(text) and here - at <= LONGEST_ARGUMENT:
        sign = text[here]
        if sign == "\\" and here + 1 < len(text) and text[here + 1] != "\n":
            said.append(text[here + 1])
            here += 2
        elif sign == "\n":
            break
        elif sign == closing:
            return Use(name, "".join(said)), _skip(text, here + 1)
        else:
            said.append(sign)
            here += 1
    raise _Wrong("quote", at, path=path)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _rest(text: str, at: int) -> str:
    found = _REST.match(text, at)
    return found.group().strip() if found else ""


def _beyond(text: str, at: int) -> int:
    """Where to go on after a fault: behind its closing brace on the same line, so that one mistake is told once."""
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    close = text.find("}", at, line_end)
    if close < 0:
        return line_end
    while text.startswith("}", close):
        close += 1
    return close


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
