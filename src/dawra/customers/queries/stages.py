"""The names of lifecycle stages: the company's own where it has given one, else the usual ones."""

from collections.abc import Iterable

from django.utils.translation import pgettext, pgettext_lazy

from dawra.customers import rules
from dawra.customers.models import LifecycleStage
from dawra.figures.words import named

TONES = {
    "lead": "info", "marketing_qualified": "info", "sales_qualified": "brand", "opportunity": "brand",
    "customer": "good", "at_risk": "warn", "churned": "bad", "won_back": "good", "advocate": "plum",
}  # fmt: skip
NAMES = {
    "subscriber": pgettext_lazy("lifecycle", "Subscriber"),
    "lead": pgettext_lazy("lifecycle", "Lead"),
    "marketing_qualified": pgettext_lazy("lifecycle", "Marketing qualified"),
    "sales_qualified": pgettext_lazy("lifecycle", "Sales qualified"),
    "opportunity": pgettext_lazy("lifecycle", "Opportunity"),
    "customer": pgettext_lazy("lifecycle", "Customer"),
    "at_risk": pgettext_lazy("lifecycle", "At risk"),
    "churned": pgettext_lazy("lifecycle", "Churned"),
    "won_back": pgettext_lazy("lifecycle", "Won back"),
    "advocate": pgettext_lazy("lifecycle", "Advocate"),
}


def stage_choices(language: str) -> list[tuple[str, str]]:
    """Every lifecycle stage in its order, (code, name). 1 query."""
    own = {row.code: named(row.name, row.name_ar, language) for row in LifecycleStage.objects.all()}
    return [(code, own.get(code) or str(NAMES[code])) for code in rules.LIFECYCLE]


def own_names() -> dict[str, tuple[str, str]]:
    """code → the company's own names. 1 query."""
    return {row.code: (row.name, row.name_ar) for row in LifecycleStage.objects.all()}


def required_names(codes: Iterable[str], language: str) -> str:
    """Stages in words, for the settings page."""
    names = dict(stage_choices(language))
    return pgettext("between items of a list", ", ").join(names[code] for code in codes if code in names)
