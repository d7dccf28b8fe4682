"""What is compared, as data: the fields of a record, and the passes in which records are brought together.

A record is a mapping of field to value: a text, several texts (two phones; a name in two scripts: any may agree), or
nothing. What is missing speaks neither for nor against.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from dawra.figures.matching.comparing import KINDS

Record = Mapping[str, str | Sequence[str] | None]
Prepared = tuple[tuple[Any, ...], ...]
Sources = tuple[tuple[int, Any], ...]  # where the value stands, and what makes the parts of it
LONGEST_KEY = 48
MOST, MOST_EXACT = 8, 60  # records that share a key are compared up to here; more say that it tells nobody apart


class UnknownKind(ValueError):
    """A field or a pass names something that does not exist."""


@dataclass(frozen=True, slots=True)
class Field:
    """kind: one of comparing.KINDS. swaps: the field whose value people write here by mistake, and the reverse.
    given: the field this one follows from in part (an address from a name): its weights are learnt apart for pairs
    that agree there."""

    name: str
    kind: str
    swaps: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """passes: each a row of parts such as "phone.tail" or "given|family.sound" (either field's); records that share all
    parts of a pass are compared. One pass should suffice for a pair: they are alternatives, surest first. shared: the
    fields that strangers have in common because they belong together, as colleagues and families do; empty = none."""

    fields: tuple[Field, ...]
    passes: tuple[tuple[str, ...], ...]
    shared: tuple[str, ...] = ()
    sources: tuple[Sources, ...] = field(init=False, repr=False, compare=False)
    makers: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    bounds: tuple[int, ...] = field(init=False, repr=False, compare=False)
    compares: tuple[Any, ...] = field(init=False, repr=False, compare=False)
    againsts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    swapped: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for one in self.fields:
            if one.kind not in KINDS:
                raise UnknownKind(one.kind)
        parts = list(dict.fromkeys(part for one in self.passes for part in one))
        makers = tuple(tuple(parts.index(part) for part in one) for one in self.passes)
        object.__setattr__(self, "sources", tuple(self._sources(part) for part in parts))
        swapped = tuple((place, self.place(one.swaps)) for place, one in enumerate(self.fields) if one.swaps)
        object.__setattr__(self, "makers", makers)
        exact = (len(one) == 1 and one[0].endswith((".whole", ".tail")) for one in self.passes)
        object.__setattr__(self, "bounds", tuple(MOST_EXACT if yes else MOST for yes in exact))
        object.__setattr__(self, "compares", tuple(KINDS[one.kind].compare for one in self.fields))
        object.__setattr__(self, "againsts", tuple(len(KINDS[one.kind].levels) - 1 for one in self.fields))
        object.__setattr__(self, "swapped", swapped)

    def place(self, name: str) -> int:
        for place, one in enumerate(self.fields):
            if one.name == name:
                return place
        raise UnknownKind(name)

    def _sources(self, part: str) -> Sources:
        names, _, what = part.partition(".")
        sources = []
        for place in (self.place(name) for name in names.split("|")):
            keys = KINDS[self.fields[place].kind].keys
            if what not in keys:
                raise UnknownKind(part)
            sources.append((place, keys[what]))
        return tuple(sources)


PEOPLE = Fields(
    (
        Field("name", "name"),
        Field("email", "email", given="name"),
        Field("phone", "phone"),
        Field("company", "company"),
        Field("city", "place"),
    ),
    (
        ("email.whole",),
        ("phone.tail",),
        ("email.local",),
        ("name.pair", "company.first"),
        ("name.pair", "city.first"),
        ("name.ends", "company.lead"),
        ("name.pair",),
    ),
    shared=("email", "phone", "company", "city"),
)
COMPANIES = Fields(
    (
        Field("name", "company"),
        Field("site", "text"),
        Field("phone", "phone"),
        Field("email", "email"),
        Field("city", "place"),
    ),
    (("site.whole",), ("phone.tail",), ("email.whole",), ("name.pair",), ("name.first", "city.first")),
    shared=("phone", "email", "city"),
)


def prepared(fields: Fields, record: Record) -> Prepared:
    """A record ready to be compared; worth keeping where it is compared more than once."""
    return tuple([_prepared(record.get(one.name), one.kind) for one in fields.fields])


def _prepared(value: str | Sequence[str] | None, kind: str) -> tuple[Any, ...]:
    if not value:
        return ()
    prepare = KINDS[kind].prepare
    if isinstance(value, str):
        one = prepare(value)
        return () if one is None else (one,)
    return tuple(dict.fromkeys(one for one in map(prepare, value) if one is not None))


def blocking_keys(fields: Fields, record: Record) -> tuple[str, ...]:
    """The keys of a record, short texts to be kept in an indexed column: who shares none is no likely duplicate.

    Surest first; the same for the same record always, whatever else is kept. Each begins with the number of its
    pass. A key that very many records share says little: ask for those that fewest share first.
    """
    return tuple(key for _, key in keys_of(fields, prepared(fields, record)))


def keys_of(fields: Fields, ready: Prepared) -> list[tuple[int, str]]:
    """(number of the pass, key) of a prepared record, each once."""
    parts = [parts_of(sources, ready) for sources in fields.sources]
    result: list[tuple[int, str]] = []
    for number, places in enumerate(fields.makers):
        if len(places) == 1:
            result.extend([(number, f"{number}:{part}") for part in parts[places[0]]])
            continue
        if len(places) == 2:
            result.extend(
                [
                    (number, f"{number}:{one}/{other}" if one <= other else f"{number}:{other}/{one}")
                    for one in parts[places[0]]
                    for other in parts[places[1]]
                ]
            )
            continue
        result.extend(
            [(number, f"{number}:{'/'.join(sorted(some))}") for some in product(*[parts[place] for place in places])]
        )
    return [(number, key if len(key) <= LONGEST_KEY else _shortened(key)) for number, key in dict.fromkeys(result)]


def parts_of(sources: Sources, ready: Prepared) -> tuple[str, ...]:
    """The parts that keys are made of, of one of Fields.sources."""
    if len(sources) == 1:
        place, make = sources[0]
        values = ready[place]
        if not values:
            return ()
        if len(values) == 1:
            parts: tuple[str, ...] = make(values[0])
            return parts
    return tuple(dict.fromkeys(part for place, make in sources for value in ready[place] for part in make(value)))


def _shortened(key: str) -> str:
    return key[: key.index(":") + 1] + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
