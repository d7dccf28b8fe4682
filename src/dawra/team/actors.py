"""From a signed-in member to the Actor who signs."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor, Via
from dawra.access.models import Token
from dawra.team.models import Member, Team


def actor_for(member: Member, now: datetime, via: Via = "ui") -> Actor:
    """Who this member is today: what the role allows, whom it lets see, which teams' shares reach.

    member: with role and team at hand (select_related)
    Cost:   1 query for a role that sees its team, else none
    """
    above = frozenset(Team.ids_in(member.team.path)) if member.team else frozenset()
    role = member.role
    if role.sees == "all":
        sees = None
    elif role.sees == "team" and member.team:
        below = Member.objects.filter(team__path__startswith=member.team.path).values_list("id", flat=True)
        sees = frozenset(below) | {member.id}
    else:
        sees = frozenset({member.id})
    return Actor(
        member_id=member.id,
        name=member.name,
        now=now,
        permissions=frozenset(role.permissions),
        sees=sees,
        reached=above | {member.id},
        via=via,
    )


USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever holds a valid token, limited to its scopes."""

    token_id: UUID
    actor: Actor


def hash_of(secret: str) -> str:
    """What is kept of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer_of(secret: str, now: datetime) -> Bearer | None:
    """Who signs with this token; None if it is unknown, revoked, expired or its member is deactivated.

    Cost: 1 query, 1 more for a role that sees its team, and a write once a minute
    """
    if not secret:
        return None
    token = (
        Token.objects.select_related("member__role", "member__team")
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), secret_hash=hash_of(secret), revoked_at__isnull=True)
        .filter(member__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at < now - USE_IS_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return Bearer(token.pk, actor_for(token.member, now, "api").limited_to(token.scopes, "api"))
