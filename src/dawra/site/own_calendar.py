"""What a member has planned, as calendar programs read it (RFC 5545): meetings, demos, calls, tasks, next steps.

Tasks and next steps are events, not VTODO: the calendars people have on their phones show only events of a subscription.
They block no time. Nothing is told beyond the title, whom it is about and the way to it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dawra.access import kinds
from dawra.customers.beside import SPOKEN
from dawra.customers.queries.activities import PlannedCard, planned_between
from dawra.customers.search import Found, titles
from dawra.deals.queries.calendar import DemoTime, StepDay, demos_of_meetings, steps_between
from dawra.figures.words import named
from dawra.site.names import ACTIVITY
from dawra.team.queries.calendar_feed import Subscriber

PAST, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 1_000
USUAL = {"meeting": 45, "call": 15}  # minutes, where nobody said how long
SHORTEST = 15
DAY = timedelta(days=1)
REFRESH = timedelta(hours=1)

Absolute = Callable[[str], str]


def feed(who: Subscriber, zone: ZoneInfo, absolute: Absolute) -> bytes:
    """The whole calendar, the same bytes while nothing in it changes.

    zone:     in which days are days. absolute: from an address of the house to a whole one
    Cost:     4 queries however much is planned; at most MOST of either kind
    """
    today = who.actor.now.astimezone(zone).date()
    first, until = today - PAST, today + AHEAD
    planned = planned_between(who.actor, _midnight(first, zone), _midnight(until, zone), MOST)
    about = titles(who.actor, [one.about for one in planned if one.about])
    demos = demos_of_meetings(who.actor, [one.id for one in planned if one.what == "meeting"])
    calendar = Calendar()
    calendar.add("prodid", "-//Dawra//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Dawra: %(name)s") % {"name": named(who.name, who.name_ar, who.language)})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in planned:
        found = about.get(one.about) if one.about else None
        calendar.add_component(_event(one, found, demos.get(one.id), zone, absolute))
    for step in steps_between(who.actor, first, until, MOST):
        calendar.add_component(_step(step, absolute))
    return calendar.to_ical()


def _event(one: PlannedCard, about: Found | None, demo: DemoTime | None, zone: ZoneInfo, absolute: Absolute) -> Event:
    kind, subject = _(ACTIVITY[one.what]), about.title if about else ""
    title = one.title or kind
    if subject and subject not in title:
        title = f"{title} · {subject}"
    address = reverse("customers:activity", args=[one.id])
    if demo is not None:
        address = reverse("deals:demo_page", args=[demo.deal_id, demo.demo_id])
    begins = one.due_at.astimezone(zone).date() if one.all_day else one.due_at.astimezone(UTC)
    lasts = DAY if one.all_day else timedelta(minutes=_minutes(one, demo))
    event = _said(f"{one.id}@dawra", one.version, one.updated_at, title, begins, lasts)
    lines = [kind, subject, absolute(kinds.address(about.kind, about.id)) if about else "", absolute(address)]
    event.add("description", "\n".join(dict.fromkeys(line for line in lines if line)))
    event.add("url", absolute(address))
    event.add("transp", "OPAQUE" if one.what in SPOKEN and not one.all_day else "TRANSPARENT")
    return event


def _step(step: StepDay, absolute: Absolute) -> Event:
    title = _("Next step: %(step)s · %(deal)s") % {"step": step.step or "–", "deal": step.deal}
    event = _said(f"{step.deal_id}-next@dawra", step.version, step.updated_at, title, step.on, DAY)
    address = absolute(kinds.address("deal", step.deal_id))
    event.add("description", f"{step.deal}\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _said(uid: str, version: int, changed: datetime, title: str, begins: date | datetime, lasts: timedelta) -> Event:
    """What every event says. DTSTAMP is when it was last changed, so that an unchanged calendar stays the same bytes."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", max(0, version - 1))
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("summary", "".join(_printable(title)))
    event.add("dtstart", begins)
    event.add("dtend", begins + lasts)
    return event


def _printable(text: str) -> Iterator[str]:
    """Without control characters, which are in no calendar's text; marks of direction stay."""
    return (sign if sign >= " " and sign != "\x7f" else " " for sign in text)


def _minutes(one: PlannedCard, demo: DemoTime | None) -> int:
    told = demo.minutes if demo else one.minutes
    return told or USUAL.get(one.what, SHORTEST)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
