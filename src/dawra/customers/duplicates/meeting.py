"""Which records meet in the search: those that share a key, batch by batch; all keys, or those written since the last one.

A key is a row of BlockKey, and whatever changes of a record writes its keys anew: rows numbered higher than the last
search saw are all that changed. Keys are counted in their index alone; rows are read of those that several records share.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from dawra.access.pouring import as_id, one_of
from dawra.customers.duplicates import keys
from dawra.customers.models import BlockKey

KEYS_AT_ONCE = 4_000  # that several records share
ROWS_AT_ONCE = 8_000
# Rows are numbered before they are seen: a slow transaction of others may have hidden some from the last search.
OVERLAP = 20_000
# Among so many keys, two or three records that have nothing but a name in common are namesakes.
CROWDED, MOST_NAMESAKES = 1_500_000, 3
Pair = tuple[UUID, UUID]
_TABLE = BlockKey._meta.db_table


@dataclass(slots=True)
class Met:
    """pairs: per kind, ids in order. at: where the next batch begins, None at the end. rows: keys read. changed: the
    records whose keys were written since the last search."""

    pairs: dict[str, set[Pair]] = field(default_factory=lambda: {kind: set() for kind in keys.FIELDS})
    at: int | None = None
    rows: int = 0
    changed: set[UUID] = field(default_factory=set)

    def add(self, key: int, ids: Iterable[UUID], most: int, only: set[UUID] | None = None) -> None:
        some = sorted(set(ids))
        if 1 < len(some) <= most:
            met = self.pairs[keys.kind_of(key)]
            met.update(pair for pair in combinations(some, 2) if only is None or pair[0] in only or pair[1] in only)


def newest() -> int:
    """The number of the last key row. 1 query."""
    return int(BlockKey.objects.aggregate(newest=Max("id"))["newest"] or 0)


def bound_of(key: int, upto: int) -> int:
    """How many records may share a key. upto: number of the last key row, near enough how many there are."""
    alone = upto > CROWDED and keys.kind_of(key) == "person" and (key & 15) == _NAME_ALONE
    return min(keys.bound_of(key), MOST_NAMESAKES) if alone else keys.bound_of(key)


def everybody(at: int | None, upto: int) -> Met:
    """The next keys that several records share, in their order. 1 query."""
    rows = _shared("key > %s", -1 if at is None else at, upto, limit=KEYS_AT_ONCE)
    met, counted = Met(rows=len(rows)), 0
    for key, group in groupby(rows, key=lambda row: row[0]):
        counted += 1
        met.at = key
        met.add(key, (record_id for _key, record_id in group), bound_of(key, upto))
    if counted < KEYS_AT_ONCE:
        met.at = None
    return met


def changed(at: int, upto: int) -> Met:
    """The records whose keys were written next, with all that share one of them. 2 queries."""
    read = BlockKey.objects.filter(pk__gt=at, pk__lte=upto).order_by("pk").values_list("pk", "key", "record_id")
    rows = list(read[:ROWS_AT_ONCE])
    met = Met()
    if len(rows) == ROWS_AT_ONCE:
        met.at = rows[-1][0]
        if rows[0][2] != rows[-1][2]:  # the keys of one record are looked at together
            rows = _without_last(rows)
            met.at = rows[-1][0]
    met.rows, met.changed = len(rows), {record_id for _pk, _key, record_id in rows}
    among, given = one_of({key for _pk, key, _id in rows})
    for key, group in groupby(_shared(f"key {among}", given, upto), key=lambda row: row[0]):
        met.add(key, (record_id for _key, record_id in group), bound_of(key, upto), met.changed)
    return met


def _shared(which: str, given: Any, upto: int, *, limit: int | None = None) -> list[tuple[int, UUID]]:
    """Keys that several records share, and not too many, with the records: ordered. 1 query."""
    bounds = " ".join([f"WHEN {last} THEN {bound_of(last, upto)}" for last in range(32) if keys.bound_of(last)])
    few = f"COUNT(*) BETWEEN 2 AND CASE key & 31 {bounds} ELSE 0 END"
    first = " ORDER BY key LIMIT %s" if limit else ""
    shared = f"SELECT key FROM {_TABLE} WHERE {which} GROUP BY key HAVING {few}{first}"  # noqa: S608 - constants
    sql = f"SELECT k.key, k.record_id FROM ({shared}) AS s JOIN {_TABLE} k ON k.key = s.key"  # noqa: S608 - constants
    with connection.cursor() as cursor:
        cursor.execute(sql, [given, limit] if limit else [given])
        return sorted((int(key), as_id(record_id)) for key, record_id in cursor.fetchall())


def _without_last(rows: Sequence[tuple[int, int, UUID]]) -> list[tuple[int, int, UUID]]:
    last, size = rows[-1][2], len(rows)
    while rows[size - 1][2] == last:
        size -= 1
    return list(rows[:size])


def _alone() -> int:
    return keys.FIELDS["person"].passes.index(("name.pair",))


_NAME_ALONE = _alone()
