"""A list as a page: columns, chips, filters, order, saved views and selection, for any kind of record.

    PEOPLE = Offer(kind="person", listing=…, columns=(Column("name", _("Name"), name_cell, "record", sort="name"), …))
    shown = list_page(PEOPLE, Person.objects.visible_to(actor), request.GET, actor, prepare=with_points)
    render(request, "customers/people.html", {"list": shown})

The template includes customers/list_tools.html, list_table.html and list_bulk.html; the filter dialog is
customers/list_filters.html over filter_dialog(). Deals stand on the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dawra.access.actor import Actor
from dawra.access.listing import Condition, Field, Listing, Page, Query
from dawra.customers.listing_picks import applied, names_of, pickers_of
from dawra.customers.picking import Picker

Looks = Literal[
    "text",
    "record",
    "number",
    "money",
    "day",
    "moment",
    "ago",
    "badge",
    "member",
    "flag",
    "words",
    "email",
    "phone",
    "link",
]
Choices = Sequence[tuple[str, Any]]
NOT_FILTERS = frozenset({"sort", "after", "limit", "q", "columns", "view"})
AT_THE_END = frozenset({"number", "money"})


@dataclass(frozen=True, slots=True)
class Link:
    """The value of a "record" cell: where it leads, its name, and the name in the other script."""

    url: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """The value of a "badge" cell."""

    text: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """read: the cell's value out of a prepared row, as `looks` wants it (Link, Badge, Money, date, list of words …).

    sort:    a key of the list's sorts, "" if it cannot be sorted by
    shown:   without anybody choosing
    phone:   kept when rows become cards
    written: the value in an exported file, if not the one shown
    """

    code: str
    label: Any
    read: Callable[[Any], Any]
    looks: Looks = "text"
    sort: str = ""
    shown: bool = True
    phone: bool = False
    written: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What one list can show and be asked. The first column is the record itself and always shown.

    choices: for choice and id fields, the values to choose from with their names; called only where a name is needed
    picks:   for id fields of records, which kind they name: chosen by typing, shown by name
    hidden:  fields that arrive by links only, not offered in the dialog
    """

    kind: str
    listing: Listing
    columns: tuple[Column, ...]
    choices: Mapping[str, Callable[[], Choices]] = field(default_factory=dict)
    picks: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def with_more(
        self,
        fields: Mapping[str, Field],
        columns: Iterable[Column],
        choices: Mapping[str, Callable[[], Choices]],
        picks: Mapping[str, str],
    ) -> "Offer":
        """The same list with this workspace's custom fields."""
        return replace(
            self,
            listing=self.listing.with_fields(fields),
            columns=(*self.columns, *columns),
            choices={**self.choices, **choices},
            picks={**self.picks, **picks},
        )


@dataclass(frozen=True, slots=True)
class Head:
    """aria: ascending, descending or "". url: "" where one cannot sort."""

    code: str
    label: Any
    url: str
    aria: str
    cls: str


@dataclass(frozen=True, slots=True)
class Row:
    """cells: the first is the record itself. Written out by templatetags/list_rows.py."""

    id: Any
    name: str
    cells: list[tuple[Column, Any]]


@dataclass(frozen=True, slots=True)
class Chip:
    """url: the same list without this condition."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """page: for site/pager.html. keep: what a form must carry along, without q and after. asked: the whole query, no cursor."""

    kind: str
    heads: list[Head]
    rows: list[Row]
    page: Page
    chips: list[Chip]
    words: str
    keep: list[tuple[str, str]]
    asked: str
    clear: str
    columns: list[tuple[Column, bool]]
    query: Query

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips or self.words)

    @property
    def filters(self) -> int:
        return len(self.chips) + bool(self.words)


@dataclass(frozen=True, slots=True)
class Control:
    """One input of the filter dialog. kind: text, number, date, select, pick (a record, by its picker)."""

    name: str
    label: Any
    kind: str
    value: str = ""
    choices: Choices = ()
    picker: Picker | None = None


@dataclass(frozen=True, slots=True)
class FilterInput:
    label: Any
    controls: list[Control]


def list_page(
    offer: Offer,
    rows: QuerySet[Any],
    asked: QueryDict,
    actor: Actor,
    *,
    prepare: Callable[[list[Any]], Iterable[Any]] = list,
) -> ListPage:
    """Read the address, fetch one page, and lay it out. Raises Invalid.

    prepare: takes the page's rows and adds what the columns read (points, names …), in a fixed number of queries
    Cost:    1 query, those of prepare, one for each chip whose value needs a name, and one for those that name records
    """
    query = offer.listing.parse(asked)
    page = offer.listing.page(rows, query)
    columns = chosen_columns(offer, asked.get("columns", ""))
    shown = {column.code for column in columns}
    first = columns[0]
    return ListPage(
        kind=offer.kind,
        heads=[_head(column, query, asked) for column in columns],
        rows=[
            Row(row.pk, _spoken_name(first.read(row)), [(column, column.read(row)) for column in columns])
            for row in prepare(page.rows)
        ],
        page=page,
        chips=_chips(offer, query.conditions, asked, actor),
        words=query.words,
        keep=[(name, value) for name in asked if name not in ("q", "after") for value in asked.getlist(name)],
        asked=address(asked, after=None).removeprefix("?"),
        clear=address(QueryDict(), sort=asked.get("sort"), columns=asked.get("columns")),
        columns=[(column, column.code in shown) for column in offer.columns],
        query=query,
    )


def chosen_columns(offer: Offer, codes: str) -> list[Column]:
    """The columns asked for (a,b,c) in that order; the usual ones if none. Unknown codes are passed over."""
    known = {column.code: column for column in offer.columns}
    wanted = [
        known[code] for code in dict.fromkeys(codes.split(",")) if code in known and code != offer.columns[0].code
    ]
    return [offer.columns[0], *(wanted or [column for column in offer.columns[1:] if column.shown])]


def chips_of(offer: Offer, asked: QueryDict, actor: Actor, *, only: QueryDict | None = None) -> list[Chip]:
    """The conditions in force as chips, where a page lays its rows out in a way of its own. Raises Invalid.

    only: those of its parameters that get a chip, if not all
    """
    plain = (asked if only is None else only).copy()
    plain.pop("after", None)
    return _chips(offer, offer.listing.parse(plain).conditions, asked, actor)


@dataclass(frozen=True, slots=True)
class Asking:
    """The filter dialog. address: of the list, once every choice in it is clear; None while it is being filled in.

    inputs: every filter the list offers, filled with what is asked now; one input each, or two for a range
    """

    inputs: list[FilterInput]
    address: str | None
    status: int


def filter_dialog(offer: Offer, asked: QueryDict, actor: Actor) -> Asking:
    """Draw the filters of a list, or read what the dialog sent (`apply`). 1 query, and 4 at most for each picker sent."""
    fields, unclear = offer.listing.fields, dict[str, Picker]()
    if "apply" in asked:
        query, unclear = applied(offer.picks, fields, asked, actor)
        if not unclear:
            written = query.urlencode()
            return Asking([], written and f"?{written}", 200)
    pickers = {**pickers_of(offer.picks, fields, asked, actor), **unclear}
    inputs = []
    for code, spec in fields.items():
        if code in pickers:
            inputs.append(FilterInput(spec.label or code, [Control(code, spec.label, "pick", picker=pickers[code])]))
        elif code not in offer.hidden and code not in offer.picks:
            inputs.append(FilterInput(spec.label or code, _controls(offer, code, spec, asked)))
    return Asking(inputs, None, 422 if unclear else 200)


def address(asked: QueryDict, **changes: str | None) -> str:
    """?… with some parameters set or (None) removed."""
    query = asked.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


def saved_query(asked: QueryDict) -> dict[str, Any]:
    """The list as a saved view keeps it; see address_of_view."""
    return {
        "filters": [
            [name, value] for name in asked if name not in NOT_FILTERS for value in asked.getlist(name) if value
        ],
        "words": asked.get("q", ""),
        "sort": asked.get("sort", ""),
        "columns": [code for code in asked.get("columns", "").split(",") if code],
    }


def address_of_view(view_id: Any, query: Mapping[str, Any]) -> str:
    """A saved view is a link: everything it asks stands in the address."""
    asked = QueryDict(mutable=True)
    for name, value in query.get("filters", ()):
        asked.appendlist(name, value)
    return address(
        asked,
        q=query.get("words"),
        sort=query.get("sort"),
        columns=",".join(query.get("columns", ())),
        view=str(view_id),
    )


def _controls(offer: Offer, code: str, spec: Field, asked: QueryDict) -> list[Control]:
    def at(operator: str) -> str:
        name = f"{code}__{operator}" if operator else code
        return str(asked.get(name, ""))

    if spec.sort in ("choice", "id"):
        choices = offer.choices[code]() if code in offer.choices else [(choice, choice) for choice in spec.choices]
        if not choices and not spec.choices:
            return [Control(code, spec.label, "text", at(""))]
        return [Control(code, spec.label, "select", at(""), [("", _("Any")), *choices])]
    if spec.sort == "flag":
        return [Control(code, spec.label, "select", at(""), [("", _("Any")), ("1", _("Yes")), ("0", _("No"))])]
    if spec.sort == "text":
        return [Control(f"{code}__has", spec.label, "text", at("has") or at(""))]
    kind = "number" if spec.sort == "number" else "date"
    return [
        Control(f"{code}__gte", pgettext("filter", "from"), kind, at("gte")),
        Control(f"{code}__lte", pgettext("filter", "to"), kind, at("lte")),
    ]


def _head(column: Column, query: Query, asked: QueryDict) -> Head:
    cls = ("n " if column.looks in AT_THE_END else "") + ("" if column.phone else "hm")
    if not column.sort:
        return Head(column.code, column.label, "", "", cls.strip())
    now = query.sort.lstrip("-") == column.sort
    down = query.sort.startswith("-")
    turned = column.sort if now and down else f"-{column.sort}" if now or column.looks in AT_THE_END else column.sort
    aria = ("descending" if down else "ascending") if now else ""
    return Head(column.code, column.label, address(asked, sort=turned, after=None), aria, cls.strip())


def _chips(offer: Offer, conditions: Iterable[Condition], asked: QueryDict, actor: Actor) -> list[Chip]:
    conditions = list(conditions)
    names = names_of(offer.picks, conditions, actor)
    return [_chip(offer, condition, asked, names) for condition in conditions]


def _chip(offer: Offer, condition: Condition, asked: QueryDict, names: Mapping[str, str]) -> Chip:
    spec = offer.listing.fields[condition.field]
    query = asked.copy()
    query.pop("after", None)
    for name in (f"{condition.field}__{condition.operator}", condition.field):
        values = query.getlist(name)
        if condition.written in values:
            values.remove(condition.written)
            query.setlist(name, values)
            break
    return Chip(_in_words(offer, spec, condition, names), "?" + query.urlencode())


_SENTENCES = {
    "is": gettext_lazy("%(field)s: %(value)s"),
    "in": gettext_lazy("%(field)s: %(value)s"),
    "on": gettext_lazy("%(field)s: %(value)s"),
    "has": gettext_lazy("%(field)s has “%(value)s”"),
    "starts": gettext_lazy("%(field)s begins with “%(value)s”"),
    "not": gettext_lazy("%(field)s is not %(value)s"),
    "gte": gettext_lazy("%(field)s from %(value)s"),
    "lte": gettext_lazy("%(field)s up to %(value)s"),
}


def _in_words(offer: Offer, spec: Field, condition: Condition, records: Mapping[str, str]) -> str:
    label = spec.label or condition.field
    if condition.operator == "empty":
        sentence = _("%(field)s is empty") if condition.value else _("%(field)s is filled in")
        return sentence % {"field": label}
    if spec.sort == "flag":
        value = _("Yes") if condition.value else _("No")
    elif condition.field in offer.picks:
        unseen = _("a record that is not shared with you")
        written = [str(UUID(part)) for part in condition.written.split(",")]
        value = pgettext("between items of a list", ", ").join(records.get(one, unseen) for one in written)
    elif condition.field in offer.choices:
        names = {str(code): str(name) for code, name in offer.choices[condition.field]()}
        value = pgettext("between items of a list", ", ").join(names.get(v, v) for v in condition.written.split(","))
    else:
        value = condition.written
    return str(_SENTENCES[condition.operator] % {"field": label, "value": value})


def _spoken_name(value: Any) -> str:
    return value.text if isinstance(value, Link) else str(value)
