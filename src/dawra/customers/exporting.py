"""A list as a file, exactly what is seen: CSV streamed page by page, or a workbook. Deals use it too."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.access.listing import LARGEST_PAGE, Query
from dawra.customers.formulas import neutral
from dawra.customers.listing_page import Badge, Column, Link, Offer, chosen_columns
from dawra.figures.money import Money
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Exported

BOM = "\ufeff"
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_IN_WORKBOOK = 100_000


class _Echo:
    def write(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list asked for as a file. asked: the list's own query. file: csv or xlsx. count: rows that will be in it."""

    query: Query
    asked: QueryDict
    file: str
    count: int


@transaction.atomic
def allow_export(actor: Actor, offer: Offer, rows: QuerySet[Any], asked: QueryDict) -> Wanted:
    """Somebody takes a list out of the house; asked for and written down before the first row leaves.

    Writes: customers.exported.1
    Raises: Refused, Invalid (a filter, column or file that is not offered; too many rows for a workbook)
    """
    actor.must("records.export")
    asked = asked.copy()
    file = (asked.pop("format", None) or ["csv"])[-1]
    if file not in FILES:
        raise Invalid(_("Choose one of: %(files)s."), field="format", files=", ".join(FILES))
    query = offer.listing.parse(asked)
    chosen_columns(offer, asked.get("columns", ""))
    count = offer.listing.filtered(rows, query).count()
    if file == "xlsx" and count > MOST_IN_WORKBOOK:
        raise Invalid(
            _("These are %(count)s rows; a workbook takes %(most)s. Narrow the list down, or export CSV."),
            field="format", count=count, most=MOST_IN_WORKBOOK,
        )  # fmt: skip
    write(actor, Exported(offer.kind, asked.urlencode()[:1000], file, count), about=[])
    return Wanted(query, asked, file, count)


def file_response(
    offer: Offer, rows: QuerySet[Any], wanted: Wanted, *, prepare: Callable[[list[Any]], Iterable[Any]], name: str
) -> StreamingHttpResponse | FileResponse:
    """The whole list with its filters, order and columns. Memory stays that of one page."""
    columns = chosen_columns(offer, wanted.asked.get("columns", ""))
    listed = _listed(offer, rows, wanted.query, prepare)
    if wanted.file == "xlsx":
        from dawra.customers import workbooks  # 7 MB that only who takes a workbook home needs

        book = workbooks.written([str(column.label) for column in columns], _values(columns, listed))
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=FILES["xlsx"])
    response = StreamingHttpResponse(_lines(columns, listed), content_type=FILES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _listed(
    offer: Offer, rows: QuerySet[Any], query: Query, prepare: Callable[[list[Any]], Iterable[Any]]
) -> Iterator[list[Any]]:
    """Page after page, as the list itself would show them."""
    after = replace(query, limit=LARGEST_PAGE, after=None)
    while True:
        page = offer.listing.page(rows, after)
        yield list(prepare(page.rows))
        if not page.next:
            return
        after = replace(after, after=offer.listing.parse({"after": page.next, "sort": query.sort}).after)


def _lines(columns: Sequence[Column], listed: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([str(column.label) for column in columns])
    for page in listed:
        yield "".join(writer.writerow([neutral(plain(_value(column, row))) for column in columns]) for row in page)


def _values(columns: Sequence[Column], listed: Iterable[list[Any]]) -> Iterator[list[Any]]:
    for page in listed:
        for row in page:
            yield [_typed(_value(column, row)) for column in columns]


def _value(column: Column, row: Any) -> Any:
    return (column.written or column.read)(row)


def _typed(value: Any) -> Any:
    """What a workbook keeps as it is: numbers, amounts, dates; all else as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | date | Money):
        return plain(value)
    return value


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Link | Badge):
        return str(value.text)
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(plain(one) for one in value)
    return str(value)
