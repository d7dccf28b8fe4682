"""Keys for the API: made, shown once, revoked."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound, Refused
from dawra.access.models import Token
from dawra.access.permissions import PERMISSIONS

SECRET_BYTES = 32
SHOWN = 9
PREFIX = "dw_"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class MadeToken:
    """secret: shown now and never again."""

    token: Token
    secret: str = field(repr=False)


def hash_of(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash: guessing it is hopeless either way."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(
    actor: Actor, *, name: str, scopes: list[str], expires_at: datetime | None, service: bool = False
) -> MadeToken:
    """A key with which a program works for its maker; a service key also shows to whoever may make service keys.

    scopes:  permissions it may use, never more than the maker's own
    Writes:  access.token_made.1
    Raises:  Refused, Invalid
    """
    actor.must("access.service_tokens" if service else "access.tokens")
    if actor.member_id is None:
        raise Refused()
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Give the token a name of at most 80 characters."), field="name")
    wanted = sorted(set(scopes))
    if not wanted:
        raise Invalid(_("Choose at least one permission."), field="scopes")
    if any(scope not in PERMISSIONS or not actor.may(scope) for scope in wanted):
        raise Invalid(_("A token can only be given permissions that you hold yourself."), field="scopes")
    if expires_at is not None and expires_at <= actor.now:
        raise Invalid(_("Choose a day in the future."), field="expires_on")
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = Token.objects.create(
        name=name,
        member_id=actor.member_id,
        is_service=service,
        prefix=secret[:SHOWN],
        secret_hash=hash_of(secret),
        scopes=wanted,
        created_at=actor.now,
        expires_at=expires_at,
    )
    doors.write(actor, "access.token_made.1", token_id=token.pk, token=token.name, scopes=wanted)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(actor: Actor, *, token_id: UUID) -> None:
    """End a key now: one's own, or any service key for who may make them.

    Writes:  access.token_revoked.1
    Raises:  Refused, NotFound
    """
    if not actor.may("access.service_tokens"):
        actor.must("access.tokens")
    token = Token.objects.filter(pk=token_id).first()
    mine = token is not None and token.member_id == actor.member_id
    if token is None or not (mine or (token.is_service and actor.may("access.service_tokens"))):
        raise NotFound()
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=actor.now):
        doors.write(actor, "access.token_revoked.1", token_id=token.pk, token=token.name)


def end_tokens_of(actor: Actor, member_id: UUID) -> int:
    """Part of deactivating a member: whoever leaves takes no key along."""
    return Token.objects.filter(member_id=member_id, revoked_at__isnull=True).update(revoked_at=actor.now)
