"""What this room shows of fit on the pages of others: a company's panel, and a column, filter and order of companies."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Func, IntegerField, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.listing import By, Field
from dawra.customers.columns import Added, adds, filters
from dawra.customers.listing_page import Column
from dawra.customers.panels import panel
from dawra.prospecting.fit_words import FIT, Words
from dawra.prospecting.models import FitScore
from dawra.prospecting.queries.fit import fit_now, fit_of

KEPT = (
    "(SELECT kept.score FROM prospecting_fitscore kept JOIN prospecting_icpprofile version ON version.id = kept.profile_id"
    " AND version.is_active WHERE kept.company_id = {table}.id)"
)


class Score(Func):
    """A company's score by the version in force, in SQL: a Subquery loses its way where a page is chosen inside another."""

    def __init__(self) -> None:
        super().__init__(output_field=IntegerField())

    def as_sql(self, compiler: Any, connection: Any, *_spelled: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        table = compiler.quote_name_unless_alias(compiler.query.get_initial_alias())
        return KEPT.format(table=table), ()


@panel("company")
def of_company(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    """2 to 5 queries."""
    if not actor.may("prospecting.read"):
        return None
    card = fit_now(actor, record_id)
    if card is None and not actor.may("prospecting.manage"):
        return None
    words = Words(get_language() or "en") if card else None
    reasons = [
        {"name": words.dimension(one.dimension), "value": words.value(one.dimension, one.shown), "points": one.points}
        for one in (card.top if card else ())
        if words
    ]
    takes = {
        "card": card,
        "reasons": reasons,
        "rest": card.rest if card else 0,
        "word": FIT[card.level] if card else "",
        "studio": reverse("prospecting:icp"),
    }
    return "prospecting/fit_panel.html", takes


def _asked(operator: str, value: Any) -> Q:
    """Companies by their score, from its index. empty: those without one."""
    scored = FitScore.objects.filter(profile__is_active=True)
    if operator == "empty":
        ids = scored.values("company_id")
        return ~Q(pk__in=ids) if value else Q(pk__in=ids)
    lookup = "score" if operator == "is" else f"score__{operator}"
    return Q(pk__in=scored.filter(**{lookup: value}).values("company_id"))


def _typed(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise TypeError(value)
    return int(value)


filters("company")["icp_fit"] = Field(_asked, "number", _("Fit"), by=By(Score(), _typed, 0))


@adds("company")
def fit_column(language: str) -> Added:
    column = Column("icp_fit", _("Fit"), lambda row: row.icp_fit, "number", sort="icp_fit", shown=False)
    return Added(column, _give_scores)


def _give_scores(rows: list[Any]) -> None:
    """1 query."""
    cards = fit_of([row.pk for row in rows])
    for row in rows:
        row.icp_fit = cards[row.pk].score if row.pk in cards else None
