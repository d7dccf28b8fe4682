"""How likely two records are one, by what was learnt from the company's own data. It explains; it never decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from dawra.customers.duplicates import gathering, keys
from dawra.customers.duplicates.keys import FIELDS
from dawra.customers.models import Company, DuplicateSearch, Person
from dawra.figures.matching import Model, Record, Score, candidates, score, unfitted

MODELS: dict[str, type[Person] | type[Company]] = {"person": Person, "company": Company}
MOST_COMPARED = 120
_NEWEST = "SELECT max(id) FROM customers_duplicatesearch WHERE stage IN ('weigh', 'done')"  # those that have learnt
AT_LEAST = 0.5
Parts = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Alike:
    """parts: field → [how it agrees, likeness in percent]. certainty_bp: basis points."""

    record_id: UUID
    certainty_bp: int
    parts: Parts
    is_exact: bool


def model_of(kind: str) -> Model:
    """What the last search learnt; the first guesses before it. 1 query, 2 after a new search."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        (newest,) = cursor.fetchone()
    return learnt_in(kind, newest or 0)


@lru_cache(maxsize=4)
def learnt_in(kind: str, search_id: int) -> Model:
    """What one search learnt. 1 query, once a process."""
    kept: Mapping[str, Any] = {}
    if search_id:
        kept = DuplicateSearch.objects.values_list("learnt", flat=True).get(pk=search_id).get(kind) or {}
    try:
        model = Model.from_json(kept) if kept else unfitted(FIELDS[kind])
    except (KeyError, TypeError, ValueError):  # learnt by an older version
        return unfitted(FIELDS[kind])
    return model if is_current(kind, kept) else unfitted(FIELDS[kind])


def is_current(kind: str, kept: Mapping[str, Any] | None) -> bool:
    """Whether what was learnt speaks of the same keys, and levels of agreement, as are known now."""
    if not kept:
        return False
    fields, first = FIELDS[kind], unfitted(FIELDS[kind])
    passes, rows = [tuple(one) for one in kept.get("passes", ())], [len(row) for row in kept.get("same", ())]
    return passes == list(fields.passes) and rows == [len(row) for row in first.same]


def alike(kind: str, record: Record, *, besides: UUID | None = None) -> list[Alike]:
    """Live records that may be the same, likeliest first, whoever may see them: who shows them asks for that.

    Cost: 1 query; 2 more if a record shares a key
    """
    ids = keys.sharing(keys.keys_of(kind, record), most=MOST_COMPARED, besides=besides)
    others = gathering.records_of(kind, ids)
    if not others:
        return []
    places = list(others)
    found = candidates(model_of(kind), record, others.values(), at_least=0.0)
    told = [_alike(places[place], one, record, others[places[place]]) for place, one in found]
    return [one for one in told if one.is_exact or one.certainty_bp >= AT_LEAST * 10_000 or "name" in same(one.parts)]


def compare(model: Model, one: Record, other: Record, record_id: UUID) -> Alike:
    return _alike(record_id, score(model, one, other), one, other)


def same(parts: Parts) -> set[str]:
    return {name for name, (level, _likeness) in parts.items() if level == "same"}


def parts_of(found: Score) -> Parts:
    """What speaks for one record; what speaks against is seen side by side."""
    return {
        part.field: [part.level, min(int(part.similarity * 100), 99) if part.level != "same" else 100]
        for part in found.parts
        if part.level not in ("missing", "other", "different") and part.weight > 0
    }


def _alike(record_id: UUID, found: Score, one: Record, other: Record) -> Alike:
    return Alike(record_id, int(found.probability * 10_000), parts_of(found), gathering.is_exact(one, other))
