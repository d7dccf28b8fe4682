"""The names of lifecycle stages: the company's own where it has given one, else the usual ones; and other kinds' stages."""

from collections.abc import Callable

from django.utils.translation import pgettext_lazy

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


# From which stages on a custom field can be required, kind by kind; rooms above announce theirs.

Choices = Callable[[str], list[tuple[str, str]]]
STAGES: dict[str, Choices] = {"person": stage_choices, "company": stage_choices}


def offers_stages(kind: str) -> Callable[[Choices], Choices]:
    """Register the stages of a kind of record: (code, name) in a language, in their order."""

    def register(choices: Choices) -> Choices:
        STAGES[kind] = choices
        return choices

    return register


def stages_of(kind: str, language: str) -> list[tuple[str, str]]:
    """(code, name) of every stage that records of a kind can reach; nothing for kinds without stages."""
    return STAGES[kind](language) if kind in STAGES else []
