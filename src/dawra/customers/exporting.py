"""A list as a CSV file, exactly what is seen: streamed page by page, safe to open in a spreadsheet. Deals use it too."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict, StreamingHttpResponse
from django.utils import timezone

from dawra.access.actor import Actor
from dawra.access.listing import LARGEST_PAGE
from dawra.customers.listing_page import Badge, Column, Link, Offer, chosen_columns
from dawra.figures.money import Money
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import Exported

BOM = "\ufeff"
# A cell that begins with one of these could be read as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, text: str) -> str:
        return text


@transaction.atomic
def allow_export(actor: Actor, *, record_kind: str, asked: str) -> None:
    """Somebody takes a list out of the house; asked for and written down before the first row leaves.

    Writes: customers.exported.1
    Raises: Refused
    """
    actor.must("records.export")
    write(actor, Exported(record_kind, asked[:1000]), about=[])


def csv_response(
    offer: Offer, rows: QuerySet[Any], asked: QueryDict, *, prepare: Callable[[list[Any]], Iterable[Any]], name: str
) -> StreamingHttpResponse:
    """The whole list with its filters, order and columns. Memory stays that of one page. Raises Invalid."""
    query = replace(offer.listing.parse(asked), limit=LARGEST_PAGE, after=None)
    columns = chosen_columns(offer, asked.get("columns", ""))

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield BOM + writer.writerow([str(column.label) for column in columns])
        after = query
        while True:
            page = offer.listing.page(rows, after)
            yield "".join(writer.writerow([_cell(column, row) for column in columns]) for row in prepare(page.rows))
            if not page.next:
                return
            after = replace(after, after=offer.listing.parse({"after": page.next}).after)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def neutral(text: str) -> str:
    """No spreadsheet runs it."""
    return f"'{text}" if text.startswith(FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdigit() else text


def _cell(column: Column, row: Any) -> str:
    value = (column.written or column.read)(row)
    return neutral(plain(value))


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
