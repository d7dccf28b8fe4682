"""From a signed-in member, or from the bearer of a token, to the Actor who signs."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from dawra.access.actions.tokens import hash_of
from dawra.access.actor import Actor, Via
from dawra.access.errors import NotFound
from dawra.access.models import Token
from dawra.access.stored import moment_text
from dawra.team.models import Member, Team

USE_NOTED_EVERY = timedelta(minutes=1)
LONGEST_SECRET = 200
# Asked by every call of the API; written as SQL, for building it from expressions cost more than answering it.
BEARER = (
    "SELECT CAST(t.id AS text), CAST(t.last_used_at AS text), CAST(t.expires_at AS text), CAST(t.scopes AS text),"
    " CAST(m.id AS text), m.name, CAST(r.permissions AS text), r.sees, s.path"
    " FROM access_token t JOIN team_member m ON m.id = t.member_id JOIN access_role r ON r.id = m.role_id"
    " LEFT JOIN team_team s ON s.id = m.team_id"
    " WHERE t.secret_hash = %s AND t.revoked_at IS NULL AND m.is_active"
)


def actor_for(member: Member, now: datetime, via: Via = "ui") -> Actor:
    """Who this member is today: what the role allows, whom it lets see, which teams' shares reach.

    member: with role and team at hand (select_related)
    Cost:   1 query for a role that sees its team, else none
    """
    path = member.team.path if member.team else ""
    return Actor(
        member_id=member.id,
        name=member.name,
        now=now,
        permissions=frozenset(member.role.permissions),
        sees=_seen_by(member.id, member.role.sees, path),
        reached=frozenset(Team.ids_in(path)) | {member.id},
        via=via,
    )


def _seen_by(member_id: UUID, sees: str, path: str) -> frozenset[UUID] | None:
    """Whose records a role lets its holder see; None for everybody's."""
    if sees == "all":
        return None
    if sees == "team" and path:
        below = Member.objects.filter(team__path__startswith=path).values_list("id", flat=True)
        return frozenset(below) | {member_id}
    return frozenset({member_id})


def actor_of(member_id: UUID, now: datetime, via: Via = "job") -> Actor:
    """Who a member is today, for work that goes on after their request. Raises NotFound once they have left; 1 query or 2."""
    member = Member.objects.select_related("role", "team").filter(pk=member_id, is_active=True).first()
    if member is None:
        raise NotFound()
    return actor_for(member, now, via)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who calls with a token."""

    token_id: UUID
    actor: Actor


def bearer_of(secret: str, now: datetime) -> Bearer | None:
    """Who may act with this token, or None if it is unknown, expired, revoked or its member has left.

    Cost: 1 query, 1 more for a role that sees its team, and a write once a minute at most
    """
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    with connection.cursor() as cursor:
        cursor.execute(BEARER, [hash_of(secret)])
        token = cursor.fetchone()
    if token is None:
        return None
    token_id, used, expires, scopes, holder, name, permissions, sees, path = token
    token_id, member_id = UUID(token_id), UUID(holder)
    used_at, expires_at = _moment(used), _moment(expires)
    if expires_at is not None and expires_at <= now:
        return None
    if used_at is None or used_at < now - USE_NOTED_EVERY:
        Token.objects.filter(pk=token_id).update(last_used_at=now)
    actor = Actor(
        member_id=member_id,
        name=name,
        now=now,
        permissions=frozenset(json.loads(permissions)) & frozenset(json.loads(scopes)),
        sees=_seen_by(member_id, sees, path or ""),
        reached=frozenset(Team.ids_in(path or "")) | {member_id},
        via="api",
    )
    return Bearer(token_id, actor)


def _moment(text: str | None) -> datetime | None:
    """A moment as the database wrote it."""
    said = moment_text(text)
    return datetime.fromisoformat(said) if said else None
