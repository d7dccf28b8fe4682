"""Putting things off: a member's own business, so it leaves no journal entry."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, Refused
from dawra.team.models import Snooze


def snoozed(actor: Actor) -> set[tuple[UUID, str]]:
    """What the actor does not want to see now: (record, reason). 1 query."""
    if actor.member_id is None:
        return set()
    rows = Snooze.objects.filter(member_id=actor.member_id, until__gt=actor.now)
    return set(rows.values_list("subject_id", "reason"))


@transaction.atomic
def snooze(actor: Actor, *, subject_kind: str, subject_id: UUID, reason: str, until: datetime) -> None:
    """Keep something out of one's own day until then. Says nothing about the record, so any id is taken.

    Raises: Invalid (in the past), Refused (nobody's day)
    """
    if actor.member_id is None:
        raise Refused()
    if until <= actor.now:
        raise Invalid(_("Choose a moment in the future."), field="until")
    Snooze.objects.update_or_create(
        member_id=actor.member_id,
        subject_id=subject_id,
        reason=reason[:20],
        defaults={"subject_kind": subject_kind[:20], "until": until},
    )
    # What is long over says nothing any more.
    Snooze.objects.filter(member_id=actor.member_id, until__lte=actor.now).delete()


@transaction.atomic
def wake_all(actor: Actor) -> int:
    """Bring everything back that was put off. Gives how many."""
    if actor.member_id is None:
        return 0
    rows = Snooze.objects.filter(member_id=actor.member_id, until__gt=actor.now)
    return rows.delete()[0]
