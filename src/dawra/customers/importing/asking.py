"""What the values of a column leave open, with the readings to choose from: the order of 03/04, 1.234, unknown labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from dawra.customers.importing.guessing import answered, family_of
from dawra.customers.importing.recognising import Column
from dawra.customers.importing.values import Wrong
from dawra.customers.importing.values.cell import bare, short
from dawra.customers.importing.values.dates import understood
from dawra.customers.importing.values.labels import label
from dawra.customers.importing.values.numbers import apart, exact
from dawra.customers.queries.fields import fields_of
from dawra.customers.queries.stages import stage_choices
from dawra.figures.words import fold, named
from dawra.team.choices import countries

MOST_LABELS = 60
LEAVE, ASK = "", "?"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read the column: dates "dmy", numbers ",". reading: what the example means then."""

    value: str
    reading: Any
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A label nobody knows. answer: option key, "" to leave empty, "?" while nobody has said."""

    text: str
    key: str
    count: int
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """code: order, decimal or labels. example: the value with several readings."""

    code: str
    example: str = ""
    ways: tuple[Way, ...] = ()
    words: tuple[Word, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    more_words: int = 0

    @property
    def is_open(self) -> bool:
        if self.code == "labels":
            return any(word.answer == ASK for word in self.words)
        return not any(way.chosen for way in self.ways)


@dataclass
class Asked:
    """What the workspace offers as answers. kind: of the records; each list is read once."""

    kind: str
    language: str

    @cached_property
    def lifecycle(self) -> tuple[tuple[str, str], ...]:
        return tuple(stage_choices(self.language))

    @cached_property
    def own(self) -> dict[str, tuple[tuple[str, str], ...]]:
        cards = fields_of(self.kind) if self.kind else []
        return {
            f"custom.{card.key}": tuple(
                (option.code, named(option.name, option.name_ar, self.language))
                for option in card.options
                if not option.archived
            )
            for card in cards
        }

    def options(self, column: Column) -> tuple[tuple[str, str], ...]:
        """(key, shown name) of everything that a label of this column may stand for."""
        if own := self.own.get(column.field):
            return own
        if column.field == "lifecycle":
            return self.lifecycle
        if column.labels:
            return tuple((key, str(shown)) for key, shown in column.labels.items())
        match family_of(column):
            case "yes_no":
                return (("yes", _("Yes")), ("no", _("No")))
            case "country":
                return tuple((code, str(name)) for code, name in countries() if code)
        shown: dict[str, str] = {}
        for word, key in getattr(column.read, "__dict__", {}).get("labels", {}).items():
            if key:
                shown.setdefault(key, word.capitalize())
        return tuple(shown.items())


def questions(asked: Asked, column: Column, cells: Sequence[str], options: Mapping[str, Any]) -> tuple[Question, ...]:
    """What is to be asked of a column; also what has been answered already, so that it can be answered otherwise."""
    proof = answered(column, cells)
    found = []
    for code in proof.open:
        match code:
            case "order":
                found.append(_order(cells, str(options.get("order", ""))))
            case "decimal":
                found.append(_decimal(column, cells, str(options.get("decimal", ""))))
            case "labels":
                found.append(_labels(asked, column, proof.unknown, options.get("labels", {})))
    return tuple(found)


def _order(cells: Sequence[str], chosen: str) -> Question:
    example = next((cell for cell in cells if _is_open(cell)), "")
    year_first = bare(example)[:4].isdigit()
    ways: list[Way] = []
    for order in ("ymd", "ydm") if year_first else ("dmy", "mdy", "ymd"):
        day = _day(example, order)
        if day and all(day != way.reading for way in ways):
            ways.append(Way(order, day, str(_ORDERS[order]()), order == chosen))
    return Question("order", short(example), tuple(ways))


def _is_open(cell: str) -> bool:
    try:
        understood(bare(cell))
    except Wrong as wrong:
        return wrong.code == "ambiguous_date"
    return False


def _day(example: str, order: str) -> date | None:
    try:
        return understood(bare(example), order).day
    except Wrong:
        return None


_ORDERS = {
    "dmy": lambda: _("day, month, year"), "mdy": lambda: _("month, day, year"), "ymd": lambda: _("year, month, day"),
    "ydm": lambda: _("year, day, month"),
}  # fmt: skip


def _decimal(column: Column, cells: Sequence[str], chosen: str) -> Question:
    money = family_of(column) == "amount"
    for cell in cells:
        plain = (apart(bare(cell), "")[1] if money else bare(cell)).strip("%٪ ")
        try:
            if not exact(plain).is_open:
                continue
            ways = tuple(
                Way(mark, exact(plain, mark).value, text, mark == chosen)
                for mark, text in ((".", _("a point is the decimal sign")), (",", _("a comma is the decimal sign")))
            )
        except Wrong:
            continue
        return Question("decimal", short(cell), ways)
    return Question("decimal")


def _labels(asked: Asked, column: Column, unknown: Mapping[str, int], said: Mapping[str, str]) -> Question:
    merged: dict[str, Word] = {}
    for text, count in unknown.items():
        key = label(text)
        answer = said.get(key, said.get(fold(text), ASK))
        before = merged.get(key)
        merged[key] = Word(before.text if before else text, key, count + (before.count if before else 0), answer)
    words = tuple(merged.values())
    return Question(
        "labels", words=words[:MOST_LABELS], options=asked.options(column), more_words=max(0, len(words) - MOST_LABELS)
    )
