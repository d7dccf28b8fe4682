"""A member's day: what is due, which deals ask for something, what is new; each with its reason and what clears it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.customers.queries.activities import DueCard, due_for
from dawra.customers.queries.timeline import is_overdue
from dawra.customers.search import Found, titles
from dawra.deals.money import Books
from dawra.deals.queries.next_best import NOTHING, Asked, Ranked, next_actions
from dawra.journal.queries import Line, line_of
from dawra.prospecting.queries.leads import LeadCard, new_of
from dawra.team.actions.notifying import mine
from dawra.team.queries.notices import letter_address
from dawra.team.queries.role_plays import ToScore, to_score
from dawra.team.queries.training import Held, ending
from dawra.team.snoozing import snoozed

DAYS_AHEAD = 7
MOST_NEXT, MOST_NEWS = 7, 12


@dataclass(frozen=True, slots=True)
class Due:
    """A task or meeting on the day. address, title: of the record it is about; "" for none."""

    card: DueCard
    address: str
    about: str
    is_overdue: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class News:
    """Something a member should know. about: the record's name. line: what happened, None for what has no sentence."""

    id: int
    reason: str
    kind: str
    record_id: UUID
    about: str
    address: str
    line: Line


@dataclass(frozen=True, slots=True)
class Day:
    """tasks: open ones by due time, overdue first. done: ticked off today. next: the best of what to do next.

    leads: those that wait and are not among next
    to_score: role-plays of colleagues that wait for the member's marks. ending: own certificates that end or have ended
    """

    greeting: str
    tasks: tuple[Due, ...]
    meetings: tuple[Due, ...]
    done: tuple[Due, ...]
    next: Ranked
    news: tuple[News, ...]
    leads: tuple[LeadCard, ...]
    more_leads: int
    to_score: tuple[ToScore, ...]
    ending: tuple[Held, ...]
    overdue: int
    put_off: int

    @property
    def things(self) -> int:
        """What is worth doing today: what lies ahead and what is done do not count."""
        due = sum(1 for one in (*self.tasks, *self.meetings) if one.is_overdue or one.is_today)
        leads = sum(one.id not in self.next.leads for one in self.leads) + self.more_leads
        return due + self.next.total + len(self.news) + leads + len(self.to_score) + len(self.ending)

    @property
    def is_empty(self) -> bool:
        return not (self.tasks or self.meetings or self.next.actions or self.news or self.leads or self.learns)

    @property
    def learns(self) -> bool:
        return bool(self.to_score or self.ending)


def day_of(actor: Actor, kept: Books) -> Day:
    """Everything the page shows. 10 queries; 5 more with new leads, 3 more with deals that lack research."""
    now = timezone.localtime(actor.now)
    today = now.date()
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    off = snoozed(actor)
    cards = due_for(actor, before=midnight + timedelta(days=1 + DAYS_AHEAD), done_since=midnight)
    notices = list(mine(actor).select_related("entry__member").order_by("-made_at", "-id")[: 2 * MOST_NEWS])
    named = titles(actor, [c.about for c in cards if c.about] + [n.record_id for n in notices])
    due = [_due(card, named, actor.now, today) for card in cards]
    planned = [one for one in due if one.card.done_at is None]
    waiting, asking = new_of(actor)
    best = _next(actor, kept, off, waiting)
    shown = {one.record_id for one in best.actions}
    rest = [one for one in waiting if one.id not in shown]
    return Day(
        greeting="morning" if now.hour < 12 else "afternoon" if now.hour < 17 else "evening",
        tasks=tuple(one for one in planned if one.card.what != "meeting"),
        meetings=tuple(one for one in planned if one.card.what == "meeting"),
        done=tuple(one for one in due if one.card.done_at is not None),
        next=best,
        news=tuple(_news(notices, named, off)),
        leads=tuple(rest),
        more_leads=asking - len(waiting),
        to_score=tuple(to_score(actor)),
        ending=tuple(ending(actor, today)),
        overdue=sum(one.is_overdue for one in planned)
        + best.late
        + sum(one.clock.state == "overdue" for one in rest if one.id not in best.leads),
        put_off=len(off),
    )


def _next(actor: Actor, kept: Books, off: set[tuple[UUID, str]], waiting: Sequence[LeadCard]) -> Ranked:
    if not actor.may("deals.read"):
        return NOTHING
    asked = Asked(owner_id=actor.member_id, limit=MOST_NEXT, off=off, leads=waiting)
    return next_actions(actor, asked, kept)


def _due(card: DueCard, named: dict[UUID, Found], now: datetime, today: date) -> Due:
    record = named.get(card.about) if card.about else None
    return Due(
        card=card,
        address=kinds.address(record.kind, record.id) if record else "",
        about=record.title if record else "",
        is_overdue=card.done_at is None and is_overdue(card.due_at, card.all_day, now),
        is_today=timezone.localtime(card.due_at).date() == today,
    )


def _news(notices: Sequence[Any], named: dict[UUID, Found], off: set[tuple[UUID, str]]) -> list[News]:
    """Notices whose record the member may still see, and that were not put off; leads and training stand on their own."""
    found: list[News] = []
    for notice in notices:
        if (notice.record_id, notice.reason) in off or len(found) == MOST_NEWS:
            continue
        record = named.get(notice.record_id)
        if notice.record_kind == "activity":
            # A task that was handed over: it is the member's own.
            about, address = str(notice.entry.facts.get("name", "")), _activity_address(notice.record_id)
        elif record is None:
            continue
        else:
            about, address = record.title, kinds.address(record.kind, record.id)
            if notice.reason == "letter":
                address = letter_address(notice.entry)
        line = line_of(notice.entry)
        found.append(News(notice.pk, notice.reason, notice.record_kind, notice.record_id, about, address, line))
    return found


def _activity_address(activity_id: UUID) -> str:
    return reverse("customers:activity", args=[activity_id])
