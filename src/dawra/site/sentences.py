"""A journal line as a sentence in the reader's language: the kind's template, filled with its facts."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import escape
from string import Formatter
from typing import Any, get_type_hints

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from dawra.figures.money import Money
from dawra.figures.words import named
from dawra.journal.queries import Line
from dawra.site import formats
from dawra.site.names import joined, name_of_code, name_of_field
from dawra.site.reader import Reader

EMPTY = "—"
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def sentence(line: Line, reader: Reader) -> SafeString:
    """Everything a person wrote is escaped; every filled-in value keeps its own direction.

    Written out directly, as are changes: a page has fifty, and the framework's own escaping costs several times as much.
    """
    parts: list[str] = []
    for literal, name in _parts(gettext(line.kind.sentence)):
        parts.append(escape(formats.digits(literal, reader)))
        if name:
            told = _actor(line, reader) if name == "actor" else filled(name, line, reader)
            parts.append(f"<bdi>{escape(told)}</bdi>")
    return SafeString("".join(parts))


@lru_cache(maxsize=2048)
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """Each literal and the name that follows it, "" for none."""
    return tuple((literal, name or "") for literal, name, _spec, _conversion in Formatter().parse(template))


def _actor(line: Line, reader: Reader) -> str:
    """Work without a person signs with its inner name, which says nothing to a reader."""
    if line.member_id is None:
        return pgettext("actor", "Dawra")
    return named(line.actor, line.actor_ar, reader.language) or pgettext("actor", "Dawra")


def filled(name: str, line: Line, reader: Reader) -> str:
    """What stands for {name}: a fact, or what is told by several of them."""
    facts = line.facts
    if name not in facts:
        if name == "fields":
            return joined([name_of_field(field) for field in facts.get("changes", {})])
        if name == "tags":
            added, removed = facts.get("added", []), facts.get("removed", [])
            return joined([f"+ {tag}" for tag in added] + [f"− {tag}" for tag in removed]) or EMPTY
        if name == "amount" and "amount_minor" in facts:
            name = "amount_minor"
    return spoken(name, facts.get(name), reader, hint=_hints(line.kind.fact).get(name), facts=facts)


def changes(line: Line, reader: Reader) -> SafeString:
    """The edited fields as a list: name, before, after. "" for an entry that changed no field."""
    edited = line.facts.get("changes")
    if not isinstance(edited, Mapping) or not edited:
        return SafeString("")
    arrow = "←" if reader.direction == "rtl" else "→"
    items = []
    for field, pair in edited.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        if isinstance(before, str | None) and isinstance(after, str | None) and _is_id(before or after):
            before, after = _of_ids(before, after)
        was, now = (escape(spoken(field, one, reader, facts=line.facts)) for one in (before, after))
        items.append(
            f'<li><span class="muted">{escape(name_of_field(field))}</span> <bdi class="was">{was}</bdi>'
            f' <span aria-hidden="true">{arrow}</span> <bdi>{now}</bdi></li>'
        )
    lines = "\n".join(items)
    return SafeString(f'<ul class="changes">{lines}</ul>')


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _of_ids(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """An id tells a reader nothing: that somebody or something was chosen, or another one. Names are not kept in entries
    for it, or erasing a person would have to find them there."""
    if before and after:
        return gettext("one"), gettext("another")
    return gettext("chosen") if before else None, gettext("chosen") if after else None


def spoken(name: str, value: Any, reader: Reader, *, hint: Any = None, facts: Mapping[str, Any] | None = None) -> str:
    """One value in words. The name's ending tells its unit (_minor, _bp, _on, _at), the hint its type."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, list | tuple):
        if all(_is_id(item) for item in value):
            return formats.number(len(value), reader)
        return joined([spoken(name, item, reader) for item in value])
    if isinstance(value, int):
        return _whole(name, value, reader, facts or {})
    if isinstance(value, str):
        return _written(name, value, reader, hint)
    return str(value)


def _whole(name: str, value: int, reader: Reader, facts: Mapping[str, Any]) -> str:
    if name.endswith("_minor"):
        return formats.money(Money(value, str(facts.get("currency") or reader.base_currency)), reader)
    if name.endswith("_bp"):
        return formats.share(value, reader)
    return formats.number(value, reader)


def _written(name: str, value: str, reader: Reader, hint: Any) -> str:
    wanted = str(hint)
    try:
        if name.endswith(("_at", "until")) or "datetime.datetime" in wanted:
            return formats.moment(datetime.fromisoformat(value), reader)
        if name.endswith("_on") or "datetime.date" in wanted:
            return formats.day(date.fromisoformat(value), reader)
        if "Decimal" in wanted:
            return formats.number(Decimal(value), reader)
    except (ValueError, InvalidOperation):
        return value
    return name_of_code(name, value)


@lru_cache(maxsize=512)
def _hints(fact: type) -> dict[str, Any]:
    return get_type_hints(fact) if dataclasses.is_dataclass(fact) else {}
