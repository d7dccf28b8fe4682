"""Words for what is kept as codes, and for spans of time."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

STATUS = {
    "new": pgettext_lazy("lead", "New"),
    "working": pgettext_lazy("lead", "Working"),
    "accepted": pgettext_lazy("lead", "Accepted"),
    "rejected": pgettext_lazy("lead", "Rejected"),
}
TONES = {"new": "info", "working": "brand", "accepted": "good", "rejected": ""}
QUEUES = {
    "open": _("All open"),
    "overdue": pgettext_lazy("leads", "Overdue"),
    "new": _("My new"),
    "unassigned": _("Nobody's"),
    "working": pgettext_lazy("lead", "Working"),
    "closed": pgettext_lazy("leads", "Closed"),
}
STRATEGIES = {
    "owner": _("Whoever looks after the customer"),
    "round_robin": _("In turn"),
    "least_load": _("Whoever has the fewest open leads"),
}


def span(minutes: int) -> str:
    """45 min, 3 h, 2 days."""
    if minutes < 90:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 36 * 60:
        hours = round(minutes / 60)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(minutes / 1440)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
