"""What a person typed into one field of a deal, as the action wants it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.figures.money import Money, NotMoney
from dawra.figures.words import western_digits

Read = Callable[[str, str, str], Any]


def values_of(field: str, text: str, currency: str) -> dict[str, Any]:
    """{column: value} for edit_deal. currency: of the deal. Raises Invalid."""
    if field.startswith("custom_"):
        return {"custom": {field.removeprefix("custom_"): text}}
    if field not in FIELDS:
        raise Invalid(_("This field cannot be edited here."), field=field[:40])
    column, read = FIELDS[field]
    return {column: read(field, text.strip(), currency)}


def day_of(field: str, text: str, currency: str = "") -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(western_digits(text))
    except ValueError:
        raise Invalid(_("Write the day as year-month-day: 2026-11-23."), field=field) from None


def minor_of(field: str, text: str, currency: str) -> int:
    try:
        return Money.parse(text or "0", currency).minor
    except NotMoney:
        raise Invalid(_("Write an amount as digits: 1,234.50."), field=field) from None


def share_of(field: str, text: str, currency: str = "") -> int | None:
    """Percent as typed → basis points; nothing = none said."""
    plain = western_digits(text).replace("%", "").replace("٪", "").replace("\u066b", ".").strip()
    if not plain:
        return None
    try:
        percent = Decimal(plain)
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise Invalid(_("Write a percentage between 0 and 100."), field=field)
    return int((percent * 100).to_integral_value())


def id_of(field: str, text: str, currency: str = "") -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid(_("Choose one from the list."), field=field) from None


def names_of(field: str, text: str, currency: str = "") -> list[str]:
    return [name.strip() for name in text.replace("،", ",").split(",") if name.strip()]


def quantity_of(field: str, text: str) -> Decimal:
    try:
        quantity = Decimal(western_digits(text or "1").replace("\u066b", ".").replace(",", ""))
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite():
        raise Invalid(_("A quantity is a number above zero."), field=field)
    return quantity


def version_of(data: Mapping[str, Any]) -> int | None:
    """The version a form was drawn from."""
    said = western_digits(str(data.get("version", "")))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _text(field: str, text: str, currency: str) -> str:
    return text


FIELDS: dict[str, tuple[str, Read]] = {
    "name": ("name", _text),
    "amount": ("amount_minor", minor_of),
    "recurring": ("recurring_minor", minor_of),
    "currency": ("currency", _text),
    "expected_close_on": ("expected_close_on", day_of),
    "probability": ("probability_bp", share_of),
    "forecast_category": ("forecast_category", _text),
    "owner": ("owner_id", id_of),
    "source": ("source", _text),
    "campaign": ("campaign", _text),
    "competitors": ("competitors", names_of),
    "about": ("about", _text),
    "next_step": ("next_step", _text),
    "next_step_on": ("next_step_on", day_of),
}


def percent(basis_points: int) -> str:
    """Basis points as a person types them: 4550 → 45.5"""
    return format((Decimal(basis_points) / 100).normalize(), "f")
