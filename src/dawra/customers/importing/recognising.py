"""Which files these are. A format is data: its parts, the columns of each, and what their rows become."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from django.utils.functional import Promise

from dawra.access.actor import Actor
from dawra.customers.importing.values import Read
from dawra.figures.words import fold


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and the target field it fills. names: headers it goes by, normalised by `normal`.

    asks:   the family of its values, see `guessing.FAMILIES`: which shapes fit it, and what may be asked about it
    labels: option key → shown name, where the field has options
    """

    field: str
    read: Read
    names: tuple[str, ...]
    label: Promise | str = ""
    required: bool = False
    asks: str = ""
    labels: Mapping[str, Promise | str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a format.

    needs:    fields whose columns must all be there; any_of: of these at least one
    key:      the row's identity from its values (may use the file's own identity and the row's number)
    currency: of its amounts; "" = the company's own
    more:     columns that only this workspace has (custom fields, stages), asked once a run
    signs:    headers that only this system writes; without one of them the file is another's
    weight:   decides between parts that know as many columns
    ready:    asked before the start as Format.ready is, where a file is of this part
    """

    code: str
    title: Promise | str
    target: str
    columns: tuple[Column, ...]
    needs: tuple[str, ...]
    key: Callable[[Mapping[str, Any], str, int], str]
    any_of: tuple[str, ...] = ()
    currency: str = ""
    more: Callable[[], tuple[Column, ...]] | None = None
    signs: tuple[str, ...] = ()
    weight: float = 0
    ready: Callable[[Actor, Mapping[str, Any]], None] | None = None

    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + (self.more() if self.more else ())


@dataclass(frozen=True, slots=True)
class Format:
    """A set of files exported by one system. parts stand in the order in which they must be brought in.

    exact: only files with no other columns belong. ready: asked before the start, in its transaction; raises Invalid
    rates_missing: currencies of its amounts for which no rate is kept yet
    """

    code: str
    title: Promise | str
    parts: tuple[Part, ...]
    exact: bool = False
    ready: Callable[[Actor, Mapping[str, Any]], None] | None = None
    rates_missing: Callable[[], tuple[str, ...]] | None = None

    def part(self, code: str) -> Part:
        return next(part for part in self.parts if part.code == code)


FORMATS: dict[str, Format] = {}


def register(format_: Format) -> None:
    FORMATS[format_.code] = format_


def add_parts(
    code: str,
    parts: Sequence[Part],
    *,
    before: str = "",
    ready: Callable[[Actor, Mapping[str, Any]], None] | None = None,
) -> None:
    """A room above adds its files to a format that is known here. before: code of the part they come in ahead of."""
    known = FORMATS[code]
    place = next((at for at, part in enumerate(known.parts) if part.code == before), len(known.parts))
    FORMATS[code] = replace(
        known, parts=(*known.parts[:place], *parts, *known.parts[place:]), ready=ready or known.ready
    )


@dataclass(frozen=True, slots=True)
class Match:
    """columns: for each header the field it fills, "" if it is not imported."""

    format: Format
    part: Part
    fields: tuple[str, ...]
    score: float


def normal(header: str) -> str:
    """A header as compared: no case, accents, punctuation, stars; letters and digits of any script."""
    return "".join(char for char in fold(header) if char.isalnum())


def matched(columns: Sequence[Column], headers: Sequence[str]) -> tuple[str, ...]:
    """The field each header fills; a field is filled by the first column that names it."""
    names = {normal(name): column.field for column in columns for name in column.names}
    taken: set[str] = set()
    fields = []
    for header in headers:
        found = names.get(normal(header), "") if header else ""
        if found in taken:
            found = ""
        taken.add(found)
        fields.append(found)
    return tuple(fields)


def recognise(headers: Sequence[str], *, only: str = "") -> Match | None:
    """The best reading of one file, or None. only: code of a format or of one of its parts, if somebody said so."""
    matches = [match for match in _matches(headers) if not only or only in (match.format.code, match.part.code)]
    return max(matches, key=lambda match: match.score, default=None)


def _matches(headers: Sequence[str]) -> Iterable[Match]:
    written = {normal(header) for header in headers}
    for format_ in FORMATS.values():
        for part in format_.parts:
            fields = matched(part.all_columns(), headers)
            there = {name for name in fields if name}
            if not there.issuperset(part.needs) or (part.any_of and not there.intersection(part.any_of)):
                continue
            signs = len(written.intersection(normal(sign) for sign in part.signs))
            if part.signs and not signs:
                continue
            known = sum(bool(name) for name in fields)
            if format_.exact and known < len(headers):
                continue
            # An exact export beats our own simple headers; among those, the part that knows more columns wins.
            # What only one system writes tells it apart from others that name the rest alike.
            score = known / max(len(headers), 1) + known / 100 + part.weight + (1 if format_.exact else 0) + signs / 5
            yield Match(format_, part, fields, score)
