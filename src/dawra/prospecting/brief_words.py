"""Names of the slots of a research brief, and what to write there."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SLOTS = {
    "role": pgettext_lazy("slot of a research brief", "Role"),
    "priorities": _("Priorities"),
    "growth": _("Growth"),
    "funding": _("Funding"),
    "competitors": _("Competitors"),
    "current_product": _("Current product"),
    "trigger": _("Trigger"),
    "common_ground": _("Common ground"),
}
ASKS = {
    "role": _("What are they in charge of, and whom do they report to?"),
    "priorities": _("What do they want to reach this year?"),
    "growth": _("New offices, headcount, markets?"),
    "funding": _("Money raised, budgets, investors?"),
    "competitors": _("Who else sells to them, or against them?"),
    "current_product": _("What do they use today, and until when?"),
    "trigger": _("What happened lately that makes now the time?"),
    "common_ground": _("Whom or what do we share?"),
}
