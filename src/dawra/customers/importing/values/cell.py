"""Where a cell stands, what a reader is, and how it says no."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dawra.customers.importing.saying import Said


class Wrong(Exception):
    """The cell cannot be used."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)


@dataclass(slots=True)
class Cell:
    """Where a value stands and what may be assumed about it.

    currency: of amounts without a sign of their own; country: where a phone without + is at home
    options:  what was answered once for the whole column: order ("ymd", "dmy", "mdy", "ydm"), calendar ("gregorian",
              "hijri", "excel"), decimal ("." or ","), percent ("share" where 0.45 means 45 %), zone (IANA, of times
              that name none), labels (label as written and folded → option key, "" = leave empty)
    """

    column: str
    currency: str = ""
    country: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def note(self, code: str, **facts: Any) -> None:
        self.said.append(Said(code, self.column, facts))


Read = Callable[[str, Cell], Any]

INVISIBLE = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def of(family: str, **more: Any) -> Callable[[Read], Read]:
    """Says which family of values a reader understands (see guessing), and what else is known of it."""

    def mark(read: Read) -> Read:
        read.__dict__.update(more, family=family)
        return read

    return mark


def bare(written: str) -> str:
    """Without characters that cannot be seen, in one line. Cells of plain ASCII are the usual case and the fast one."""
    if not written.isascii() or not written.isprintable():
        written = INVISIBLE.sub("", written)
    return " ".join(written.split())


def short(written: str) -> str:
    """For a sentence."""
    clean = INVISIBLE.sub("", written.strip())
    return clean if len(clean) <= 60 else clean[:57] + "…"
