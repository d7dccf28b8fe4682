"""Role-plays: who may score one, and those that wait for marks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.team.models import Member, RolePlay
from dawra.team.queries.progress import Version, version_of


def scorers(actor: Actor) -> tuple[list[tuple[UUID, str, str]], list[tuple[UUID, str, str]]]:
    """(peers, managers) who may score a role-play of the actor's: (id, name, Arabic name). 2 queries.

    A manager is whoever sees the actor: by leading a team above, or by a role that sees everybody. A peer is any colleague.
    """
    me = Member.objects.select_related("team").filter(pk=actor.member_id).first()
    path_ = me.team.path if me and me.team else ""
    peers, managers = [], []
    rows = Member.objects.filter(is_active=True).exclude(pk=actor.member_id).select_related("role", "team")
    for row in rows.order_by("name", "id"):
        if "team.read" not in row.role.permissions:
            continue
        peers.append((row.pk, row.name, row.name_ar))
        leads = row.role.sees == "team" and row.team and path_.startswith(row.team.path)
        if row.role.sees == "all" or leads:
            managers.append((row.pk, row.name, row.name_ar))
    return peers, managers


@dataclass(frozen=True, slots=True)
class ToScore:
    """A role-play that waits for the reader's marks. name, name_ar: of its path. side: peer or manager."""

    id: UUID
    path_id: UUID
    name: str
    name_ar: str
    member: Any
    side: str
    words: str
    asked_at: datetime
    said: Version


def to_score(actor: Actor) -> list[ToScore]:
    """What waits for the actor's marks, the oldest first. 1 query."""
    who = Q(peer_id=actor.member_id) & ~Q(scores__side="peer") | Q(manager_id=actor.member_id) & ~Q(
        scores__side="manager"
    )
    rows = RolePlay.objects.filter(who, done_at__isnull=True, withdrawn_at__isnull=True)
    rows = rows.select_related("enrolment__path", "enrolment__member", "edition").order_by("asked_at", "id")
    return [_to_score(row, actor) for row in rows[:50]] if actor.member_id else []


def one_to_score(actor: Actor, role_play_id: UUID) -> ToScore:
    """Raises NotFound for who is not asked, has spoken, or where it was withdrawn. 1 query."""
    found = next((one for one in to_score(actor) if one.id == role_play_id), None)
    if found is None:
        raise NotFound()
    return found


def _to_score(row: RolePlay, actor: Actor) -> ToScore:
    path_ = row.enrolment.path
    side = "peer" if row.peer_id == actor.member_id else "manager"
    return ToScore(
        row.pk, path_.pk, path_.name, path_.name_ar, row.enrolment.member, side, row.words, row.asked_at,
        version_of(row.edition),
    )  # fmt: skip
