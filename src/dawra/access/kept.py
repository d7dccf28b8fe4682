"""Lists asked again and again: the SQL of one shape of question is compiled once and asked with fresh values.

Building a statement from a queryset costs more than reading its fifty rows. Its text depends on the shape of the
question only: filters and their operators, the order, and by which rule the reader sees. All else is a parameter.

Nothing here writes SQL, so nothing can step around visibility: the text comes from the room's own queryset, made
through visible_to(). It is compiled twice, with what was asked and with stand-ins nobody asked for (another reader
among them), and is kept only if the two differ in those values alone. What cannot be kept is compiled each time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from secrets import randbelow, token_hex
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from dawra.access.actor import Actor
from dawra.access.listing import Listing, Page, Query, mark
from dawra.access.planning import planned_for_its_values
from dawra.access.stored import moment_text, stored

MOST_KEPT = 1000
# Filters whose text is the same for every value. Numbers are none: a fraction of a whole column becomes another test.
STEADY = {
    ("text", "is"), ("choice", "is"), ("choice", "not"), ("choice", "in"), ("id", "is"), ("id", "not"), ("id", "in"),
    ("date", "is"), ("date", "gte"), ("date", "lte"), ("moment", "gte"), ("moment", "lte"),
}  # fmt: skip

# The rows an actor may see.
Rows = Callable[[Actor], QuerySet[Any]]
Statement = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Text:
    """places: for each parameter the number of the value that belongs there; -1 for the constant beside it."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[int, ...]

    def filled(self, values: Sequence[Any]) -> Statement:
        parts = zip(self.constants, self.places, strict=True)
        return self.sql, [constant if place < 0 else _as_parameter(values[place]) for constant, place in parts]


class KeptList:
    """One list: `texts` columns as they are, `moments` and `ids` as text; all under their own names.

    The id and every column the list can be sorted by are among them.
    """

    def __init__(self, rows: Rows, *, texts: Sequence[str], moments: Sequence[str], ids: Sequence[str]) -> None:
        self._rows = rows
        self._stored = stored(*ids, *moments)
        self._moments = frozenset(moments)
        self._columns = (*self._stored, *texts)
        self._names = (*ids, *moments, *texts)
        self._texts: dict[Any, _Text | None] = {}

    def page(self, actor: Actor, listing: Listing, query: Query) -> Page:
        """One keyset page of rows as the driver gives them. 1 query, 2 in a custom order."""
        column = listing.sorts[query.sort.lstrip("-")]
        if not isinstance(column, str):
            page = listing.page(self._wanted(actor).values("id", *self._columns), query)
            rows = [self._named([row[name] for name in self._columns]) for row in page.rows]
            return Page(rows, page.next)
        found = self._found(actor, listing, query)
        rows = [self._named(row) for row in found[: query.limit]]
        if len(found) <= query.limit:
            return Page(rows, "")
        value = rows[-1][column]
        if column in self._moments:
            value = datetime.fromisoformat(str(moment_text(value)))
        return Page(rows, mark(value, UUID(rows[-1]["id"])))

    def _named(self, row: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self._names, row, strict=True))

    def _wanted(self, actor: Actor) -> QuerySet[Any]:
        rows: QuerySet[Any] = self._rows(actor).annotate(**self._stored)
        return rows

    def _found(self, actor: Actor, listing: Listing, query: Query) -> list[tuple[Any, ...]]:
        try:
            statement = self._statement(actor, listing, query)
        except EmptyResultSet:
            return []
        with planned_for_its_values(), connection.cursor() as cursor:
            cursor.execute(*statement)
            return list(cursor.fetchall())

    def _statement(self, actor: Actor, listing: Listing, query: Query) -> Statement:
        """Raises EmptyResultSet if nothing can match."""
        shape = _shape(actor, listing, query)
        text = self._texts.get(shape) if shape else None
        if text is not None:
            return text.filled(list(_values(actor, query)))
        statement = self._compiled(actor, listing, query)
        if shape and shape not in self._texts:
            if len(self._texts) >= MOST_KEPT:
                self._texts.clear()
            self._texts[shape] = self._learnt(statement, actor, listing, query)
        return statement

    def _compiled(self, actor: Actor, listing: Listing, query: Query) -> Statement:
        rows = self._wanted(actor).values_list(*self._columns)
        sql, parameters = listing.paged(rows, query).query.sql_with_params()
        return sql, list(parameters)

    def _learnt(self, real: Statement, actor: Actor, listing: Listing, query: Query) -> _Text | None:
        """The text with its places, or None if it depends on more than the shape."""
        other, asked = _somebody_else(actor), _something_else(query)
        try:
            stood_in = self._compiled(other, listing, asked)
        except (EmptyResultSet, ValueError, TypeError):
            return None
        return _learnt(real, stood_in, list(_values(actor, query)), list(_values(other, asked)))


class KeptRows:
    """One question about some texts or ids, such as who has one of these names; rows as the driver gives them."""

    def __init__(self, ask: Callable[[Actor, Sequence[Any]], QuerySet[Any]]) -> None:
        self._ask = ask
        self._texts: dict[Any, _Text | None] = {}

    def of(self, actor: Actor, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """values: each once. 1 query."""
        shape = len(values), _reader(actor)
        text = self._texts.get(shape)
        statement = text.filled([*values, *_signs(actor)]) if text else self._compiled(actor, values)
        if shape not in self._texts:
            if len(self._texts) >= MOST_KEPT:
                self._texts.clear()
            other, others = _somebody_else(actor), [_other(value) for value in values]
            pairs = [*values, *_signs(actor)], [*others, *_signs(other)]
            self._texts[shape] = _learnt(statement, self._compiled(other, others), *pairs)
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            return list(cursor.fetchall())

    def _compiled(self, actor: Actor, values: Sequence[Any]) -> Statement:
        sql, parameters = self._ask(actor, values).query.sql_with_params()
        return sql, list(parameters)


def _learnt(real: Statement, other: Statement, values: Sequence[Any], others: Sequence[Any]) -> _Text | None:
    """The text with its places, or None if it depends on more than the shape."""
    numbers = {_as_parameter(value): number for number, value in enumerate(others)}
    text = _Text(other[0], tuple(other[1]), tuple(numbers.get(one, -1) for one in other[1]))
    again = text.filled(values)
    same = again[0] == real[0] and Counter(map(repr, again[1])) == Counter(map(repr, real[1]))
    return text if same else None


def _shape(actor: Actor, listing: Listing, query: Query) -> Any:
    """All that the text of a question may depend on; None for a question whose text depends on values too."""
    if query.words:
        return None
    filters = []
    for asked in query.conditions:
        field = listing.fields[asked.field]
        if callable(field.column) or (field.sort, asked.operator) not in STEADY:
            return None
        many = len(set(asked.value)) if asked.operator == "in" else 1
        filters.append((field.column, field.sort, asked.operator, many))
    mark = query.after and type(query.after[0])
    return tuple(filters), query.sort, listing.sorts[query.sort.lstrip("-")], mark, query.limit, _reader(actor)


def _values(actor: Actor, query: Query) -> Iterator[Any]:
    """What a statement may carry as parameters, always in the same order for the same shape."""
    for asked in query.conditions:
        if asked.operator == "in":
            yield from dict.fromkeys(asked.value)
        else:
            yield asked.value
    if query.after is not None:
        yield from query.after
    yield from _signs(actor)


def _reader(actor: Actor) -> Any:
    """All that decides by which rule somebody sees."""
    return (
        actor.permissions,
        actor.everything,
        actor.via,
        actor.member_id is None,
        None if actor.sees is None else len(actor.sees),
        len(actor.reached),
    )


def _signs(actor: Actor) -> Iterator[Any]:
    yield actor.member_id
    yield actor.name
    yield actor.now
    if actor.sees is not None:
        yield from sorted(actor.sees)
    yield from sorted(actor.reached)


def _somebody_else(actor: Actor) -> Actor:
    """Nobody there is, of the same shape."""
    return replace(
        actor,
        member_id=None if actor.member_id is None else uuid4(),
        name=token_hex(8),
        now=_other(actor.now),
        sees=None if actor.sees is None else frozenset(uuid4() for _one in actor.sees),
        reached=frozenset(uuid4() for _one in actor.reached),
    )


def _something_else(query: Query) -> Query:
    """The same question about values that nobody asked for."""
    conditions = []
    for asked in query.conditions:
        many = list(dict.fromkeys(asked.value)) if asked.operator == "in" else None
        value = _other(asked.value) if many is None else [_other(one) for one in many]
        conditions.append(replace(asked, value=value))
    after = query.after and (_other(query.after[0]), uuid4())
    return replace(query, conditions=tuple(conditions), after=after)


def _other(value: Any) -> Any:
    if isinstance(value, datetime):
        return datetime(2, 1, 1, tzinfo=UTC) + timedelta(microseconds=randbelow(10**14))
    if isinstance(value, date):
        return date(2, 1, 1) + timedelta(days=randbelow(700_000))
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, str):
        return token_hex(8)
    if isinstance(value, int) and not isinstance(value, bool):
        return randbelow(2**62)
    raise TypeError(type(value))


def _as_parameter(value: Any) -> Any:
    """A value as this database's columns take it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
