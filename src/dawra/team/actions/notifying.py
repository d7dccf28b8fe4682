"""Telling members what concerns them, and their reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.rules import reading
from dawra.journal.models import Entry
from dawra.team import rules
from dawra.team.actors import actor_for
from dawra.team.models import Member, Notification, Team, TrainingPath
from dawra.team.queries.notices import mine

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Concern:
    """Why somebody is told (one of rules.REASONS) and about which record.

    of_own: also whoever signed the entry, which tells what became of their deed
    """

    reason: str
    record_kind: str
    record_id: UUID
    of_own: bool = False


def notify(
    actor: Actor, *, entry: Entry, concern: Concern, members: Sequence[UUID] = (), team_id: UUID | None = None
) -> int:
    """Part of a listener: tell each member once who wants it, is active, did not do it and sees the record.

    team_id: everybody in this team and below, instead of members
    """
    told = Member.objects.filter(is_active=True).select_related("role", "team").order_by("id")
    if team_id is not None:
        team = Team.objects.filter(pk=team_id, archived_at__isnull=True).first()
        if team is None:
            return 0
        told = told.filter(team__path__startswith=team.path)
    else:
        told = told.filter(pk__in=list(members))
    rows = [
        Notification(
            member=member,
            entry=entry,
            reason=concern.reason,
            record_kind=concern.record_kind,
            record_id=concern.record_id,
            made_at=actor.now,
        )
        for member in told[:MOST_AT_ONCE]
        if (concern.of_own or member.pk != entry.member_id)
        and rules.wants(member.notify, concern.reason)
        and _sees(member, actor, concern)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _sees(member: Member, actor: Actor, concern: Concern) -> bool:
    """A mention opens nothing: whoever may not see the record is not told of it."""
    reader = actor_for(member, actor.now)
    if concern.record_kind == TrainingPath.kind:
        return reader.may("team.read")
    if not reader.may(reading(concern.record_kind)):
        return False
    try:
        kinds.fetch(reader, concern.record_kind, concern.record_id)
    except NotFound:
        return False
    return True


@transaction.atomic
def mark_read(actor: Actor, *, notification_id: int | None = None) -> int:
    """Mark one notification, or all, as read. Personal housekeeping: it leaves no journal entry."""
    rows = mine(actor).filter(read_at__isnull=True)
    if notification_id is not None:
        _must_be_mine(actor, notification_id)
        rows = rows.filter(pk=notification_id)
    return rows.update(read_at=actor.now)


@transaction.atomic
def clear(actor: Actor, *, notification_id: int | None = None) -> int:
    """Put one notification, or all that were read, away. Personal housekeeping: it leaves no journal entry."""
    rows = mine(actor)
    if notification_id is not None:
        _must_be_mine(actor, notification_id)
        rows = rows.filter(pk=notification_id)
    else:
        rows = rows.filter(read_at__isnull=False)
    return rows.update(cleared_at=actor.now, read_at=actor.now)


def _must_be_mine(actor: Actor, notification_id: int) -> None:
    if not mine(actor).filter(pk=notification_id).exists():
        raise NotFound()
