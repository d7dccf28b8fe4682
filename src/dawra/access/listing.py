"""Lists: filtered, sorted and paged by an allow-list, the same for pages, exports and the API.

A room declares what may be asked; nothing a caller writes ever becomes a field name.

    DEALS = Listing(
        fields={"amount": Field("base_minor", "number"), "name": Field("folded", "text"), "owner": Field("owner_id", "choice")},
        sorts={"amount": "base_minor", "name": "folded", "created": "created_at"}, default_sort="-created")
    asked = DEALS.parse(request.GET)           # raises Invalid with the parameter's name
    page = DEALS.page(Deal.objects.visible_to(actor), asked)

In an address: ?amount__gte=1000&owner=…&q=…&sort=-amount&after=<cursor>&limit=50
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from uuid import UUID

from django.db.models import OrderBy, Q, QuerySet
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.access.planning import planned_for_its_values
from dawra.access.reading import of_each_owner
from dawra.figures.words import fold, western_digits

Sort = Literal["text", "choice", "id", "number", "date", "moment", "flag"]
LARGEST_PAGE = 200
MOST_VALUES = 100
LONGEST_NUMBER = 24
LAST_YEAR = 9998  # the day after a moment's must exist, in every zone

OPERATORS: dict[Sort, frozenset[str]] = {
    "text": frozenset({"is", "has", "starts", "empty"}),
    "choice": frozenset({"is", "in", "not", "empty"}),
    "id": frozenset({"is", "in", "not", "empty"}),
    "number": frozenset({"is", "gte", "lte", "empty"}),
    "date": frozenset({"is", "gte", "lte", "empty"}),
    "moment": frozenset({"gte", "lte", "on", "empty"}),
    "flag": frozenset({"is"}),
}


@dataclass(frozen=True, slots=True)
class Field:
    """column: a model path, or a function from operator and value to Q for what is no column.

    choices: for "choice", the codes allowed; empty = any text. parse: own reading of the value (money).
    blank: how "empty" looks in this column: None, or "" for text columns.
    by: how the list is sorted by it under the field's own name, if it can be and no column of `sorts` says so.
    """

    column: str | Callable[[str, Any], Q]
    sort: Sort
    label: Any = ""
    choices: tuple[str, ...] = ()
    parse: Callable[[str], Any] | None = None
    blank: Any = None
    by: "By | None" = None


@dataclass(frozen=True, slots=True)
class By:
    """An order by what is no column and may be empty: filled values either way round, empty ones always last.

    expression: the value in SQL; an index over it and the id serves both ways
    typed:      a value as the page mark carries it → as the database compares it; ValueError, TypeError or
                ArithmeticError if it is none
    least:      no filled value lies below it: from here on an index is read, which "is not empty" would not do everywhere
    """

    expression: Any
    typed: Callable[[Any], Any]
    least: Any


@dataclass(frozen=True, slots=True)
class Condition:
    field: str
    operator: str
    value: Any
    written: str


@dataclass(frozen=True, slots=True)
class Query:
    conditions: tuple[Condition, ...] = ()
    words: str = ""
    sort: str = ""
    after: tuple[Any, UUID] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    """rows: at most `limit`. next: the cursor of the following page, "" on the last one."""

    rows: list[Any]
    next: str


@dataclass(frozen=True, slots=True)
class Listing:
    fields: Mapping[str, Field]
    sorts: Mapping[str, str | By]
    default_sort: str
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    ignored: frozenset[str] = field(default_factory=frozenset)
    by_owner: frozenset[str] = frozenset()  # columns sorted by, for which an index begins with the owner

    def with_fields(self, more: Mapping[str, Field]) -> "Listing":
        """The same list with custom fields added for this workspace."""
        orders = {name: spec.by for name, spec in more.items() if spec.by is not None}
        return replace(self, fields={**self.fields, **more}, sorts={**self.sorts, **orders})

    def parse(self, asked: Mapping[str, Any]) -> Query:
        """Read ?field__operator=value… Unknown names are refused, never passed on. Raises Invalid."""
        conditions: list[Condition] = []
        for name in asked:
            values = asked.getlist(name) if hasattr(asked, "getlist") else [asked[name]]
            if name in {"sort", "after", "limit", "q", "columns", "view"} or name in self.ignored:
                continue
            code, _sep, operator = name.rpartition("__") if "__" in name else (name, "", "")
            if code not in self.fields or (_sep and operator not in OPERATORS[self.fields[code].sort]):
                raise Invalid(_("This list cannot be filtered by “%(name)s”."), field=name[:80], name=name[:80])
            conditions += [self._condition(code, operator, value) for value in values if value != ""]
        return Query(
            conditions=tuple(conditions),
            words=str(asked.get("q", ""))[:200].replace("\0", " ").strip(),
            sort=self._sort(str(asked.get("sort", "") or self.default_sort)),
            after=self._cursor(str(asked.get("after", ""))),
            limit=_limit(str(asked.get("limit", "") or "50")),
        )

    def filtered(self, rows: QuerySet[Any], query: Query) -> QuerySet[Any]:
        for condition in query.conditions:
            rows = rows.filter(_q(self.fields[condition.field], condition))
        if query.words and self.search:
            rows = self.search(rows, query.words)
        return rows

    def ordered(self, rows: QuerySet[Any], query: Query) -> QuerySet[Any]:
        down = query.sort.startswith("-")
        column = self.sorts[query.sort.lstrip("-")]
        if isinstance(column, By):
            return rows.order_by(_way(column.expression, down), "-id" if down else "id")
        return rows.order_by(f"-{column}" if down else column, "-id" if down else "id")

    def paged(self, rows: QuerySet[Any], query: Query) -> QuerySet[Any]:
        """The rows of one keyset page by a column, and one more, which says whether another page follows."""
        return self._beyond(rows, query)[: query.limit + 1]

    def _beyond(self, rows: QuerySet[Any], query: Query) -> QuerySet[Any]:
        down = query.sort.startswith("-")
        column = str(self.sorts[query.sort.lstrip("-")])
        wanted = self.ordered(self.filtered(rows, query), query)
        if query.after is not None:
            value, last_id = query.after
            if not _is_of(rows.model, column, value):
                raise Invalid(_("The page mark in “after” is not one of ours."), field="after")
            beyond, side = ("lt", "id__lt") if down else ("gt", "id__gt")
            wanted = wanted.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, side: last_id}))
        return wanted

    def page(self, rows: QuerySet[Any], query: Query) -> Page:
        """One keyset page. 1 query, and the relations the caller asked for; 2 where empty values of a custom order begin."""
        column = self.sorts[query.sort.lstrip("-")]
        if isinstance(column, By):
            return _page_by(column, self.filtered(rows, query), query)
        wanted, most = self._beyond(rows, query), query.limit + 1
        few = of_each_owner(wanted, most) if column in self.by_owner else None
        if rows.query.select_related or few:
            # The page is chosen from an index before anything is joined: to fifty rows then, and not to all there are.
            wanted = self.ordered(rows.filter(few or Q(pk__in=wanted.values("pk")[:most])), query)
        with planned_for_its_values():
            found = list(wanted[:most])
        shown = found[: query.limit]
        more = len(found) > query.limit
        return Page(shown, mark(_value_of(shown[-1], column), _value_of(shown[-1], "id")) if more else "")

    def _condition(self, code: str, operator: str, value: Any) -> Condition:
        spec = self.fields[code]
        operator = operator or ("has" if spec.sort == "text" else "on" if spec.sort == "moment" else "is")
        written = str(value)[:500]
        try:
            if "\0" in written:  # no column holds one, and PostgreSQL refuses to be asked
                raise ValueError(written)
            read = _read(spec, operator, written)
            if spec.sort == "moment" and operator != "empty" and read.year > LAST_YEAR:
                raise ValueError(written)
        except (ValueError, InvalidOperation, OverflowError):
            raise Invalid(
                _("“%(value)s” cannot be read as a value of “%(name)s”."), field=code, value=written[:80], name=code
            ) from None
        return Condition(code, operator, read, written)

    def _sort(self, sort: str) -> str:
        if sort.lstrip("-") not in self.sorts or sort.startswith("--"):
            raise Invalid(_("This list cannot be sorted by “%(name)s”."), field="sort", name=sort[:80])
        return sort

    def _cursor(self, text: str) -> tuple[Any, UUID] | None:
        if not text:
            return None
        try:
            sort, value, last_id = json.loads(base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
            return _MARKS[sort](value), UUID(last_id)
        except (ValueError, KeyError, TypeError, ArithmeticError, binascii.Error):
            raise Invalid(_("The page mark in “after” is not one of ours."), field="after") from None


# Under this name a row carries the value of an order that is no column.
SORTED = "sorted_value"


def _page_by(by: By, rows: QuerySet[Any], query: Query) -> Page:
    """Filled values and empty ones are two questions: each then walks the index in one direction on either database."""
    down = query.sort.startswith("-")
    last = "-id" if down else "id"
    rows = rows.annotate(**{SORTED: by.expression})
    filled = rows.filter(GreaterThanOrEqual(by.expression, by.least)).order_by(_way(by.expression, down), last)
    empty = rows.filter(IsNull(by.expression, True)).order_by(last)
    found: list[Any] = []
    if query.after is not None:
        value, last_id = query.after
        beyond = Q(**{"id__lt" if down else "id__gt": last_id})
        if value is None:
            filled, empty = filled.none(), empty.filter(beyond)
        else:
            try:
                value = by.typed(value)
            except (ValueError, TypeError, ArithmeticError):
                raise Invalid(_("The page mark in “after” is not one of ours."), field="after") from None
            further, until = (LessThan, LessThanOrEqual) if down else (GreaterThan, GreaterThanOrEqual)
            filled = filled.filter(Q(until(by.expression, value)), Q(further(by.expression, value)) | beyond)
    with planned_for_its_values():
        found += _joined_last(filled[: query.limit + 1], rows, by, down)
        if len(found) <= query.limit:
            found += _joined_last(empty[: query.limit + 1 - len(found)], rows, by, down)
    shown = found[: query.limit]
    more = len(found) > query.limit
    return Page(shown, mark(_value_of(shown[-1], SORTED), _value_of(shown[-1], "id")) if more else "")


def _joined_last(wanted: QuerySet[Any], rows: QuerySet[Any], by: By, down: bool) -> QuerySet[Any]:
    if not rows.query.select_related:
        return wanted
    chosen = rows.filter(pk__in=wanted.values("pk"))
    return chosen.order_by(_way(by.expression, down), "-id" if down else "id")


def _way(expression: Any, down: bool) -> OrderBy:
    return OrderBy(expression, descending=down)


# The sorts of a sorted value, as a page mark carries it.
_MARKS: dict[str, Callable[[Any], Any]] = {
    "n": lambda nothing: None,
    "f": Decimal,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "i": int,
    "s": str,
}


def _is_of(model: Any, column: str, value: Any) -> bool:
    """Whether a page mark's value can stand in that column: marks come back from outside."""
    sort = model._meta.get_field(column).get_internal_type()
    if sort == "DateTimeField":
        return isinstance(value, datetime) and value.tzinfo is not None
    if sort == "DateField":
        return isinstance(value, date) and not isinstance(value, datetime)
    if sort in ("CharField", "TextField"):
        return isinstance(value, str) and "\0" not in value
    return isinstance(value, int) and abs(value) < 2**63


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= LARGEST_PAGE:
        raise Invalid(_("“limit” is a whole number from 1 to %(largest)s."), field="limit", largest=LARGEST_PAGE)
    return int(text)


def mark(value: Any, last_id: UUID) -> str:
    """Where a page ended, to ask for the next with ?after=."""
    if value is None:
        return _mark("n", None, last_id)
    if isinstance(value, float | Decimal):
        return _mark("f", str(value), last_id)
    sort = (
        "t"
        if isinstance(value, datetime)
        else "d"
        if isinstance(value, date)
        else "i"
        if isinstance(value, int)
        else "s"
    )
    plain = value.isoformat() if sort in "td" else value
    return _mark(sort, plain, last_id)


def _mark(sort: str, plain: Any, last_id: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, plain, str(last_id)]).encode()).decode().rstrip("=")


def _value_of(row: Any, column: str) -> Any:
    return row[column] if isinstance(row, Mapping) else getattr(row, column)


def _read(spec: Field, operator: str, text: str) -> Any:
    """The typed value; ValueError if the text is none."""
    if operator == "empty":
        return _flag(text)
    if operator == "in":
        parts = [part for part in text.split(",") if part][:MOST_VALUES]
        return [_read(spec, "is", part) for part in parts]
    if spec.parse:
        return spec.parse(text)
    if spec.sort == "choice" and spec.choices and text not in spec.choices:
        raise ValueError(text)
    if spec.sort == "moment" and operator == "on":
        return _day(text)
    return _READERS[spec.sort](text)


def _number(text: str) -> Decimal:
    number = Decimal(western_digits(text))
    if not number.is_finite() or len(text) > LONGEST_NUMBER:
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    return date.fromisoformat(western_digits(text))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(western_digits(text))
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _flag(text: str) -> bool:
    if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError(text)
    return text.lower() in {"1", "true", "yes"}


_READERS: dict[Sort, Callable[[str], Any]] = {
    "text": fold,
    "choice": str,
    "id": UUID,
    "number": _number,
    "date": _day,
    "moment": _moment,
    "flag": _flag,
}


def _q(spec: Field, condition: Condition) -> Q:
    operator, value = condition.operator, condition.value
    if callable(spec.column):
        return spec.column(operator, value)
    column = spec.column
    match operator:
        case "is":
            return Q(**{column: value})
        case "not":
            return ~Q(**{column: value})
        case "in":
            return Q(**{f"{column}__in": value})
        case "gte" | "lte":
            return Q(**{f"{column}__{operator}": value})
        case "has":
            return Q(**{f"{column}__{_any_case(column)}contains": value})
        case "starts":
            return Q(**{f"{column}__{_any_case(column)}startswith": value})
        case "on":
            begin = timezone.make_aware(datetime.combine(value, time.min))
            return Q(**{f"{column}__gte": begin, f"{column}__lt": begin + timedelta(days=1)})
        case "empty":
            blank = Q(**{f"{column}__isnull": True}) if spec.blank is None else Q(**{column: spec.blank})
            return blank if value else ~blank
    raise AssertionError(operator)


def _any_case(column: str) -> str:
    """Folded columns know one case and keep their index; in others both databases look past the case alike."""
    return "" if column.endswith("folded") else "i"
