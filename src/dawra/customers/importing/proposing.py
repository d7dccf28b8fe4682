"""A new custom field for a column that nobody knows: its type, its options, and how its cells are read. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dawra.customers.importing import shapes
from dawra.customers.importing.shapes import FAMILIES, Shape
from dawra.customers.importing.values.labels import SEVERAL
from dawra.customers.importing.values.markup import is_markup
from dawra.figures.words import fold

MOST_OPTIONS = 30
LONGEST_OPTION = 60
LONG_TEXT = 200
CHECKED = 2_000
"""Different values that must all be of a type before it is proposed."""
_MONEY = re.compile(
    r"amount|price|cost|revenue|budget|salary|value|fee|spend|arr\b|mrr\b|مبلغ|سعر|تكلفه|ايراد|ميزانيه|راتب|قيمه|رسوم",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"\b(?:id|code|no|zip|postal|vat|tax|iban|sku|ref|reference|number)\b|رقم|رمز|كود", re.IGNORECASE
)
_TYPES = {"date": "date", "yes_no": "yes_no", "link": "link", "amount": "money"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """name: of the field, from the header. type: one of the ten of custom fields.

    choices: options of a choice, the most frequent first. options, open: as in a guess, for the column's cells
    """

    name: str
    type: str
    choices: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    open: tuple[str, ...] = ()


def new_field(header: str, values: Sequence[str]) -> Proposal:
    """A field that holds every value of the sample as it is meant."""
    shape = Shape.of(values)
    name = " ".join(re.sub(r"[_\s]+", " ", header).split())[:80] or "?"
    if not shape.values:
        return Proposal(name, "text")
    kind = shape.kind if _all(shape, shape.kind) else ""
    if kind == "date" or (_dated(header) and all(map(shapes.is_serial, shape.looked_at))):
        proof = shapes.dates(shape)
        return Proposal(name, "date", (), proof.options, proof.open)
    if kind == "amount" or (kind in ("number", "phone") and _MONEY.search(fold(header)) and _counts(header, shape)):
        proof = shapes.numbers(shape, money=True)
        return Proposal(name, "money", (), proof.options, proof.open)
    if kind == "yes_no" and len(shape.counts) <= 4:
        return Proposal(name, "yes_no")
    if kind in ("number", "percent") and _counts(header, shape):
        proof = shapes.numbers(shape)
        return Proposal(name, "number", (), proof.options, proof.open)
    if kind == "link":
        return Proposal(name, "link")
    return _worded(name, shape)


def _all(shape: Shape, kind: str) -> bool:
    """Whether every value is of the kind: one stock code 85123A, and the column holds texts, not numbers."""
    return bool(kind) and all(map(FAMILIES[kind], islice(shape.counts, CHECKED)))


def _dated(header: str) -> bool:
    return bool(re.search(r"date|time|\bon\b|\bat\b|تاريخ|وقت", fold(header)))


def _counts(header: str, shape: Shape) -> bool:
    """Whether the numbers are counted with, not names made of digits: 007, tax numbers, postal codes."""
    digits = [value for value in shape.looked_at if value.isdigit()]
    padded = any(len(value) > 1 and value.startswith("0") for value in digits)
    long = any(len(value) > 12 for value in digits)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", header)
    return not padded and not long and not _NOT_COUNTED.search(fold(words))


def _worded(name: str, shape: Shape) -> Proposal:
    if any(len(value) > LONG_TEXT or "\n" in value or is_markup(value) for value in shape.counts):
        return Proposal(name, "long_text")
    total = len(shape.values)
    if _few(shape.counts, total):
        return Proposal(name, "choice", tuple(value for value, _count in shape.counts.most_common()))
    parts = Counter(
        part.strip() for value, count in shape.counts.items() for part in SEVERAL.split(value) * count if part.strip()
    )
    if any(mark in value for value in shape.counts for mark in ";|؛") and _few(parts, sum(parts.values())):
        return Proposal(name, "choices", tuple(part for part, _count in parts.most_common()))
    return Proposal(name, "text")


def _few(counts: Counter[str], total: int) -> bool:
    """Few words that come again and again; ten values of which nine differ are no options."""
    if len(counts) > MOST_OPTIONS or total < 4 or total < 2 * len(counts):
        return False
    return all(len(value) <= LONGEST_OPTION and not SEVERAL.search(value) for value in counts)
