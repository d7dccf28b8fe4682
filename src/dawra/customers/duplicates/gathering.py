"""Records as they are compared: names, addresses, companies, place. The same from the tables and from a form."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.customers.rules import Point
from dawra.figures.matching import Record
from dawra.figures.words import fold

Compared = dict[str, list[str]]


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
    """Live records by id. 2 queries, 3 for people."""
    points: dict[UUID, list[tuple[str, str]]] = {}
    asked = ContactPoint.objects.filter(**{f"{kind}_id__in": ids}).values_list(f"{kind}_id", "kind", "normal")
    for record_id, what, normal in asked:
        points.setdefault(record_id, []).append((what, normal))
    if kind == "company":
        firms = Company._base_manager.filter(pk__in=ids, deleted_at__isnull=True)
        return {
            pk: company((name, name_ar), points.get(pk, ()), city)
            for pk, name, name_ar, city in firms.values_list("pk", "name", "name_ar", "city")
        }
    places: dict[UUID, list[str]] = {}
    links = Affiliation.objects.filter(person_id__in=ids, until_on__isnull=True, company__deleted_at__isnull=True)
    for record_id, name, name_ar in links.values_list("person_id", "company__name", "company__name_ar"):
        places.setdefault(record_id, []).extend((name, name_ar))
    people = Person._base_manager.filter(pk__in=ids, deleted_at__isnull=True)
    return {
        pk: person((name, name_ar), points.get(pk, ()), places.get(pk, ()), city)
        for pk, name, name_ar, city in people.values_list("pk", "name", "name_ar", "city")
    }


def is_exact(one: Record, other: Record) -> bool:
    """They share an address, and a name is written the same: nobody needs to look."""
    addresses = [
        {(what, value) for what in ("email", "phone", "site") for value in _all(side, what)} for side in (one, other)
    ]
    names = [{fold(name) for name in _all(side, "name")} for side in (one, other)]
    return bool(addresses[0] & addresses[1]) and bool(names[0] & names[1])


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
