"""The kinds of entries: one frozen dataclass each, with its sentence. Free of Django.

    @kind("deals.deal_moved.1", _("{actor} moved {deal} from {from_stage} to {to_stage}"), icon="route")
    @dataclass(frozen=True, slots=True)
    class DealMoved: ...

A kind's fields never change meaning; a new meaning is a new version.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

Fact = TypeVar("Fact", bound=type)


def gettext_noop(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Kind:
    """code: room.what_happened.version. sentence: names {actor} and facts in braces. theme: how the timeline filters it."""

    code: str
    sentence: str
    fact: type
    icon: str
    tone: str
    theme: str


KINDS: dict[str, Kind] = {}
_CODES: dict[type, str] = {}


def kind(
    code: str, sentence: str, *, icon: str = "edit", tone: str = "", theme: str = "change"
) -> Callable[[Fact], Fact]:
    def declare(fact: Fact) -> Fact:
        if code in KINDS:
            raise ValueError(f"{code} is declared twice")
        KINDS[code] = Kind(code, sentence, fact, icon, tone, theme)
        _CODES[fact] = code
        return fact

    return declare


def personal() -> Any:
    """Marks a text that forgetting a person blanks."""
    return field(default="", metadata={"personal": True})


def personal_facts() -> Any:
    """Marks a field of any type that forgetting a person empties; it has no default."""
    return field(metadata={"personal": True})


def personal_fields(fact: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(fact) if f.metadata.get("personal"))


def forgotten(code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an entry once a person in them is forgotten: ids, numbers, times and codes as they were.

    A kind nobody declares any more keeps only what is no text.
    """
    if code not in KINDS:
        return {name: _empty(value) if isinstance(value, str | dict | list) else value for name, value in facts.items()}
    blank = personal_fields(KINDS[code].fact)
    return {name: _empty(value) if name in blank else value for name, value in facts.items()}


def _empty(value: Any) -> Any:
    return type(value)() if isinstance(value, str | dict | list) else None


def code_of(fact: object) -> str:
    return _CODES[type(fact)]


_PLAIN = frozenset({str, int, bool, type(None)})


def as_plain(value: Any) -> Any:
    """What JSON can hold: ids, dates and exact numbers become text."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(item) for item in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    if hasattr(value, "__str__") and not isinstance(value, float):
        return str(value)
    raise TypeError(f"{value!r} cannot be kept in the journal")


def facts_of(fact: Any) -> dict[str, Any]:
    kind = type(fact)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in fields(kind))
    return {name: as_plain(getattr(fact, name)) for name in _NAMES[kind]}


_NAMES: dict[type, tuple[str, ...]] = {}
