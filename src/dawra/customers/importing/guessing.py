"""Which field a column fills: by its header, else by what its values look like, each guess with its confidence. Pure.

A guess is proposed and shown; what the values cannot prove (the order of 03/04, labels that stand for no option) stands in
`open` and is asked once per column.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from django.utils.translation import override

from dawra.customers.importing import shapes
from dawra.customers.importing.proposing import Proposal, new_field
from dawra.customers.importing.recognising import Column, normal
from dawra.customers.importing.shapes import FAMILIES, NO_PROOF, Proof, Shape
from dawra.figures.words import fold

__all__ = ["FAMILIES", "NO_PROOF", "Guess", "Proof", "Proposal", "answered", "new_field", "profile", "settle"]

LEAST = 0.45
"""A column is given a field only with so much confidence; a required field with REQUIRED."""
REQUIRED = 0.2
LIKE = 0.82
"""Headers are alike from this ratio of SequenceMatcher on."""
# How sure the values alone make us, for one column of many that could look so.
ALONE = {
    "email": 0.8, "phone": 0.6, "link": 0.6, "country": 0.6, "currency": 0.5, "labels": 0.55, "language": 0.3, "time_zone": 0.5,
    "date": 0.3, "amount": 0.4, "percent": 0.3, "yes_no": 0.25, "prose": 0.3,
}  # fmt: skip
_ALIASES = {"site": "link", "owner": "text", "": "text"}
# Words that many headers end in: one of them alone inside a longer header says little.
_GENERIC = frozenset(
    {
        "name", "title", "id", "date", "type", "status", "source", "number", "address", "city", "value", "code", "about", "text",
        "language", "label", "labels", "tags", "owner", "state", "الاسم", "المصدر", "العنوان", "الحاله", "التاريخ", "الرقم",
    }
)  # fmt: skip
_PART_OF = re.compile(r"[^\W\d_]+ [-–:/] (.+)")
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """why: "guessed_header", "guessed_like_header" or "guessed_" and a family; saying.sentence has the words.

    options: what the values prove, for cell.options; open: what is to be asked: "order", "decimal", "labels"
    unknown: the labels nobody knows, as written → how often, where "labels" is open
    like:    the header that this one is like
    """

    field: str
    confidence: float
    why: str
    options: dict[str, Any] = with_default(default_factory=dict)
    open: tuple[str, ...] = ()
    unknown: Mapping[str, int] = with_default(default_factory=dict)
    like: str = ""


def family_of(column: Column) -> str:
    """The family of a column's values: as it says, else as its reader does."""
    said = column.asks or column.read.__dict__.get("family", "") if hasattr(column.read, "__dict__") else column.asks
    return _ALIASES.get(said, said)


def profile(header: str, values: Sequence[str], columns: Sequence[Column]) -> list[Guess]:
    """What a column may be, best first. values: as many as are at hand; an order of dates is proved by all of them."""
    shape = Shape.of(values)
    names = _names(tuple(columns))
    guesses = []
    for column in columns:
        likeness, why, like = _likeness(header, names[column.field])
        fit = _fit(column, shape)
        confidence = likeness * (0.35 + 0.65 * fit) if likeness else _alone(column, shape, fit)
        if confidence < 0.1:
            continue
        if not likeness:
            why = f"guessed_{family_of(column)}" if family_of(column) != "text" else _name_kind(column)
        proof = _proof(column, shape)
        guesses.append(Guess(column.field, round(confidence, 3), why, proof.options, proof.open, proof.unknown, like))
    return sorted(guesses, key=lambda guess: -guess.confidence)


def settle(guesses: Sequence[Sequence[Guess]], required: Collection[str] = ()) -> tuple[Guess | None, ...]:
    """One field for each column, and one column at most for each field; the surest first, required ones found if at all."""
    chosen: list[Guess | None] = [None] * len(guesses)
    taken: set[str] = set()
    pairs = [(guess, index) for index, column in enumerate(guesses) for guess in column]
    for guess, index in sorted(pairs, key=lambda pair: (-pair[0].confidence, pair[1])):
        if guess.confidence >= LEAST and chosen[index] is None and guess.field not in taken:
            chosen[index] = guess
            taken.add(guess.field)
    for name in required:
        if name in taken:
            continue
        free = [(g, i) for g, i in pairs if g.field == name and g.confidence >= REQUIRED]
        # A column nobody needs comes first, then one that fills something that is not required.
        free.sort(key=lambda pair: (chosen[pair[1]] is not None, -pair[0].confidence, pair[1]))
        for guess, index in free:
            before = chosen[index]
            if before is None or before.field not in required:
                taken -= {before.field} if before else set()
                chosen[index] = guess
                taken.add(name)
                break
    return tuple(chosen)


def answered(column: Column, values: Sequence[str]) -> Proof:
    """What the values of a column prove once a person has said which field it fills."""
    return _proof(column, Shape.of(values))


# Headers


@dataclass(frozen=True, slots=True)
class _Names:
    exact: frozenset[str]
    labels: frozenset[str]
    tokens: tuple[tuple[frozenset[str], str], ...]


@lru_cache(maxsize=64)
def _names_of(names: tuple[str, ...], labels: tuple[str, ...]) -> _Names:
    every = [*names, *labels]
    tokens = tuple((frozenset(_tokens(name)), name) for name in every)
    return _Names(frozenset(map(normal, names)), frozenset(map(normal, labels)), tokens)


def _names(columns: tuple[Column, ...]) -> dict[str, _Names]:
    found = {}
    shown: dict[str, list[str]] = {column.field: [] for column in columns}
    for language in ("en", "ar"):
        with override(language):
            for column in columns:
                if column.label:
                    shown[column.field].append(str(column.label))
    for column in columns:
        found[column.field] = _names_of(column.names, tuple(shown[column.field]))
    return found


def _tokens(header: str) -> list[str]:
    return [fold(token) for token in _TOKEN.findall(header)]


def _likeness(header: str, names: _Names) -> tuple[float, str, str]:
    """How much the header says that it is this field, 0..1, why, and which name it is like."""
    plain = normal(header)
    if not plain:
        return 0, "", ""
    if plain in names.exact:
        return 0.98, "guessed_header", ""
    if plain in names.labels:
        return 0.95, "guessed_header", ""
    tokens = frozenset(_tokens(header))
    if (part := _PART_OF.fullmatch(header)) and normal(part[1]) in names.exact | names.labels:  # "Person - Name"
        return 0.93, "guessed_header", ""
    best, like = 0.0, ""
    for words, name in names.tokens:
        score = max(_covered(words, tokens), _alike(plain, normal(name)))
        if score > best:
            best, like = score, name
    return (best, "guessed_like_header", like) if best else (0, "", "")


def _covered(words: frozenset[str], tokens: frozenset[str]) -> float:
    """All words of a known name inside the header: "Work e-mail address" has "e-mail address"."""
    if not words or not words <= tokens or sum(map(len, words)) < 3:
        return 0
    share = len(words) / len(tokens)
    if share < 0.67 and len(words) == 1 and words <= _GENERIC:
        return 0.3
    return 0.55 + 0.35 * share if share >= 0.3 else 0.3


@lru_cache(maxsize=65_536)
def _alike(header: str, name: str) -> float:
    if len(name) < 4 or abs(len(header) - len(name)) > 4:
        return 0
    matcher = SequenceMatcher(None, header, name, autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0
    ratio = matcher.ratio()
    return ratio * 0.9 if ratio >= LIKE else 0


# Values


def _fit(column: Column, shape: Shape) -> float:
    """How well the values suit the column's family, 0..1; 0.9 where nothing can be said."""
    if not shape.values:
        return 0.9
    family = family_of(column)
    if family == "labels":
        return _known_share(column, shape) if len(shape.counts) > 1 or _known_share(column, shape) else 0.5
    if family == "number":
        return shape.share("number")
    if family == "amount":
        return max(shape.share("amount") + shape.share("number"), 0.0) if shape.share("amount") < 1 else 1.0
    if family == "percent":
        return max(shape.share("percent"), shape.share("number"))
    if family == "date":
        return max(shape.share("date"), 0.8 * shape.share("number") * _serials(shape))
    if family in FAMILIES and family != "prose":
        return shape.share(family)
    # Anything is a text; but what is plainly something else is hardly a name.
    return 0.35 if shape.kind in ("email", "date", "phone", "amount", "percent", "link", "yes_no") else 0.95


def _serials(shape: Shape) -> float:
    """The share of numbers that could be dates as spreadsheets and programs count them."""
    return sum(map(shapes.is_serial, shape.looked_at)) / len(shape.looked_at)


def _labels(column: Column) -> dict[str, str]:
    known: dict[str, str] = dict(getattr(column.read, "__dict__", {}).get("labels", {}))
    for language in ("en", "ar"):
        with override(language):
            known |= {shapes.label(str(shown)): key for key, shown in column.labels.items()}
    return known | {shapes.label(key): key for key in column.labels}


def _known_share(column: Column, shape: Shape) -> float:
    known, total = _labels(column), sum(shape.counts.values())
    if not known:
        return 0.5
    unknown = shapes.labels(shape, known, several=_several(column)).unknown
    share = 1 - sum(unknown.values()) / max(total, 1)
    # Few labels that come again and again are options, though nobody knows them yet.
    few = len(shape.counts) <= 30 and total >= 2 * len(shape.counts)
    return min(1.0, max(share, 0.6 if few else 0.2))


def _several(column: Column) -> bool:
    return bool(getattr(column.read, "__dict__", {}).get("several"))


def _alone(column: Column, shape: Shape, fit: float) -> float:
    """The confidence that the values give without any help of the header."""
    family = family_of(column)
    if len(shape.values) < 2:
        return 0
    if family == "text":
        kind = _name_kind(column)
        share = shape.share("person") if kind == "guessed_person" else shape.share("firm") if kind else 0
        return 0.6 * share if share > 0.4 and shape.kind == "" else 0
    if family == "labels":
        known = _labels(column)
        share = 1 - sum(shapes.labels(shape, known).unknown.values()) / len(shape.values) if known else 0
        return ALONE["labels"] * share if share >= 0.8 else 0
    usual = 1 if column.field == family else 0.95  # a phone is rather the phone than the mobile
    return ALONE.get(family, 0) * usual * fit if fit >= 0.8 and shape.kind in ("", family) else 0


def _name_kind(column: Column) -> str:
    """Which fields hold names that can be told by their look."""
    words = {normal(name) for name in column.names}
    if column.field == "company" or (column.field == "name" and "company" in words):
        return "guessed_firm"
    return "guessed_person" if column.field == "name" and words & {"fullname", "contactname", "person"} else ""


def _proof(column: Column, shape: Shape) -> Proof:
    match family_of(column):
        case "date":
            return shapes.dates(shape)
        case "number":
            return shapes.numbers(shape)
        case "amount":
            return shapes.numbers(shape, money=True)
        case "percent":
            return shapes.shares(shape)
        case "labels":
            return shapes.labels(shape, _labels(column), several=_several(column))
        case "country" | "yes_no" as family:
            return shapes.unread(shape, family)
    return NO_PROOF
