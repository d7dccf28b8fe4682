"""A record chosen by typing, as site/record_picker.html draws it: an id from the list, or a name that fits exactly one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.figures.words import fold


@dataclass(frozen=True, slots=True)
class Picked:
    """record_id: what was chosen. words: what was typed; with no id and no choices it names something new."""

    name: str
    label: Any
    kinds: str
    record_id: UUID | None = None
    words: str = ""
    required: bool = False
    error: Any = ""
    choices: tuple[search.Found, ...] = ()

    @property
    def chosen(self) -> str:
        return f"{self.kinds}:{self.record_id}" if self.record_id else ""


def picked(
    actor: Actor, asked: Mapping[str, Any], name: str, label: Any, kind: str, *, required: bool = False
) -> Picked:
    """Read <name> ("company:<id>"), a choice among several, or <name>_words. At most 4 queries, none for an id."""
    words = str(asked.get(f"{name}_words", "")).strip()[:200]
    for written in (asked.get(f"{name}_choice"), asked.get(name)):
        record_id = _id(str(written or ""), kind)
        if record_id:
            return Picked(name, label, kind, record_id, words, required)
    if not words:
        return Picked(name, label, kind, required=required)
    fitting = tuple(
        one for one in search.find(actor, words, kinds=(kind,), limit=8)
        if fold(words) in {fold(part) for part in one.title.split(" · ")}
    )  # fmt: skip
    if len(fitting) == 1:
        return Picked(name, label, kind, fitting[0].id, words, required)
    return Picked(name, label, kind, None, words, required, "", fitting)


def _id(text: str, kind: str) -> UUID | None:
    begin, _colon, rest = text.rpartition(":")
    try:
        return UUID(rest) if begin in ("", kind) else None
    except ValueError:
        return None
