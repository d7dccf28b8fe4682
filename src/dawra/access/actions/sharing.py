"""Opening one record to one member or one team, with a reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.models import Share
from dawra.access.record import Record

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class With:
    """kind: member or team."""

    kind: str
    id: UUID


@transaction.atomic
def share(actor: Actor, *, record: Record, with_whom: With, reason: str, cause: Any = None) -> Any:
    """Let a colleague or a team see one record, and say why. Returns the journal entry, which can be undone.

    record:  already fetched by who signs, hence visible to them
    Writes:  access.record_shared.1
    Raises:  Refused, NotFound (no such member or team), Invalid, Conflict (already shared)
    """
    actor.must("records.share")
    if actor.member_id is None:
        raise Refused()
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(_("Say in a few words why they should see it."), field="reason")
    whom = doors.directory().named([with_whom.id]).get(with_whom.id)
    if whom is None or whom.kind != with_whom.kind:
        raise NotFound()
    _share, made = Share.objects.get_or_create(
        record_kind=record.kind,
        record_id=record.pk,
        with_id=with_whom.id,
        defaults={
            "with_kind": with_whom.kind,
            "reason": reason,
            "shared_at": actor.now,
            "shared_by_id": actor.member_id,
        },
    )
    if not made:
        raise Conflict(_("It is already shared with them."))
    return _say(actor, "access.record_shared.1", record, with_whom, whom.name, reason, cause)


@transaction.atomic
def end_share(actor: Actor, *, record: Record, with_id: UUID, cause: Any = None) -> Any:
    """Stop sharing one record with a colleague or a team. Returns the journal entry, which can be undone.

    Writes:  access.share_ended.1
    Raises:  Refused, NotFound
    """
    actor.must("records.share")
    found = Share.objects.filter(record_kind=record.kind, record_id=record.pk, with_id=with_id).first()
    if found is None:
        raise NotFound()
    found.delete()
    whom = doors.directory().named([with_id]).get(with_id)
    with_whom = With(found.with_kind, with_id)
    return _say(actor, "access.share_ended.1", record, with_whom, whom.name if whom else "", found.reason, cause)


def _say(actor: Actor, code: str, record: Record, with_whom: With, whom: str, reason: str, cause: Any) -> Any:
    return doors.write(
        actor,
        code,
        about=[record],
        cause=cause,
        record_kind=record.kind,
        record_id=record.pk,
        with_kind=with_whom.kind,
        with_id=with_whom.id,
        whom=whom,
        reason=reason,
        name=str(record),
    )


def let_see(actor: Actor, *, record: Any, member_id: UUID, name: str, reason: str, cause: Any = None) -> Any:
    """Part of giving a colleague work on a record of others: they see it from now on. None if it was shared already.

    record:  anything with kind, pk and name; who gives the work may have been allowed to do only that
    Writes:  access.record_shared.1
    """
    with_whom = With("member", member_id)
    standing = {
        "with_kind": "member",
        "reason": reason[:LONGEST_REASON],
        "shared_at": actor.now,
        "shared_by_id": actor.member_id or member_id,
    }
    _share, made = Share.objects.get_or_create(
        record_kind=record.kind, record_id=record.pk, with_id=member_id, defaults=standing
    )
    return _say(actor, "access.record_shared.1", record, with_whom, name, reason, cause) if made else None
