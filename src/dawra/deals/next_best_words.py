"""What to do next, in words: conditions, acts, reasons of dismissal, and why a proposal stands there."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dawra.figures.next_best import OF_LEADS, Sign
from dawra.figures.words import isolated

CONDITION = {
    "next_step": _("Its next step is due"),
    "no_next_step": _("It has no next step"),
    "stalled": _("It has stalled"),
    "objection": _("An objection is open"),
    "demo_waits": _("A demo's time has passed and nobody said how it went"),
    "demo_no_step": _("A demo was held without a next step"),
    "quote_draft": _("A quote is drafted and not sent"),
    "quote_unread": _("A quote was sent and not opened"),
    "quote_opened": _("A quote was opened and not answered"),
    "close_passed": _("Its close date has passed"),
    "close_near": _("Its close date is near"),
    "unqualified": _("Its qualification is below a score"),
    "brief": _("Nobody has worked on it and its research brief is incomplete"),
    "no_buyer": _("No economic buyer is known"),
    "buyer_silent": _("No contact with the economic buyer"),
    "single_threaded": _("Too few people are in it"),
    "lead_overdue": _("A lead waits beyond its response time"),
    "lead_waits": _("A lead waits for its first response"),
}
ACT = {
    "call": _("Log a call"),
    "email": _("Log an e-mail"),
    "meeting": _("Log a meeting"),
    "step": _("Set next step"),
    "close_date": _("Set the close date"),
    "answer": _("See answers"),
    "demo": _("Note the demo"),
    "quote": _("Open the quote"),
    "qualify": _("Qualify"),
    "research": _("Open the brief"),
    "person": _("Add a person"),
}
ACT_ICON = {
    "call": "phone",
    "email": "mail",
    "meeting": "users",
    "step": "route",
    "close_date": "calendar-event",
    "answer": "message-2",
    "demo": "presentation",
    "quote": "file-text",
    "qualify": "list-check",
    "research": "bulb",
    "person": "user-plus",
}
# Short words beside the title: (tone, word).
BADGE: dict[str, tuple[str, Any]] = {
    "next_step": ("info", _("Next step due")),
    "no_next_step": ("info", _("No next step")),
    "stalled": ("warn", _("Stalled")),
    "objection": ("warn", _("Objection open")),
    "demo_waits": ("info", _("Demo to note")),
    "demo_no_step": ("warn", _("Demo without next step")),
    "quote_draft": ("info", _("Quote not sent")),
    "quote_unread": ("info", _("Quote not opened")),
    "quote_opened": ("info", _("Quote not answered")),
    "close_passed": ("bad", _("Close date passed")),
    "close_near": ("info", _("Close date near")),
    "unqualified": ("warn", _("Gaps in qualification")),
    "brief": ("info", _("Research incomplete")),
    "no_buyer": ("warn", _("No economic buyer")),
    "buyer_silent": ("warn", _("Economic buyer silent")),
    "single_threaded": ("bad", _("Single-threaded")),
    "lead_overdue": ("bad", _("Lead overdue")),
    "lead_waits": ("info", _("New lead")),
}
DISMISS = {
    "not_relevant": _("Not relevant here"),
    "done": _("Already done"),
    "wrong_time": _("Wrong time"),
    "asked_not_to": _("The customer asked not to"),
    "other": _("Another reason…"),
}


def reason(condition: str, days: int, sign: Sign) -> str:
    """Why it is proposed, in the reader's language. days: since when, or in how many."""
    said = _WHY[condition](days)
    return f"{isolated(sign.detail)} — {said}" if sign.detail else said


def _next_step(n: int) -> str:
    if n == 0:
        return gettext("due today.")
    return ngettext("due %(n)s day ago.", "due %(n)s days ago.", n) % {"n": n}


def _stalled(n: int) -> str:
    return ngettext(
        "Nothing has happened for %(n)s day longer than its stage allows.",
        "Nothing has happened for %(n)s days longer than its stage allows.",
        n,
    ) % {"n": n}


def _objection(n: int) -> str:
    return ngettext("The objection has been open for %(n)s day.", "The objection has been open for %(n)s days.", n) % {
        "n": n
    }


def _demo_waits(n: int) -> str:
    return ngettext("It was to be %(n)s day ago.", "It was to be %(n)s days ago.", n) % {"n": n}


def _demo_no_step(n: int) -> str:
    return ngettext(
        "Shown %(n)s day ago; nothing was agreed at the end.", "Shown %(n)s days ago; nothing was agreed at the end.", n
    ) % {"n": n}


def _quote_draft(n: int) -> str:
    return ngettext("Drafted %(n)s day ago and not sent yet.", "Drafted %(n)s days ago and not sent yet.", n) % {"n": n}


def _quote_unread(n: int) -> str:
    return ngettext("Sent %(n)s day ago and not opened yet.", "Sent %(n)s days ago and not opened yet.", n) % {"n": n}


def _quote_opened(n: int) -> str:
    return ngettext("Opened %(n)s day ago and not answered.", "Opened %(n)s days ago and not answered.", n) % {"n": n}


def _close_passed(n: int) -> str:
    return ngettext(
        "The close date passed %(n)s day ago and the deal is still open.",
        "The close date passed %(n)s days ago and the deal is still open.",
        n,
    ) % {"n": n}


def _close_near(n: int) -> str:
    if n == 0:
        return gettext("It is to be closed today.")
    return ngettext("It is to be closed in %(n)s day.", "It is to be closed in %(n)s days.", n) % {"n": n}


def _buyer_silent(n: int) -> str:
    return ngettext(
        "Nobody has spoken with the economic buyer for %(n)s day.",
        "Nobody has spoken with the economic buyer for %(n)s days.",
        n,
    ) % {"n": n}


def _lead_overdue(n: int) -> str:
    if n == 0:
        return gettext("The first response was due today.")
    return ngettext("The first response was due %(n)s day ago.", "The first response was due %(n)s days ago.", n) % {
        "n": n
    }


_WHY: dict[str, Callable[[int], str]] = {
    "next_step": _next_step,
    "no_next_step": lambda _n: gettext("Nobody has written down what happens next."),
    "stalled": lambda n: _stalled(n) if n else gettext("Nothing has happened for as long as its stage allows."),
    "objection": lambda n: _objection(n) if n else gettext("The objection was raised today."),
    "demo_waits": lambda n: _demo_waits(n) if n else gettext("It was to be today."),
    "demo_no_step": lambda n: _demo_no_step(n) if n else gettext("Shown today; nothing was agreed at the end."),
    "quote_draft": lambda n: _quote_draft(n) if n else gettext("Drafted today and not sent yet."),
    "quote_unread": lambda n: _quote_unread(n) if n else gettext("Sent today and not opened yet."),
    "quote_opened": lambda n: _quote_opened(n) if n else gettext("Opened today and not answered."),
    "close_passed": _close_passed,
    "close_near": _close_near,
    "unqualified": lambda _n: gettext("Too little is known for a stage this late."),
    "brief": lambda _n: gettext("Nobody has called yet, and too little is known before the first call."),
    "no_buyer": lambda _n: gettext("Nobody in the deal is known to decide on the money."),
    "buyer_silent": lambda n: _buyer_silent(n) if n else gettext("The economic buyer was reached today."),
    "single_threaded": lambda _n: gettext("The deal hangs on too few people."),
    "lead_overdue": _lead_overdue,
    "lead_waits": lambda _n: gettext("It waits for its first response."),
}


def track(condition: str, act: str, moved: int, followed: int) -> str:
    """The record in words: "90 of 290 such calls moved the deal"."""
    said = _OF_LEADS if condition in OF_LEADS else _TRACK.get(act, _TRACK[""])
    return str(said % {"moved": moved, "n": followed})


_OF_LEADS = _("%(moved)s of %(n)s such first responses led to an accepted lead.")
_TRACK: dict[str, Any] = {
    "call": _("%(moved)s of %(n)s such calls moved the deal."),
    "email": _("%(moved)s of %(n)s such e-mails moved the deal."),
    "meeting": _("%(moved)s of %(n)s such meetings moved the deal."),
    "answer": _("%(moved)s of %(n)s such answers moved the deal."),
    "": _("Followed %(n)s times, it moved the deal %(moved)s times."),
}
