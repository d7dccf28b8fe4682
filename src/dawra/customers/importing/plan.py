"""What a person decided about a file before it is brought in: which column fills what, and what a match does.

Kept as JSON with the file (ImportFile.plan), so that a run that goes on tomorrow reads every row as today. Pure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from hashlib import blake2b
from typing import Any

from dawra.customers.importing.guessing import NO_PROOF, answered, profile, settle
from dawra.customers.importing.recognising import Match, Part
from dawra.customers.importing.recognising import matched as by_headers

USUAL, FILL, OVERWRITE, SKIP = "usual", "fill", "overwrite", "skip"
GUESSED = "simple"
"""The format whose unknown headers are guessed: our own."""
ON_MATCH = (USUAL, FILL, OVERWRITE, SKIP)


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens to rows that mean a record which is here, and to those that do not.

    create:   add what is not here yet; update: change what is. Not both False
    on_match: field → usual (what nobody edited here since the last import is overwritten, else only what is empty
              filled), fill (only what is empty), overwrite (always), skip (never)
    """

    create: bool = True
    update: bool = True
    on_match: Mapping[str, str] = with_default(default_factory=dict)

    def of(self, name: str) -> str:
        return self.on_match.get(name, USUAL)

    def takes(self, name: str, before: Any, *, edited: bool) -> bool:
        """Whether a filled cell of this field replaces what is there. edited: by somebody here since the last import."""
        mode = self.of(name)
        if mode == USUAL:
            mode = FILL if edited else OVERWRITE
        return mode == OVERWRITE or (mode == FILL and before in (None, "", [], 0))


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column of the file.

    index:   its place, from 0. field: what it fills, "" if it is not imported
    options: what was answered about its values, see values.Cell. open: questions nobody has answered yet
    """

    index: int
    header: str
    field: str = ""
    options: Mapping[str, Any] = with_default(default_factory=dict)
    on_match: str = USUAL
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How one file is read.

    system:   code of the format; part: code of its part. country, currency: of what names none; "" for the company's own
    encoding, delimiter, sheet: as found out or corrected
    """

    system: str
    part: str
    columns: tuple[ColumnPlan, ...]
    create: bool = True
    update: bool = True
    country: str = ""
    currency: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    @property
    def policy(self) -> Policy:
        asked = {one.field: one.on_match for one in self.columns if one.field and one.on_match != USUAL}
        return Policy(self.create, self.update, asked)

    @property
    def open(self) -> list[tuple[ColumnPlan, str]]:
        """The questions that still wait for an answer."""
        return [(column, question) for column in self.columns if column.field for question in column.open]

    @property
    def fingerprint(self) -> bytes:
        """Sixteen bytes that tell two ways of reading the same file apart."""
        kept = self.plain()
        told = [[c["index"], c["field"], c["options"], c["on_match"]] for c in kept["columns"] if c["field"]]
        told += [kept["create"], kept["update"], kept["country"], kept["currency"]]
        return blake2b(json.dumps(told, sort_keys=True, default=str).encode(), digest_size=16).digest()

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it; `read_plan` is the way back."""
        return {
            "system": self.system, "part": self.part, "create": self.create, "update": self.update,
            "country": self.country, "currency": self.currency, "encoding": self.encoding,
            "delimiter": self.delimiter, "sheet": self.sheet,
            "columns": [
                {
                    "index": one.index, "header": one.header, "field": one.field, "options": dict(one.options),
                    "on_match": one.on_match, "open": list(one.open),
                }
                for one in self.columns
            ],
        }  # fmt: skip


def read_plan(plain: Mapping[str, Any]) -> FilePlan:
    """The plan as it was kept."""
    columns = tuple(
        ColumnPlan(
            index=int(one["index"]), header=str(one["header"]), field=str(one.get("field", "")),
            options=dict(one.get("options", {})), on_match=_known(one.get("on_match", USUAL)),
            open=tuple(one.get("open", ())),
        )
        for one in plain["columns"]
    )  # fmt: skip
    texts = {name: str(plain.get(name, "")) for name in ("country", "currency", "encoding", "delimiter", "sheet")}
    create, update = bool(plain.get("create", True)), bool(plain.get("update", True))
    return FilePlan(str(plain["system"]), str(plain["part"]), columns, create, update, **texts)


def proposed(match: Match, shape: Any, samples: Sequence[Sequence[str]] = ()) -> FilePlan:
    """The first plan of a file: columns by their headers, and what the samples (some rows, cell by cell) prove of them.

    In our own simple files a header nobody knows is guessed by its values; in those of other programs it is left out.
    """
    known = {column.field: column for column in match.part.all_columns()}
    cells = [[row[at] for row in samples if at < len(row) and row[at].strip()] for at in range(len(shape.headers))]
    names = list(match.fields)
    if match.format.code == GUESSED:
        free = [column for name, column in known.items() if name not in names]
        guesses = [
            profile(header, cells[at], free) if not names[at] and header else []
            for at, header in enumerate(shape.headers)
        ]
        names = [name or (one.field if one else "") for name, one in zip(names, settle(guesses), strict=True)]
    columns = []
    for at, (header, name) in enumerate(zip(shape.headers, names, strict=True)):
        proof = answered(known[name], cells[at]) if name and cells[at] else NO_PROOF
        columns.append(ColumnPlan(at, header, name, proof.options, open=proof.open))
    return FilePlan(
        match.format.code, match.part.code, tuple(columns), encoding=shape.encoding, delimiter=shape.delimiter,
        sheet=getattr(shape, "sheet", ""),
    )  # fmt: skip


def of_headers(system: str, part: Part, headers: Sequence[str]) -> FilePlan:
    """A plan by headers alone: for imports that nobody was asked about."""
    names = by_headers(part.all_columns(), headers)
    columns = tuple(ColumnPlan(at, header, name) for at, (header, name) in enumerate(zip(headers, names, strict=True)))
    return FilePlan(system, part.code, columns)


def _known(on_match: Any) -> str:
    return on_match if on_match in ON_MATCH else USUAL
