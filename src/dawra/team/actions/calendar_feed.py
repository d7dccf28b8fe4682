"""The address of one's own calendar: made, renewed, switched off."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from dawra.access.actions.tokens import hash_of
from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.journal.actions import write
from dawra.journal.catalogue.team import CalendarFeedEnded, CalendarFeedMade
from dawra.journal.models import Entry
from dawra.team.models import CalendarFeed, Member

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """key: goes into the address, shown now and never again."""

    key: str = field(repr=False)
    entry: Entry


@transaction.atomic
def make_feed(actor: Actor) -> MadeFeed:
    """An address under which calendar programs read what one has planned; an earlier one opens nothing from now on.

    Writes:  team.calendar_feed_made.1
    Raises:  NotFound (no member signs)
    """
    member, key = _myself(actor), secrets.token_urlsafe(KEY_BYTES)
    values = {"key_hash": hash_of(key), "made_at": actor.now}
    _row, is_first = CalendarFeed.objects.update_or_create(member=member, defaults=values)
    fact = CalendarFeedMade(member.pk, renewed=not is_first, member=member.name)
    return MadeFeed(key, write(actor, fact, about=[member]))


@transaction.atomic
def end_feed(actor: Actor) -> Entry | None:
    """The address opens nothing from now on. None if there is none.

    Writes:  team.calendar_feed_ended.1
    Raises:  NotFound (no member signs)
    """
    member = _myself(actor)
    if not CalendarFeed.objects.filter(member=member).delete()[0]:
        return None
    return write(actor, CalendarFeedEnded(member.pk, member=member.name), about=[member])


def _myself(actor: Actor) -> Member:
    member: Member | None = Member.objects.filter(pk=actor.member_id, is_active=True).first()
    if member is None:
        raise NotFound()
    return member
