"""What records that may be one have in common, as numbers in an indexed column: kept with search, never by hand.

A key of figures.matching ("6:hrb.mhmd") becomes a number whose last five bits say which kind and which pass it is of.
An import leaves the keys of new records to the search for duplicates that follows it: writing them row by row would
cost a sixth of its speed.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from dawra.access.pouring import as_id, pour
from dawra.customers.models import BlockKey
from dawra.figures.matching import COMPANIES, PEOPLE, Fields, Record, blocking_keys

FIELDS: dict[str, Fields] = {"person": PEOPLE, "company": COMPANIES}
_KINDS = {"person": 0, "company": 16}
_REST = (1 << 62) - 32  # positive in 64 bits; the last five are ours


def keys_of(kind: str, record: Record) -> list[int]:
    """The numbers of a record's keys, surest first."""
    return [_number(kind, key) for key in blocking_keys(FIELDS[kind], record)]


def kind_of(key: int) -> str:
    return "company" if key & 16 else "person"


def bound_of(key: int) -> int:
    """How many records may share a key before it tells nobody apart."""
    bounds = FIELDS[kind_of(key)].bounds
    number = key & 15
    return bounds[number] if number < len(bounds) else 0


def keep(kind: str, records: Mapping[UUID, Record]) -> None:
    """Write the keys of records again. 2 statements."""
    if not records:
        return
    drop(records)
    add(kind, records)


def add(kind: str, records: Mapping[UUID, Record]) -> None:
    """The same for records that have none yet. 1 statement."""
    add_each((kind, pk, record) for pk, record in records.items())


def add_each(records: Iterable[tuple[str, UUID, Record]]) -> None:
    """The same for records of any kind. 1 statement."""
    pour(BlockKey, ("key", "record_id"), [(key, pk) for kind, pk, record in records for key in keys_of(kind, record)])


def drop(record_ids: Iterable[UUID]) -> None:
    BlockKey.objects.filter(record_id__in=list(record_ids)).delete()


def sharing(keys: Sequence[int], *, most: int, besides: UUID | None = None) -> list[UUID]:
    """Records that share one of the keys, those of the surest first; of a key too common only some. 1 query."""
    if not keys:
        return []
    one = f"SELECT * FROM (SELECT record_id FROM {BlockKey._meta.db_table} WHERE key = %s LIMIT %s) AS k"  # noqa: S608 - constant
    asked = [value for key in keys for value in (key, bound_of(key) + 1)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(keys)), asked)
        found = dict.fromkeys(as_id(row) for (row,) in cursor.fetchall())
    found.pop(besides, None)  # type: ignore[arg-type]
    return list(found)[:most]


def _number(kind: str, key: str) -> int:
    number = int(key[: key.index(":")])
    digest = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    return digest & _REST | _KINDS[kind] | number
