"""What may stand in a deal's own fields: the same rules for adding, editing, importing and the API."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.deals.models.deal import FORECAST_CATEGORIES, PERSON_ROLES
from dawra.deals.money import LARGEST_MINOR
from dawra.figures.money import BASIS_POINTS

TEXTS = {"name": 200, "next_step": 200, "source": 80, "campaign": 120, "about": 20_000, "currency": 3}
DAYS = ("expected_close_on", "next_step_on")
MOST_COMPETITORS = 12


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, stripped and checked. Raises Invalid with the field's name."""
    return {name: _clean(name, value) for name, value in values.items()}


def must_be_roles(roles: Iterable[str]) -> None:
    """Raises Invalid unless each is a role in a deal, or "" for one not known yet."""
    if any(role and role not in PERSON_ROLES for role in roles):
        raise Invalid(_("This is not one of the roles in a deal."), field="role")


def _clean(name: str, value: Any) -> Any:
    if name in TEXTS:
        return _text(name, value)
    if name in DAYS:
        return _day(name, value)
    if name in ("amount_minor", "recurring_minor"):
        return _minor(name, value)
    if name == "probability_bp" and value is not None:
        return _share(name, value)
    if name == "forecast_category" and value not in FORECAST_CATEGORIES:
        raise Invalid(_("This is not one of the forecast categories."), field=name)
    if name == "competitors":
        return _competitors(value)
    return value


def _text(name: str, value: Any) -> str:
    text = str(value or "").replace("\x00", "").strip()
    if name == "name" and not text:
        raise Invalid(_("A deal needs a name."), field=name)
    if len(text) > TEXTS[name]:
        raise Invalid(_("This text is longer than %(most)s characters."), field=name, most=TEXTS[name])
    return text


def _day(name: str, value: Any) -> date | None:
    if value is not None and not (isinstance(value, date) and 1990 <= value.year <= 2200):
        raise Invalid(_("This is not a day between 1990 and 2200."), field=name)
    return value


def _minor(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_MINOR:
        raise Invalid(_("This is not an amount of money from zero up."), field=name)
    return value


def _share(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= BASIS_POINTS:
        raise Invalid(_("A probability lies between 0 and 100 percent."), field=name)
    return value


def _competitors(value: Any) -> list[str]:
    names = list(dict.fromkeys(str(name).strip()[:80] for name in value or ()))
    named = [name for name in names if name]
    if len(named) > MOST_COMPETITORS:
        raise Invalid(_("At most %(most)s competitors."), field="competitors", most=MOST_COMPETITORS)
    return named
