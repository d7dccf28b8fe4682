"""Reading access: who sees a record and why, roles with their holders, tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.access.doors import Named, Seer
from dawra.access.errors import NotFound
from dawra.access.models import Role, Share, Token
from dawra.access.permissions import PERMISSIONS, ROLES
from dawra.access.record import Record
from dawra.access.rules import opens_the_house, reading

_SEEDED = {seed.code: seed.name for seed in ROLES}


@dataclass(frozen=True, slots=True)
class Shared:
    """One share of a record: with whom, why, by whom, since when."""

    whom: Named
    reason: str
    by: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WhoSees:
    """everybody: the record belongs to nobody, so all may pick it up."""

    everybody: bool
    seers: list[Seer]
    shares: list[Shared]


def who_sees(actor: Actor, record: Record) -> WhoSees:
    """Everyone who can open a record the actor has been allowed to see, each with the reason. 5 queries."""
    actor.must("team.read")
    directory = doors.directory()
    shares = list(
        Share.objects.filter(record_kind=record.kind, record_id=record.pk)
        .select_related("shared_by")
        .order_by("shared_at", "id")
    )
    names = directory.named([share.with_id for share in shares])
    return WhoSees(
        everybody=record.owner_id is None,
        seers=directory.seers(record.owner_id, reading(record.kind)),
        shares=[
            Shared(names[share.with_id], share.reason, share.shared_by.name, share.shared_at)
            for share in shares
            if share.with_id in names
        ],
    )


@dataclass(frozen=True, slots=True)
class RoleCard:
    """title: source text of a built-in role's name, to be translated where it is shown; "" if renamed or own."""

    id: UUID
    code: str
    name: str
    title: str
    permissions: frozenset[str]
    sees: str
    built_in: bool
    holders: list[Named]
    has_keys: bool


def roles(actor: Actor) -> list[RoleCard]:
    """Every role with who holds it, built-in ones first. 2 queries."""
    actor.must("team.read")
    held = doors.directory().holders()
    cards = [_role_card(role, held.get(role.pk, [])) for role in Role.objects.all()]
    order = list(_SEEDED)
    return sorted(cards, key=lambda card: (order.index(card.code) if card.code in order else len(order), card.name))


def role(actor: Actor, role_id: UUID) -> RoleCard:
    """Raises NotFound; 2 queries."""
    actor.must("team.read")
    found = Role.objects.filter(pk=role_id).first()
    if found is None:
        raise NotFound()
    return _role_card(found, doors.directory().holders().get(found.pk, []))


def title_of(role: Role) -> str:
    """Source text of a role's name: translate it where it is shown."""
    return role.name or _SEEDED.get(role.code, role.code)


def _role_card(role: Role, holders: list[Named]) -> RoleCard:
    return RoleCard(
        id=role.pk,
        code=role.code,
        name=role.name,
        title="" if role.name else _SEEDED.get(role.code, role.code),
        permissions=frozenset(role.permissions) & PERMISSIONS.keys(),
        sees=role.sees,
        built_in=role.built_in,
        holders=holders,
        has_keys=opens_the_house(role.permissions),
    )


@dataclass(frozen=True, slots=True)
class TokenCard:
    """state: live, expired or revoked."""

    id: UUID
    name: str
    prefix: str
    is_service: bool
    scopes: list[str]
    by: str
    mine: bool
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    state: str


def tokens(actor: Actor) -> list[TokenCard]:
    """One's own keys, and every service key for who may make them; the newest first. 1 query."""
    actor.must("access.tokens")
    mine = Q(member_id=actor.member_id)
    seen = mine | Q(is_service=True) if actor.may("access.service_tokens") else mine
    found = Token.objects.filter(seen).select_related("member").order_by("-created_at", "-id")[:200]
    return [
        TokenCard(
            id=token.pk,
            name=token.name,
            prefix=token.prefix,
            is_service=token.is_service,
            scopes=[PERMISSIONS[scope] for scope in token.scopes if scope in PERMISSIONS],
            by=token.member.name,
            mine=token.member_id == actor.member_id,
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
            state=_state(token, actor.now),
        )
        for token in found
    ]


def _state(token: Token, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at is not None and token.expires_at <= now else "live"
