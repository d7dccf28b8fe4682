"""UCI Online Retail (CC BY 4.0): invoice lines of a British shop, 2010-12 to 2011-12, prices in pounds.

Each customer number becomes a company, each line a note about what was bought, at the moment of the invoice. Lines
without a customer are about nobody and are rejected.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import column, identity, part, when
from dawra.customers.importing.recognising import Format

CODE = "online_retail"


def _line(row: Mapping[str, Any], file: str, number: int) -> str:
    """An invoice may hold the same line twice: its place in this very file tells them apart."""
    return f"{file[:16]}:{number}"


LINES = part(
    "invoice_lines",
    _("Purchases"),
    "purchase",
    (
        column("invoice", values.text(20), "InvoiceNo", required=True),
        column("stock", values.text(20), "StockCode"),
        column("name", values.text(160), "Description"),
        column("quantity", values.number(), "Quantity", required=True),
        column("at", when, "InvoiceDate", required=True),
        column("price", values.number(), "UnitPrice"),
        column("company_id", identity, "CustomerID", required=True),
        column("where", values.text(60), "Country"),
    ),
    needs=("invoice", "stock", "quantity", "at", "company_id"),
    key=_line,
)
FORMAT = Format(CODE, _("Online Retail"), (LINES,), exact=True)
