"""The address of a member's own calendar: whose it is, and since when."""

from dataclasses import dataclass
from datetime import datetime

from dawra.access.actions.tokens import hash_of
from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.team.actors import actor_for
from dawra.team.models import CalendarFeed, Member

LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who reads with a key: what they may today, in their language and zone ("" for the company's)."""

    actor: Actor
    name: str
    name_ar: str
    language: str
    time_zone: str


def feed_made_at(actor: Actor) -> datetime | None:
    """When one's own address was made; None while there is none. 1 query."""
    rows = CalendarFeed.objects.filter(member=actor.member_id)
    made_at: datetime | None = rows.values_list("made_at", flat=True).first()
    return made_at


def subscriber(key: str, now: datetime) -> Subscriber:
    """Raises NotFound, alike for a key that ended, that never was, and whose member has left. 1 query, 2 for who sees a team."""
    if not key or len(key) > LONGEST_KEY:
        raise NotFound()
    rows = Member.objects.filter(calendar_feed__key_hash=hash_of(key), is_active=True)
    member = rows.select_related("role", "team").first()
    if member is None:
        raise NotFound()
    actor = actor_for(member, now, "api")
    return Subscriber(actor, member.name, member.name_ar, member.language, member.time_zone)
