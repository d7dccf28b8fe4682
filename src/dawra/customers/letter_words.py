"""What the states of a letter are called, and their colours."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "queued": _("waits"),
    "sending": _("is being sent"),
    "sent": _("sent"),
    "failed": _("not sent"),
    "unknown": _("not known whether it arrived"),
    "taken_back": _("taken back"),
}
TONES = {"queued": "info", "sending": "info", "sent": "good", "failed": "bad", "unknown": "warn", "taken_back": ""}
