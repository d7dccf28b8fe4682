"""Records as they are compared: names, addresses, companies, place. The same from the tables and from a form."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from dawra.access.pouring import as_id, one_of
from dawra.customers.rules import Point
from dawra.figures.matching import Record
from dawra.figures.words import fold

Compared = dict[str, list[str]]
# Asked before each record that is kept, and for each batch of the nightly search; as expressions, building the three
# statements cost more than answering them. Rows of: id, what it is, two texts, city.
_POINTS = "UNION ALL SELECT {kind}_id, kind, normal, '', '' FROM customers_contactpoint WHERE {kind}_id {{among}} "
_RECORDS = "SELECT id, '', name, name_ar, city FROM {table} WHERE id {{among}} AND deleted_at IS NULL "
_FIRMS = (
    "UNION ALL SELECT a.person_id, 'company', c.name, c.name_ar, '' FROM customers_affiliation a"
    " JOIN customers_company c ON c.id = a.company_id"
    " WHERE a.person_id {among} AND a.until_on IS NULL AND c.deleted_at IS NULL"
)
_READ = {
    "person": _RECORDS.format(table="customers_person") + _POINTS.format(kind="person") + _FIRMS,
    "company": _RECORDS.format(table="customers_company") + _POINTS.format(kind="company"),
}


def person(names: Iterable[str], points: Iterable[tuple[str, str]], companies: Iterable[str], city: str) -> Compared:
    """points: (kind, normal)."""
    return {"name": _some(names), "company": _some(companies), "city": _some([city]), **_addresses(points)}


def company(names: Iterable[str], points: Iterable[tuple[str, str]], city: str) -> Compared:
    return {"name": _some(names), "city": _some([city]), **_addresses(points)}


def of_values(values: Iterable[str]) -> list[tuple[str, str]]:
    """(kind, normal) of the addresses among what a record is found by, which also holds them as written."""
    found = []
    for value in values:
        if "@" in value[1:]:
            found.append(("email", value.lower()))
        elif value[:1] == "+" and value[1:].isdigit():
            found.append(("phone", value))
        elif "." in value and "/" not in value and " " not in value:
            found.append(("site", value.lower()))
    return list(dict.fromkeys(found))


def of_points(points: Iterable[Point]) -> list[tuple[str, str]]:
    return [(point.kind, point.normal) for point in points]


def records_of(kind: str, ids: Sequence[UUID]) -> dict[UUID, Compared]:
    """Live records by id, in the order of the ids, whoever may see them. 1 query."""
    if not ids:
        return {}
    among, given = one_of(ids)
    names: dict[UUID, tuple[str, str, str]] = {}
    points: dict[UUID, list[tuple[str, str]]] = {}
    companies: dict[UUID, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_READ[kind].format(among=among), [given] * _READ[kind].count("{among}"))
        rows = cursor.fetchall()
    for key, what, one, other, city in rows:
        pk = as_id(key)
        if not what:
            names[pk] = (one, other, city)
        elif what == "company":
            companies.setdefault(pk, []).extend((one, other))
        else:
            points.setdefault(pk, []).append((what, one))
    found = {}
    for pk in ids:
        if pk in names:
            *called, city = names[pk]
            addresses = points.get(pk, ())
            is_person = kind == "person"
            found[pk] = (
                person(called, addresses, companies.get(pk, ()), city)
                if is_person
                else company(called, addresses, city)
            )
    return found


def addresses_of(record: Record) -> frozenset[tuple[str, str]]:
    return frozenset((what, value) for what in ("email", "phone", "site") for value in _all(record, what))


def is_exact(one: Record, other: Record) -> bool:
    """They share an address, and a name is written the same: nobody needs to look."""
    names = [{fold(name) for name in _all(side, "name")} for side in (one, other)]
    return bool(addresses_of(one) & addresses_of(other)) and not names[0].isdisjoint(names[1])


def _addresses(points: Iterable[tuple[str, str]]) -> Compared:
    found: Compared = {"email": [], "phone": [], "site": []}
    for kind, normal in points:
        if kind in found:
            found[kind].append(normal)
    return found


def _some(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


def _all(record: Record, name: str) -> Sequence[str]:
    value = record.get(name) or ()
    return (value,) if isinstance(value, str) else value
