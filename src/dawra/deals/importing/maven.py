"""The Maven Analytics "CRM Sales Opportunities" set: four files of a hardware seller, 2016 to 2017, amounts in USD.

How it is read, and why, stands in docs/import.md.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.customers.importing import values
from dawra.customers.importing.recognising import Column, Format, Part
from dawra.customers.importing.values import Cell, Wrong
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.importing.opportunities import UNKNOWN
from dawra.deals.importing.rates import missing, must_be_known
from dawra.deals.models import OutcomeReason
from dawra.deals.rules import LOST, WON
from dawra.figures.words import fold

CODE = "maven_crm"
CURRENCY = "USD"
FIRST_DAY = date(2016, 10, 1)
STAGES = {"prospecting": "prospecting", "engaging": "first_contact", "won": WON, "lost": LOST}
SECTORS = {"technolgy": "technology"}


def _sector(written: str, cell: Cell) -> str:
    """The set spells one of its ten sectors wrongly; two spellings of one sector would split every figure by sector."""
    right = SECTORS.get(fold(written))
    if right:
        cell.note("spelling", value=written, read=right)
    return right or str(values.text(80)(written, cell))


def _stage(written: str, cell: Cell) -> str:
    code = STAGES.get(fold(written))
    if code is None:
        raise Wrong("not_stage", value=written[:60], known="Prospecting, Engaging, Won, Lost")
    return code


def _column(header: str, field: str, read: values.Read, *, required: bool = False) -> Column:
    return Column(field, read, (header,), required=required)


def _by(field: str) -> Any:
    def key(row: Mapping[str, Any], file: str, number: int) -> str:
        return fold(row[field])

    return key


def _opportunity(row: Mapping[str, Any], file: str, number: int) -> str:
    return str(row["id"])


_name = values.text(200)

TEAMS = Part(
    code="sales_teams",
    title=_("Sales teams"),
    target="member",
    columns=(
        _column("sales_agent", "name", values.text(120), required=True),
        _column("manager", "manager", values.text(120)),
        _column("regional_office", "office", values.text(60)),
    ),
    needs=("name", "manager", "office"),
    key=_by("name"),
)
PRODUCTS = Part(
    code="products",
    title=_("Products"),
    target="product",
    columns=(
        _column("product", "name", values.text(160), required=True),
        _column("series", "family", values.text(80)),
        _column("sales_price", "price_minor", values.amount(), required=True),
    ),
    needs=("name", "price_minor"),
    key=_by("name"),
    currency=CURRENCY,
)
ACCOUNTS = Part(
    code="accounts",
    title=_("Companies"),
    target="company",
    columns=(
        _column("account", "name", _name, required=True),
        _column("sector", "industry", _sector),
        _column("year_established", "founded_year", values.whole(1000, 2200)),
        _column("revenue", "revenue_minor", values.amount(1_000_000)),
        _column("employees", "employees", values.whole()),
        _column("office_location", "country", values.country),
        _column("subsidiary_of", "parent", _name),
    ),
    needs=("name", "industry", "founded_year"),
    key=_by("name"),
    currency=CURRENCY,
)
PIPELINE = Part(
    code="sales_pipeline",
    title=_("Deals"),
    target="deal",
    columns=(
        _column("opportunity_id", "id", values.text(60), required=True),
        _column("sales_agent", "owner", values.text(120)),
        _column("product", "product", values.text(160)),
        _column("account", "company", _name),
        _column("deal_stage", "stage", _stage, required=True),
        _column("engage_date", "began_on", values.day("mdy")),
        _column("close_date", "closed_on", values.day("mdy")),
        _column("close_value", "amount_minor", values.amount()),
    ),
    needs=("id", "stage", "began_on"),
    key=_opportunity,
    currency=CURRENCY,
)


def ready(actor: Actor, options: Mapping[str, Any]) -> None:
    """A rate for USD, a pipeline to put the deals into, and a reason that says that no reason was recorded."""
    must_be_known(actor, CURRENCY, FIRST_DAY, options)
    if actor.may("deals.pipelines"):
        start_with_defaults(actor)
    keep_unknown_reasons()


def keep_unknown_reasons() -> None:
    """A reason for deals whose file says none."""
    for outcome in (WON, LOST):
        OutcomeReason.objects.get_or_create(
            outcome=outcome, code=UNKNOWN, defaults={"name": "Not recorded", "name_ar": "غير مسجَّل", "position": 99}
        )


FORMAT = Format(
    code=CODE,
    title=_("Maven CRM sales data"),
    parts=(TEAMS, PRODUCTS, ACCOUNTS, PIPELINE),
    exact=True,
    ready=ready,
    rates_missing=lambda: missing(CURRENCY, FIRST_DAY),
)
